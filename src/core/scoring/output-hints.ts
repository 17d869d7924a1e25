import { METADATA_KEYS } from '../onnx/export-ensemble.ts';
import { type GraphWalk, originOf, walkGraph } from '../onnx/graph-walk.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode } from '../onnx/model.ts';
import { attributeIntegers, attributeTexts, attributeValue } from '../onnx/read-model.ts';
import { findZipMaps } from '../onnx/rewrite-zipmap.ts';
import { tensorTexts } from '../onnx/tensor-values.ts';

/**
 * What the operators behind an output say about its values. `linear`: the last layer of a network without
 * sigmoid or softmax.
 */
export type OutputHint = {
  readonly scale: 'probability' | 'linear' | 'unknown';
  /** Hands on an input as it is, as ML.NET's exports do with every column. */
  readonly isEcho: boolean;
  /** Classes in the order of the values (of labels: of the positions they were chosen by). */
  readonly classes?: readonly string[];
};

/** Hints by the name of the output. */
export function findOutputHints(model: OnnxModel): ReadonlyMap<string, OutputHint> {
  const walk = walkGraph(model.graph);
  const inputs = new Set(model.graph.inputs.map(({ name }) => name));
  const zipMaps = new Map(findZipMaps(model).map((zipMap) => [zipMap.output, zipMap]));
  return new Map(
    model.graph.outputs.map(({ name }) => {
      const zipMap = zipMaps.get(name);
      const { node, value } = originOf(walk, zipMap?.input ?? name);
      const classes =
        zipMap && zipMap.classes.length > 0 ? zipMap.classes : node && classesBehind(model, walk, node);
      return [
        name,
        {
          scale: node === undefined ? 'unknown' : scaleOf(walk, node),
          isEcho: zipMap === undefined && node === undefined && inputs.has(value),
          ...(classes && classes.length > 0 ? { classes } : {}),
        } as const,
      ];
    }),
  );
}

/** Classes that the model names in its metadata (as ours do), else those that all of its classifiers agree on. */
export function findModelClasses(model: OnnxModel): readonly string[] | undefined {
  const own = model.metadata.get(METADATA_KEYS.classes);
  if (own !== undefined) return parseOwnClasses(own);
  const found = model.graph.nodes
    .filter(({ opType }) => /Classifier|ZipMap/.test(opType))
    .map(labelAttribute)
    .filter((names) => names.length > 1);
  const distinct = new Set(found.map((names) => JSON.stringify(names)));
  return distinct.size === 1 ? found[0] : undefined;
}

/** Metadata is text that anyone may have written: anything but a list of names is passed over. */
function parseOwnClasses(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 1 ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

const PROBABILITY_OPERATORS = ['Sigmoid', 'Softmax', 'Normalizer', 'HardSigmoid'];
const LINEAR_OPERATORS = ['Gemm', 'MatMul', 'Conv', 'FusedGemm'];

function scaleOf(walk: GraphWalk, node: OnnxNode): OutputHint['scale'] {
  if (PROBABILITY_OPERATORS.includes(node.opType)) return 'probability';
  const transform = textAttribute(node, 'post_transform');
  if (/Classifier/.test(node.opType) && (transform === 'LOGISTIC' || transform === 'SOFTMAX'))
    return 'probability';
  if (LINEAR_OPERATORS.includes(node.opType)) return 'linear';
  const isBias =
    node.opType === 'Add' &&
    node.inputs.some((input) => LINEAR_OPERATORS.includes(walk.producerOf(input)?.opType ?? ''));
  return isBias ? 'linear' : 'unknown';
}

/** Operators that change probabilities without changing their order; their first input leads on. */
const KEEPING_ORDER = ['Normalizer', 'Mul', 'Softmax', 'Sigmoid', 'Clip', 'Div', 'Add', 'Sub'];
const DEEPEST = 8;

/** The classes that the operators behind a value name, by position. */
function classesBehind(model: OnnxModel, walk: GraphWalk, start: OnnxNode): readonly string[] | undefined {
  let node: OnnxNode | undefined = start;
  for (let depth = 0; node !== undefined && depth < DEEPEST; depth++) {
    if (/Classifier/.test(node.opType)) return labelAttribute(node);
    // A label that is picked from a list: the list by position.
    if (node.opType === 'ArrayFeatureExtractor' || node.opType === 'Gather') {
      return constantTexts(model, walk, node.inputs[0]);
    }
    if (node.opType === 'LabelEncoder') return encodedLabels(node);
    const first: string | undefined = node.inputs[0];
    if (!KEEPING_ORDER.includes(node.opType) || first === undefined) return undefined;
    node = originOf(walk, first).node;
  }
  return undefined;
}

function constantTexts(
  model: OnnxModel,
  walk: GraphWalk,
  name: string | undefined,
): readonly string[] | undefined {
  if (name === undefined) return undefined;
  const { value } = originOf(walk, name);
  const tensor = model.graph.initializers.find((initializer) => initializer.name === value);
  return tensor && tensorTexts(tensor);
}

/** A LabelEncoder from positions 0, 1, 2 … to labels. */
function encodedLabels(node: OnnxNode): readonly string[] | undefined {
  const attribute = (name: string) => node.attributes.find((candidate) => candidate.name === name);
  const keys = integersOf(attribute('keys_int64s'));
  const texts = attribute('values_strings');
  const values = texts ? attributeTexts(texts) : integersOf(attribute('values_int64s')).map(String);
  const isList = keys.length === values.length && keys.length > 1;
  if (!isList || [...keys].sort((left, right) => left - right).some((key, index) => key !== index))
    return undefined;
  const labels: string[] = new Array(keys.length);
  for (const [index, key] of keys.entries()) labels[key] = values[index]!;
  return labels;
}

function integersOf(attribute: OnnxAttribute | undefined): readonly number[] {
  return attribute === undefined ? [] : attributeIntegers(attribute);
}

/** Attributes in which converters keep the class labels, in the order of the probabilities. */
const LABEL_ATTRIBUTES = ['classlabels_strings', 'classlabels_int64s', 'classlabels_ints'];

function labelAttribute(node: OnnxNode): readonly string[] {
  for (const attribute of node.attributes) {
    if (!LABEL_ATTRIBUTES.includes(attribute.name)) continue;
    const texts = attributeTexts(attribute);
    const names = texts.length > 0 ? texts : attributeIntegers(attribute).map(String);
    if (names.length > 0) return names;
  }
  return [];
}

function textAttribute(node: OnnxNode, name: string): string | undefined {
  const attribute = node.attributes.find((candidate) => candidate.name === name);
  const value = attribute && attributeValue(attribute);
  return typeof value === 'string' ? value : undefined;
}
