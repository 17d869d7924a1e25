/** A confidence interval: `low` ≤ `high`, two-sided. */
export type Interval = { readonly low: number; readonly high: number };

/** The estimate with `halfWidth` on either side. */
export function intervalAround(estimate: number, halfWidth: number): Interval {
  return { low: estimate - halfWidth, high: estimate + halfWidth };
}

/** The confidence of each of `count` intervals that shall hold all together (Bonferroni). */
export function simultaneousConfidence(confidence: number, count: number): number {
  return 1 - (1 - confidence) / Math.max(1, count);
}
