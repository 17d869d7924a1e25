import { InputError } from '../errors.ts';
import { MessageReader } from './message-reader.ts';
import { type Dimension, ELEMENT_TYPES, type OnnxType, type OnnxValue } from './model.ts';

/** Types inside types (sequence of map of tensor) that are followed at most. */
const DEEPEST_TYPE = 8;
/** Sizes of one shape; ONNX Runtime knows at most eight or so. */
const MOST_DIMENSIONS = 64;
/** Fields of TypeProto that are named and not looked into. */
const OTHER_TYPES: Readonly<Record<number, string>> = { 7: 'opaque', 8: 'sparse tensor', 9: 'optional' };

/** The name of a TensorProto.DataType; a number not known here keeps its number. */
export function elementTypeName(type: number): string {
  return ELEMENT_TYPES[type] ?? `type ${type}`;
}

/** Reads a ValueInfoProto. */
export function readValue(bytes: Uint8Array, what: string): OnnxValue {
  const reader = new MessageReader(bytes, what);
  let name = '';
  let type: OnnxType = { kind: 'other' };
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 2) type = readType(reader.content(), 0);
  }
  return { name, type, bytes };
}

function readType(bytes: Uint8Array, depth: number): OnnxType {
  if (depth > DEEPEST_TYPE) throw new InputError(`types lie in each other more than ${DEEPEST_TYPE} deep`);
  const reader = new MessageReader(bytes, 'type');
  let type: OnnxType = { kind: 'other' };
  while (reader.next()) {
    if (reader.field === 1) type = readTensorType(reader.content());
    else if (reader.field === 4) type = { kind: 'sequence', element: readElement(reader.content(), depth) };
    else if (reader.field === 5) type = readMapType(reader.content(), depth);
    else if (OTHER_TYPES[reader.field] !== undefined)
      type = { kind: 'other', words: OTHER_TYPES[reader.field]! };
  }
  return type;
}

function readElement(bytes: Uint8Array, depth: number): OnnxType {
  const reader = new MessageReader(bytes, 'sequence type');
  let element: OnnxType = { kind: 'other' };
  while (reader.next()) if (reader.field === 1) element = readType(reader.content(), depth + 1);
  return element;
}

function readMapType(bytes: Uint8Array, depth: number): OnnxType {
  const reader = new MessageReader(bytes, 'map type');
  let keyType = elementTypeName(0);
  let value: OnnxType = { kind: 'other' };
  while (reader.next()) {
    if (reader.field === 1) keyType = elementTypeName(reader.integer());
    else if (reader.field === 2) value = readType(reader.content(), depth + 1);
  }
  return { kind: 'map', keyType, value };
}

function readTensorType(bytes: Uint8Array): OnnxType {
  const reader = new MessageReader(bytes, 'tensor type');
  let elementType = elementTypeName(0);
  let shape: Dimension[] | undefined;
  while (reader.next()) {
    if (reader.field === 1) elementType = elementTypeName(reader.integer());
    else if (reader.field === 2) shape = readShape(reader.content());
  }
  return { kind: 'tensor', elementType, shape };
}

function readShape(bytes: Uint8Array): Dimension[] {
  const reader = new MessageReader(bytes, 'shape');
  const shape: Dimension[] = [];
  while (reader.next()) {
    if (reader.field === 1) shape.push(readDimension(reader.content()));
    if (shape.length > MOST_DIMENSIONS) {
      throw new InputError(`a shape has more than ${MOST_DIMENSIONS} sizes`);
    }
  }
  return shape;
}

function readDimension(bytes: Uint8Array): Dimension {
  const reader = new MessageReader(bytes, 'dimension');
  let dimension: Dimension = null;
  while (reader.next()) {
    if (reader.field === 1) dimension = reader.integer();
    else if (reader.field === 2) dimension = reader.text();
  }
  return dimension === '' ? null : dimension;
}
