import type { MetricValue } from '../metrics/metric.ts';
import type { EstimatedMetric } from './estimation/estimated-metric.ts';

/** Values of one model: on all rows and on resamples of them. NaN where there is none. */
export type BootstrappedValues = {
  readonly value: number;
  readonly replicates: Float64Array;
  /** With one unit left out at a time. */
  readonly jackknife?: Float64Array;
};

/** Values of one model: on all rows and on disjoint random blocks of them. NaN where there is none. */
export type BlockValues = {
  readonly value: number;
  /** On every row taken twice, which tells a mean from a sum. */
  readonly doubled: number;
  readonly blocks: Float64Array;
};

/** A metric whose values an engine elsewhere computed, of both models on the same samples. */
export type SampledMetric<Values extends { readonly value: number }> = {
  readonly metric: EstimatedMetric['metric'];
  readonly isGrouped: boolean;
  /** Independent units, as `countUnits` counts them. */
  readonly units: number;
  readonly challenger: Values;
  readonly champion?: Values;
};

/** How much better the challenger is: more is better, whichever direction the metric has. */
export function gainOf(
  { direction }: EstimatedMetric['metric'],
  challenger: number,
  champion: number,
): number {
  return direction === 'higher' ? challenger - champion : champion - challenger;
}

/** Values of both models on all rows and their difference, turned so that more is better. */
export function describeValues({
  metric,
  challenger,
  champion,
}: SampledMetric<{ readonly value: number }>): Pick<
  EstimatedMetric,
  'challenger' | 'champion' | 'difference' | 'note'
> {
  const own = metricValue(challenger.value);
  const before = champion && metricValue(champion.value);
  const note = !own.defined
    ? own.reason
    : before && !before.defined
      ? `champion: ${before.reason}`
      : undefined;
  return {
    challenger: own,
    ...(before ? { champion: before } : {}),
    ...(own.defined && before?.defined ? { difference: gainOf(metric, own.value, before.value) } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

/** A metric of which no samples can tell how it varies: its values alone. */
export function describeWithoutInterval(
  sampled: SampledMetric<{ readonly value: number }>,
  reason: string,
): EstimatedMetric {
  return {
    metric: sampled.metric,
    ...describeValues(sampled),
    method: 'no interval',
    intervalOf: () => ({ defined: false, reason }),
  };
}

function metricValue(value: number): MetricValue {
  if (Number.isFinite(value)) return { defined: true, value };
  return { defined: false, reason: 'its SQL gives no finite number on these rows' };
}
