/** The beta function's logarithm and the regularised incomplete beta function. */

import { awayFromZero, logGamma, stirlingCorrection } from './gamma-function.ts';
import { invertMonotone } from './inversion.ts';

const EPSILON = 1e-16;
const MAXIMUM_TERMS = 100_000;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln B(a, b) for a, b > 0, without cancellation when either is large. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const correction = stirlingCorrection(large) - stirlingCorrection(small + large);
  const tail = (large - 0.5) * Math.log1p(-small / (small + large));
  if (small < 10) return logGamma(small) + correction + small - small * Math.log(small + large) + tail;
  return (
    HALF_LOG_TWO_PI -
    0.5 * Math.log(large) +
    stirlingCorrection(small) +
    correction +
    (small - 0.5) * Math.log(small / (small + large)) +
    large * Math.log1p(-small / (small + large))
  );
}

/** I_x(a, b): the share of the beta integral below x; a, b > 0, x from 0 to 1. */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  // The continued fraction converges fast only below the mean; the other side is its mirror image.
  if (x < (a + 1) / (a + b + 2)) return clamp((factor * betaFraction(x, a, b)) / a);
  return clamp(1 - (factor * betaFraction(1 - x, b, a)) / b);
}

/** The value below which the share `probability` of a beta distribution lies. */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  return invertMonotone((x) => betaShare(x, a, b) - probability, 0, 1);
}

/** Lentz's evaluation of the continued fraction of I_x(a, b). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let index = 1; index < MAXIMUM_TERMS; index++) {
    const even = (index * (b - index) * x) / ((a + 2 * index - 1) * (a + 2 * index));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + index) * (a + b + index) * x) / ((a + 2 * index) * (a + 2 * index + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) <= 2 * EPSILON) break;
  }
  return fraction;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
