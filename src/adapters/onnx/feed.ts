import type { Tensor, TensorConstructor } from 'onnxruntime-common';
import type { Column } from '../../core/data/table.ts';
import type { ColumnInput, InputBinding } from '../../core/scoring/bind-inputs.ts';

/** Rows of a batch; results do not depend on it with one thread (measured), memory does. */
export const BATCH_ROWS = 16_384;

export type BatchRange = { readonly start: number; readonly end: number };

/** A batch's tensors by input name, and the rows whose missing value the input type cannot carry. */
export type Feed = {
  readonly tensors: Record<string, Tensor>;
  readonly unfit: readonly { readonly row: number; readonly reason: string }[];
};

/** Turns the rows `start` to `end` of the columns into the tensors that a binding asks for. */
export function buildFeed(
  { Tensor }: { readonly Tensor: TensorConstructor },
  request: {
    readonly columns: readonly Column[];
    readonly binding: InputBinding;
    readonly range: BatchRange;
  },
): Feed {
  const { columns, binding, range } = request;
  if (binding.kind === 'matrix') {
    const rows = range.end - range.start;
    const values = fillMatrix(columns, range, binding.type);
    const dims = [rows, columns.length];
    const tensor =
      values instanceof Float32Array
        ? new Tensor('float32', values, dims)
        : new Tensor('float64', values, dims);
    return { tensors: { [binding.input]: tensor }, unfit: [] };
  }
  const tensors: Record<string, Tensor> = {};
  const unfit: { row: number; reason: string }[] = [];
  for (const input of binding.inputs) {
    const column = columns[input.column]!;
    tensors[input.input] = buildColumnTensor(Tensor, { column, input, range, unfit });
  }
  return { tensors, unfit };
}

function fillMatrix(
  columns: readonly Column[],
  range: BatchRange,
  type: 'float' | 'double',
): Float32Array | Float64Array {
  const width = columns.length;
  const size = (range.end - range.start) * width;
  const values = type === 'float' ? new Float32Array(size) : new Float64Array(size);
  for (let position = 0; position < width; position++) {
    const column = columns[position]!;
    if (column.kind !== 'number') throw new Error(`column ${column.name} is text in a matrix of numbers`);
    for (let row = range.start, index = position; row < range.end; row++, index += width) {
      values[index] = column.values[row]!;
    }
  }
  return values;
}

type ColumnTensorRequest = {
  readonly column: Column;
  readonly input: ColumnInput;
  readonly range: BatchRange;
  readonly unfit: { row: number; reason: string }[];
};

function buildColumnTensor(Tensor: TensorConstructor, request: ColumnTensorRequest): Tensor {
  const { column, input, range } = request;
  const rows = range.end - range.start;
  const dims = input.rank === 1 ? [rows] : [rows, 1];
  switch (input.type) {
    case 'string':
      return new Tensor('string', textValues(column, range), dims);
    case 'float':
      return new Tensor('float32', Float32Array.from(numbers(column).subarray(range.start, range.end)), dims);
    case 'double':
      return new Tensor('float64', numbers(column).slice(range.start, range.end), dims);
    case 'int64':
      return new Tensor('int64', BigInt64Array.from(wholeNumbers(request), BigInt), dims);
    case 'int32':
      return new Tensor('int32', Int32Array.from(wholeNumbers(request)), dims);
    case 'bool':
      return new Tensor(
        'bool',
        Uint8Array.from(wholeNumbers(request), (value) => (value === 0 ? 0 : 1)),
        dims,
      );
  }
}

function numbers(column: Column): Float64Array {
  if (column.kind === 'number') return column.values;
  throw new Error(`column ${column.name} is text where numbers are bound`);
}

/** Missing text is the empty string: what converters write for it, and what our own models expect. */
function textValues(column: Column, range: BatchRange): string[] {
  const values: string[] = new Array(range.end - range.start);
  for (let row = range.start; row < range.end; row++) {
    if (column.kind === 'text') values[row - range.start] = column.dictionary[column.codes[row]!] ?? '';
    else values[row - range.start] = Number.isNaN(column.values[row]!) ? '' : String(column.values[row]);
  }
  return values;
}

/** Whole numbers cannot say "missing": such rows are fed a zero and reported as refused. */
function wholeNumbers(request: ColumnTensorRequest): Float64Array {
  const { column, input, range, unfit } = request;
  const values = numbers(column).slice(range.start, range.end);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isSafeInteger(value)) continue;
    values[index] = 0;
    const said = Number.isNaN(value) ? 'no value' : `the value ${value}`;
    unfit.push({
      row: range.start + index,
      reason: `${column.name} has ${said}, which ${input.type} cannot hold`,
    });
  }
  return values;
}
