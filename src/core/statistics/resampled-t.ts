/** Differences of two models over the folds of a cross-validation. */

import { studentTwoSidedP } from './student-t.ts';

export type FoldDifferences = {
  /** Challenger less champion, one for each fold; at least two. */
  readonly differences: readonly number[];
  /** Rows of one fold that were tested on, and rows that were trained on. */
  readonly testRows: number;
  readonly trainingRows: number;
};

export type ResampledT =
  | {
      readonly defined: true;
      readonly mean: number;
      /** Sample standard deviation of the folds. */
      readonly standardDeviation: number;
      readonly t: number;
      readonly degreesOfFreedom: number;
      readonly pValue: number;
    }
  | { readonly defined: false; readonly reason: string };

/**
 * The t test of Nadeau and Bengio (2003). Folds share most of their training rows, so that their differences
 * depend on each other: the variance of the mean is s²·(1/folds + test rows/training rows) and not s²/folds,
 * which finds differences that are not there.
 */
export function correctedResampledT({ differences, testRows, trainingRows }: FoldDifferences): ResampledT {
  const folds = differences.length;
  if (folds < 2) return { defined: false, reason: `${folds} folds; at least two are needed` };
  const mean = differences.reduce((sum, value) => sum + value, 0) / folds;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / (folds - 1));
  if (standardDeviation === 0) return { defined: false, reason: 'all folds have the same difference' };
  const degreesOfFreedom = folds - 1;
  const t = mean / (standardDeviation * Math.sqrt(1 / folds + testRows / trainingRows));
  return {
    defined: true,
    mean,
    standardDeviation,
    t,
    degreesOfFreedom,
    pValue: studentTwoSidedP(t, degreesOfFreedom),
  };
}
