import { InputError } from '../errors.ts';
import { MessageReader } from './message-reader.ts';
import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxModel, OnnxNode, OperatorSet } from './model.ts';
import { describeModelBytes } from './model-bytes.ts';
import { Gathering, readEntry, readGraph, readNode } from './read-graph.ts';

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
  return namingModel(name, () => readModelMessage(bytes));
}

/**
 * Reads on in a model: lists inside it are only looked at when they are asked for.
 * @throws InputError naming the file and where it is damaged
 */
export function namingModel<Result>(name: string, read: () => Result): Result {
  try {
    return read();
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
  const gathering = new Gathering();
  const operatorSets: OperatorSet[] = [];
  const functions: OnnxFunction[] = [];
  const metadata = new Map<string, string>();
  let irVersion = 0;
  let producerName = '';
  let producerVersion = '';
  let graph: OnnxGraph | undefined;
  while (reader.next()) {
    const { field } = reader;
    if (field === 1) irVersion = reader.integer();
    else if (field === 2) producerName = reader.text();
    else if (field === 3) producerVersion = reader.text();
    else if (field === 7) {
      // Runtimes would join two of them into a graph that nobody looked at.
      if (graph !== undefined) throw new InputError('it holds more than one graph');
      graph = readGraph(reader.content(), gathering);
    } else if (field === 8) operatorSets.push(readOperatorSet(reader.content(), gathering));
    else if (field === 14) {
      gathering.keep();
      metadata.set(...readEntry(reader.content()));
    } else if (field === 25) functions.push(readFunction(reader.content(), gathering));
  }
  if (graph === undefined) throw new InputError('it holds no graph');
  return {
    irVersion,
    producerName,
    producerVersion,
    operatorSets,
    graph,
    functions,
    metadata,
    externalLocations: [...gathering.external],
    bytes,
  };
}

function readFunction(bytes: Uint8Array, gathering: Gathering): OnnxFunction {
  gathering.keep();
  const reader = new MessageReader(bytes, 'function');
  const nodes: OnnxNode[] = [];
  let name = '';
  let domain = '';
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 7)
      nodes.push(readNode(reader.content(), { position: nodes.length, gathering, depth: 0 }));
    else if (reader.field === 10) domain = reader.text();
  }
  return { name, domain, nodes };
}

function readOperatorSet(bytes: Uint8Array, gathering: Gathering): OperatorSet {
  gathering.keep();
  const reader = new MessageReader(bytes, 'operator set');
  let domain = '';
  let version = 0;
  while (reader.next()) {
    if (reader.field === 1) domain = reader.text();
    else if (reader.field === 2) version = reader.integer();
  }
  return { domain, version };
}
