/** Whether probabilities of a yes-or-no event mean what they say, over all rows and by bins of them. */

import { normalTwoSidedP } from './normal.ts';
import { ascendingOrder } from './ordering.ts';
import { sum } from './sums.ts';

/** Labels of 0 or 1, and the probability that was given for 1 in each row. */
export type Predictions = { readonly labels: ArrayLike<number>; readonly probabilities: Float64Array };

/** Rows of similar probability. */
export type CalibrationBin = {
  readonly rows: number;
  /** Mean of the probabilities. */
  readonly predicted: number;
  /** Share of the rows with label 1. */
  readonly observed: number;
};

export type BinningOptions = {
  readonly bins: number;
  /**
   * Rows of equal probability: `together` leaves them in one bin, so that the order of the rows says nothing, and
   * leaves no bin with a single row; `split` fills every bin alike, by the order of the rows.
   */
  readonly ties: 'together' | 'split';
};

/**
 * Bins of equally many rows by ascending probability, the first ones with one more where rows are left over.
 * With ties together there may be fewer bins. No bin is empty.
 */
export function binByProbability(
  { labels, probabilities }: Predictions,
  { bins, ties }: BinningOptions,
): readonly CalibrationBin[] {
  const order = ascendingOrder(probabilities);
  const found: CalibrationBin[] = [];
  const size = Math.floor(order.length / bins);
  const larger = order.length % bins;
  let start = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let end = bin * size + Math.min(bin, larger);
    if (ties === 'together') end = afterTies(order, probabilities, { start, end });
    if (end <= start) continue;
    const rows = Array.from(order.subarray(start, end));
    found.push({
      rows: rows.length,
      predicted: sum(rows.map((row) => probabilities[row]!)) / rows.length,
      observed: sum(rows.map((row) => labels[row]!)) / rows.length,
    });
    start = end;
  }
  return found;
}

/** Moves the end of a bin behind the rows of its last probability, and takes in a row that would be left alone. */
function afterTies(
  order: Uint32Array,
  probabilities: Float64Array,
  range: { readonly start: number; readonly end: number },
): number {
  if (range.end <= range.start) return range.start;
  let end = Math.min(order.length, Math.max(range.end, range.start + 2));
  while (end < order.length && probabilities[order[end]!] === probabilities[order[end - 1]!]) end++;
  return end === order.length - 1 ? order.length : end;
}

/**
 * Expected calibration error: the mean distance of predicted and observed over all rows. 0 is perfect; chance
 * alone makes it larger than that.
 */
export function expectedError(bins: readonly CalibrationBin[]): number {
  return meanOverRows(bins, ({ predicted, observed }) => Math.abs(predicted - observed));
}

/**
 * Squared calibration error without what chance adds to it (Kumar, Liang and Ma, Verified Uncertainty
 * Calibration, 2019): Σ (n_b/N) [(p̄ - ȳ)² - ȳ(1 - ȳ)/(n_b - 1)]. About 0 for calibrated probabilities, so that it
 * may fall below 0. Of independent rows. A bin of one row cannot tell chance and is taken as it is.
 */
export function debiasedSquaredError(bins: readonly CalibrationBin[]): number {
  return meanOverRows(bins, ({ rows, predicted, observed }) => {
    const chance = rows < 2 ? 0 : (observed * (1 - observed)) / (rows - 1);
    return (predicted - observed) ** 2 - chance;
  });
}

function meanOverRows(bins: readonly CalibrationBin[], value: (bin: CalibrationBin) => number): number {
  const rows = sum(bins.map((bin) => bin.rows));
  return sum(bins.map((bin) => bin.rows * value(bin))) / rows;
}

/**
 * Spiegelhalter's test of calibration (Statistics in Medicine 5, 1986): the Brier score against what it would be
 * if the probabilities were true, in standard errors. Z above 0: the probabilities are too certain; below 0: too
 * cautious. Of independent rows.
 *
 * @returns undefined when every probability is 0, ½ or 1 (or there are no rows), where it has no spread.
 */
export function spiegelhalterTest({
  labels,
  probabilities,
}: Predictions): { readonly z: number; readonly pValue: number } | undefined {
  const excess = probabilities.map((p, row) => (labels[row]! - p) * (1 - 2 * p));
  const variance = sum(probabilities.map((p) => (1 - 2 * p) ** 2 * p * (1 - p)));
  if (!(variance > 0)) return undefined;
  const z = sum(excess) / Math.sqrt(variance);
  return { z, pValue: normalTwoSidedP(z) };
}
