import { InputError } from '../errors.ts';
import { MessageReader } from './message-reader.ts';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OperatorSet } from './model.ts';
import { describeModelBytes } from './model-bytes.ts';
import { elementTypeName, readValue } from './read-types.ts';

/** Graphs inside graphs (bodies of loops and branches) that are followed at most. */
const DEEPEST_GRAPH = 16;

/**
 * Reads the structure of an ONNX model; values of tensors stay where they are. Time and memory are
 * bounded by the size of the file. Whether the operators exist and fit is for the runtime to say.
 *
 * @param name - how messages name the file
 * @throws InputError saying what the file is instead, or where it is damaged
 */
export function readModel(bytes: Uint8Array, name = 'The model'): OnnxModel {
  const description = describeModelBytes(bytes);
  if (description.kind !== 'onnx') {
    throw new InputError(`${name} is ${description.is}. ${description.remedy}`);
  }
  try {
    return readModelMessage(bytes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${name} is damaged, cut off or no ONNX model (${error.message}). Fetch or export it again.`,
      { cause: error },
    );
  }
}

/** The list of an attribute of type ints. Whole numbers beyond 2^53 are rounded. */
export function attributeIntegers(attribute: OnnxAttribute): number[] {
  const list: number[] = [];
  const reader = attributeReader(attribute);
  while (reader.next()) if (reader.field === 8) reader.appendIntegers(list);
  return list;
}

/** The list of an attribute of type floats. */
export function attributeFloats(attribute: OnnxAttribute): number[] {
  const list: number[] = [];
  const reader = attributeReader(attribute);
  while (reader.next()) if (reader.field === 7) reader.appendFloats(list);
  return list;
}

/** The list of an attribute of type strings. */
export function attributeTexts(attribute: OnnxAttribute): string[] {
  const list: string[] = [];
  const reader = attributeReader(attribute);
  while (reader.next()) if (reader.field === 9) list.push(reader.text());
  return list;
}

/** The value of an attribute of type int, float or string; undefined for any other. */
export function attributeValue(attribute: OnnxAttribute): number | string | undefined {
  const reader = attributeReader(attribute);
  let value: number | string | undefined;
  while (reader.next()) {
    if (reader.field === 2 && attribute.type === 1) value = reader.float();
    else if (reader.field === 3 && attribute.type === 2) value = reader.integer();
    else if (reader.field === 4 && attribute.type === 3) value = reader.text();
  }
  // Numbers that are zero need not be written.
  return value ?? (attribute.type === 1 || attribute.type === 2 ? 0 : undefined);
}

function attributeReader(attribute: OnnxAttribute): MessageReader {
  return new MessageReader(attribute.bytes, `attribute ${attribute.name}`);
}

function readModelMessage(bytes: Uint8Array): OnnxModel {
  const reader = new MessageReader(bytes, 'model');
  const operatorSets: OperatorSet[] = [];
  const metadata = new Map<string, string>();
  const external = new Set<string>();
  let irVersion = 0;
  let producerName = '';
  let producerVersion = '';
  let graph: OnnxGraph | undefined;
  while (reader.next()) {
    if (reader.field === 1) irVersion = reader.integer();
    else if (reader.field === 2) producerName = reader.text();
    else if (reader.field === 3) producerVersion = reader.text();
    else if (reader.field === 7) graph = readGraph(reader.content(), { external, depth: 0 });
    else if (reader.field === 8) operatorSets.push(readOperatorSet(reader.content()));
    else if (reader.field === 14) metadata.set(...readEntry(reader.content()));
  }
  if (graph === undefined) throw new InputError('it holds no graph');
  return {
    irVersion,
    producerName,
    producerVersion,
    operatorSets,
    graph,
    metadata,
    externalLocations: [...external],
    bytes,
  };
}

/** What is gathered over all graphs of a model. */
type Gathering = { readonly external: Set<string>; readonly depth: number };

function readGraph(bytes: Uint8Array, gathering: Gathering): OnnxGraph {
  if (gathering.depth > DEEPEST_GRAPH) {
    throw new InputError(`graphs lie in each other more than ${DEEPEST_GRAPH} deep`);
  }
  const reader = new MessageReader(bytes, 'graph');
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs = [];
  const outputs = [];
  let name = '';
  while (reader.next()) {
    if (reader.field === 1) nodes.push(readNode(reader.content(), nodes.length, gathering));
    else if (reader.field === 2) name = reader.text();
    else if (reader.field === 5) initializers.push(readTensor(reader.content(), gathering));
    else if (reader.field === 11) inputs.push(readValue(reader.content(), 'input'));
    else if (reader.field === 12) outputs.push(readValue(reader.content(), 'output'));
  }
  return { name, nodes, inputs, outputs, initializers, bytes };
}

function readNode(bytes: Uint8Array, position: number, gathering: Gathering): OnnxNode {
  const reader = new MessageReader(bytes, `node ${position}`);
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: OnnxAttribute[] = [];
  let name = '';
  let opType = '';
  let domain = '';
  while (reader.next()) {
    if (reader.field === 1) inputs.push(reader.text());
    else if (reader.field === 2) outputs.push(reader.text());
    else if (reader.field === 3) name = reader.text();
    else if (reader.field === 4) opType = reader.text();
    else if (reader.field === 5) attributes.push(readAttribute(reader.content(), gathering));
    else if (reader.field === 7) domain = reader.text();
  }
  return { name, opType, domain, inputs, outputs, attributes, bytes };
}

/** Lists are left for the functions above; tensors and graphs are followed for external files. */
function readAttribute(bytes: Uint8Array, gathering: Gathering): OnnxAttribute {
  const reader = new MessageReader(bytes, 'attribute');
  const deeper = { ...gathering, depth: gathering.depth + 1 };
  let name = '';
  let type = 0;
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 20) type = reader.integer();
    else if (reader.field === 5 || reader.field === 10) readTensor(reader.content(), gathering);
    else if (reader.field === 6 || reader.field === 11) readGraph(reader.content(), deeper);
  }
  return { name, type, bytes };
}

function readTensor(bytes: Uint8Array, gathering: Gathering): OnnxTensor {
  const reader = new MessageReader(bytes, 'tensor');
  const dimensions: number[] = [];
  let name = '';
  let elementType = 0;
  let externalLocation: string | undefined;
  while (reader.next()) {
    if (reader.field === 1) reader.appendIntegers(dimensions);
    else if (reader.field === 2) elementType = reader.integer();
    else if (reader.field === 8) name = reader.text();
    else if (reader.field === 13) {
      const [key, value] = readEntry(reader.content());
      if (key === 'location') externalLocation = value;
    }
  }
  if (externalLocation !== undefined) gathering.external.add(externalLocation);
  return { name, elementType: elementTypeName(elementType), dimensions, externalLocation, bytes };
}

function readOperatorSet(bytes: Uint8Array): OperatorSet {
  const reader = new MessageReader(bytes, 'operator set');
  let domain = '';
  let version = 0;
  while (reader.next()) {
    if (reader.field === 1) domain = reader.text();
    else if (reader.field === 2) version = reader.integer();
  }
  return { domain, version };
}

function readEntry(bytes: Uint8Array): [key: string, value: string] {
  const reader = new MessageReader(bytes, 'entry');
  let key = '';
  let value = '';
  while (reader.next()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
  }
  return [key, value];
}
