/** The two-sample Kolmogorov-Smirnov test. */

import { kolmogorovSurvival } from './kolmogorov.ts';

/** Up to this many pairs of rows the p-value is exact. */
const EXACT_PAIR_LIMIT = 4e6;

/** Below this the exact p-value, a difference from 1, has no digits left. */
const EXACT_RESOLUTION = 1e-10;

export type KolmogorovSmirnovTest = {
  /** The largest gap between the two distribution functions, 0 … 1. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: 'exact' | 'asymptotic';
};

/** Both samples sorted ascending, without NaN, neither empty. Ties make the exact p-value conservative. */
export function kolmogorovSmirnovTest(reference: Float64Array, current: Float64Array): KolmogorovSmirnovTest {
  const gap = largestGap(reference, current);
  const pairs = reference.length * current.length;
  const statistic = gap / pairs;
  if (pairs <= EXACT_PAIR_LIMIT) {
    const pValue = exactP(gap, reference.length, current.length);
    if (pValue > EXACT_RESOLUTION) return { statistic, pValue, method: 'exact' };
  }
  const root = Math.sqrt(pairs / (reference.length + current.length));
  // Stephens' correction makes the limit usable at small sizes.
  const pValue = kolmogorovSurvival((root + 0.12 + 0.11 / root) * statistic);
  return { statistic, pValue, method: 'asymptotic' };
}

/**
 * A bound the true gap lies above with that confidence (one-sided), from two Dvoretzky-Kiefer-Wolfowitz
 * bands with Massart's constant; conservative.
 */
export function gapLowerBound(
  statistic: number,
  sizes: { readonly reference: number; readonly current: number },
  confidence: number,
): number {
  const width = Math.sqrt(Math.log(4 / (1 - confidence)) / 2);
  return Math.max(0, statistic - width * (1 / Math.sqrt(sizes.reference) + 1 / Math.sqrt(sizes.current)));
}

/** The largest gap times both sample sizes: a whole number, so that comparisons are exact. */
function largestGap(reference: Float64Array, current: Float64Array): number {
  const referenceCount = reference.length;
  const currentCount = current.length;
  let inReference = 0;
  let inCurrent = 0;
  let largest = 0;
  while (inReference < referenceCount && inCurrent < currentCount) {
    const value = Math.min(reference[inReference]!, current[inCurrent]!);
    while (inReference < referenceCount && reference[inReference]! <= value) inReference++;
    while (inCurrent < currentCount && current[inCurrent]! <= value) inCurrent++;
    largest = Math.max(largest, Math.abs(inReference * currentCount - inCurrent * referenceCount));
  }
  return largest;
}

/** One less the share of lattice paths that stay inside the gap (Hodges, 1957), row by row. */
function exactP(gap: number, first: number, second: number): number {
  if (gap === 0) return 1;
  const shares = new Float64Array(second + 1);
  for (let column = 0; column <= second && column * first < gap; column++) shares[column] = 1;
  for (let row = 1; row <= first; row++) {
    const weight = row / (row + second);
    shares[0] = row * second < gap ? weight * shares[0]! : 0;
    for (let column = 1; column <= second; column++) {
      const inside = Math.abs(row * second - column * first) < gap;
      shares[column] = inside ? weight * shares[column]! + shares[column - 1]! : 0;
    }
  }
  return Math.min(1, Math.max(0, 1 - shares[second]!));
}
