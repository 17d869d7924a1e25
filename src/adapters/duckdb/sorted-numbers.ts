import { type EngineColumn, finiteExpression } from './column-types.ts';
import { OCCURRENCES } from './count-values.ts';
import type { RowSet } from './row-set.ts';
import { quoteName } from './sql-text.ts';
import { copyVector } from './vector-copy.ts';

/** Rows that DuckDB gives at once. */
const CHUNK_ROWS = 2048;

/** In milliseconds; so far from 1970 microseconds are exact as a number. */
const EXACT_MICROSECONDS = 9e12;

/** Numbers, ascending, and how many rows have each; filled anew for the next. */
type SortedNumbers = { readonly values: Float64Array; readonly counts: Float64Array };

/** The finite numbers of a column, from the table of its values. */
export async function* readValues(
  rows: RowSet,
  column: EngineColumn,
  table: string,
): AsyncGenerator<SortedNumbers, void, undefined> {
  const value = finiteExpression(column);
  const sql = `SELECT ${value} AS value, CAST(${OCCURRENCES} AS DOUBLE) FROM ${table}
    WHERE ${value} IS NOT NULL ORDER BY value`;
  for await (const [values, counts] of readNumbers(rows, sql, 2)) yield { values: values!, counts: counts! };
}

/**
 * The finite numbers of a column, from its rows; `onNew` is told how many of them are other values than the one
 * before.
 */
export async function* sortRows(
  rows: RowSet,
  column: EngineColumn,
  onNew: (count: number) => void,
): AsyncGenerator<SortedNumbers, void, undefined> {
  const isMoment = column.type === 'timestamp';
  const key = isMoment ? `CAST(epoch_us(${quoteName(column.name)}) AS DOUBLE)` : finiteExpression(column);
  const sql = `SELECT ${key} AS key FROM ${rows.relation} WHERE ${finiteExpression(column)} IS NOT NULL ORDER BY key`;
  const ones = new Float64Array(CHUNK_ROWS).fill(1);
  let last = Number.NaN;
  for await (const [keys] of readNumbers(rows, sql, 1)) {
    let differing = 0;
    for (const next of keys!) {
      if (next !== last) differing++;
      last = next;
    }
    onNew(differing);
    if (isMoment) toMilliseconds(keys!);
    yield { values: keys!, counts: ones.subarray(0, keys!.length) };
  }
}

/** Cut off as the engine cuts: microseconds tell moments apart that fall into the same millisecond. */
function toMilliseconds(microseconds: Float64Array): void {
  for (let index = 0; index < microseconds.length; index++) {
    microseconds[index] = Math.trunc(microseconds[index]! / 1000);
  }
}

/** Whether values are told apart by a number: those of small or floating types, and moments near our time. */
export function isExactlyKeyed(
  { type, sqlType }: EngineColumn,
  extent?: { readonly minimum: number; readonly maximum: number },
): boolean {
  if (/^(DOUBLE|FLOAT|U?(TINYINT|SMALLINT|INTEGER)|DATE)$/.test(sqlType)) return true;
  if (type !== 'timestamp' || !/^TIMESTAMP( WITH TIME ZONE)?$/.test(sqlType)) return false;
  return !(Math.max(-(extent?.minimum ?? 0), extent?.maximum ?? 0) > EXACT_MICROSECONDS);
}

async function* readNumbers(
  { session }: RowSet,
  sql: string,
  columnCount: number,
): AsyncGenerator<readonly Float64Array[], void, undefined> {
  const result = await session.limited(() => session.connection.stream(sql));
  const columns = Array.from({ length: columnCount }, () => new Float64Array(CHUNK_ROWS));
  for (;;) {
    const chunk = await session.limited(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    const to = chunk.rowCount;
    for (const [index, destination] of columns.entries()) {
      copyVector(chunk, index, { from: 0, to, offset: 0, destination });
    }
    yield columns.map((values) => values.subarray(0, to));
  }
}
