import type { Column } from '../data/table.ts';
import { cellText } from '../data/table.ts';
import { createRandom, shuffle } from '../statistics/random.ts';
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

/** Where the shuffling of the sorted rows starts; any number would do. */
const SHUFFLE_SEED = 20_261_125;

/**
 * The rows in an order that depends on what they are and not on where they stand in a file: sorted by label, then
 * by scores, then by group, and shuffled always alike, so that the order of rows with equal scores says nothing of
 * their labels. Rows that are equal in all of these are interchangeable. Resampling rows in this order makes a
 * verdict that sorting a file cannot change.
 */
export function orderCanonically({ rows, truth, scores, groups }: OrderRequest): Uint32Array {
  const labels = 'classes' in truth ? truth.codes : truth.values;
  const groupTexts = groups && Array.from(rows, (row) => cellText(groups, row) ?? '');
  const textOf = new Map(groupTexts?.map((text, index) => [rows[index]!, text]));
  const sorted = rows.slice().sort((left, right) => {
    if (labels[left] !== labels[right]) return labels[left]! - labels[right]!;
    for (const { values, width } of scores) {
      for (let offset = 0; offset < width; offset++) {
        const difference = values[left * width + offset]! - values[right * width + offset]!;
        if (difference !== 0) return difference;
      }
    }
    const [leftText = '', rightText = ''] = [textOf.get(left), textOf.get(right)];
    return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
  });
  shuffle(sorted, createRandom(SHUFFLE_SEED));
  return sorted;
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
