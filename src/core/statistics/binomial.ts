/** The binomial distribution. */

import { betaShare, logBeta } from './beta-function.ts';

/** P(X ≤ successes) in `trials` trials. */
export function binomialCdf(successes: number, trials: number, probability: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return betaShare(1 - probability, trials - successes, successes + 1);
}

/** P(X = successes). */
export function binomialProbability(successes: number, trials: number, probability: number): number {
  if (successes < 0 || successes > trials) return 0;
  if (probability === 0) return successes === 0 ? 1 : 0;
  if (probability === 1) return successes === trials ? 1 : 0;
  const logWays = -Math.log(trials + 1) - logBeta(trials - successes + 1, successes + 1);
  return Math.exp(
    logWays + successes * Math.log(probability) + (trials - successes) * Math.log1p(-probability),
  );
}
