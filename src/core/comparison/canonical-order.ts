import type { Column } from '../data/table.ts';
import { cellText } from '../data/table.ts';
import type { Truth } from './truth.ts';

export type OrderRequest = {
  /** Positions of the rows to order. */
  readonly rows: Uint32Array;
  readonly truth: Truth;
  /** Scores of each model, row-major, with the number of values for each row. */
  readonly scores: readonly { readonly values: Float64Array; readonly width: number }[];
  /** Text that tells groups apart; absent where rows are independent. */
  readonly groups?: Column;
};

/**
 * The rows in an order that depends on what they are and not on where they stand in a file: by a number scrambled
 * from label, scores and group, so that the order says nothing of the labels of rows with equal scores. Rows that are
 * equal in all of these stand together and are interchangeable. Resampling rows in this order makes a verdict that
 * sorting a file cannot change.
 */
export function orderCanonically(request: OrderRequest): Uint32Array {
  const { rows } = request;
  const keys = scrambledKeys(request);
  const compare = compareContents(request);
  return rows.slice().sort((left, right) => keys[left]! - keys[right]! || compare(left, right));
}

/** For each row that is ordered, by its position, a number from 0 to 2^32 - 1. */
function scrambledKeys({ rows, truth, scores, groups }: OrderRequest): Float64Array {
  const labels = 'classes' in truth ? truth.codes : truth.values;
  const keys = new Float64Array(labels.length);
  const double = new Float64Array(1);
  const halves = new Uint32Array(double.buffer);
  for (const row of rows) {
    let key = 0;
    const add = (value: number) => {
      double[0] = value + 0;
      key = scramble(scramble(key ^ halves[0]!) ^ halves[1]!);
    };
    add(labels[row]!);
    for (const { values, width } of scores)
      for (let offset = 0; offset < width; offset++) add(values[row * width + offset]!);
    const text = groups === undefined ? '' : (cellText(groups, row) ?? '');
    for (let index = 0; index < text.length; index++) key = scramble(key ^ text.charCodeAt(index));
    keys[row] = key >>> 0;
  }
  return keys;
}

/** The last step of MurmurHash3: every bit of the result depends on every bit that goes in. */
function scramble(bits: number): number {
  let mixed = (bits + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function compareContents({ truth, scores, groups }: OrderRequest): (left: number, right: number) => number {
  const labels = 'classes' in truth ? truth.codes : truth.values;
  const textOf = (row: number) => (groups === undefined ? '' : (cellText(groups, row) ?? ''));
  return (left, right) => {
    if (labels[left] !== labels[right]) return labels[left]! - labels[right]!;
    for (const { values, width } of scores) {
      for (let offset = 0; offset < width; offset++) {
        const difference = values[left * width + offset]! - values[right * width + offset]!;
        if (difference !== 0) return difference;
      }
    }
    const [leftText, rightText] = [textOf(left), textOf(right)];
    return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
  };
}

/** Codes numbered by their first appearance, so that they too depend on the rows alone; -1 stays. */
export function renumber(codes: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return codes.map((code) => {
    if (code === -1) return -1;
    const known = numbers.get(code) ?? numbers.size;
    numbers.set(code, known);
    return known;
  });
}
