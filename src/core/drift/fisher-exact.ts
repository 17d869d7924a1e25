import { logGamma } from '../statistics/gamma-function.ts';

/** Rows with a value among all rows, in two independent samples. */
export type TwoByTwo = {
  readonly reference: number;
  readonly referenceRows: number;
  readonly current: number;
  readonly currentRows: number;
};

/**
 * Fisher's exact test of two shares: twice the smaller tail of the hypergeometric distribution, at most 1.
 * Exact at any size, which the chi-squared test is not when a value is rare.
 */
export function fisherExactP(table: TwoByTwo): number {
  const { referenceRows, currentRows, current } = table;
  const holders = table.reference + current;
  const fewest = Math.max(0, holders - referenceRows);
  const most = Math.min(holders, currentRows);
  const logProbability = (count: number): number =>
    logChoose(currentRows, count) +
    logChoose(referenceRows, holders - count) -
    logChoose(referenceRows + currentRows, holders);
  const upper = tail(current, most, logProbability);
  const lower = tail(current, fewest, logProbability);
  return Math.min(1, 2 * Math.min(upper, lower));
}

/** The probabilities from one count to another, summed from the near end, where they are largest in a tail. */
function tail(from: number, to: number, logProbability: (count: number) => number): number {
  const step = to >= from ? 1 : -1;
  let sum = 0;
  for (let count = from; step * count <= step * to; count += step) {
    const term = Math.exp(logProbability(count));
    const previous = sum;
    sum += term;
    // Past the mode terms only shrink: what is left is lost in rounding.
    if (sum === previous && term < sum) break;
  }
  return sum;
}

function logChoose(all: number, chosen: number): number {
  return logGamma(all + 1) - logGamma(chosen + 1) - logGamma(all - chosen + 1);
}
