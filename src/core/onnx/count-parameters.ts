import { MessageReader } from './message-reader.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor } from './model.ts';
import { eachGraph, eachNode, LEARNING_DOMAIN, STANDARD_DOMAIN, standardDomain } from './walk-model.ts';

/** Element types of floating-point numbers. */
const FLOATING = ['float', 'double', 'float16', 'bfloat16'];

/** Counts of training rows, which say nothing about the answer. */
const NO_PARAMETERS = ['nodes_hitrates', 'nodes_hitrates_as_tensor'];

/** Attributes of a Constant that hold one number or a list of them, instead of a tensor. */
const CONSTANT_NUMBERS = ['value_float', 'value_int', 'value_floats', 'value_ints'];

/**
 * How many numbers a model has learned or been given. Counted are
 * - the elements of initializers of all graphs that are no text; of sparse ones those that are stored;
 * - the numbers of `Constant` nodes;
 * - the floating-point lists and tensors of operators of `ai.onnx.ml`, where trees keep thresholds and leaf
 *   values, and linear models their coefficients. Whole numbers there say which node, tree or class a value
 *   belongs to, and are not counted.
 *
 * Declared dimensions are taken at their word; the sum stays a safe integer whatever they claim.
 */
export function countParameters(model: OnnxModel): number {
  let total = 0;
  for (const graph of eachGraph(model)) {
    for (const tensor of graph.initializers) total += countElements(tensor);
    for (const tensor of graph.sparseInitializers) total += countElements(tensor);
  }
  for (const node of eachNode(model)) total += countOfNode(node);
  return Math.min(total, Number.MAX_SAFE_INTEGER);
}

function countOfNode({ domain, opType, attributes }: OnnxNode): number {
  if (domain === LEARNING_DOMAIN) return sum(attributes.filter(isWeight).map(countLearned));
  if (opType !== 'Constant' || standardDomain(domain) !== STANDARD_DOMAIN) return 0;
  return sum(attributes.map(countConstant));
}

function isWeight({ name }: OnnxAttribute): boolean {
  return !NO_PARAMETERS.includes(name);
}

function countLearned(attribute: OnnxAttribute): number {
  const floating = attribute.tensors.filter(({ elementType }) => FLOATING.includes(elementType));
  return sum(floating.map(countElements)) + countNumbers(attribute, { floats: true, integers: false });
}

function countConstant(attribute: OnnxAttribute): number {
  if (!CONSTANT_NUMBERS.includes(attribute.name)) return sum(attribute.tensors.map(countElements));
  const single = attribute.type === 1 || attribute.type === 2 ? 1 : 0;
  return single + countNumbers(attribute, { floats: true, integers: true });
}

/** The length of the lists of an attribute; nothing is read into memory. */
function countNumbers(
  { name, bytes }: OnnxAttribute,
  { floats, integers }: { readonly floats: boolean; readonly integers: boolean },
): number {
  const reader = new MessageReader(bytes, `attribute ${name}`);
  let count = 0;
  while (reader.next()) {
    if (floats && reader.field === 7) count += reader.countFloats();
    else if (integers && reader.field === 8) count += reader.countIntegers();
  }
  return count;
}

function countElements({ elementType, dimensions }: OnnxTensor): number {
  if (elementType === 'string') return 0;
  const count = dimensions.reduce((product, size) => product * Math.max(0, size), 1);
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
