import { type MetricSample, sampleRowCount } from '../../metrics/metric.ts';
import { informativeRows } from '../../metrics/ranking-metrics.ts';
import type { EstimationRequest } from './estimated-metric.ts';

/** Groups of a ranking are its queries, where none are declared. */
export function groupsOf({ challenger, groups }: Pick<EstimationRequest, 'challenger' | 'groups'>) {
  if (groups !== undefined) return groups;
  return challenger.task === 'ranking' ? challenger.queries : undefined;
}

/**
 * What Student's distribution counts as degrees of freedom plus one: independent units (groups where rows
 * belong together), of a binary target those of the rarer class, since they carry the uncertainty, of a ranking the
 * queries that hold a relevant row.
 */
export function countUnits(request: Pick<EstimationRequest, 'challenger' | 'groups'>): number {
  const groups = groupsOf(request);
  const { challenger } = request;
  if (challenger.task === 'ranking') {
    const informative = informativeRows(challenger);
    return countAmong(challenger, groups, (row) => informative[row] === 1);
  }
  if (challenger.task !== 'binary-classification') return countAmong(challenger, groups, () => true);
  const { labels } = challenger;
  return Math.min(
    countAmong(challenger, groups, (row) => labels[row] === 1),
    countAmong(challenger, groups, (row) => labels[row] === 0),
  );
}

/** Distinct groups among the rows that count; -1 is a group of its own each time. */
function countAmong(
  sample: MetricSample,
  groups: Int32Array | undefined,
  counts: (row: number) => boolean,
): number {
  const rows = sampleRowCount(sample);
  const seen = new Set<number>();
  let single = 0;
  for (let row = 0; row < rows; row++) {
    if (!counts(row)) continue;
    if (groups === undefined || groups[row] === -1) single++;
    else seen.add(groups[row]!);
  }
  return seen.size + single;
}
