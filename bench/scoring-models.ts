import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainGradientBoosting } from '../src/core/learning/boosting.ts';
import { parseGradientBoostingParameters } from '../src/core/learning/parameters.ts';
import { seededRandom } from '../src/core/learning/seeded-random.ts';
import { treeAttributes } from '../src/core/onnx/tree-attributes.ts';
import type { NodeDraft, TensorValueDraft } from '../src/core/onnx/write-model.ts';
import { classifier, layer, ML, probabilities } from './classifier-parts.ts';
import {
  categoriesOf,
  MIXED_NUMBER_COLUMNS,
  NUMBER_COLUMNS,
  sampleNumbers,
  TEXT_COLUMNS,
} from './scoring-data.ts';

const TRAINING_ROWS = 60_000;
const TREES = 100;
const LEAVES = 31;
const HIDDEN = [64, 32] as const;

/** A model of the scoring benchmark, and which of the two files it scores. */
export type ScoringModel = {
  readonly name: 'trees' | 'linear' | 'network';
  readonly title: string;
  readonly path: string;
  readonly data: 'numbers' | 'mixed';
  /** Columns in the order the model takes them. */
  readonly columns: readonly string[];
};

/**
 * Writes three binary classifiers in the form that converters give them, the same bytes each time: an ensemble of
 * 100 trees of 31 leaves and a network of 20-64-32-1 on one float matrix, and a linear pipeline of imputed and scaled
 * numbers and one-hot categories with one input for each column. All give `probabilities` [N, 2].
 */
export async function writeScoringModels(directory: string): Promise<readonly ScoringModel[]> {
  const path = (name: string) => join(directory, `${name}.onnx`);
  const models: readonly ScoringModel[] = [
    {
      name: 'trees',
      title: `${TREES} trees of ${LEAVES} leaves`,
      path: path('trees'),
      data: 'numbers',
      columns: NUMBER_COLUMNS,
    },
    {
      name: 'linear',
      title: 'linear pipeline with one-hot categories',
      path: path('linear'),
      data: 'mixed',
      columns: [...MIXED_NUMBER_COLUMNS, ...TEXT_COLUMNS],
    },
    {
      name: 'network',
      title: `network of ${[NUMBER_COLUMNS.length, ...HIDDEN, 1].join('-')}`,
      path: path('network'),
      data: 'numbers',
      columns: NUMBER_COLUMNS,
    },
  ];
  await writeFile(path('trees'), await treesModel());
  await writeFile(path('linear'), linearModel());
  await writeFile(path('network'), networkModel());
  return models;
}

/** The trees are trained, so that their depths are those of a real ensemble. */
async function treesModel(): Promise<Uint8Array> {
  const columns = await sampleNumbers(TRAINING_ROWS);
  const random = seededRandom(7);
  const target = new Float64Array(TRAINING_ROWS);
  for (let row = 0; row < TRAINING_ROWS; row++) {
    target[row] = random() < 1 / (1 + Math.exp(-logOdds(columns, row))) ? 1 : 0;
  }
  const { ensemble } = trainGradientBoosting({
    features: columns.map((values, index) => ({ kind: 'number', name: NUMBER_COLUMNS[index]!, values })),
    target,
    objective: 'binary',
    parameters: parseGradientBoostingParameters(
      { iterations: TREES, 'max-leaves': LEAVES, 'min-samples-leaf': 20 },
      'binary',
    ),
    seed: 1,
  });
  const trees: NodeDraft = {
    name: 'trees',
    opType: 'TreeEnsembleRegressor',
    domain: ML,
    inputs: ['features'],
    outputs: ['score'],
    attributes: treeAttributes(ensemble),
  };
  return classifier('trees', [matrixInput()], [trees, ...probabilities('score')]);
}

/** Main effects, interactions and steps, so that depth pays. */
function logOdds(columns: readonly Float64Array[], row: number): number {
  const value = (column: number) => columns[column]![row]!;
  const isNight = value(2) < 5 || value(2) > 21;
  return (
    -2 +
    0.9 * value(0) +
    Math.log(value(1) / 50) * (isNight ? 1.2 : 0.2) +
    0.6 * Math.sin(value(4) / 10) +
    0.5 * value(5) * value(10) +
    (value(7) > 12 ? 0.5 : 0) * (value(9) > 50 ? 1 : -1)
  );
}

