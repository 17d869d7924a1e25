/** Placement values: how each positive stands among the negatives, and the other way round. */

import { ascendingOrder } from './ordering.ts';
import { mean } from './sums.ts';

/** Scores of a binary sample, class by class; ties count half. */
export type Placements = {
  /** Area under the ROC curve: P(positive score > negative score) + ½ P(equal). */
  readonly area: number;
  /** For each positive, in row order, the share of negatives below it. */
  readonly positives: Float64Array;
  /** For each negative, in row order, the share of positives above it. */
  readonly negatives: Float64Array;
};

/**
 * Placements of all rows with one sort (Sun and Xu, 2014). `labels` are 0 and 1; undefined when a class
 * is missing.
 */
export function placements(labels: Uint8Array, scores: Float64Array): Placements | undefined {
  const positiveCount = labels.reduce((count, label) => count + label, 0);
  const negativeCount = labels.length - positiveCount;
  if (positiveCount === 0 || negativeCount === 0) return undefined;
  const byRow = placementsByRow(labels, scores, { positiveCount, negativeCount });
  const positives = new Float64Array(positiveCount);
  const negatives = new Float64Array(negativeCount);
  let nextPositive = 0;
  let nextNegative = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 1) positives[nextPositive++] = byRow[row]!;
    else negatives[nextNegative++] = byRow[row]!;
  }
  return { area: mean(positives), positives, negatives };
}

/**
 * The derivative of the area under the ROC curve by the weight of each row: how far its placement lies from the
 * area, by the rows of its class. Undefined when a class is missing.
 */
export function influenceOnArea(labels: Uint8Array, scores: Float64Array): Float64Array | undefined {
  const placed = placements(labels, scores);
  return placed && influenceOfPlacements(labels, placed);
}

/** As `influenceOnArea`, from placements that are there already. */
export function influenceOfPlacements(
  labels: Uint8Array,
  { area, positives, negatives }: Placements,
): Float64Array {
  let nextPositive = 0;
  let nextNegative = 0;
  return Float64Array.from(labels, (label) =>
    label === 1
      ? (positives[nextPositive++]! - area) / positives.length
      : (negatives[nextNegative++]! - area) / negatives.length,
  );
}

function placementsByRow(
  labels: Uint8Array,
  scores: Float64Array,
  counts: { readonly positiveCount: number; readonly negativeCount: number },
): Float64Array {
  const { positiveCount, negativeCount } = counts;
  const order = ascendingOrder(scores);
  const byRow = new Float64Array(labels.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  let start = 0;
  while (start < order.length) {
    const score = scores[order[start]!]!;
    let end = start;
    let positivesHere = 0;
    while (end < order.length && scores[order[end]!] === score) positivesHere += labels[order[end++]!]!;
    const negativesHere = end - start - positivesHere;
    const negativeShare = (negativesBelow + negativesHere / 2) / negativeCount;
    const positiveShare = (positiveCount - positivesBelow - positivesHere / 2) / positiveCount;
    for (let index = start; index < end; index++) {
      const row = order[index]!;
      byRow[row] = labels[row] === 1 ? negativeShare : positiveShare;
    }
    positivesBelow += positivesHere;
    negativesBelow += negativesHere;
    start = end;
  }
  return byRow;
}
