/**
 * Standard errors from influence values: how much a statistic would move if a row counted a little more (the
 * infinitesimal jackknife of Jaeckel, 1972). For a mean it is the usual standard error, for the area under the
 * ROC curve DeLong's, and for any smooth statistic what its bootstrap tends to, at the price of one pass.
 */

import { indexGroups, sumByGroup } from './groups.ts';
import { type Interval, intervalAround } from './interval.ts';
import { studentQuantile, studentTwoSidedP } from './student-t.ts';

export type Influence = {
  /** The derivative of the statistic by the weight of each row, at weight 1; they add up to 0. */
  readonly values: Float64Array;
  /** Codes of rows that belong together, -1 for a row alone. */
  readonly groups?: Int32Array | undefined;
};

/**
 * The standard error of the statistic, with the divisor n/(n - 1) for the n rows or groups that are drawn.
 * NaN of fewer than two.
 */
export function influenceStandardError({ values, groups }: Influence): number {
  const sums = groups === undefined ? values : sumByGroup(indexGroups(groups), values);
  const units = sums.length;
  if (units < 2) return Number.NaN;
  let squares = 0;
  for (let unit = 0; unit < units; unit++) squares += sums[unit]! ** 2;
  return Math.sqrt((squares * units) / (units - 1));
}

/**
 * How well that standard error is known, as degrees of freedom (Satterthwaite, 1946): those of n normal values are about
 * n, but where few rows carry the difference their squares scatter, and it counts as known from few. At least 1.
 */
export function influenceDegreesOfFreedom({ values, groups }: Influence): number {
  const sums = groups === undefined ? values : sumByGroup(indexGroups(groups), values);
  let squares = 0;
  let fourths = 0;
  for (let unit = 0; unit < sums.length; unit++) {
    const square = sums[unit]! ** 2;
    squares += square;
    fourths += square * square;
  }
  const scatter = fourths / squares ** 2 - 1 / sums.length;
  return scatter > 0 ? Math.max(1, Math.min(sums.length - 1, 2 / scatter)) : Math.max(1, sums.length - 1);
}

/** Student's interval around an estimate; `degreesOfFreedom` of at least 1. */
export function studentInterval(
  estimate: number,
  spread: { readonly standardError: number; readonly degreesOfFreedom: number },
  confidence: number,
): Interval {
  const quantile = studentQuantile(0.5 + confidence / 2, spread.degreesOfFreedom);
  return intervalAround(estimate, quantile * spread.standardError);
}

/** Two-sided p-value of "the statistic is 0". */
export function studentPValue(
  estimate: number,
  spread: { readonly standardError: number; readonly degreesOfFreedom: number },
): number {
  return studentTwoSidedP(estimate / spread.standardError, spread.degreesOfFreedom);
}
