/** Binary metrics of the probabilities themselves. */

import { ascendingOrder } from '../statistics/ordering.ts';
import type { Multiplicities } from '../statistics/resampling.ts';
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
  const blockTies = chooseBlocks(tieEnds);
  const plan: CalibrationPlan = {
    ...{ rows, gaps, tieEnds, blockTies, bins },
    blockEnds: blockTies.map((tie) => tieEnds[tie]!),
    blocks: makeMasses(blockTies.length),
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
  /** Positions in `tieEnds` at which blocks of rows end. */
  readonly blockTies: Uint32Array;
  /** The rows at which they end, and room for their sums. */
  readonly blockEnds: Uint32Array;
  readonly blocks: Masses;
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

function chooseBlocks(tieEnds: Uint32Array): Uint32Array {
  const blocks: number[] = [];
  let start = 0;
  for (let tie = 0; tie < tieEnds.length; tie++) {
    if (tieEnds[tie]! - start < BLOCK && tie + 1 < tieEnds.length) continue;
    blocks.push(tie);
    start = tieEnds[tie]!;
  }
  return Uint32Array.from(blocks);
}

/** Weight of parts of the rows, and the sum of their gaps by it; filled anew each time. */
type Masses = { readonly weights: Float64Array; readonly gaps: Float64Array };

function makeMasses(parts: number): Masses {
  return { weights: new Float64Array(parts), gaps: new Float64Array(parts) };
}

/** Sums the rows from `start` on into parts that end at each of `ends`. */
function sumMasses(
  { rows, gaps }: Pick<CalibrationPlan, 'rows' | 'gaps'>,
  multiplicities: Multiplicities,
  { ends, start, into }: { readonly ends: Uint32Array; readonly start: number; readonly into: Masses },
): void {
  let index = start;
  for (let part = 0; part < ends.length; part++) {
    let weight = 0;
    let gap = 0;
    for (const end = ends[part]!; index < end; index++) {
      const own = multiplicities[rows[index]!]!;
      weight += own;
      gap += own * gaps[index]!;
    }
    into.weights[part] = weight;
    into.gaps[part] = gap;
  }
}

function calibrationError(plan: CalibrationPlan, multiplicities: Multiplicities): number {
  const { tieEnds, blockTies, blockEnds, blocks, bins, whole } = plan;
  sumMasses(plan, multiplicities, { ends: blockEnds, start: 0, into: blocks });
  const total = sum(blocks.weights);
  const size = whole ? Math.floor(total / bins) : total / bins;
  const larger = whole ? total % bins : 0;
  const filled = { bin: 0, gap: 0, sum: 0, room: size + (larger > 0 ? 1 : 0) };
  const add = (weight: number, gap: number): void => {
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
  for (let block = 0; block < blockTies.length; block++) {
    const weight = blocks.weights[block]!;
    if (weight === 0) continue;
    if (weight <= filled.room || filled.bin === bins - 1) {
      add(weight, blocks.gaps[block]!);
      continue;
    }
    const first = block === 0 ? 0 : blockTies[block - 1]! + 1;
    const ties = tieEnds.subarray(first, blockTies[block]! + 1);
    const masses = makeMasses(ties.length);
    const start = first === 0 ? 0 : tieEnds[first - 1]!;
    sumMasses(plan, multiplicities, { ends: ties, start, into: masses });
    for (let tie = 0; tie < ties.length; tie++) {
      if (masses.weights[tie]! > 0) add(masses.weights[tie]!, masses.gaps[tie]!);
    }
  }
  return (filled.sum + Math.abs(filled.gap)) / total;
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
