/** The difference of the means of two independent samples after Welch. */

import { type Interval, intervalAround } from './interval.ts';
import { studentCdf, studentQuantile, studentTwoSidedP } from './student-t.ts';
import { mean, sampleVariance } from './sums.ts';

export type WelchOptions = {
  readonly confidence: number;
  /** A difference, in standard deviations of the reference, that does not matter yet; 0 unless told. */
  readonly minimumEffect?: number;
};

export type WelchComparison =
  | {
      readonly defined: true;
      /** Mean of the current sample less that of the reference. */
      readonly difference: number;
      readonly standardError: number;
      readonly degreesOfFreedom: number;
      readonly t: number;
      readonly pValue: number;
      readonly interval: Interval;
      /** One-sided p-value of "the difference is at most the minimum effect". */
      readonly minimumEffectP: number;
    }
  | { readonly defined: false; readonly difference: number; readonly reason: string };

/** Two samples in any order, without NaN. */
export function compareIndependentMeans(
  reference: Float64Array,
  current: Float64Array,
  options: WelchOptions,
): WelchComparison {
  const difference = mean(current) - mean(reference);
  if (Math.min(reference.length, current.length) < 2) {
    return { defined: false, difference, reason: 'a sample has fewer than two rows' };
  }
  const referenceVariance = sampleVariance(reference);
  const referencePart = referenceVariance / reference.length;
  const currentPart = sampleVariance(current) / current.length;
  const variance = referencePart + currentPart;
  if (variance === 0) return { defined: false, difference, reason: 'both samples are constant' };
  const standardError = Math.sqrt(variance);
  const degreesOfFreedom =
    variance ** 2 / (referencePart ** 2 / (reference.length - 1) + currentPart ** 2 / (current.length - 1));
  const t = difference / standardError;
  const tolerated = (options.minimumEffect ?? 0) * Math.sqrt(referenceVariance);
  const excess = (Math.abs(difference) - tolerated) / standardError;
  const halfWidth = studentQuantile(0.5 + options.confidence / 2, degreesOfFreedom) * standardError;
  return {
    defined: true,
    difference,
    standardError,
    degreesOfFreedom,
    t,
    pValue: studentTwoSidedP(t, degreesOfFreedom),
    interval: intervalAround(difference, halfWidth),
    minimumEffectP: studentCdf(-excess, degreesOfFreedom),
  };
}
