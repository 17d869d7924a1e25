/** The Wasserstein-1 (earth mover's) distance between two samples, in units of the reference's own scale. */

import { normalQuantile } from './normal.ts';
import { ascending } from './ordering.ts';
import { quantileOfSorted } from './quantiles.ts';
import { sampleVariance } from './sums.ts';

const NORMAL_IQR = 1.349;
const NORMAL_MAD = 1.4826;

export type ScaledDistance =
  | {
      readonly defined: true;
      /** The distance in the unit of the values. */
      readonly distance: number;
      /** The distance over the robust scale of the reference. */
      readonly scaled: number;
      /** What equal distributions of these sizes would give on average, over the same scale. */
      readonly scaledNoise: number;
      /** A one-sided bound the true scaled distance lies above; noise is subtracted, so it is conservative. */
      readonly scaledLowerBound: number;
    }
  | { readonly defined: false; readonly distance: number; readonly reason: string };

/** ∫ |F - G|: both samples sorted ascending, without NaN, neither empty. */
export function wassersteinDistance(reference: Float64Array, current: Float64Array): number {
  let distance = 0;
  forEachStep(reference, current, (width, gap) => {
    distance += Math.abs(gap) * width;
  });
  return distance;
}

/** The mean distance of two samples of one distribution, from its sorted values (asymptotic). */
export function wassersteinNoise(
  sorted: Float64Array,
  sizes: { readonly reference: number; readonly current: number },
): number {
  let integral = 0;
  for (let index = 1; index < sorted.length; index++) {
    const below = index / sorted.length;
    integral += Math.sqrt(below * (1 - below)) * (sorted[index]! - sorted[index - 1]!);
  }
  return Math.sqrt((2 / Math.PI) * (1 / sizes.reference + 1 / sizes.current)) * integral;
}

/** IQR / 1.349, or MAD · 1.4826, or the standard deviation, whichever is first above 0; undefined for a constant. */
export function robustScale(sorted: Float64Array): number | undefined {
  const spread = (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) / NORMAL_IQR;
  if (spread > 0) return spread;
  const centre = quantileOfSorted(sorted, 0.5);
  const deviations = ascending(sorted.map((value) => Math.abs(value - centre)));
  const deviation = quantileOfSorted(deviations, 0.5) * NORMAL_MAD;
  if (deviation > 0) return deviation;
  const standardDeviation = Math.sqrt(sampleVariance(sorted));
  return standardDeviation > 0 ? standardDeviation : undefined;
}

/** Distance, noise and bound in units of the reference's robust scale; both samples sorted ascending. */
export function scaledWasserstein(
  reference: Float64Array,
  current: Float64Array,
  confidence: number,
): ScaledDistance {
  const distance = wassersteinDistance(reference, current);
  const scale = robustScale(reference);
  if (scale === undefined) return { defined: false, distance, reason: 'the reference is constant' };
  const sizes = { reference: reference.length, current: current.length };
  const noise = wassersteinNoise(reference, sizes);
  const margin = normalQuantile(confidence) * standardErrorOf(reference, current);
  return {
    defined: true,
    distance,
    scaled: distance / scale,
    scaledNoise: noise / scale,
    scaledLowerBound: Math.max(0, distance - noise - margin) / scale,
  };
}

/**
 * By the delta method: where the sign of F - G is taken as known, the distance is a difference of two
 * means of a piecewise linear function of the values.
 */
function standardErrorOf(reference: Float64Array, current: Float64Array): number {
  const steps = reference.length + current.length;
  const heights = new Float64Array(steps);
  const referenceCounts = new Float64Array(steps);
  const currentCounts = new Float64Array(steps);
  let height = 0;
  let step = 0;
  forEachStep(reference, current, (width, gap, arrived) => {
    heights[step] = height;
    referenceCounts[step] = arrived.reference;
    currentCounts[step] = arrived.current;
    height += Math.sign(gap) * width;
    step++;
  });
  const variance =
    repeatedVariance(heights, referenceCounts) / reference.length +
    repeatedVariance(heights, currentCounts) / current.length;
  return Number.isFinite(variance) ? Math.sqrt(variance) : Number.POSITIVE_INFINITY;
}

/** Sample variance of values that occur `counts` times each. */
function repeatedVariance(values: Float64Array, counts: Float64Array): number {
  let total = 0;
  let weighted = 0;
  for (let index = 0; index < values.length; index++) {
    total += counts[index]!;
    weighted += counts[index]! * values[index]!;
  }
  const centre = weighted / total;
  let squares = 0;
  for (let index = 0; index < values.length; index++)
    squares += counts[index]! * (values[index]! - centre) ** 2;
  return squares / (total - 1);
}

type Arrived = { readonly reference: number; readonly current: number };

/** Visits the distinct values in turn: how far the next one is, F - G up to there, and the values that lie here. */
function forEachStep(
  reference: Float64Array,
  current: Float64Array,
  visit: (width: number, gap: number, arrived: Arrived) => void,
): void {
  let inReference = 0;
  let inCurrent = 0;
  while (inReference < reference.length || inCurrent < current.length) {
    const value = Math.min(reference[inReference] ?? Infinity, current[inCurrent] ?? Infinity);
    const before = { reference: inReference, current: inCurrent };
    while (inReference < reference.length && reference[inReference]! <= value) inReference++;
    while (inCurrent < current.length && current[inCurrent]! <= value) inCurrent++;
    const next = Math.min(reference[inReference] ?? Infinity, current[inCurrent] ?? Infinity);
    const width = next === Infinity ? 0 : next - value;
    const gap = inReference / reference.length - inCurrent / current.length;
    visit(width, gap, { reference: inReference - before.reference, current: inCurrent - before.current });
  }
}
