import type { RowPlace } from '../../ports/data-engine.ts';
import type { RecordLines } from './record-lines.ts';
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

export type LoadedPart = {
  readonly path: string;
  readonly rowCount: number;
  /** Records before the first row: 1 for a header. */
  readonly linesBefore: number;
  /** Finds where the records of a text begin; absent for what has rows and no lines. */
  readonly readLines?: () => Promise<RecordLines>;
};

/** File and line (or row, counted from 1, where a file has no lines) of rows counted across the files. */
export async function placesOfRows(
  parts: readonly LoadedPart[],
  rows: readonly number[],
): Promise<readonly RowPlace[]> {
  const places: RowPlace[] = [];
  for (const row of rows) places.push(await placeOfRow(parts, row));
  return places;
}

async function placeOfRow(parts: readonly LoadedPart[], row: number): Promise<RowPlace> {
  let first = 0;
  for (const part of parts) {
    if (row < first + part.rowCount) return { file: part.path, line: await lineOf(part, row - first) };
    first += part.rowCount;
  }
  throw new RangeError(`row ${row} is beyond the last`);
}

async function lineOf({ readLines, linesBefore, rowCount }: LoadedPart, row: number): Promise<number> {
  const record = row + linesBefore;
  const lines = await readLines?.();
  // Where the engine cuts other records than are found here, a line for each row is nearer than anything else.
  return lines?.count === rowCount + linesBefore ? lines.lineOf(record) : record + 1;
}
