import { METADATA_KEYS } from '../onnx/export-ensemble.ts';
import { type GraphWalk, originOf, walkGraph } from '../onnx/graph-walk.ts';
import type { OnnxModel, OnnxNode } from '../onnx/model.ts';
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
  /** Whether the classes are the keys of maps, which nothing else can name better. */
  readonly isMap?: boolean;
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
          ...(zipMap ? { isMap: true } : {}),
        } as const,
      ];
    }),
  );
}

/** Classes that all classifiers of a model agree on. */
export function findClassifierClasses(model: OnnxModel): readonly string[] | undefined {
  const found = model.graph.nodes
    .filter(({ opType }) => /Classifier|ZipMap/.test(opType))
    .map(labelAttribute)
    .filter((names) => names.length > 1);
  const distinct = new Set(found.map((names) => JSON.stringify(names)));
  return distinct.size === 1 ? found[0] : undefined;
}

/** Classes that a model names in its metadata. */
export function readOwnClasses({ metadata }: OnnxModel): readonly string[] | undefined {
  const own = metadata.get(METADATA_KEYS.classes);
  return own === undefined ? undefined : parseOwnClasses(own);
}

/** Metadata is text that anyone may have written: anything but a list of names is passed over. */
function parseOwnClasses(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isName = (name: unknown) => ['string', 'number', 'boolean'].includes(typeof name);
    return Array.isArray(value) && value.length > 1 && value.every(isName) ? value.map(String) : undefined;
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
    if (node.opType === 'LabelEncoder') return renamedLabels(model, walk, node);
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
  const { value, node } = originOf(walk, name);
  const tensor =
    node?.opType === 'Constant'
      ? node.attributes.find((attribute) => attribute.name === 'value')?.tensors[0]
      : model.graph.initializers.find((initializer) => initializer.name === value);
  return tensor && tensorTexts(tensor);
}

/** Labels of a classifier (or, behind an ArgMax, positions) under the names that a LabelEncoder gives them. */
function renamedLabels(model: OnnxModel, walk: GraphWalk, encoder: OnnxNode): readonly string[] | undefined {
  const keys = listAttribute(encoder, 'keys_strings', 'keys_int64s');
  const values = listAttribute(encoder, 'values_strings', 'values_int64s');
  if (keys.length !== values.length || keys.length < 2) return undefined;
  const names = new Map(keys.map((key, index) => [key, values[index]!]));
  const [input] = encoder.inputs;
  const inner = input === undefined ? undefined : originOf(walk, input).node;
  const known = inner?.opType === 'LabelEncoder' ? undefined : inner && classesBehind(model, walk, inner);
  const labels = known && known.length > 1 ? known : keys.map((_, position) => String(position));
  const renamed = labels.map((label) => names.get(label));
  return renamed.every((name) => name !== undefined) ? renamed : undefined;
}

function listAttribute(node: OnnxNode, texts: string, integers: string): readonly string[] {
  const attribute = (name: string) => node.attributes.find((candidate) => candidate.name === name);
  const [asTexts, asIntegers] = [attribute(texts), attribute(integers)];
  if (asTexts) return attributeTexts(asTexts);
  return asIntegers ? attributeIntegers(asIntegers).map(String) : [];
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
