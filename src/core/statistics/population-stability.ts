/** The population stability index on bins of the reference, calibrated for the sizes of both samples. */

import {
  chiSquaredSurvival,
  noncentralChiSquaredQuantile,
  noncentralChiSquaredSurvival,
} from './chi-squared.ts';
import type { CategoryCounts } from './contingency.ts';
import { quantileOfSorted } from './quantiles.ts';

const MOST_BINS = 10;
const FEWEST_BINS = 2;
const REFERENCE_ROWS_PER_BIN = 50;
const CURRENT_ROWS_PER_BIN = 10;

/** Added to every count, so that an empty bin stays finite. */
const SMOOTHING = 0.5;

export type StabilityTest = {
  /** The index, in nats. */
  readonly index: number;
  /** p-value of "both samples come from one distribution". */
  readonly pValue: number;
  /** One-sided p-value of "the index is at most the minimum effect". */
  readonly minimumEffectP: number;
};

/** How many bins two samples of these sizes can fill: 2 … 10. */
export function binCountFor(referenceRows: number, currentRows: number): number {
  const affordable = Math.min(
    Math.floor(referenceRows / REFERENCE_ROWS_PER_BIN),
    Math.floor(currentRows / CURRENT_ROWS_PER_BIN),
  );
  return Math.min(MOST_BINS, Math.max(FEWEST_BINS, affordable));
}

/**
 * The distinct inner borders of bins with equal shares of the sorted reference; the outer bins are open.
 * A value on a border belongs to the bin above it. A constant has no border: one bin.
 */
export function innerBinEdges(sortedReference: Float64Array, bins: number): Float64Array {
  const edges = new Set<number>();
  for (let bin = 0; bin <= bins; bin++) edges.add(quantileOfSorted(sortedReference, bin / bins));
  return Float64Array.from(edges).sort().slice(1, -1);
}

/** How many values fall into each of the edges.length + 1 bins; NaN is not counted. */
export function countBins(values: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (edges[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    counts[low] = counts[low]! + 1;
  }
  return counts;
}

/** Σ (p - q) ln(p / q) over bins, with half a row added to every bin on both sides. */
export function populationStabilityIndex(counts: CategoryCounts): number {
  const reference = smoothedShares(counts.reference);
  const current = smoothedShares(counts.current);
  let index = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    index += (current[bin]! - reference[bin]!) * Math.log(current[bin]! / reference[bin]!);
  }
  return index;
}

/**
 * Tests the index: over (1/n + 1/m) it is close to a chi-squared variable with one degree of freedom less
 * than bins (Yurdakul, 2018), a noncentral one under an index of `minimumEffect`.
 */
export function testStability(counts: CategoryCounts, minimumEffect: number): StabilityTest {
  const index = populationStabilityIndex(counts);
  const degreesOfFreedom = counts.reference.length - 1;
  if (degreesOfFreedom === 0) return { index, pValue: 1, minimumEffectP: 1 };
  const noise = 1 / totalOf(counts.reference) + 1 / totalOf(counts.current);
  return {
    index,
    pValue: chiSquaredSurvival(index / noise, degreesOfFreedom),
    minimumEffectP: noncentralChiSquaredSurvival(index / noise, degreesOfFreedom, minimumEffect / noise),
  };
}

/** The index above which samples of these sizes show more than the minimum effect. */
export function criticalStabilityIndex(
  sizes: { readonly bins: number; readonly reference: number; readonly current: number },
  minimumEffect: number,
  confidence: number,
): number {
  const noise = 1 / sizes.reference + 1 / sizes.current;
  return noise * noncentralChiSquaredQuantile(confidence, sizes.bins - 1, minimumEffect / noise);
}

function smoothedShares(counts: ArrayLike<number>): Float64Array {
  const total = totalOf(counts) + SMOOTHING * counts.length;
  return Float64Array.from(counts, (count) => (count + SMOOTHING) / total);
}

function totalOf(counts: ArrayLike<number>): number {
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) total += counts[bin]!;
  return total;
}
