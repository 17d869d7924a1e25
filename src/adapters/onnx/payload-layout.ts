import { INPUT_TYPES, type InputType } from '../../core/scoring/input-types.ts';

/** How the bytes of a batch are cut into the inputs of a model: one after the other, each from a multiple of 8. */
export type PayloadLayout = {
  readonly inputs: readonly InputLayout[];
  /** Rows that the model takes at once, when it is fixed. */
  readonly batch?: number;
};

export type InputLayout = {
  readonly name: string;
  readonly type: InputType;
  /** Sizes after the axis of the rows. */
  readonly rowShape: readonly number[];
  /** False for a model of one row that has no axis for rows. */
  readonly hasRows: boolean;
  /** Values of one row. */
  readonly width: number;
  /** For text: what the positions in the bytes stand for. */
  readonly texts?: readonly string[];
};

/** 64-bit values are seen as BigInt by their own arrays; here they are only moved, as pairs of 32 bits. */
export type TypedView =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Float16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** Arrays of half floats as the engine has them; kept here because threads that run models take them away. */
export const HalfFloats = globalThis.Float16Array;

const VIEWS = {
  float: Float32Array,
  double: Float64Array,
  float16: HalfFloats,
  int64: Float64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint64: Float64Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  string: Int32Array,
} as const;

/** The values of an input within the bytes of a batch; 64-bit whole numbers as places of eight bytes. */
export function viewOf(type: InputType, buffer: ArrayBuffer, offset: number, length: number): TypedView {
  return new VIEWS[type](buffer, offset, length);
}

export function alignToEight(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** Bytes of one input in a batch of that many rows. */
export function inputBytes({ type, width }: Pick<InputLayout, 'type' | 'width'>, rowCount: number): number {
  return alignToEight(rowCount * width * INPUT_TYPES[type].bytes);
}
