/** The noncentral t distribution: what a t statistic does when there is something to find. */

import { logGamma } from './gamma-function.ts';
import { normalCdf } from './normal.ts';

/** The chi distribution is spent this many standard deviations from its mean. */
const REACH = 12;
/** Even; Simpson's rule on the smooth density of the spread is exact to about 1e-12 with so many. */
const INTERVALS = 600;

/**
 * P(T > t) for T = (Z + noncentrality) / S, where S² is chi-squared over its degrees of freedom: the
 * integral of Φ(noncentrality − t·s) over the density of s, by Simpson's rule.
 *
 * @param degreesOfFreedom at least 1, not necessarily whole.
 */
export function noncentralStudentSurvival(
  t: number,
  degreesOfFreedom: number,
  noncentrality: number,
): number {
  const half = degreesOfFreedom / 2;
  const spread = REACH / Math.sqrt(2 * degreesOfFreedom);
  const low = Math.max(0, 1 - spread);
  const step = (1 + spread - low) / INTERVALS;
  const constant = Math.LN2 + half * Math.log(half) - logGamma(half);
  let sum = 0;
  for (let index = 0; index <= INTERVALS; index++) {
    const s = low + index * step;
    const weight = index === 0 || index === INTERVALS ? 1 : index % 2 === 1 ? 4 : 2;
    sum += weight * densityOfSpread(s, degreesOfFreedom, constant) * normalCdf(noncentrality - t * s);
  }
  return Math.min(1, (sum * step) / 3);
}

function densityOfSpread(s: number, degreesOfFreedom: number, constant: number): number {
  if (s === 0) return degreesOfFreedom === 1 ? Math.exp(constant) : 0;
  return Math.exp(constant + (degreesOfFreedom - 1) * Math.log(s) - (degreesOfFreedom * s * s) / 2);
}
