import { InputError } from '../errors.ts';
import type { EnsembleFeature, TreeEnsemble } from '../learning/tree-ensemble.ts';
import { treeAttributes } from './tree-attributes.ts';
import { type NodeDraft, type TensorValueDraft, writeModel } from './write-model.ts';

export type ExportOptions = {
  /** Name of the model, kept as the name of the graph. */
  readonly name: string;
  readonly toolVersion: string;
  /** Of a binary ensemble: the labels of the negative and the positive class; both numbers are whole. */
  readonly classes?:
    | readonly [negative: number, positive: number]
    | readonly [negative: string, positive: string];
};

/** Keys of `metadata_props` in an exported model; values are JSON but for the task. */
export const METADATA_KEYS = {
  task: 'contender.task',
  features: 'contender.features',
  classes: 'contender.classes',
} as const;

/** Operators of this version exist in every runtime since 2022 (ONNX 1.13, onnxruntime 1.14). */
const OPERATOR_SETS = [
  { domain: '', version: 18 },
  { domain: 'ai.onnx.ml', version: 3 },
] as const;
const IR_VERSION = 8;
const ML = 'ai.onnx.ml';

/**
 * An ONNX model of the ensemble that takes raw columns, one input per column under the column's name,
 * in the order of training, each of shape [N, 1]:
 *
 * - a number as float, missing as NaN (whole numbers beyond 16,777,216 are rounded);
 * - a text as string, missing as the empty string (training takes the empty string as missing too, so
 *   nothing is lost). A text that training did not see is treated as a rare one.
 *
 * Outputs: `label` [N] (int64 or string) and `probabilities` [N, 2] float with the negative class first
 * for a binary ensemble, `prediction` [N, 1] float for a regression. A column that has such a name makes
 * the output `<name>_output`. The classes are in the metadata. The same ensemble and options give the
 * same bytes.
 *
 * @throws InputError for class labels that are not distinct or not whole numbers
 */
export function exportEnsemble(ensemble: TreeEnsemble, options: ExportOptions): Uint8Array {
  const { features } = ensemble;
  const names = nameMaker(features.map((feature) => feature.name));
  const encoded = encodeInputs(features, names);
  const score = names('score');
  const trees: NodeDraft = {
    name: 'trees',
    opType: 'TreeEnsembleRegressor',
    domain: ML,
    inputs: [encoded.output],
    outputs: [score],
    attributes: treeAttributes(ensemble),
  };
  const finish =
    ensemble.objective === 'binary'
      ? classify(score, names, checkClasses(options.classes))
      : regress(score, names);
  const metadata: [string, string][] = [
    [METADATA_KEYS.features, JSON.stringify(features.map(({ name, kind }) => ({ name, kind })))],
    [METADATA_KEYS.task, ensemble.objective === 'binary' ? 'binary-classification' : 'regression'],
  ];
  if (ensemble.objective === 'binary') {
    metadata.unshift([METADATA_KEYS.classes, JSON.stringify(options.classes)]);
  }
  return writeModel({
    irVersion: IR_VERSION,
    producerName: 'contender',
    producerVersion: options.toolVersion,
    operatorSets: OPERATOR_SETS,
    graph: {
      name: options.name,
      nodes: [...encoded.nodes, trees, ...finish.nodes],
      inputs: features.map(describeInput),
      outputs: finish.outputs,
    },
    metadata,
  });
}

/** Names for what is inside a graph, none of them the name of a column or given before. */
type NameMaker = (wish: string) => string;

function nameMaker(columns: readonly string[]): NameMaker {
  const taken = new Set(columns);
  return (wish) => {
    let name = wish;
    while (taken.has(name)) name += '_output';
    taken.add(name);
    return name;
  };
}

function describeInput(feature: EnsembleFeature): TensorValueDraft {
  return {
    name: feature.name,
    elementType: feature.kind === 'number' ? 'float' : 'string',
    shape: ['N', 1],
  };
}