/** Random weights: a linear model costs the same whatever it has learnt. */
function linearModel(): Uint8Array {
  const random = seededRandom(11);
  const numbers = MIXED_NUMBER_COLUMNS;
  const inputs: TensorValueDraft[] = [
    ...numbers.map((name): TensorValueDraft => ({ name, elementType: 'float', shape: ['N', 1] })),
    ...TEXT_COLUMNS.map((name): TensorValueDraft => ({ name, elementType: 'string', shape: ['N', 1] })),
  ];
  const encoded = TEXT_COLUMNS.map((name) => `${name} encoded`);
  const width =
    numbers.length + TEXT_COLUMNS.reduce((sum, _, column) => sum + categoriesOf(column).length, 0);
  const nodes: NodeDraft[] = [
    {
      name: 'numbers',
      opType: 'Concat',
      inputs: numbers,
      outputs: ['numbers'],
      attributes: { axis: { int: 1 } },
    },
    {
      name: 'imputed',
      opType: 'Imputer',
      domain: ML,
      inputs: ['numbers'],
      outputs: ['imputed'],
      attributes: {
        imputed_value_floats: { floats: numbers.map(() => 1) },
        replaced_value_float: { float: Number.NaN },
      },
    },
    {
      name: 'scaled',
      opType: 'Scaler',
      domain: ML,
      inputs: ['imputed'],
      outputs: ['scaled'],
      attributes: {
        offset: { floats: numbers.map(() => random() * 10) },
        scale: { floats: numbers.map(() => 0.01 + random() / 10) },
      },
    },
    ...TEXT_COLUMNS.flatMap((name, column) => oneHot(name, column, encoded[column]!)),
    {
      name: 'encoded',
      opType: 'Concat',
      inputs: ['scaled', ...encoded],
      outputs: ['encoded'],
      attributes: { axis: { int: 1 } },
    },
    ...layer({ input: 'encoded', output: 'score', width, size: 1, random }),
  ];
  return classifier('linear', inputs, [...nodes, ...probabilities('score')]);
}

/** An unknown or missing category is all zeros, as scikit-learn's `handle_unknown="ignore"` has it. */
function oneHot(name: string, column: number, output: string): readonly NodeDraft[] {
  return [
    {
      name: `${name} positions`,
      opType: 'OneHotEncoder',
      domain: ML,
      inputs: [name],
      outputs: [`${name} positions`],
      attributes: { cats_strings: { strings: categoriesOf(column) }, zeros: { int: 1 } },
    },
    {
      name: output,
      opType: 'Flatten',
      inputs: [`${name} positions`],
      outputs: [output],
      attributes: { axis: { int: 1 } },
    },
  ];
}

function networkModel(): Uint8Array {
  const random = seededRandom(13);
  const [first, second] = HIDDEN;
  const scale = NUMBER_COLUMNS.map(() => 0.05);
  const nodes: NodeDraft[] = [
    {
      name: 'scaled',
      opType: 'Scaler',
      domain: ML,
      inputs: ['features'],
      outputs: ['scaled'],
      attributes: { offset: { floats: scale.map(() => 0) }, scale: { floats: scale } },
    },
    ...layer({ input: 'scaled', output: 'first', width: NUMBER_COLUMNS.length, size: first, random }),
    { name: 'first relu', opType: 'Relu', inputs: ['first'], outputs: ['first relu'] },
    ...layer({ input: 'first relu', output: 'second', width: first, size: second, random }),
    { name: 'second relu', opType: 'Relu', inputs: ['second'], outputs: ['second relu'] },
    ...layer({ input: 'second relu', output: 'score', width: second, size: 1, random }),
  ];
  return classifier('network', [matrixInput()], [...nodes, ...probabilities('score')]);
}

function matrixInput(): TensorValueDraft {
  return { name: 'features', elementType: 'float', shape: ['N', NUMBER_COLUMNS.length] };
}
