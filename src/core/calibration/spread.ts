import { mean, sampleVariance } from '../statistics/sums.ts';
import type { SpreadOfRetrainings } from './calibration.ts';

export type SpreadRequest = {
  /** Differences of the retrainings to the champion on one holdout, at least two. */
  readonly differences: readonly number[];
  /** Standard errors of these differences. */
  readonly standardErrors: readonly number[];
  /** Standard errors of differences between two retrainings; empty: those to the champion stand for them. */
  readonly pairErrors: readonly number[];
};

/**
 * Takes the spread of differences apart. A difference is Δₖ = δ + rₖ + hₖ − c: rₖ what seed and sample do
 * to retraining k, hₖ what this holdout does to it, and c what it does to the champion, which all share. So
 * the variance of the Δₖ is var(r) + var(h), and the squared standard error between two retrainings is
 * 2 var(h), in which the champion has no part. Hence var(r) is the variance of the differences less half of that,
 * floored at 0. (Taking off the whole squared error of a difference to the champion would take off var(c), which
 * is not in the variance.)
 */
export function decomposeSpread(request: SpreadRequest): SpreadOfRetrainings {
  const { differences, standardErrors, pairErrors } = request;
  const variance = sampleVariance(differences);
  const between = meanSquare(pairErrors.length > 0 ? pairErrors : standardErrors);
  return {
    mean: mean(differences),
    deviation: Math.sqrt(variance),
    holdout: Math.sqrt(meanSquare(standardErrors)),
    retraining: Math.sqrt(Math.max(0, variance - between / 2)),
  };
}

function meanSquare(values: readonly number[]): number {
  return mean(values.map((value) => value ** 2));
}
