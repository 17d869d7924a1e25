import type { MetricValue } from '../metrics/metric.ts';
import {
  type EstimatedMetric,
  type PairedValues,
  pairValues,
  unknown,
} from './estimation/estimated-metric.ts';

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

/** Values of both models on all rows and their difference, turned so that more is better. */
export function describeValues({
  metric,
  challenger,
  champion,
}: SampledMetric<{ readonly value: number }>): PairedValues {
  return pairValues(metric, metricValue(challenger.value), champion && metricValue(champion.value));
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
    intervalOf: () => unknown(reason),
  };
}

function metricValue(value: number): MetricValue {
  if (Number.isFinite(value)) return { defined: true, value };
  return { defined: false, reason: 'its SQL gives no finite number on these rows' };
}
