import type { IntegerColumn } from '../../core/data/row-source.ts';
import type { NumberColumn } from '../../core/data/table.ts';
import type { BoundColumn } from '../../core/scoring/binding.ts';
import { INPUT_TYPES, type InputType } from '../../core/scoring/input-types.ts';
import type { TypedView } from './payload-layout.ts';

/** Says that a row cannot be fed; rows count from the start of the batch. */
export type RefuseRow = (row: number, reason: string) => void;

/** Where the values of a column go: every `stride`th value from `position` on. */
export type Place = {
  readonly target: TypedView;
  readonly position: number;
  readonly stride: number;
  readonly rowCount: number;
};

export type WholeRequest = {
  readonly bound: BoundColumn;
  readonly column: NumberColumn | IntegerColumn;
  readonly type: InputType;
  readonly place: Place;
  readonly refuse: RefuseRow;
};

/** Whole numbers and booleans: what the type cannot hold is fed as zero, and the row is refused. */
export function encodeWhole({ bound, column, type, place, refuse }: WholeRequest): void {
  const { rowCount, position, stride } = place;
  const read = column.kind === 'number' ? fromNumbers(column.values) : fromIntegers(column);
  const write = writerFor(type, place.target);
  const holds = checkerFor(type, column.kind === 'integer');
  const missing = missingFor(bound, checkerFor(type, false));
  for (let row = 0, at = position; row < rowCount; row++, at += stride) {
    const state = read.states[row];
    if (state === MISSING && missing !== undefined) {
      write(at, missing >>> 0, Math.floor(missing / WORD), missing);
    } else if (state === MISSING) {
      refuse(row, `${bound.name} has no value, which ${type} cannot hold`);
      write(at, 0, 0, 0);
    } else if (state === BEYOND || !holds(read.values[row]!, state === WHOLE)) {
      refuse(row, `${bound.name} has a value that ${type} cannot hold`);
      write(at, 0, 0, 0);
    } else {
      write(at, read.low[row]!, read.high[row]!, read.values[row]!);
    }
  }
}

/** An imputer behind a cast may replace a number that the input cannot hold. */
function missingFor({ missing }: BoundColumn, check: ReturnType<typeof checkerFor>): number | undefined {
  return typeof missing === 'number' && check(missing, Number.isInteger(missing)) ? missing : undefined;
}

const WORD = 2 ** 32;
const WHOLE = 0;
const FRACTION = 1;
const MISSING = 2;
const BEYOND = 3;

/** 64-bit values as two words each, since a BigInt for each value would be an object for each. */
type Words = {
  readonly low: Uint32Array;
  readonly high: Int32Array;
  /** The value as a double, rounded beyond 2^53. */
  readonly values: Float64Array;
  readonly states: Uint8Array;
};

function allocateWords(rowCount: number, values: Float64Array): Words {
  return {
    low: new Uint32Array(rowCount),
    high: new Int32Array(rowCount),
    values,
    states: new Uint8Array(rowCount),
  };
}

function fromNumbers(values: Float64Array): Words {
  const words = allocateWords(values.length, values);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      words.states[row] = MISSING;
    } else if (Number.isInteger(value)) {
      const high = Math.floor(value / WORD);
      words.high[row] = high;
      words.low[row] = value - high * WORD;
    } else {
      words.states[row] = FRACTION;
    }
  }
  return words;
}

function fromIntegers({ values, missing }: IntegerColumn): Words {
  const words = allocateWords(values.length, new Float64Array(values.length));
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const low = halves[row * 2]! >>> 0;
    const high = halves[row * 2 + 1]!;
    words.low[row] = low;
    words.high[row] = high;
    words.values[row] = high * WORD + low;
    if (missing[row] !== 0) words.states[row] = missing[row] === 1 ? MISSING : BEYOND;
  }
  return words;
}

type WriteValue = (at: number, low: number, high: number, value: number) => void;

function writerFor(type: InputType, target: TypedView): WriteValue {
  if (type === 'bool') {
    return (at, _low, _high, value) => {
      target[at] = value === 0 ? 0 : 1;
    };
  }
  if (type !== 'int64' && type !== 'uint64') {
    return (at, _low, _high, value) => {
      target[at] = value;
    };
  }
  const halves = new Int32Array(target.buffer, target.byteOffset, target.length * 2);
  return (at, low, high) => {
    halves[at * 2] = low;
    halves[at * 2 + 1] = high;
  };
}

/**
 * A double of 2^63 is the first that int64 cannot hold, while 2^31 - 1 is the last of int32. Whole numbers that come
 * with all their digits are 64-bit numbers already, whatever their rounded value says.
 */
function checkerFor(type: InputType, isExact: boolean): (value: number, isWhole: boolean) => boolean {
  if (type === 'bool' || (type === 'int64' && isExact)) return () => true;
  const { minimum, maximum } = INPUT_TYPES[type] as { readonly minimum: number; readonly maximum: number };
  const isOpen = type === 'int64' || type === 'uint64';
  return (value, isWhole) => isWhole && value >= minimum && (isOpen ? value < maximum : value <= maximum);
}
