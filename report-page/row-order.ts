/** How rows of a table are ordered; without the page, so that it can be tested by itself. */

export type SortKind = 'number' | 'text';
export type Direction = 'ascending' | 'descending';

/** What one row sorts by; undefined comes last in both directions. */
export type SortKey = number | string | undefined;

/** The key of a cell from what it says and from its `data-sort`. */
export function keyOf(kind: SortKind, text: string, dataSort: string | undefined): SortKey {
  if (kind === 'text') return text.trim() === '' ? undefined : text.trim();
  if (dataSort === undefined || dataSort === '') return undefined;
  const value = Number(dataSort);
  return Number.isNaN(value) ? undefined : value;
}

/** Positions of the rows in their new order; rows of equal key keep theirs. */
export function orderRows(keys: readonly SortKey[], direction: Direction): number[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return keys
    .map((key, index) => ({ key, index }))
    .sort((left, right) => compareKeys(left.key, right.key, sign) || left.index - right.index)
    .map(({ index }) => index);
}

const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareKeys(left: SortKey, right: SortKey, sign: number): number {
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined);
  }
  if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
  return sign * words.compare(String(left), String(right));
}
