import { cellText } from '../data/table.ts';
import type { OrderRequest } from './canonical-order.ts';

/**
 * Numbers rows in canonical order from 0 so that rows which `orderCanonically` cannot tell apart have the same
 * number. They still may differ in other columns of the data.
 */
export function numberEqualRows({ rows, truth, scores, groups }: OrderRequest): Int32Array {
  const labels = 'classes' in truth ? truth.codes : truth.values;
  const isSame = (left: number, right: number): boolean =>
    labels[left] === labels[right] &&
    scores.every(({ values, width }) => {
      for (let offset = 0; offset < width; offset++) {
        if (values[left * width + offset] !== values[right * width + offset]) return false;
      }
      return true;
    }) &&
    (groups === undefined || (cellText(groups, left) ?? '') === (cellText(groups, right) ?? ''));
  const numbers = new Int32Array(rows.length);
  for (let index = 1; index < rows.length; index++) {
    numbers[index] = numbers[index - 1]! + Number(!isSame(rows[index - 1]!, rows[index]!));
  }
  return numbers;
}