type Part = { readonly nodes: readonly NodeDraft[]; readonly output: string };

/** Texts become positions, then all columns one matrix. */
function encodeInputs(features: readonly EnsembleFeature[], names: NameMaker): Part {
  const nodes: NodeDraft[] = [];
  const columns = features.map((feature) => {
    if (feature.kind === 'number') return feature.name;
    const output = names(`position of ${feature.name}`);
    nodes.push({
      name: output,
      opType: 'LabelEncoder',
      domain: ML,
      inputs: [feature.name],
      outputs: [output],
      attributes: {
        keys_strings: { strings: [...feature.categories, ''] },
        values_floats: { floats: [...feature.categories.keys(), Number.NaN] },
        default_float: { float: feature.categories.length },
      },
    });
    return output;
  });
  const output = names('columns');
  nodes.push({
    name: 'columns',
    opType: 'Concat',
    inputs: columns,
    outputs: [output],
    attributes: { axis: { int: 1 } },
  });
  return { nodes, output };
}

type Ending = { readonly nodes: readonly NodeDraft[]; readonly outputs: readonly TensorValueDraft[] };

/**
 * Probabilities from log odds in elementary operators: TreeEnsembleClassifier drops its link function
 * when all leaves are positive. `1 - p` is the sigmoid of the negated score, exact for small p too.
 */
function classify(
  score: string,
  names: NameMaker,
  classes: readonly [number, number] | readonly [string, string],
): Ending {
  const [negatedScore, negative, positive] = [names('negated score'), names('negative'), names('positive')];
  const label = names('label');
  const probabilities = names('probabilities');
  const position = names('position of label');
  const isText = typeof classes[0] === 'string';
  const values = isText
    ? { values_strings: { strings: classes as readonly string[] } }
    : { values_int64s: { ints: classes as readonly number[] } };
  return {
    nodes: [
      { name: 'negate', opType: 'Neg', inputs: [score], outputs: [negatedScore] },
      { name: 'negative', opType: 'Sigmoid', inputs: [negatedScore], outputs: [negative] },
      { name: 'positive', opType: 'Sigmoid', inputs: [score], outputs: [positive] },
      {
        name: 'probabilities',
        opType: 'Concat',
        inputs: [negative, positive],
        outputs: [probabilities],
        attributes: { axis: { int: 1 } },
      },
      {
        name: 'position of label',
        opType: 'ArgMax',
        inputs: [probabilities],
        outputs: [position],
        attributes: { axis: { int: 1 }, keepdims: { int: 0 } },
      },
      {
        name: 'label',
        opType: 'LabelEncoder',
        domain: ML,
        inputs: [position],
        outputs: [label],
        attributes: { keys_int64s: { ints: [0, 1] }, ...values },
      },
    ],
    outputs: [
      { name: label, elementType: isText ? 'string' : 'int64', shape: ['N'] },
      { name: probabilities, elementType: 'float', shape: ['N', 2] },
    ],
  };
}

function regress(score: string, names: NameMaker): Ending {
  const prediction = names('prediction');
  return {
    nodes: [{ name: 'prediction', opType: 'Identity', inputs: [score], outputs: [prediction] }],
    outputs: [{ name: prediction, elementType: 'float', shape: ['N', 1] }],
  };
}

function checkClasses(
  classes: ExportOptions['classes'],
): readonly [number, number] | readonly [string, string] {
  if (classes === undefined) throw new Error('a binary ensemble is exported with the labels of its classes');
  const [negative, positive] = classes;
  if (negative === positive) {
    throw new InputError(`Both classes are called ${JSON.stringify(negative)}; a classifier needs two.`);
  }
  for (const label of classes) {
    if (typeof label === 'number' && !Number.isSafeInteger(label)) {
      throw new InputError(
        `The class ${label} is not a whole number; write class labels as whole numbers or as texts.`,
      );
    }
  }
  return classes;
}
