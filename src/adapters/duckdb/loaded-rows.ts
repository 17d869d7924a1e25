import type { SqlColumn } from './unify-columns.ts';

/** The column by which a row knows its place in the files; never shown. */
export const ROW_COLUMN = '__contender_row';

/** All rows of the declared files as one relation, with `ROW_COLUMN` counting from 0 across the files. */
export type LoadedRows = {
  readonly relation: string;
  /** What to drop, in this order, when the rows are no longer needed: `VIEW …`, `TABLE …`. */
  readonly objects: readonly string[];
  readonly columns: readonly SqlColumn[];
  readonly parts: readonly LoadedPart[];
  /** Whether values had types of their own in the files; the cells of delimited text have none. */
  readonly isTyped: boolean;
};

export type LoadedPart = { readonly path: string; readonly rowCount: number; readonly linesBefore: number };

/** File and line (or row, counted from 1, where a file has no header) of a row counted across the files. */
export function placeOfRow(
  parts: readonly LoadedPart[],
  row: number,
): { readonly file: string; readonly line: number } {
  let first = 0;
  for (const part of parts) {
    if (row < first + part.rowCount) return { file: part.path, line: row - first + 1 + part.linesBefore };
    first += part.rowCount;
  }
  throw new RangeError(`row ${row} is beyond the last`);
}
