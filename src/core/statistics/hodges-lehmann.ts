/**
 * The Hodges-Lehmann estimate: by how much one sample lies above another, or how many times as large it is.
 * Outliers hardly move it, which is why it compares times of a machine that others use as well.
 */

import { type Interval, intervalAround } from './interval.ts';
import { twoSidedZ } from './normal.ts';
import { ascending } from './ordering.ts';
import { quantileOfSorted } from './quantiles.ts';
import { sum } from './sums.ts';

export type HodgesLehmann = {
  /** The median of all differences (or ratios) of a value of one sample to a value of the other. */
  readonly value: number;
  /** Absent where so few values have none at this confidence. */
  readonly interval?: Interval;
};

/** From this many values of a sample on the Mann-Whitney statistic is taken for normal, as R does. */
const NORMAL_FROM = 50;

/**
 * The shift from `reference` to `current`, in their unit: the median of all pairs' differences. Its two-sided
 * interval is the set of shifts that the Mann-Whitney test does not reject: exact where both samples have fewer
 * than 50 values, else by its normal approximation (Hollander, Wolfe and Chicken, Nonparametric Statistical
 * Methods, 4.3). Ties make it wider than it had to be. NaN of nothing. Memory grows with the number of pairs.
 */
export function hodgesLehmannShift(
  reference: Float64Array,
  current: Float64Array,
  confidence: number,
): HodgesLehmann {
  const pairs = new Float64Array(reference.length * current.length);
  let pair = 0;
  for (const after of current) for (const before of reference) pairs[pair++] = after - before;
  const sorted = ascending(pairs);
  const value = quantileOfSorted(sorted, 0.5);
  const rank = lowestRank(reference.length, current.length, (1 - confidence) / 2);
  if (rank < 1) return { value };
  return { value, interval: { low: sorted[rank - 1]!, high: sorted[sorted.length - rank]! } };
}

/**
 * How many times as large `current` is as `reference`: the shift of the logarithms, as a factor. Values above 0.
 */
export function hodgesLehmannRatio(
  reference: Float64Array,
  current: Float64Array,
  confidence: number,
): HodgesLehmann {
  const { value, interval } = hodgesLehmannShift(reference.map(Math.log), current.map(Math.log), confidence);
  if (interval === undefined) return { value: Math.exp(value) };
  return { value: Math.exp(value), interval: { low: Math.exp(interval.low), high: Math.exp(interval.high) } };
}

/** The rank (from 1) of the pair at which the interval begins; below 1 when there is none. */
function lowestRank(first: number, second: number, tail: number): number {
  if (first >= NORMAL_FROM || second >= NORMAL_FROM) {
    const pairs = first * second;
    const spread = Math.sqrt((pairs * (first + second + 1)) / 12);
    return Math.floor(intervalAround(pairs / 2, twoSidedZ(1 - 2 * tail) * spread).low);
  }
  const counts = mannWhitneyCounts(first, second);
  const all = sum(counts);
  let rank = 0;
  let below = 0;
  while (rank < counts.length && (below + counts[rank]!) / all <= tail) below += counts[rank++]!;
  return rank;
}

/**
 * In how many of the equally likely orders of both samples the Mann-Whitney statistic has each value, from 0
 * to first · second. Sums of whole numbers, so that nothing cancels.
 */
function mannWhitneyCounts(first: number, second: number): Float64Array {
  // One row for each number of values of the first sample that were placed so far.
  const rows = Array.from({ length: first + 1 }, () => new Float64Array(first * second + 1));
  rows[0]![0] = 1;
  for (let place = 1; place <= first + second; place++) {
    for (let placed = Math.min(place, first); placed >= 1; placed--) {
      // A value at this place lies above every value of the second sample that was placed before it.
      const above = place - placed;
      if (above > second) continue;
      const from = rows[placed - 1]!;
      const to = rows[placed]!;
      for (let statistic = to.length - 1; statistic >= above; statistic--)
        to[statistic] = to[statistic]! + from[statistic - above]!;
    }
  }
  return rows[first]!;
}
