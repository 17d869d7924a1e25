/** Student's t distribution. */

import { betaShare } from './beta-function.ts';
import { invertMonotoneAbove } from './inversion.ts';

/** P(T ≤ t). Degrees of freedom above 0, not necessarily whole. */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  const tail = studentTwoSidedP(t, degreesOfFreedom) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** P(|T| ≥ |t|): the two-sided p-value of a t statistic. */
export function studentTwoSidedP(t: number, degreesOfFreedom: number): number {
  if (!Number.isFinite(t)) return Number.isNaN(t) ? Number.NaN : 0;
  const square = t * t;
  // Near zero the complement keeps the digits that the direct form would lose.
  if (square < degreesOfFreedom) {
    return 1 - betaShare(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2);
  }
  return betaShare(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5);
}

/** The t below which the share `probability` lies. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  if (Number.isNaN(probability) || probability < 0 || probability > 1) return Number.NaN;
  if (probability === 0.5) return 0;
  if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity;
  const tail = Math.min(probability, 1 - probability);
  const magnitude = invertMonotoneAbove((t) => 2 * tail - studentTwoSidedP(t, degreesOfFreedom), 0, 2);
  return probability < 0.5 ? -magnitude : magnitude;
}
