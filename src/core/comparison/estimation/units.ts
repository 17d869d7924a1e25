import { type MetricLimits, type SampleMetric, sampleRowCount } from '../../metrics/metric.ts';
import { informativeRows } from '../../metrics/ranking-metrics.ts';
import { countGroups } from '../../statistics/groups.ts';
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
  const count = (counts?: (row: number) => boolean) =>
    countGroups(sampleRowCount(challenger), groups, counts);
  if (challenger.task === 'ranking') {
    const informative = informativeRows(challenger);
    return count((row) => informative[row] === 1);
  }
  if (challenger.task !== 'binary-classification') return count();
  const { labels } = challenger;
  return Math.min(
    count((row) => labels[row] === 1),
    count((row) => labels[row] === 0),
  );
}

/** The limits of a metric on the rows of both models, the tighter of the two, with the units that are left. */
export function limitsOf(
  metric: SampleMetric,
  request: EstimationRequest,
): MetricLimits & { readonly units: number } {
  const samples = request.champion ? [request.challenger, request.champion] : [request.challenger];
  const limits = samples.map((sample) => metric.limits?.(sample) ?? {});
  const units = limits.map((limit) => limit.units ?? Number.POSITIVE_INFINITY);
  return Object.assign({}, ...limits, { units: Math.min(countUnits(request), ...units) });
}
