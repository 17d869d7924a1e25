import { type MetricSample, sampleRowCount } from '../metrics/metric.ts';
import { informativeRows } from '../metrics/ranking-metrics.ts';
import { MINIMUM_ROWS_PER_CLASS } from '../statistics/delong.ts';
import { countGroups, MINIMUM_GROUPS } from '../statistics/groups.ts';
import { MINIMUM_ROWS } from './defaults.ts';
import type { UnitCount } from './describe-metric.ts';
import { groupsOf } from './estimation/units.ts';

/** What the rows of a holdout allow: how many independent units there are, and why no interval may be given. */
export type GroupFloor = {
  readonly units: UnitCount;
  readonly refusal: string | undefined;
  readonly groups?: number;
  readonly groupsWithPositives?: number;
};

/**
 * Whole groups (queries of a ranking) are the independent units where they are declared; under 20 of them,
 * or under 20 with positives, there is no interval. Nor is there one for under 30 single rows, or under 10
 * of a class: resamples of so few call a model better by luck up to four times as often as they claim.
 */
export function checkGroups(sample: MetricSample, declared: Int32Array | undefined): GroupFloor {
  const groups = groupsOf({ challenger: sample, ...(declared ? { groups: declared } : {}) });
  if (groups === undefined) {
    return { units: { count: sampleRowCount(sample), name: 'rows' }, refusal: refusalOfRows(sample) };
  }
  const total = countGroups(groups.length, groups);
  const positives = countWithPositives(sample, groups);
  const counted = { groups: total, ...(positives === undefined ? {} : { groupsWithPositives: positives }) };
  const count = sample.task === 'ranking' ? (positives ?? total) : total;
  return { units: { count, name: 'groups' }, refusal: refusalOf(sample, total, positives), ...counted };
}

function refusalOfRows(sample: MetricSample): string | undefined {
  const rows = sampleRowCount(sample);
  if (rows < MINIMUM_ROWS) return `${rows} rows; at least ${MINIMUM_ROWS} are needed for an interval`;
  if (sample.task !== 'binary-classification') return undefined;
  const positives = sample.labels.reduce((total, label) => total + label, 0);
  const smaller = Math.min(positives, rows - positives);
  if (smaller >= MINIMUM_ROWS_PER_CLASS) return undefined;
  const name = positives === smaller ? 'positive' : 'negative';
  return `${smaller} ${name} rows; at least ${MINIMUM_ROWS_PER_CLASS} are needed for an interval`;
}

/** Groups with a positive row; of a ranking, queries with a relevant one. */
function countWithPositives(sample: MetricSample, groups: Int32Array): number | undefined {
  if (sample.task === 'binary-classification')
    return countGroups(groups.length, groups, (row) => sample.labels[row] === 1);
  if (sample.task !== 'ranking') return undefined;
  const informative = informativeRows(sample);
  return countGroups(groups.length, groups, (row) => informative[row] === 1);
}

function refusalOf(sample: MetricSample, total: number, positives: number | undefined): string | undefined {
  if (total < MINIMUM_GROUPS) return `${total} groups; at least ${MINIMUM_GROUPS} are needed for an interval`;
  if (positives !== undefined && positives < MINIMUM_GROUPS) {
    const what = sample.task === 'ranking' ? 'queries with a relevant row' : 'groups with positives';
    return `${positives} ${what}; at least ${MINIMUM_GROUPS} are needed for an interval`;
  }
  return undefined;
}
