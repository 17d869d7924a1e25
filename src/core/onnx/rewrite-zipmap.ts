import { PbfWriter } from 'pbf';
import { MessageReader } from './message-reader.ts';
import type { Dimension, OnnxModel, OnnxNode } from './model.ts';
import { attributeIntegers, attributeTexts } from './read-model.ts';
import { writeNodeMessage, writeOperatorSetMessage, writeTensorValueMessage } from './write-model.ts';

/**
 * A node that turns probabilities into a list of maps, one a row, which onnxruntime-node cannot hand over.
 * Its output is one of the graph's.
 */
export type ZipMap = {
  readonly output: string;
  /** The probabilities it takes: [N, C] float. */
  readonly input: string;
  /** Keys of the maps in the order of the probabilities. */
  readonly classes: readonly string[];
};

/** The ZipMap nodes of a model whose maps are outputs of the model. */
export function findZipMaps({ graph }: OnnxModel): readonly ZipMap[] {
  const outputs = new Set(graph.outputs.map((output) => output.name));
  return graph.nodes.filter(isZipMap).flatMap((node) => {
    const [input] = node.inputs;
    const [output] = node.outputs;
    if (input === undefined || output === undefined || !outputs.has(output)) return [];
    return [{ input, output, classes: classesOf(node) }];
  });
}

function isZipMap(node: OnnxNode): boolean {
  return node.opType === 'ZipMap' && node.domain === 'ai.onnx.ml';
}

function classesOf(node: OnnxNode): readonly string[] {
  for (const attribute of node.attributes) {
    if (attribute.name === 'classlabels_strings') return attributeTexts(attribute);
    if (attribute.name === 'classlabels_int64s') return attributeIntegers(attribute).map(String);
  }
  return [];
}

/** Of the standard operators where a model names none; Identity has been there since the first. */
const STANDARD_OPERATORS = 9;

/** Numbers of fields: ModelProto graph 7, opset_import 8; GraphProto node 1, output 12. */
const MODEL_GRAPH = 7;
const MODEL_OPERATOR_SET = 8;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;

/**
 * The bytes of a model whose ZipMap outputs are the probabilities themselves: [N, C] float under the name of
 * the output. Each ZipMap becomes an Identity; every other byte stays as it is. The classes that the maps
 * were keyed by are those of `findZipMaps`.
 */
export function replaceZipMaps(model: OnnxModel): Uint8Array {
  const zipMaps = new Map(findZipMaps(model).map((zipMap) => [zipMap.output, zipMap]));
  const parts: Uint8Array[] = [];
  const reader = new MessageReader(model.bytes, 'model');
  while (reader.next()) {
    if (reader.field !== MODEL_GRAPH) parts.push(reader.raw());
    else parts.push(...delimited(MODEL_GRAPH, rewriteGraph(reader.content(), zipMaps)));
  }
  const hasStandard = model.operatorSets.some(({ domain }) => domain === '' || domain === 'ai.onnx');
  if (!hasStandard) {
    const set = writeOperatorSetMessage({ domain: '', version: STANDARD_OPERATORS });
    parts.push(...delimited(MODEL_OPERATOR_SET, [set]));
  }
  return joinBytes(parts);
}

function rewriteGraph(bytes: Uint8Array, zipMaps: ReadonlyMap<string, ZipMap>): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  const reader = new MessageReader(bytes, 'graph');
  while (reader.next()) {
    if (reader.field === GRAPH_NODE) parts.push(...rewriteNode(reader, zipMaps));
    else if (reader.field === GRAPH_OUTPUT) parts.push(...rewriteOutput(reader, zipMaps));
    else parts.push(reader.raw());
  }
  return parts;
}

/** Fields of NodeProto: output 2, op_type 4. */
function rewriteNode(reader: MessageReader, zipMaps: ReadonlyMap<string, ZipMap>): readonly Uint8Array[] {
  const fields = new MessageReader(reader.content(), 'node');
  let opType = '';
  let output = '';
  while (fields.next()) {
    if (fields.field === 2 && output === '') output = fields.text();
    else if (fields.field === 4) opType = fields.text();
  }
  const zipMap = zipMaps.get(output);
  if (opType !== 'ZipMap' || zipMap === undefined) return [reader.raw()];
  const node = writeNodeMessage({
    name: `${output}_as_tensor`,
    opType: 'Identity',
    inputs: [zipMap.input],
    outputs: [output],
  });
  return delimited(GRAPH_NODE, [node]);
}

/** Field 1 of ValueInfoProto is its name. */
function rewriteOutput(reader: MessageReader, zipMaps: ReadonlyMap<string, ZipMap>): readonly Uint8Array[] {
  const fields = new MessageReader(reader.content(), 'output');
  let name = '';
  while (fields.next()) if (fields.field === 1) name = fields.text();
  const zipMap = zipMaps.get(name);
  if (zipMap === undefined) return [reader.raw()];
  const shape: Dimension[] = [null, zipMap.classes.length > 0 ? zipMap.classes.length : null];
  const value = writeTensorValueMessage({ name, elementType: 'float', shape });
  return delimited(GRAPH_OUTPUT, [value]);
}

/** A field of wire type 2 (bytes with their length in front), as parts that are copied only once. */
function delimited(field: number, content: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = content.reduce((total, part) => total + part.length, 0);
  const head = new PbfWriter();
  head.writeVarint(field * 8 + 2);
  head.writeVarint(length);
  return [head.finish().slice(), ...content];
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
