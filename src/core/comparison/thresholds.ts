import type { ThresholdPoint, Thresholds } from '../documents/thresholds.ts';
import type { BinarySample } from '../metrics/metric.ts';
import { ascendingOrder } from '../statistics/ordering.ts';

/** Thresholds that are told beside the one in use. */
const MOST_THRESHOLDS = 100;

type Cost = number | Float64Array;

/**
 * What both models would decide at the same thresholds: even quantiles of the scores of each model, half of them
 * over all rows and half over the positive ones (which may be few, and are what a threshold is about), and the one
 * in use. Scores may be of any scale. Sorting takes most of the time: O(n log n).
 * @param inUse what scores are held against; undefined where a model decides by itself.
 * @returns undefined when a class has no rows or no score is finite.
 */
export function computeThresholds(
  {
    champion,
    challenger,
  }: { readonly champion?: BinarySample | undefined; readonly challenger: BinarySample },
  inUse: number | undefined,
): Thresholds | undefined {
  const models = champion === undefined ? [challenger] : [champion, challenger];
  const ordered = models.map((sample) => ({ sample, order: ascendingOrder(sample.probabilities) }));
  const each = MOST_THRESHOLDS / models.length;
  const chosen = new Set(ordered.flatMap((one) => quantilesOf(one, each)));
  if (chosen.size === 0) return undefined;
  if (inUse !== undefined) chosen.add(inUse);
  const thresholds = [...chosen].sort((left, right) => left - right);
  const points = ordered.map((one) => pointsOf(one, thresholds));
  return {
    ...(inUse === undefined ? {} : { inUse }),
    ...(champion === undefined ? {} : { champion: points[0]! }),
    challenger: points.at(-1)!,
  };
}

type OrderedSample = { readonly sample: BinarySample; readonly order: Uint32Array };

/** At most `most` scores that rows have, lowest and highest among them. */
function quantilesOf({ sample, order }: OrderedSample, most: number): number[] {
  const positives = order.filter((row) => sample.labels[row] === 1);
  if (positives.length === 0 || positives.length === order.length) return [];
  const each = Math.floor(most / 2);
  return [order, positives].flatMap((rows) =>
    Array.from({ length: each }, (_, step) => {
      const position = Math.round((step * (rows.length - 1)) / (each - 1));
      return sample.probabilities[rows[position]!]!;
    }).filter(Number.isFinite),
  );
}

/** @param thresholds ascending. */
function pointsOf({ sample, order }: OrderedSample, thresholds: readonly number[]): ThresholdPoint[] {
  const { labels, probabilities } = sample;
  const costs = costsOf({ sample, order }, thresholds);
  const positives = labels.reduce((total, label) => total + label, 0);
  let below = 0;
  let positivesBelow = 0;
  return thresholds.map((threshold, index) => {
    for (; below < order.length && probabilities[order[below]!]! < threshold; below++) {
      positivesBelow += labels[order[below]!]!;
    }
    const truePositives = positives - positivesBelow;
    const falsePositives = order.length - below - truePositives;
    const cost = costs?.[index];
    return { threshold, truePositives, falsePositives, ...(cost === undefined ? {} : { cost }) };
  });
}

/** Missed rows are added up from the lowest score, false alarms from the highest, so that nothing cancels out. */
function costsOf({ sample, order }: OrderedSample, thresholds: readonly number[]): Float64Array | undefined {
  const { labels, probabilities, falsePositiveCost, falseNegativeCost } = sample;
  if (falsePositiveCost === undefined || falseNegativeCost === undefined) return undefined;
  const costs = new Float64Array(thresholds.length);
  let missed = 0;
  for (let index = 0, below = 0; index < thresholds.length; index++) {
    for (; below < order.length && probabilities[order[below]!]! < thresholds[index]!; below++) {
      if (labels[order[below]!] === 1) missed += costOf(falseNegativeCost, order[below]!);
    }
    costs[index] = missed;
  }
  let alarms = 0;
  for (let index = thresholds.length - 1, last = order.length - 1; index >= 0; index--) {
    for (; last >= 0 && probabilities[order[last]!]! >= thresholds[index]!; last--) {
      if (labels[order[last]!] === 0) alarms += costOf(falsePositiveCost, order[last]!);
    }
    costs[index] = costs[index]! + alarms;
  }
  return costs.every(Number.isFinite) ? costs : undefined;
}

function costOf(cost: Cost, row: number): number {
  return typeof cost === 'number' ? cost : cost[row]!;
}
