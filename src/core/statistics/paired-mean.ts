/** The mean of per-row differences between two models: paired t, or cluster-robust when rows belong together. */

import { indexGroups, MINIMUM_GROUPS, sumByGroup } from './groups.ts';
import { type Interval, intervalAround } from './interval.ts';
import { studentQuantile, studentTwoSidedP } from './student-t.ts';
import { mean, sampleVariance } from './sums.ts';

export type MeanComparison =
  | {
      readonly outcome: 'estimated';
      readonly difference: number;
      readonly standardError: number;
      readonly degreesOfFreedom: number;
      readonly t: number;
      readonly pValue: number;
      readonly interval: Interval;
    }
  /** Every row shows the same loss for both models. */
  | { readonly outcome: 'identical'; readonly difference: 0; readonly pValue: 1; readonly interval: Interval }
  | { readonly outcome: 'undefined'; readonly reason: string };

export type PairedDifferences = {
  /** Challenger less champion, per row. */
  readonly differences: Float64Array;
  /** Codes of rows that belong together, -1 for a row alone; the variance is then CR1. */
  readonly groups?: Int32Array;
  readonly confidence: number;
};

/** The mean difference with its t interval. */
export function compareMeans(paired: PairedDifferences): MeanComparison {
  const { differences, confidence } = paired;
  if (differences.length < 2) return { outcome: 'undefined', reason: 'fewer than two rows' };
  if (differences.every((value) => value === 0)) {
    return { outcome: 'identical', difference: 0, pValue: 1, interval: { low: 0, high: 0 } };
  }
  const difference = mean(differences);
  const spread =
    paired.groups === undefined ? rowSpread(differences) : groupSpread(differences, paired.groups);
  if (typeof spread === 'string') return { outcome: 'undefined', reason: spread };
  const { standardError, degreesOfFreedom } = spread;
  if (!(standardError > 1e-12 * Math.abs(difference))) {
    return { outcome: 'undefined', reason: 'all rows show the same difference' };
  }
  const t = difference / standardError;
  const halfWidth = studentQuantile(0.5 + confidence / 2, degreesOfFreedom) * standardError;
  return {
    outcome: 'estimated',
    difference,
    standardError,
    degreesOfFreedom,
    t,
    pValue: studentTwoSidedP(t, degreesOfFreedom),
    interval: intervalAround(difference, halfWidth),
  };
}

type Spread = { readonly standardError: number; readonly degreesOfFreedom: number };

function rowSpread(differences: Float64Array): Spread {
  const count = differences.length;
  return { standardError: Math.sqrt(sampleVariance(differences) / count), degreesOfFreedom: count - 1 };
}

/** CR1 of a ratio estimator: the spread of group sums around what the mean predicts. */
function groupSpread(differences: Float64Array, codes: Int32Array): Spread | string {
  const index = indexGroups(codes);
  const groups = index.groupCount;
  if (groups < MINIMUM_GROUPS) {
    return `inference over groups needs ${MINIMUM_GROUPS} groups; there are ${groups}`;
  }
  const centre = mean(differences);
  const deviations = sumByGroup(
    index,
    differences.map((value) => value - centre),
  );
  const squares = deviations.reduce((total, value) => total + value * value, 0);
  const variance = ((groups / (groups - 1)) * squares) / differences.length ** 2;
  return { standardError: Math.sqrt(variance), degreesOfFreedom: groups - 1 };
}
