/** From the definition of a metric on its own kind of sample to a metric of the registry. */

import type { ReplicateStatistic } from '../statistics/bootstrap.ts';
import { mean, sum } from '../statistics/sums.ts';
import {
  type ComparisonMethod,
  type MetricDirection,
  type MetricLimits,
  type MetricNeed,
  type MetricSample,
  type MetricValue,
  type RowOutcomes,
  type SampleMetric,
  type SharedPass,
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
  outcomes?(sample: Sample): RowOutcomes;
  limits?(sample: Sample): MetricLimits;
  /** How it is read from a pass over the rows that other metrics share. */
  readonly pass?: SharedPass;
  /** NaN anywhere: not smooth here. Absent for a plain mean, which has its own. */
  influence?(sample: Sample): Float64Array;
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
  const { noInformation, rowValues, outcomes } = definition;
  const influence = definition.influence ?? (rowValues && meanInfluence(rowValues));
  const { pass, limits } = definition;
  const isDefined = (sample: Sample) => !('impossible' in prepareChecked(definition, sample));
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
    ...(pass && { pass }),
    ...(limits && { limits: (sample) => limits(ownSample(definition, sample)) }),
    ...(noInformation && { noInformation: (sample) => noInformation(ownSample(definition, sample)) }),
    ...(rowValues && {
      rowValues(sample) {
        const own = ownSample(definition, sample);
        const rows = rowValues(own);
        return 'impossible' in rows ? new Float64Array(sampleRowCount(own)).fill(Number.NaN) : rows.values;
      },
    }),
    ...(outcomes && {
      outcomes(sample) {
        const own = ownSample(definition, sample);
        return isDefined(own) ? outcomes(own) : undefined;
      },
    }),
    ...(influence && {
      influence(sample) {
        const own = ownSample(definition, sample);
        if (own.weights !== undefined || !isDefined(own)) return undefined;
        const values = influence(own);
        return allFinite(values) ? values : undefined;
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

/** Of a mean: how far the value of the row lies from it, by the number of rows. */
function meanInfluence<Sample extends MetricSample>(
  rowValues: (sample: Sample) => RowValues,
): (sample: Sample) => Float64Array {
  return (sample) => {
    const rows = rowValues(sample);
    if ('impossible' in rows) return new Float64Array(sampleRowCount(sample)).fill(Number.NaN);
    return influenceOfMean(rows.values);
  };
}

/** Derivatives of the mean of values by the weight of each. */
export function influenceOfMean(values: Float64Array): Float64Array {
  const centre = mean(values);
  return values.map((value) => (value - centre) / values.length);
}

/** Step of a share in a numerical derivative: the error is of the order of its square. */
const STEP = 1e-6;

/**
 * Derivatives, by the weight of one row, of a function of the numbers of rows in cells that does not depend on
 * their total: for each cell with rows in it. The function gets shares; it must not keep the array.
 */
export function influenceOfCells(
  counts: Float64Array,
  statistic: (shares: Float64Array) => number,
): Float64Array {
  const total = sum(counts);
  const shares = counts.map((count) => count / total);
  return counts.map((count, cell) => {
    if (count === 0) return 0;
    const share = shares[cell]!;
    const step = Math.min(STEP, share / 2);
    shares[cell] = share + step;
    const above = statistic(shares);
    shares[cell] = share - step;
    const below = statistic(shares);
    shares[cell] = share;
    return (above - below) / (2 * step * total);
  });
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
