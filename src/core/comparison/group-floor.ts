import { type MetricSample, sampleRowCount } from '../metrics/metric.ts';
import { MINIMUM_GROUPS } from '../statistics/groups.ts';
import type { UnitCount } from './describe-metric.ts';

/** What the groups of a holdout allow: how many independent units there are, and why no interval may be given. */
export type GroupFloor = {
  readonly units: UnitCount;
  readonly refusal: string | undefined;
  readonly groups?: number;
  readonly groupsWithPositives?: number;
};

/**
 * Whole groups are the independent units where they are declared; under 20 of them, or under 20 with
 * positives, there is no interval.
 */
export function checkGroups(sample: MetricSample, groups: Int32Array | undefined): GroupFloor {
  if (groups === undefined) {
    return { units: { count: sampleRowCount(sample), name: 'rows' }, refusal: undefined };
  }
  const total = countGroups(groups, () => true);
  const positives =
    sample.task === 'binary-classification'
      ? countGroups(groups, (row) => sample.labels[row] === 1)
      : undefined;
  const counted = { groups: total, ...(positives === undefined ? {} : { groupsWithPositives: positives }) };
  return { units: { count: total, name: 'groups' }, refusal: refusalOf(total, positives), ...counted };
}

function refusalOf(total: number, positives: number | undefined): string | undefined {
  if (total < MINIMUM_GROUPS) return `${total} groups; at least ${MINIMUM_GROUPS} are needed for an interval`;
  if (positives !== undefined && positives < MINIMUM_GROUPS) {
    return `${positives} groups with positives; at least ${MINIMUM_GROUPS} are needed for an interval`;
  }
  return undefined;
}

/** Distinct codes among the rows that count; -1 is a group of its own each time. */
function countGroups(groups: Int32Array, counts: (row: number) => boolean): number {
  const seen = new Set<number>();
  let single = 0;
  for (let row = 0; row < groups.length; row++) {
    if (!counts(row)) continue;
    if (groups[row] === -1) single++;
    else seen.add(groups[row]!);
  }
  return seen.size + single;
}
