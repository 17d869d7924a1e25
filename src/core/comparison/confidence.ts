/**
 * The confidence that the k-th use of one holdout may claim when its budget is enforced: the error 1 - c is
 * spent as (1 - c)·6/(π²k²), which over all uses adds up to 1 - c. So the chance that any of ever so many
 * equally good challengers is called better stays what one of them would have had (the union bound; it holds
 * for challengers that are not chosen by earlier verdicts).
 *
 * @param confidence two-sided, between 0 and 1.
 * @param use which use of the holdout this is, from 1; undefined where the budget is not enforced.
 */
export function spentConfidence(confidence: number, use: number | undefined): number {
  if (use === undefined) return confidence;
  return 1 - ((1 - confidence) * 6) / (Math.PI ** 2 * use ** 2);
}
