/** What a sample of a given size can show, from the standard error it gave. */

import { normalQuantile, twoSidedZ } from './normal.ts';

export type PowerOptions = {
  /** Two-sided confidence of the interval that decides. */
  readonly confidence: number;
  /** Wanted probability of seeing a difference that is there; 0.8 is customary. */
  readonly power: number;
};

/** The smallest true difference that would be seen with the wanted power. */
export function minimumDetectableDifference(standardError: number, options: PowerOptions): number {
  return (twoSidedZ(options.confidence) + normalQuantile(options.power)) * standardError;
}

/**
 * Rows needed to tell a difference (or to keep within a margin) of that size, when `rows` rows gave
 * that standard error; rounded up.
 */
export function rowsNeeded(
  pilot: { readonly rows: number; readonly standardError: number },
  difference: number,
  options: PowerOptions,
): number {
  const detectable = minimumDetectableDifference(pilot.standardError, options);
  return Math.ceil(pilot.rows * (detectable / difference) ** 2);
}
