/** Quantiles of type 7 of Hyndman and Fan: linear interpolation, the default of NumPy and R. */

import { ascending } from './ordering.ts';

/** The quantile of values that are sorted ascending; NaN of nothing. `probability` from 0 to 1. */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below]!;
  if (below === position) return low;
  return low + (position - below) * (sorted[below + 1]! - low);
}

/** The quantile of values in any order. */
export function quantile(values: Float64Array, probability: number): number {
  return quantileOfSorted(ascending(values), probability);
}

/** The median of values in any order; NaN of nothing. */
export function median(values: Float64Array): number {
  return quantile(values, 0.5);
}
