/** Share of the error that may be spent before a new holdout is recommended (methods of the ledger, refresh rule). */
export const REFRESH_SHARE = 0.8;

/**
 * Share of a holdout's error budget that its uses have spent where the budget is enforced: the k-th use takes
 * 6/(π²k²) of it, all of them together no more than one. Between 0 and 1.
 */
export function spentShare(uses: number): number {
  let sum = 0;
  for (let use = 1; use <= uses; use++) sum += 1 / use ** 2;
  return (6 / Math.PI ** 2) * sum;
}

/**
 * Chance that at least one of so many challengers that are no better is called better, where each is judged at
 * this two-sided confidence and no budget is kept.
 */
export function chanceOfLuck(uses: number, confidence: number): number {
  return 1 - (1 - (1 - confidence) / 2) ** uses;
}
