import { InputError } from '../errors.ts';
import { MessageReader } from './message-reader.ts';
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './model.ts';
import { elementTypeName, readValue } from './read-types.ts';

/** Graphs inside graphs (bodies of loops and branches) that are followed at most. */
const DEEPEST_GRAPH = 16;
/** Dimensions of one tensor; ONNX Runtime knows at most eight or so. */
const MOST_DIMENSIONS = 64;
/** An empty message takes two bytes of a file and hundreds of memory; models of billions of weights stay below. */
const MOST_PARTS = 2_000_000;

/** What is gathered over all graphs of a model, and how much of it there may be. */
export class Gathering {
  /** Files with tensor values beside the model, each once. */
  readonly external = new Set<string>();
  private parts = 0;

  /** Counts a part that is kept in memory. @throws InputError when there are too many. */
  keep(): void {
    this.parts += 1;
    if (this.parts > MOST_PARTS) {
      throw new InputError(`it has more than ${MOST_PARTS} nodes, names, attributes and tensors`);
    }
  }
}

/** Reads a GraphProto with the graphs inside it. */
export function readGraph(bytes: Uint8Array, gathering: Gathering, depth = 0): OnnxGraph {
  if (depth > DEEPEST_GRAPH) {
    throw new InputError(`graphs lie in each other more than ${DEEPEST_GRAPH} deep`);
  }
  gathering.keep();
  const reader = new MessageReader(bytes, 'graph');
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const sparseInitializers: OnnxTensor[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  let name = '';
  while (reader.next()) {
    const { field } = reader;
    if (field === 1) nodes.push(readNode(reader.content(), { position: nodes.length, gathering, depth }));
    else if (field === 2) name = reader.text();
    else if (field === 5) initializers.push(readTensor(reader.content(), gathering));
    else if (field === 11) inputs.push(keepValue(reader.content(), 'input', gathering));
    else if (field === 12) outputs.push(keepValue(reader.content(), 'output', gathering));
    else if (field === 15) sparseInitializers.push(...readSparse(reader.content(), gathering));
  }
  return { name, nodes, inputs, outputs, initializers, sparseInitializers, bytes };
}

export type NodePlace = {
  readonly position: number;
  readonly gathering: Gathering;
  /** How deep the graph lies that the node belongs to. */
  readonly depth: number;
};

/** Reads a NodeProto with the graphs in its attributes. */
export function readNode(bytes: Uint8Array, { position, gathering, depth }: NodePlace): OnnxNode {
  gathering.keep();
  const reader = new MessageReader(bytes, `node ${position}`);
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: OnnxAttribute[] = [];
  let name = '';
  let opType = '';
  let domain = '';
  while (reader.next()) {
    const { field } = reader;
    if (field === 1 || field === 2) {
      gathering.keep();
      (field === 1 ? inputs : outputs).push(reader.text());
    } else if (field === 3) name = reader.text();
    else if (field === 4) opType = reader.text();
    else if (field === 5) attributes.push(readAttribute(reader.content(), gathering, depth));
    else if (field === 7) domain = reader.text();
  }
  return { name, opType, domain, inputs, outputs, attributes, bytes };
}

/** Lists of numbers and texts are left for those who want them; tensors and graphs are read. */
function readAttribute(bytes: Uint8Array, gathering: Gathering, depth: number): OnnxAttribute {
  gathering.keep();
  const reader = new MessageReader(bytes, 'attribute');
  const graphs: OnnxGraph[] = [];
  const tensors: OnnxTensor[] = [];
  let name = '';
  let type = 0;
  while (reader.next()) {
    const { field } = reader;
    if (field === 1) name = reader.text();
    else if (field === 20) type = reader.integer();
    else if (field === 5 || field === 10) tensors.push(readTensor(reader.content(), gathering));
    else if (field === 6 || field === 11) graphs.push(readGraph(reader.content(), gathering, depth + 1));
    else if (field === 22 || field === 23) tensors.push(...readSparse(reader.content(), gathering));
  }
  return { name, type, graphs, tensors, bytes };
}

function readTensor(bytes: Uint8Array, gathering: Gathering): OnnxTensor {
  gathering.keep();
  const reader = new MessageReader(bytes, 'tensor');
  const dimensions: number[] = [];
  const external = new Map<string, string>();
  let name = '';
  let elementType = 0;
  while (reader.next()) {
    if (reader.field === 1) reader.appendIntegers(dimensions, MOST_DIMENSIONS);
    else if (reader.field === 2) elementType = reader.integer();
    else if (reader.field === 8) name = reader.text();
    else if (reader.field === 13) {
      gathering.keep();
      external.set(...readEntry(reader.content()));
    }
  }
  const externalLocation = external.get('location');
  const plain = { name, elementType: elementTypeName(elementType), dimensions, externalLocation, bytes };
  if (externalLocation === undefined) return plain;
  gathering.external.add(externalLocation);
  return { ...plain, externalRange: rangeOf(external) };
}

function rangeOf(external: ReadonlyMap<string, string>): NonNullable<OnnxTensor['externalRange']> {
  const [offset, length] = [byteCount(external.get('offset')), byteCount(external.get('length'))];
  return { ...(offset === undefined ? {} : { offset }), ...(length === undefined ? {} : { length }) };
}

/** The model writes these numbers as text; what is no number of bytes says nothing. */
function byteCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** The stored values of a SparseTensorProto; its positions are followed for external files alone. */
function readSparse(bytes: Uint8Array, gathering: Gathering): OnnxTensor[] {
  const reader = new MessageReader(bytes, 'sparse tensor');
  const values: OnnxTensor[] = [];
  while (reader.next()) {
    if (reader.field === 1) values.push(readTensor(reader.content(), gathering));
    else if (reader.field === 2) readTensor(reader.content(), gathering);
  }
  return values;
}

function keepValue(bytes: Uint8Array, what: string, gathering: Gathering): OnnxValue {
  gathering.keep();
  return readValue(bytes, what);
}

/** Reads a StringStringEntryProto. */
export function readEntry(bytes: Uint8Array): [key: string, value: string] {
  const reader = new MessageReader(bytes, 'entry');
  let key = '';
  let value = '';
  while (reader.next()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
  }
  return [key, value];
}
