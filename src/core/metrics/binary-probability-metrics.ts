/** Binary metrics of the probabilities themselves. */

import { ascendingOrder } from '../statistics/ordering.ts';
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
 * Expected calibration error over 15 bins of equal mass. Where a border falls among rows of equal probability
 * they are parted in proportion, so that the order of rows says nothing.
 */
export const expectedCalibrationError: SampleMetric = defineMetric<BinarySample>({
  name: 'expected_calibration_error',
  task: 'binary-classification',
  direction: 'lower',
  needs: 'probabilities',
  comparison: 'bootstrap',
  undefinedWhen: NO_WEIGHT,
  prepare: (sample) => prepareCalibrationError(sample, CALIBRATION_BINS),
  limits: () => ({
    valueRefusal: 'an expected calibration error comes out too high, the more so the fewer rows there are',
  }),
});

/**
 * Σ (mass of bin) |mean probability - share of positives| over that many bins of equal mass.
 *
 * @param ties how a border parts rows of equal probability: `in-proportion`, or `in-order` of the rows as a stable
 *   sort leaves them, which other tools do and which makes the value depend on that order.
 */
export function prepareCalibrationError(
  sample: BinarySample,
  bins: number,
  ties: 'in-proportion' | 'in-order' = 'in-proportion',
): Prepared {
  const { probabilities, labels } = sample;
  if (!allShares(probabilities)) return { impossible: NOT_SHARES };
  const rows = ascendingOrder(probabilities);
  const gaps = Float64Array.from(rows, (row) => probabilities[row]! - labels[row]!);
  const tieEnds =
    ties === 'in-order' ? Uint32Array.from(rows, (_, index) => index + 1) : endsOfTies(probabilities, rows);
  const plan: CalibrationPlan = {
    ...{ rows, gaps, tieEnds, bins },
    blockEnds: endsOfBlocks(tieEnds),
    whole: sample.weights === undefined,
  };
  return { statistic: (multiplicities) => calibrationError(plan, multiplicities) };
}

type CalibrationPlan = {
  readonly rows: Uint32Array;
  /** Probability less label, by ascending probability. */
  readonly gaps: Float64Array;
  /** Where rows of equal probability end. */
  readonly tieEnds: Uint32Array;
  /** Some of these, at least a block apart. */
  readonly blockEnds: Uint32Array;
  readonly bins: number;
  /** Rows are counted, not weighed: bins hold whole rows and the first ones take what is left over. */
  readonly whole: boolean;
};

/** Rows that are summed at once; only where the border of a bin lies among them are they looked at closely. */
const BLOCK = 512;

function endsOfTies(probabilities: Float64Array, rows: Uint32Array): Uint32Array {
  const ends: number[] = [];
  for (let index = 1; index <= rows.length; index++) {
    if (index === rows.length || probabilities[rows[index]!] !== probabilities[rows[index - 1]!])
      ends.push(index);
  }
  return Uint32Array.from(ends);
}

function endsOfBlocks(tieEnds: Uint32Array): Uint32Array {
  let start = 0;
  return tieEnds.filter((end, index) => {
    if (end - start < BLOCK && index + 1 < tieEnds.length) return false;
    start = end;
    return true;
  });
}

function calibrationError(plan: CalibrationPlan, multiplicities: Float64Array): number {
  const { rows, tieEnds, blockEnds, bins, whole } = plan;
  const total = sumOf(multiplicities, rows);
  const size = whole ? Math.floor(total / bins) : total / bins;
  const larger = whole ? total % bins : 0;
  const filled = { bin: 0, gap: 0, sum: 0, room: size + (larger > 0 ? 1 : 0) };
  const add = ({ weight, gap }: Mass): void => {
    let left = weight;
    // Rows of equal probability cannot be told apart: a border parts them in proportion.
    while (left > filled.room + 1e-9 * size && filled.bin < bins - 1) {
      filled.sum += Math.abs(filled.gap + gap * (filled.room / weight));
      left -= filled.room;
      filled.bin++;
      filled.room = size + (filled.bin < larger ? 1 : 0);
      filled.gap = 0;
    }
    filled.gap += gap * (left / weight);
    filled.room -= left;
  };
  let tie = 0;
  let start = 0;
  for (const end of blockEnds) {
    const block = massOf(plan, multiplicities, { start, end });
    if (block.weight <= filled.room || filled.bin === bins - 1) {
      filled.gap += block.gap;
      filled.room -= block.weight;
      while (tie < tieEnds.length && tieEnds[tie]! <= end) tie++;
    } else {
      for (; tie < tieEnds.length && tieEnds[tie]! <= end; tie++) {
        const mass = massOf(plan, multiplicities, { start, end: tieEnds[tie]! });
        if (mass.weight > 0) add(mass);
        start = tieEnds[tie]!;
      }
    }
    start = end;
  }
  return (filled.sum + Math.abs(filled.gap)) / total;
}

type Mass = { readonly weight: number; readonly gap: number };

/** Weight of some rows, and the sum of their gaps by it. */
function massOf(
  { rows, gaps }: CalibrationPlan,
  multiplicities: Float64Array,
  { start, end }: { readonly start: number; readonly end: number },
): Mass {
  let weight = 0;
  let gap = 0;
  for (let index = start; index < end; index++) {
    const own = multiplicities[rows[index]!]!;
    weight += own;
    gap += own * gaps[index]!;
  }
  return { weight, gap };
}

function sumOf(multiplicities: Float64Array, rows: Uint32Array): number {
  let total = 0;
  for (let row = 0; row < rows.length; row++) total += multiplicities[row]!;
  return total;
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
