import type { Tensor } from 'onnxruntime-common';
import { InputError } from '../../core/errors.ts';
import { findClass } from '../../core/scoring/match-classes.ts';
import { HalfFloats } from './payload-layout.ts';
import type { ModelJob } from './worker-protocol.ts';

type Outputs = Readonly<Record<string, Tensor>>;

export type DecodeRequest = {
  readonly job: ModelJob;
  /** Rows that are asked for; the batch may have been filled up beyond them. */
  readonly rows: number;
  readonly batch: number;
};

/** The values of all rows, row-major, as doubles. */
export function decodeValues(outputs: Outputs, request: DecodeRequest): Float64Array<ArrayBuffer> {
  const { job, rows, batch } = request;
  const read = job.outputs.values.map((name) => {
    const tensor = outputs[name]!;
    return { numbers: numbersOf(tensor, job.name), width: widthOf(tensor, { job, batch }) };
  });
  const [only] = read;
  if (read.length === 1 && only !== undefined) return copyNumbers(only.numbers, rows * only.width);
  const values = new Float64Array(rows * read.length);
  for (const [position, { numbers, width }] of read.entries()) {
    if (width !== 1)
      throw new InputError(`${job.name} answered with ${width} values where one for each row is needed`);
    for (let row = 0; row < rows; row++) values[row * read.length + position] = Number(numbers[row]);
  }
  return values;
}

function copyNumbers(numbers: ArrayLike<number> | BigInt64Array | BigUint64Array, length: number) {
  if (!(numbers instanceof BigInt64Array || numbers instanceof BigUint64Array))
    return new Float64Array((numbers as Float32Array).subarray(0, length));
  return Float64Array.from({ length }, (_, index) => Number(numbers[index]));
}

/** @throws InputError when the rows of the answer are not those of the question. */
function widthOf(tensor: Tensor, { job, batch }: Pick<DecodeRequest, 'job' | 'batch'>): number {
  const { dims, size } = tensor;
  const width = size / batch;
  if (Number.isInteger(width) && (batch === 1 || dims[0] === batch)) return width;
  throw new InputError(
    `${job.name} answered ${batch} rows with a tensor of the shape [${dims.join(', ')}]; the first size should be ${batch}`,
  );
}

function numbersOf({ type, data }: Tensor, name: string): Exclude<Tensor['data'], string[]> {
  if (Array.isArray(data)) throw new InputError(`${name} answered with ${type} where numbers are needed`);
  if (type === 'float16' && data instanceof Uint16Array)
    return new HalfFloats(
      data.buffer as ArrayBuffer,
      data.byteOffset,
      data.length,
    ) as unknown as Float32Array;
  return data;
}

/** Positions of the labels in the classes asked for; -1 for any other label. */
export function decodeLabels(
  outputs: Outputs,
  { job, rows, batch }: DecodeRequest,
): Int32Array<ArrayBuffer> | undefined {
  const name = job.outputs.labels;
  if (name === undefined) return undefined;
  const tensor = outputs[name]!;
  if (widthOf(tensor, { job, batch }) !== 1)
    throw new InputError(
      `${job.name} answered with labels of the shape [${tensor.dims.join(', ')}]; one for each row is needed`,
    );
  const codes = new Int32Array(rows);
  const known = new Map<unknown, number>();
  const data = tensor.data as ArrayLike<unknown>;
  const keyOf = keyReader(data);
  for (let row = 0; row < rows; row++) {
    const key = keyOf(row);
    let code = known.get(key);
    if (code === undefined) {
      code = findClass(labelText(data[row], tensor.type), job.classes) ?? -1;
      known.set(key, code);
    }
    codes[row] = code;
  }
  return codes;
}

/** What tells labels apart. Whole numbers of 64 bits by their halves: a BigInt for each row would be an object. */
function keyReader(data: ArrayLike<unknown>): (row: number) => unknown {
  if (!(data instanceof BigInt64Array)) return (row) => data[row];
  const halves = new Int32Array(data.buffer, data.byteOffset, data.length * 2);
  return (row) => {
    const low = halves[row * 2]!;
    return halves[row * 2 + 1] === low >> 31 ? low : data[row];
  };
}

function labelText(value: unknown, type: string): string {
  return type === 'bool' ? String(Boolean(value)) : String(value);
}
