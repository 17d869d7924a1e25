/**
 * The probability of superiority (Vargha and Delaney's A12): how often a current value exceeds a
 * reference value, ties counting half. 0.5 is no shift of location.
 */

import { areaVariance, disjointPairsBound } from './delong.ts';
import { type Interval, intervalAround } from './interval.ts';
import { normalSurvival, twoSidedZ } from './normal.ts';
import { placements } from './placements.ts';

export type SuperiorityOptions = {
  readonly confidence: number;
  /** The distance from 0.5 that does not matter yet; 0.06 is about a Cohen's d of 0.2. */
  readonly minimumEffect: number;
};

export type Superiority =
  | {
      readonly defined: true;
      /** P(current > reference) + ½ P(equal). */
      readonly probability: number;
      readonly standardError: number;
      readonly interval: Interval;
      /** One-sided p-value of "the distance from 0.5 is at most the minimum effect". */
      readonly minimumEffectP: number;
    }
  | { readonly defined: false; readonly reason: string };

/** Two samples in any order, without NaN, with DeLong's standard error. */
export function probabilityOfSuperiority(
  reference: Float64Array,
  current: Float64Array,
  options: SuperiorityOptions,
): Superiority {
  const smaller = Math.min(reference.length, current.length);
  const values = new Float64Array(reference.length + current.length);
  values.set(reference);
  values.set(current, reference.length);
  const labels = new Uint8Array(values.length).fill(1, reference.length);
  const placed = smaller < 2 ? undefined : placements(labels, values);
  if (placed === undefined) return { defined: false, reason: 'a sample has fewer than two rows' };
  const probability = placed.area;
  const distance = Math.abs(probability - 0.5);
  if (distance === 0.5) return separated(probability, reference.length, current.length, options);
  const standardError = Math.sqrt(areaVariance(placed));
  const interval = intervalAround(probability, twoSidedZ(options.confidence) * standardError);
  const excess = distance - options.minimumEffect;
  // Without any spread (two equal constants) the sign of the excess decides.
  const minimumEffectP = standardError === 0 ? Number(excess <= 0) : normalSurvival(excess / standardError);
  return { defined: true, probability, standardError, interval, minimumEffectP };
}

/** No value of one sample reaches the other: the bounds are those of as many disjoint pairs. */
function separated(
  probability: number,
  referenceCount: number,
  currentCount: number,
  options: SuperiorityOptions,
): Superiority {
  const bound = disjointPairsBound(referenceCount, currentCount, options.confidence);
  const interval = probability === 1 ? { low: bound, high: 1 } : { low: 0, high: 1 - bound };
  const minimumEffectP = Math.min(1, 0.5 + options.minimumEffect) ** Math.min(referenceCount, currentCount);
  return { defined: true, probability, standardError: 0, interval, minimumEffectP };
}
