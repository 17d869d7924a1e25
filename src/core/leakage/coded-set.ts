import { InputError } from '../errors.ts';
import { BitReader, BitWriter } from './bit-stream.ts';

/** Row hashes are whole numbers below 2^52, so that a double holds each. */
export const HASH_BITS = 52;

/**
 * Fewest bits of a remainder that are read: each value then takes more than a byte, so that the work a file
 * can ask for is bounded by its size.
 */
const LEAST_REMAINDER_BITS = 8;
const MOST_REMAINDER_BITS = 32;

/**
 * A set of hashes as a Golomb-Rice coded set (Golomb 1966, Rice 1979; the filter of Putze, Sanders and Singler,
 * "Cache-, hash- and space-efficient Bloom filters", 2007): each hash is cut to its highest `rangeBits`, the
 * distinct values are sorted, and the gaps between them are written as a quotient in unary and a remainder of
 * `remainderBits`. It takes about two bits more than the remainder for each value. A hash of the set is always
 * found; another one with the probability `count` / 2^`rangeBits`, at most 2^-`remainderBits`.
 */
export type CodedSet = {
  /** Distinct values. */
  readonly count: number;
  readonly rangeBits: number;
  readonly remainderBits: number;
  readonly bytes: Uint8Array;
};

/**
 * The coded set of some hashes, whatever their order and however often each comes. NaN is left out.
 * @param remainderBits 8 to 32; fewer are kept where 52 bits of a hash do not last (above 2^20 values for 32).
 */
export function encodeSet(hashes: Float64Array, remainderBits: number): CodedSet {
  const distinct = sortedDistinct(hashes.filter((hash) => !Number.isNaN(hash)));
  const quotientBits = Math.ceil(Math.log2(Math.max(distinct.length, 1)));
  const rangeBits = Math.min(quotientBits + remainderBits, HASH_BITS);
  const kept = rangeBits - quotientBits;
  const values = sortedDistinct(cutAll(distinct, rangeBits));
  const writer = new BitWriter();
  const divisor = 2 ** kept;
  let next = 0;
  for (const value of values) {
    const gap = value - next;
    const quotient = Math.floor(gap / divisor);
    writer.writeUnary(quotient);
    writer.writeBits(gap - quotient * divisor, kept);
    next = value + 1;
  }
  return { count: values.length, rangeBits, remainderBits: kept, bytes: writer.toBytes() };
}

/** Chance that a hash which is not in the set is found in it. */
export function falsePositiveRate({ count, rangeBits }: Pick<CodedSet, 'count' | 'rangeBits'>): number {
  return count / 2 ** rangeBits;
}

/** A 1 for each hash that is found in the set; NaN never is. @throws InputError as `checkSet`. */
export function findMembers(set: CodedSet, hashes: Float64Array, name: string): Uint8Array {
  const values = cutAll(hashes, set.rangeBits);
  const asked = sortedDistinct(values.filter((value) => !Number.isNaN(value)));
  const isFound = new Uint8Array(asked.length);
  let position = 0;
  walkSet(set, name, (value) => {
    while (position < asked.length && asked[position]! < value) position++;
    if (asked[position] === value) isFound[position] = 1;
  });
  return Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : isFound[indexOf(asked, value)]!));
}

/** Reads a set to its end. @throws InputError when its bytes are not what its header says. */
export function checkSet(set: CodedSet, name: string): void {
  const { count, rangeBits, remainderBits, bytes } = set;
  const isPossible =
    remainderBits >= LEAST_REMAINDER_BITS &&
    remainderBits <= MOST_REMAINDER_BITS &&
    rangeBits >= remainderBits &&
    rangeBits <= HASH_BITS &&
    count <= (bytes.length * 8) / (remainderBits + 1);
  if (!isPossible) throw broken(name);
  walkSet(set, name, () => undefined);
}

function walkSet(
  { count, rangeBits, remainderBits, bytes }: CodedSet,
  name: string,
  visit: (value: number) => void,
): void {
  const reader = new BitReader(bytes);
  const most = 2 ** (rangeBits - remainderBits);
  const divisor = 2 ** remainderBits;
  const end = 2 ** rangeBits;
  let next = 0;
  for (let index = 0; index < count; index++) {
    const quotient = reader.readUnary(most);
    const remainder = quotient === undefined ? undefined : reader.readBits(remainderBits);
    if (quotient === undefined || remainder === undefined) throw broken(name);
    const value = next + quotient * divisor + remainder;
    if (value >= end) throw broken(name);
    visit(value);
    next = value + 1;
  }
  if (!reader.isAtEnd()) throw broken(name);
}

function broken(name: string): InputError {
  return new InputError(`${name} is damaged: its hashes are not what its header says; train again`);
}

function cutAll(hashes: Float64Array, rangeBits: number): Float64Array {
  const divisor = 2 ** (HASH_BITS - rangeBits);
  return hashes.map((hash) => Math.floor(hash / divisor));
}

function sortedDistinct(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  let length = 0;
  for (const value of sorted) {
    if (length === 0 || sorted[length - 1] !== value) sorted[length++] = value;
  }
  return sorted.slice(0, length);
}

/** Where a value that is there stands in sorted ones. */
function indexOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
