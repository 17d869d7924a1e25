/** Sorting by position and midranks: every rank statistic starts here. */

const RADIX_THRESHOLD = 4096;
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/**
 * The positions of the values in ascending order of value. Stable; -0 and 0 are equal; NaN comes last.
 * Long inputs are sorted by radix on the bits of the doubles, in linear time.
 */
export function ascendingOrder(values: Float64Array): Uint32Array<ArrayBuffer> {
  if (values.length >= RADIX_THRESHOLD) return radixOrder(values);
  const order = identityOrder(values.length);
  return order.sort((left, right) => compareNumbers(values[left]!, values[right]!));
}

/** The values in ascending order, as a new array; NaN comes last. */
export function ascending(values: Float64Array): Float64Array {
  return Float64Array.from(values).sort();
}

/** Ranks from 1 in ascending order; equal values share the mean of their ranks. */
export function midranks(values: Float64Array): Float64Array {
  const order = ascendingOrder(values);
  const ranks = new Float64Array(values.length);
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    const shared = (start + 1 + end) / 2;
    for (let index = start; index < end; index++) ranks[order[index]!] = shared;
    start = end;
  }
  return ranks;
}

function identityOrder(length: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(length);
  for (let index = 0; index < length; index++) order[index] = index;
  return order;
}

function compareNumbers(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  return Number.isNaN(right) ? -1 : left - right || Number(left > right) - Number(left < right);
}

function radixOrder(values: Float64Array): Uint32Array<ArrayBuffer> {
  const { low, high } = sortableKeys(values);
  let order = identityOrder(values.length);
  let spare = new Uint32Array(values.length);
  const starts = new Uint32Array(DIGITS);
  for (const [keys, shift] of [
    [low, 0],
    [low, DIGIT_BITS],
    [high, 0],
    [high, DIGIT_BITS],
  ] as const) {
    if (!startsOfDigits(keys, shift, starts)) continue;
    for (let index = 0; index < order.length; index++) {
      const position = order[index]!;
      const digit = (keys[position]! >>> shift) & (DIGITS - 1);
      const target = starts[digit]!;
      spare[target] = position;
      starts[digit] = target + 1;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** Unsigned 64-bit keys, in two halves, that order as the doubles do. */
function sortableKeys(values: Float64Array): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const double = new DataView(new ArrayBuffer(8));
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    // Adding zero turns -0 into 0; every NaN becomes the same positive NaN.
    double.setFloat64(0, Number.isNaN(value) ? Number.NaN : value + 0);
    const top = double.getUint32(0);
    const bottom = double.getUint32(4);
    const negative = top >>> 31 === 1;
    high[index] = negative ? ~top : top | 0x80000000;
    low[index] = negative ? ~bottom : bottom;
  }
  return { low, high };
}

/** Where each digit's run begins; false when all keys share one digit and the pass can be left out. */
function startsOfDigits(keys: Uint32Array, shift: number, starts: Uint32Array): boolean {
  starts.fill(0);
  for (let index = 0; index < keys.length; index++) {
    const digit = (keys[index]! >>> shift) & (DIGITS - 1);
    starts[digit] = starts[digit]! + 1;
  }
  if (starts[(keys[0]! >>> shift) & (DIGITS - 1)] === keys.length) return false;
  let position = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = starts[digit]!;
    starts[digit] = position;
    position += count;
  }
  return true;
}
