import { formatQuantity } from './format-number.ts';

/** What is said where the id of a holdout does not tell its rows apart. */
export function describeRepeatedIds(repeated: number, rows: number): string {
  return `${formatQuantity(repeated, 'row')} of ${rows} labelled ones ${repeated === 1 ? 'has' : 'have'} the id of an earlier row: rows of one id are counted as one group, not as rows of their own`;
}
