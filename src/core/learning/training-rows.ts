import type { Column } from '../data/table.ts';
import { InputError } from '../errors.ts';
import { MAXIMUM_ROWS } from './histogram.ts';
import type { GradientBoostingParameters, Objective } from './parameters.ts';
import { seededRandom, shuffle } from './seeded-random.ts';

/** What a learner is given. Columns, target and weights have one entry per row. */
export type TrainingData = {
  readonly features: readonly Column[];
  /** 0 and 1, 1 being the positive class (`binary`), or any finite numbers (`regression`). */
  readonly target: Float64Array;
  /** Not negative; rows of weight zero are left out. Only their proportions matter. */
  readonly weights?: Float64Array | undefined;
};

/** Rows with their target and their weight, which averages 1 over the training rows. */
export type WeightedRows = {
  readonly rows: Uint32Array;
  readonly target: Float64Array;
  readonly weights: Float64Array;
};

/**
 * Checks the data, leaves out rows of weight zero, holds back a validation part when early stopping is
 * on (drawn by class for a binary target) and applies class weights.
 *
 * @throws InputError saying what about the data cannot be trained on
 */
export function prepareRows(
  data: TrainingData,
  objective: Objective,
  options: { readonly parameters: GradientBoostingParameters; readonly seed: number },
): { readonly training: WeightedRows; readonly validation: WeightedRows | undefined } {
  checkColumns(data);
  const used = usableRows(data);
  if (objective === 'binary') checkClasses(data.target, used);
  const { parameters, seed } = options;
  const parts =
    parameters.earlyStopping === 0
      ? { training: used, validation: undefined }
      : holdBack(data.target, used, { objective, share: parameters.validationFraction, seed });
  const weights = classWeights(data, parts.training, parameters.classWeight);
  return {
    training: weighted(data, parts.training, weights),
    validation: parts.validation && weighted(data, parts.validation, weights),
  };
}

function checkColumns(data: TrainingData): void {
  const { features, target, weights } = data;
  if (features.length === 0) throw new InputError('There is no feature column to train on.');
  const names = new Set<string>();
  for (const column of features) {
    const length = column.kind === 'number' ? column.values.length : column.codes.length;
    if (length !== target.length) {
      throw new Error(`column ${column.name} has ${length} rows, the target ${target.length}`);
    }
    if (column.name === '' || names.has(column.name)) {
      const what = column.name === '' ? 'has no name' : 'appears twice';
      throw new InputError(
        `Feature column ${JSON.stringify(column.name)} ${what}; give every feature a name of its own.`,
      );
    }
    names.add(column.name);
  }
  if (weights !== undefined && weights.length !== target.length) {
    throw new Error(`${weights.length} weights for ${target.length} rows`);
  }
}

/** Rows of positive weight. */
function usableRows(data: TrainingData): Uint32Array {
  const { target, weights } = data;
  const rows = new Uint32Array(target.length);
  let count = 0;
  for (let row = 0; row < target.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new InputError(`The weight of training row ${row + 1} is ${weight}; weights are 0 or more.`);
    }
    // Scores are 32-bit floats in the exported model.
    if (!Number.isFinite(Math.fround(target[row]!))) {
      throw new InputError(
        `The target of training row ${row + 1} is ${Number.isNaN(target[row]!) ? 'missing' : target[row]}; every training row needs a finite one within 3.4e38. Leave out other rows with a condition (where).`,
      );
    }
    if (weight > 0) rows[count++] = row;
  }
  if (target.length === 0) throw new InputError('The training data has no rows.');
  if (count === 0) throw new InputError('Every training row has weight 0; at least one needs more.');
  if (count > MAXIMUM_ROWS) {
    throw new InputError(
      `The training data has ${count} rows; gradient-boosting takes at most ${MAXIMUM_ROWS}. Train on a sample (where) or with a training.command.`,
    );
  }
  return rows.slice(0, count);
}

function checkClasses(target: Float64Array, rows: Uint32Array): void {
  let positives = 0;
  for (const row of rows) {
    if (target[row] !== 0 && target[row] !== 1) {
      throw new Error(`binary target of row ${row + 1} is ${target[row]}, not 0 or 1`);
    }
    positives += target[row]!;
  }
  if (positives > 0 && positives < rows.length) return;
  const missing = positives === 0 ? 'positive' : 'negative';
  throw new InputError(
    `The training data has no ${missing} row among ${rows.length} with a weight: a classifier needs both classes. Check data.target, data.positive-class and the condition on the training rows.`,
  );
}

type HoldBack = { readonly objective: Objective; readonly share: number; readonly seed: number };

/** Draws the validation rows, of each class the same share. Both parts keep the order of the data. */
function holdBack(
  target: Float64Array,
  rows: Uint32Array,
  options: HoldBack,
): { training: Uint32Array; validation: Uint32Array } {
  const random = seededRandom(options.seed);
  const strata =
    options.objective === 'binary'
      ? [rows.filter((row) => target[row] === 0), rows.filter((row) => target[row] === 1)]
      : [rows.slice()];
  const heldBack = new Set<number>();
  for (const stratum of strata) {
    shuffle(stratum, random);
    const size = Math.floor(stratum.length * options.share);
    for (const row of stratum.subarray(0, size)) heldBack.add(row);
  }
  if (heldBack.size === 0) {
    throw new InputError(
      `Early stopping would hold back ${options.share} of ${rows.length} training rows, which is none; remove early-stopping or raise validation-fraction.`,
    );
  }
  return {
    training: rows.filter((row) => !heldBack.has(row)),
    validation: rows.filter((row) => heldBack.has(row)),
  };
}

type ClassFactors = { readonly negative: number; readonly positive: number };

/** Factors by class such that the training weights average 1. */
function classWeights(data: TrainingData, rows: Uint32Array, classWeight: number | 'balanced'): ClassFactors {
  let positive = 0;
  let total = 0;
  for (const row of rows) {
    const weight = data.weights?.[row] ?? 1;
    total += weight;
    // Of a regression the target is any number, but there the factor of both is the same.
    if (data.target[row] === 1) positive += weight;
  }
  if (classWeight === 'balanced') {
    return {
      negative: rows.length / (2 * (total - positive)),
      positive: rows.length / (2 * positive),
    };
  }
  const scale = rows.length / (total - positive + classWeight * positive);
  return { negative: scale, positive: scale * classWeight };
}

function weighted(data: TrainingData, rows: Uint32Array, factors: ClassFactors): WeightedRows {
  const target = Float64Array.from(rows, (row) => data.target[row]!);
  const weights = Float64Array.from(rows, (row) => {
    const factor = data.target[row] === 1 ? factors.positive : factors.negative;
    return (data.weights?.[row] ?? 1) * factor;
  });
  return { rows, target, weights };
}
