/** Weighted moments of labels and targets, for what a prediction that knows nothing would score. */

import { ascendingOrder } from '../statistics/ordering.ts';
import { sum } from '../statistics/sums.ts';
import type { BinarySample } from './metric.ts';

/** The share of positive rows, by weight. */
export function weightedPrevalence(sample: BinarySample): number {
  return weightedMean(Float64Array.from(sample.labels), sample.weights);
}

/** Σ w x / Σ w; without weights the plain mean. */
export function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  if (weights === undefined) return sum(values) / values.length;
  return sum(values.map((value, row) => value * weights[row]!)) / sum(weights);
}

/** The share of weight of each class. */
export function classShares(
  labels: Int32Array | Uint8Array,
  classCount: number,
  weights: Float64Array | undefined,
): Float64Array {
  const shares = new Float64Array(classCount);
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights?.[row] ?? 1;
    shares[labels[row]!] = shares[labels[row]!]! + weight;
    total += weight;
  }
  return shares.map((share) => share / total);
}

/** The smallest value up to which at least the share `probability` of the weight lies. */
export function weightedQuantile(
  values: Float64Array,
  weights: Float64Array | undefined,
  probability: number,
): number {
  const total = weights === undefined ? values.length : sum(weights);
  let passed = 0;
  for (const row of ascendingOrder(values)) {
    passed += weights?.[row] ?? 1;
    if (passed >= probability * total) return values[row]!;
  }
  return Number.NaN;
}

/** -Σ p ln p in nats. */
export function entropy(shares: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < shares.length; index++) {
    const share = shares[index]!;
    if (share > 0) total -= share * Math.log(share);
  }
  return total;
}
