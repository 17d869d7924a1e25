/** Shares of rows: intervals of one and the difference of two independent ones. */

import { betaQuantile } from './beta-function.ts';
import type { Interval } from './interval.ts';
import { normalTwoSidedP, twoSidedZ } from './normal.ts';

/** So many of so many rows. */
export type Proportion = { readonly successes: number; readonly rows: number };

export type ProportionComparison = {
  /** Share of the first less share of the second. */
  readonly difference: number;
  /** Newcombe's hybrid score interval (1998, method 10). */
  readonly interval: Interval;
  readonly z: number;
  readonly pValue: number;
};

/** Wilson's score interval. */
export function wilsonInterval({ successes, rows }: Proportion, confidence: number): Interval {
  const z = twoSidedZ(confidence);
  const share = successes / rows;
  const centre = (share + (z * z) / (2 * rows)) / (1 + (z * z) / rows);
  const spread = Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows));
  const halfWidth = (z * spread) / (1 + (z * z) / rows);
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - halfWidth),
    high: successes === rows ? 1 : Math.min(1, centre + halfWidth),
  };
}

/** The exact (conservative) interval of Clopper and Pearson. */
export function clopperPearsonInterval({ successes, rows }: Proportion, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, rows - successes + 1),
    high: successes === rows ? 1 : betaQuantile(1 - tail, successes + 1, rows - successes),
  };
}

/** Two independent proportions: Newcombe's interval and the pooled z test. */
export function compareProportions(
  first: Proportion,
  second: Proportion,
  confidence: number,
): ProportionComparison {
  const firstShare = first.successes / first.rows;
  const secondShare = second.successes / second.rows;
  const difference = firstShare - secondShare;
  const pooled = (first.successes + second.successes) / (first.rows + second.rows);
  const variance = pooled * (1 - pooled) * (1 / first.rows + 1 / second.rows);
  const z = variance === 0 ? 0 : difference / Math.sqrt(variance);
  const one = wilsonInterval(first, confidence);
  const two = wilsonInterval(second, confidence);
  return {
    difference,
    interval: {
      low: difference - Math.hypot(firstShare - one.low, two.high - secondShare),
      high: difference + Math.hypot(one.high - firstShare, secondShare - two.low),
    },
    z,
    pValue: normalTwoSidedP(z),
  };
}
