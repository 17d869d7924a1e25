/** Rows for right-or-wrong answers of two models on the same rows: accuracy, and recall among the positives. */

import { normalQuantile, twoSidedZ } from '../statistics/normal.ts';
import type { PowerOptions } from '../statistics/sample-size.ts';

/**
 * Rows on which a challenger that is truly better by `difference` is called better, not rounded: Connor's
 * formula (1987) for McNemar's test, n = (z_a·√ψ + z_b·√(ψ − δ²))² / δ².
 *
 * @param discordance ψ: share of the rows where exactly one of the two models is right.
 * @param difference δ: true difference of the shares of right rows; not above ψ, since it is made of those rows.
 */
export function superiorityRows(discordance: number, difference: number, options: PowerOptions): number {
  const { confidence, power } = options;
  const square = difference ** 2;
  const chance = twoSidedZ(confidence) * Math.sqrt(discordance);
  const truth = normalQuantile(power) * Math.sqrt(discordance - square);
  return (chance + truth) ** 2 / square;
}

/**
 * Rows on which a challenger is found not worse by more than `margin`, not rounded:
 * n = ((z_a + z_b) / (m + δ))²·(ψ − δ²).
 *
 * @param trueDifference δ: what it is really better by; 0 for an equal challenger.
 */
export function nonInferiorityRows(
  discordance: number,
  { margin, trueDifference = 0 }: { readonly margin: number; readonly trueDifference?: number },
  { confidence, power }: PowerOptions,
): number {
  const ratio = (twoSidedZ(confidence) + normalQuantile(power)) / (margin + trueDifference);
  return ratio ** 2 * (discordance - trueDifference ** 2);
}
