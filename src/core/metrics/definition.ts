/** From the definition of a metric on its own kind of sample to a metric of the registry. */

import type { ReplicateStatistic } from '../statistics/bootstrap.ts';
import {
  type ComparisonMethod,
  type MetricDirection,
  type MetricNeed,
  type MetricSample,
  type MetricValue,
  type SampleMetric,
  sampleRowCount,
} from './metric.ts';

/** A sample brought into the shape a metric sweeps over, or why the metric has no value on it. */
export type Prepared =
  | {
      readonly statistic: ReplicateStatistic;
      readonly clippedRows?: number;
      readonly leftOutClasses?: readonly number[];
    }
  | { readonly impossible: string };

export type MetricDefinition<Sample extends MetricSample> = {
  readonly name: string;
  readonly task: Sample['task'];
  readonly direction: MetricDirection;
  readonly needs: MetricNeed;
  readonly comparison: ComparisonMethod;
  /** In words, when the statistic gives NaN. */
  readonly undefinedWhen: string;
  prepare(sample: Sample): Prepared;
  noInformation?(sample: Sample): number;
  rowValues?(sample: Sample): RowValues;
};

/** One number per row, or why they cannot be had. */
export type RowValues =
  | { readonly values: Float64Array; readonly clippedRows?: number }
  | { readonly impossible: string };

/** Wraps a definition: checks the task, applies row weights, and never lets NaN out as a value. */
export function defineMetric<Sample extends MetricSample>(
  definition: MetricDefinition<Sample>,
): SampleMetric {
  const { name, task, direction, needs, comparison } = definition;
  const { noInformation, rowValues } = definition;
  return {
    kind: 'sample',
    name,
    task,
    direction,
    needs,
    comparison,
    compute: (sample) => computeValue(definition, ownSample(definition, sample)),
    prepare(sample) {
      const own = ownSample(definition, sample);
      const prepared = prepareChecked(definition, own);
      return 'impossible' in prepared ? () => Number.NaN : weighted(prepared.statistic, own.weights);
    },
    ...(noInformation && { noInformation: (sample) => noInformation(ownSample(definition, sample)) }),
    ...(rowValues && {
      rowValues(sample) {
        const own = ownSample(definition, sample);
        const rows = rowValues(own);
        return 'impossible' in rows ? new Float64Array(sampleRowCount(own)).fill(Number.NaN) : rows.values;
      },
    }),
  };
}

/** The value of each row → their mean as a statistic. */
export function preparedMean(rows: RowValues): Prepared {
  if ('impossible' in rows) return rows;
  const { values, clippedRows } = rows;
  return { statistic: meanStatistic(values), ...(clippedRows !== undefined && { clippedRows }) };
}

const BLOCK = 256;

/**
 * The weighted mean of row values. Sums run over blocks, so that the error stays that of 256 terms
 * however many rows there are.
 */
export function meanStatistic(values: Float64Array): ReplicateStatistic {
  return (multiplicities) => {
    let sum = 0;
    let lost = 0;
    let weight = 0;
    for (let start = 0; start < values.length; start += BLOCK) {
      const end = Math.min(values.length, start + BLOCK);
      let blockSum = 0;
      let blockWeight = 0;
      for (let row = start; row < end; row++) {
        const count = multiplicities[row]!;
        blockSum += count * values[row]!;
        blockWeight += count;
      }
      weight += blockWeight;
      const next = sum + blockSum;
      lost += Math.abs(sum) >= Math.abs(blockSum) ? sum - next + blockSum : blockSum - next + sum;
      sum = next;
    }
    return (sum + lost) / weight;
  };
}

/** Whether all numbers are finite: one that is missing makes every metric undefined. */
export function allFinite(values: Float64Array): boolean {
  for (let index = 0; index < values.length; index++) if (!Number.isFinite(values[index]!)) return false;
  return true;
}

/** Sums of single-precision numbers miss 1 by this much at the most. */
const SHARE_TOLERANCE = 1e-6;

/** Whether all numbers lie from 0 to 1, but for the rounding of single precision. */
export function allShares(values: Float64Array): boolean {
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!(value >= -SHARE_TOLERANCE && value <= 1 + SHARE_TOLERANCE)) return false;
  }
  return true;
}

function computeValue<Sample extends MetricSample>(
  definition: MetricDefinition<Sample>,
  sample: Sample,
): MetricValue {
  const prepared = prepareChecked(definition, sample);
  if ('impossible' in prepared) return { defined: false, reason: prepared.impossible };
  const { statistic, ...notes } = prepared;
  const once = new Float64Array(sampleRowCount(sample)).fill(1);
  const value = weighted(statistic, sample.weights)(once);
  return Number.isFinite(value)
    ? { defined: true, value, ...notes }
    : { defined: false, reason: definition.undefinedWhen };
}

function prepareChecked<Sample extends MetricSample>(
  definition: MetricDefinition<Sample>,
  sample: Sample,
): Prepared {
  if (sampleRowCount(sample) === 0) return { impossible: 'there are no rows' };
  const numbers = numbersOf(sample);
  if (!numbers.every(allFinite)) return { impossible: 'a label or prediction is missing or not finite' };
  return definition.prepare(sample);
}

function numbersOf(sample: MetricSample): readonly Float64Array[] {
  switch (sample.task) {
    case 'regression':
      return [sample.targets, sample.predictions];
    case 'ranking':
      return [sample.relevance, sample.scores];
    default:
      return [sample.probabilities];
  }
}

function weighted(statistic: ReplicateStatistic, weights: Float64Array | undefined): ReplicateStatistic {
  if (weights === undefined) return statistic;
  const product = new Float64Array(weights.length);
  return (multiplicities) => {
    for (let row = 0; row < product.length; row++) product[row] = multiplicities[row]! * weights[row]!;
    return statistic(product);
  };
}

function ownSample<Sample extends MetricSample>(
  definition: MetricDefinition<Sample>,
  sample: MetricSample,
): Sample {
  if (sample.task !== definition.task) {
    throw new TypeError(`${definition.name} of ${definition.task} was asked of a ${sample.task} sample`);
  }
  return sample as Sample;
}
