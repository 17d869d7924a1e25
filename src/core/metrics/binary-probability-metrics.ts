/** Binary metrics of the probabilities themselves. */

import { ascendingOrder } from '../statistics/ordering.ts';
import { sum } from '../statistics/sums.ts';
import { allShares, defineMetric, type Prepared, preparedMean, type RowValues } from './definition.ts';
import type { BinarySample, SampleMetric } from './metric.ts';
import { entropy, weightedPrevalence } from './weighting.ts';

/** A probability of exactly 0 for what happened is taken as this, as scikit-learn does for doubles. */
export const SMALLEST_PROBABILITY = Number.EPSILON;

/** Bins of equal mass of the expected calibration error. */
const CALIBRATION_BINS = 15;

const NOT_SHARES = 'a probability lies outside 0 … 1';

const NO_WEIGHT = 'all weights are zero';

export const binaryLogLoss: SampleMetric = defineMetric<BinarySample>({
  name: 'log_loss',
  task: 'binary-classification',
  direction: 'lower',
  needs: 'probabilities',
  comparison: 'paired-mean',
  undefinedWhen: NO_WEIGHT,
  prepare: (sample) => preparedMean(rowLogLosses(sample)),
  rowValues: rowLogLosses,
  noInformation(sample) {
    const prevalence = weightedPrevalence(sample);
    return entropy([prevalence, 1 - prevalence]);
  },
});

export const brierScore: SampleMetric = defineMetric<BinarySample>({
  name: 'brier_score',
  task: 'binary-classification',
  direction: 'lower',
  needs: 'probabilities',
  comparison: 'paired-mean',
  undefinedWhen: NO_WEIGHT,
  prepare: (sample) => preparedMean(rowBrierScores(sample)),
  rowValues: rowBrierScores,
  noInformation(sample) {
    const prevalence = weightedPrevalence(sample);
    return prevalence * (1 - prevalence);
  },
});

/**
 * Expected calibration error over 15 bins of equal mass. Rows of equal probability keep their order, so
 * where ties straddle a border the value depends on it.
 */
export const expectedCalibrationError: SampleMetric = defineMetric<BinarySample>({
  name: 'expected_calibration_error',
  task: 'binary-classification',
  direction: 'lower',
  needs: 'probabilities',
  comparison: 'bootstrap',
  undefinedWhen: NO_WEIGHT,
  prepare: (sample) => prepareCalibrationError(sample, CALIBRATION_BINS),
});

/** Σ (mass of bin) |mean probability - share of positives| over that many bins of equal mass. */
export function prepareCalibrationError(sample: BinarySample, bins: number): Prepared {
  const { probabilities, labels } = sample;
  if (!allShares(probabilities)) return { impossible: NOT_SHARES };
  const rows = ascendingOrder(probabilities);
  const gaps = Float64Array.from(rows, (row) => probabilities[row]! - labels[row]!);
  const whole = sample.weights === undefined;
  return { statistic: (multiplicities) => calibrationError({ rows, gaps, bins, whole }, multiplicities) };
}

type CalibrationPlan = {
  readonly rows: Uint32Array;
  /** Probability less label, by ascending probability. */
  readonly gaps: Float64Array;
  readonly bins: number;
  /** Rows are counted, not weighed: bins hold whole rows and the first ones take what is left over. */
  readonly whole: boolean;
};

/** Rows that are summed at once; only where the border of a bin lies among them are they looked at singly. */
const BLOCK = 512;

function calibrationError(plan: CalibrationPlan, multiplicities: Float64Array): number {
  const { rows, gaps, bins, whole } = plan;
  const blocks = sumBlocks(plan, multiplicities);
  const all = sum(blocks.weights);
  const size = whole ? Math.floor(all / bins) : all / bins;
  const larger = whole ? all % bins : 0;
  const negligible = whole ? 0 : size * 1e-9;
  let bin = 0;
  let room = size + (bin < larger ? 1 : 0);
  let gap = 0;
  let total = 0;
  for (let block = 0; block < blocks.weights.length; block++) {
    if (blocks.weights[block]! <= room || bin === bins - 1) {
      gap += blocks.gaps[block]!;
      room -= blocks.weights[block]!;
      continue;
    }
    const end = Math.min(rows.length, (block + 1) * BLOCK);
    for (let index = block * BLOCK; index < end; index++) {
      let count = multiplicities[rows[index]!]!;
      while (count > room + negligible && bin < bins - 1) {
        total += Math.abs(gap + room * gaps[index]!);
        count -= room;
        bin++;
        room = size + (bin < larger ? 1 : 0);
        gap = 0;
      }
      gap += count * gaps[index]!;
      room -= count;
    }
  }
  return (total + Math.abs(gap)) / all;
}

function sumBlocks({ rows, gaps }: CalibrationPlan, multiplicities: Float64Array) {
  const count = Math.ceil(rows.length / BLOCK);
  const weights = new Float64Array(count);
  const sums = new Float64Array(count);
  for (let block = 0; block < count; block++) {
    const end = Math.min(rows.length, (block + 1) * BLOCK);
    let weight = 0;
    let gap = 0;
    for (let index = block * BLOCK; index < end; index++) {
      const own = multiplicities[rows[index]!]!;
      weight += own;
      gap += own * gaps[index]!;
    }
    weights[block] = weight;
    sums[block] = gap;
  }
  return { weights, gaps: sums };
}

function rowLogLosses({ labels, probabilities }: BinarySample): RowValues {
  if (!allShares(probabilities)) return { impossible: NOT_SHARES };
  let clippedRows = 0;
  const values = Float64Array.from(labels, (label, row) => {
    const probability = label === 1 ? probabilities[row]! : 1 - probabilities[row]!;
    if (probability >= SMALLEST_PROBABILITY)
      return -Math.log(Math.min(probability, 1 - SMALLEST_PROBABILITY));
    clippedRows++;
    return -Math.log(SMALLEST_PROBABILITY);
  });
  return { values, clippedRows };
}

function rowBrierScores({ labels, probabilities }: BinarySample): RowValues {
  if (!allShares(probabilities)) return { impossible: NOT_SHARES };
  return { values: Float64Array.from(labels, (label, row) => (probabilities[row]! - label) ** 2) };
}
