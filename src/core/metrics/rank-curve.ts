/** What a threshold on the scores would give, swept once for all metrics that depend on the order alone. */

import { ascendingOrder } from '../statistics/ordering.ts';
import type { Multiplicities } from '../statistics/resampling.ts';

/**
 * Rows from the highest score down, cut into runs: for each tie group that holds a positive row three runs,
 * which are the negative rows above it, its positive rows and its negative rows; then one run of the negative
 * rows below the last positive. A run may be empty.
 */
export type RankOrder = {
  readonly rows: Uint32Array;
  /** Where each run ends in `rows`; three for each tie group and one more. */
  readonly runEnds: Uint32Array;
};

/**
 * True and false positives at thresholds from the highest score down, by weight. Only tie groups that hold a
 * positive row have a point: between them nothing but false positives is gained.
 */
export type RankCurve = {
  /** Tie groups with a positive row. */
  readonly length: number;
  positives: number;
  negatives: number;
  /** With each tie group let in. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  /** Just before each tie group is let in. */
  readonly falsePositivesBefore: Float64Array;
};

/** Sorts by descending score; `isPositive` says so by row. */
export function orderByScore(scores: Float64Array, isPositive: (row: number) => boolean): RankOrder {
  const ascending = ascendingOrder(scores);
  const size = ascending.length;
  const rows = new Uint32Array(size);
  const ends: number[] = [];
  let filled = 0;
  let high = size;
  while (high > 0) {
    let low = high - 1;
    while (low > 0 && scores[ascending[low - 1]!] === scores[ascending[low]!]) low--;
    const before = filled;
    for (let index = low; index < high; index++)
      if (isPositive(ascending[index]!)) rows[filled++] = ascending[index]!;
    if (filled > before) ends.push(before, filled);
    for (let index = low; index < high; index++)
      if (!isPositive(ascending[index]!)) rows[filled++] = ascending[index]!;
    if (ends.length % 3 === 2) ends.push(filled);
    high = low;
  }
  ends.push(size);
  return { rows, runEnds: Uint32Array.from(ends) };
}

/** The sweep of an order as a function of how often each row counts; the curve it gives is filled anew each time. */
export function prepareCurve({ rows, runEnds }: RankOrder): (multiplicities: Multiplicities) => RankCurve {
  const length = (runEnds.length - 1) / 3;
  const curve: RankCurve = {
    length,
    positives: 0,
    negatives: 0,
    truePositives: new Float64Array(length),
    falsePositives: new Float64Array(length),
    falsePositivesBefore: new Float64Array(length),
  };
  const { truePositives, falsePositives, falsePositivesBefore } = curve;
  return (multiplicities) => {
    let positives = 0;
    let negatives = 0;
    let index = 0;
    for (let group = 0; group < length; group++) {
      for (const end = runEnds[3 * group]!; index < end; index++) negatives += multiplicities[rows[index]!]!;
      falsePositivesBefore[group] = negatives;
      for (const end = runEnds[3 * group + 1]!; index < end; index++)
        positives += multiplicities[rows[index]!]!;
      for (const end = runEnds[3 * group + 2]!; index < end; index++)
        negatives += multiplicities[rows[index]!]!;
      truePositives[group] = positives;
      falsePositives[group] = negatives;
    }
    for (; index < rows.length; index++) negatives += multiplicities[rows[index]!]!;
    curve.positives = positives;
    curve.negatives = negatives;
    return curve;
  };
}

/** Area under the ROC curve: positives above each negative, ties half. NaN when a class is missing. */
export function areaUnderCurve(curve: RankCurve): number {
  const { length, positives, negatives, truePositives, falsePositives, falsePositivesBefore } = curve;
  let area = 0;
  let above = 0;
  let below = 0;
  for (let group = 0; group < length; group++) {
    const reached = truePositives[group]!;
    area += (falsePositivesBefore[group]! - below) * above;
    area += (falsePositives[group]! - falsePositivesBefore[group]!) * (above + (reached - above) / 2);
    above = reached;
    below = falsePositives[group]!;
  }
  area += (negatives - below) * above;
  return area / (positives * negatives);
}

/** Σ (recall step · precision) over thresholds, without interpolation. NaN without positives. */
export function averagePrecision({ length, positives, truePositives, falsePositives }: RankCurve): number {
  let sum = 0;
  let before = 0;
  for (let group = 0; group < length; group++) {
    const reached = truePositives[group]!;
    if (reached > before) sum += ((reached - before) * reached) / (reached + falsePositives[group]!);
    before = reached;
  }
  return sum / positives;
}

/** The largest gap between true and false positive rate over all thresholds. */
export function largestRateGap(curve: RankCurve): number {
  const { length, positives, negatives, truePositives, falsePositives, falsePositivesBefore } = curve;
  if (positives === 0 || negatives === 0) return Number.NaN;
  let largest = 0;
  let before = 0;
  for (let group = 0; group < length; group++) {
    largest = Math.max(
      largest,
      falsePositivesBefore[group]! / negatives - before / positives,
      Math.abs(truePositives[group]! / positives - falsePositives[group]! / negatives),
    );
    before = truePositives[group]!;
  }
  return largest;
}

/** Shares are quotients of sums: this much they may miss a limit that they meet on paper. */
const ROUNDING = 1e-12;

/** The highest recall among thresholds with a false positive rate of at most `limit`; 0 when there is none. */
export function recallWithinRate(curve: RankCurve, limit: number): number {
  const { length, positives, negatives, truePositives, falsePositives } = curve;
  if (positives === 0 || negatives === 0) return Number.NaN;
  const allowed = (limit + ROUNDING) * negatives;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (falsePositives[middle]! <= allowed) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : truePositives[low - 1]! / positives;
}

/** The highest precision among thresholds with a recall of at least `limit`. */
export function precisionFromRecall(curve: RankCurve, limit: number): number {
  const { length, positives, truePositives, falsePositives } = curve;
  if (positives === 0) return Number.NaN;
  const wanted = (limit - ROUNDING) * positives;
  let highest = 0;
  for (let group = 0; group < length; group++) {
    const reached = truePositives[group]!;
    if (reached >= wanted && reached > 0)
      highest = Math.max(highest, reached / (reached + falsePositives[group]!));
  }
  return highest;
}
