import { PbfWriter } from 'pbf';
import { type Dimension, ELEMENT_TYPES, type ElementType, type OperatorSet } from './model.ts';

/** A model to be written; lists are written in the order given, so the same draft gives the same bytes. */
export type ModelDraft = {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly operatorSets: readonly OperatorSet[];
  readonly graph: GraphDraft;
  readonly metadata: readonly (readonly [key: string, value: string])[];
};

export type GraphDraft = {
  readonly name: string;
  readonly nodes: readonly NodeDraft[];
  readonly inputs: readonly TensorValueDraft[];
  readonly outputs: readonly TensorValueDraft[];
};

export type NodeDraft = {
  readonly name: string;
  readonly opType: string;
  /** Left out for the standard operators. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeDraft>>;
};

/** An attribute by its type; `ints` are whole numbers within 2^53. */
export type AttributeDraft =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly string: string }
  | { readonly floats: readonly number[] }
  | { readonly ints: readonly number[] }
  | { readonly strings: readonly string[] };

export type TensorValueDraft = {
  readonly name: string;
  readonly elementType: ElementType;
  readonly shape: readonly Dimension[];
};

/** The bytes of an ONNX ModelProto. */
export function writeModel(model: ModelDraft): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, model.irVersion);
  writer.writeStringField(2, model.producerName);
  writer.writeStringField(3, model.producerVersion);
  writer.writeMessage(7, writeGraph, model.graph);
  for (const operatorSet of model.operatorSets) writer.writeMessage(8, writeOperatorSet, operatorSet);
  for (const entry of model.metadata) writer.writeMessage(14, writeEntry, entry);
  return writer.finish().slice();
}

/** The bytes of a NodeProto, to be put into a graph that is otherwise kept as it is. */
export function writeNodeMessage(node: NodeDraft): Uint8Array {
  const writer = new PbfWriter();
  writeNode(node, writer);
  return writer.finish().slice();
}

/** The bytes of a ValueInfoProto of a tensor. */
export function writeTensorValueMessage(value: TensorValueDraft): Uint8Array {
  const writer = new PbfWriter();
  writeValue(value, writer);
  return writer.finish().slice();
}

/** The bytes of an OperatorSetIdProto. */
export function writeOperatorSetMessage(operatorSet: OperatorSet): Uint8Array {
  const writer = new PbfWriter();
  writeOperatorSet(operatorSet, writer);
  return writer.finish().slice();
}

function writeGraph(graph: GraphDraft, writer: PbfWriter): void {
  for (const node of graph.nodes) writer.writeMessage(1, writeNode, node);
  writer.writeStringField(2, graph.name);
  for (const input of graph.inputs) writer.writeMessage(11, writeValue, input);
  for (const output of graph.outputs) writer.writeMessage(12, writeValue, output);
}

function writeNode(node: NodeDraft, writer: PbfWriter): void {
  for (const input of node.inputs) writer.writeStringField(1, input);
  for (const output of node.outputs) writer.writeStringField(2, output);
  writer.writeStringField(3, node.name);
  writer.writeStringField(4, node.opType);
  for (const attribute of Object.entries(node.attributes ?? {})) {
    writer.writeMessage(5, writeAttribute, attribute);
  }
  if (node.domain !== undefined) writer.writeStringField(7, node.domain);
}

/** Fields of AttributeProto: f 2, i 3, s 4, floats 7, ints 8, strings 9, type 20. */
function writeAttribute([name, value]: [string, AttributeDraft], writer: PbfWriter): void {
  writer.writeStringField(1, name);
  if ('float' in value) {
    writer.writeFloatField(2, value.float);
    writer.writeVarintField(20, 1);
  } else if ('int' in value) {
    writer.writeVarintField(3, value.int);
    writer.writeVarintField(20, 2);
  } else if ('string' in value) {
    writer.writeStringField(4, value.string);
    writer.writeVarintField(20, 3);
  } else if ('floats' in value) {
    writer.writePackedFloat(7, [...value.floats]);
    writer.writeVarintField(20, 6);
  } else if ('ints' in value) {
    writer.writePackedVarint(8, [...value.ints]);
    writer.writeVarintField(20, 7);
  } else {
    for (const text of value.strings) writer.writeStringField(9, text);
    writer.writeVarintField(20, 8);
  }
}

/** ValueInfoProto {name 1, type 2 {tensor_type 1 {elem_type 1, shape 2}}}. */
function writeValue(value: TensorValueDraft, writer: PbfWriter): void {
  writer.writeStringField(1, value.name);
  writer.writeMessage(2, (draft, type) => type.writeMessage(1, writeTensorType, draft), value);
}

function writeTensorType(value: TensorValueDraft, writer: PbfWriter): void {
  writer.writeVarintField(1, ELEMENT_TYPES.indexOf(value.elementType));
  writer.writeMessage(2, writeShape, value.shape);
}

function writeShape(shape: readonly Dimension[], writer: PbfWriter): void {
  for (const dimension of shape) writer.writeMessage(1, writeDimension, dimension);
}

function writeDimension(dimension: Dimension, writer: PbfWriter): void {
  if (typeof dimension === 'number') writer.writeVarintField(1, dimension);
  else if (dimension !== null) writer.writeStringField(2, dimension);
}

function writeOperatorSet(operatorSet: OperatorSet, writer: PbfWriter): void {
  writer.writeStringField(1, operatorSet.domain);
  writer.writeVarintField(2, operatorSet.version);
}

function writeEntry([key, value]: readonly [string, string], writer: PbfWriter): void {
  writer.writeStringField(1, key);
  writer.writeStringField(2, value);
}
