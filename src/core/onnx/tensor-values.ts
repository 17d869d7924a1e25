import { MessageReader } from './message-reader.ts';
import type { OnnxTensor } from './model.ts';

/** Tensors of more values than this are no list of classes or categories and are not read. */
const MOST_VALUES = 100_000;

/** Fields of TensorProto: int32_data 5, string_data 6, int64_data 7, raw_data 9. */
const INT32_DATA = 5;
const STRING_DATA = 6;
const INT64_DATA = 7;
const RAW_DATA = 9;

/**
 * Values of a tensor of text or whole numbers (int64, int32, bool) as text; undefined for other types, for
 * values in another file, and for more than 100,000 of them.
 */
export function tensorTexts(tensor: OnnxTensor): readonly string[] | undefined {
  const count = tensor.dimensions.reduce((product, size) => product * size, 1);
  if (tensor.externalLocation !== undefined || !(count <= MOST_VALUES)) return undefined;
  const { elementType } = tensor;
  if (!['string', 'int64', 'int32', 'bool'].includes(elementType)) return undefined;
  const reader = new MessageReader(tensor.bytes, `tensor ${tensor.name}`);
  const texts: string[] = [];
  const numbers: number[] = [];
  while (reader.next()) {
    if (reader.field === STRING_DATA) texts.push(reader.text());
    else if (reader.field === INT32_DATA || reader.field === INT64_DATA) reader.appendIntegers(numbers);
    else if (reader.field === RAW_DATA) numbers.push(...rawIntegers(reader.content(), elementType));
  }
  return elementType === 'string' ? texts : numbers.map(String);
}

function rawIntegers(bytes: Uint8Array, elementType: string): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = elementType === 'int64' ? 8 : elementType === 'int32' ? 4 : 1;
  const count = Math.min(Math.floor(bytes.length / size), MOST_VALUES);
  return Array.from({ length: count }, (_, index) => {
    if (size === 8) return Number(view.getBigInt64(index * 8, true));
    return size === 4 ? view.getInt32(index * 4, true) : view.getUint8(index);
  });
}
