/** The chi-squared distribution, central and noncentral. */

import { logGamma, lowerGammaShare, upperGammaShare } from './gamma-function.ts';
import { invertMonotoneAbove } from './inversion.ts';

const NEGLIGIBLE = 1e-18;

/** P(X ≤ x). */
export function chiSquaredCdf(x: number, degreesOfFreedom: number): number {
  return lowerGammaShare(degreesOfFreedom / 2, x / 2);
}

/** P(X > x). */
export function chiSquaredSurvival(x: number, degreesOfFreedom: number): number {
  return upperGammaShare(degreesOfFreedom / 2, x / 2);
}

/** The x below which the share `probability` lies. */
export function chiSquaredQuantile(probability: number, degreesOfFreedom: number): number {
  return quantileOf(probability, degreesOfFreedom, (x) => chiSquaredSurvival(x, degreesOfFreedom));
}

/** P(X > x) for the noncentral chi-squared distribution: a Poisson mixture summed outwards from its mode. */
export function noncentralChiSquaredSurvival(
  x: number,
  degreesOfFreedom: number,
  noncentrality: number,
): number {
  if (noncentrality === 0) return chiSquaredSurvival(x, degreesOfFreedom);
  if (x <= 0) return 1;
  const rate = noncentrality / 2;
  const mode = Math.floor(rate);
  const weightAtMode = Math.exp(mode * Math.log(rate) - rate - logGamma(mode + 1));
  const tail = (count: number) => chiSquaredSurvival(x, degreesOfFreedom + 2 * count);
  let total = 0;
  let weight = weightAtMode;
  for (let count = mode; weight > NEGLIGIBLE * weightAtMode; count++) {
    total += weight * tail(count);
    weight *= rate / (count + 1);
  }
  weight = weightAtMode;
  for (let count = mode - 1; count >= 0; count--) {
    weight *= (count + 1) / rate;
    const term = weight * tail(count);
    total += term;
    if (term <= NEGLIGIBLE * total) break;
  }
  return Math.min(1, total);
}

/** The x below which the share `probability` of a noncentral chi-squared distribution lies. */
export function noncentralChiSquaredQuantile(
  probability: number,
  degreesOfFreedom: number,
  noncentrality: number,
): number {
  return quantileOf(probability, degreesOfFreedom + noncentrality, (x) =>
    noncentralChiSquaredSurvival(x, degreesOfFreedom, noncentrality),
  );
}

function quantileOf(probability: number, firstStep: number, survival: (x: number) => number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return Number.POSITIVE_INFINITY;
  return invertMonotoneAbove((x) => 1 - probability - survival(x), 0, firstStep);
}
