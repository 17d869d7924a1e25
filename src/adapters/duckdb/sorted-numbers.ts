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
  for await (const [values, counts] of readPairs(rows, sql)) yield { values, counts };
}

/** The finite numbers of a column, from its rows; calls back at each that is another value than the last. */
export async function* sortRows(
  rows: RowSet,
  column: EngineColumn,
  onNew: () => void,
): AsyncGenerator<SortedNumbers, void, undefined> {
  const value = finiteExpression(column);
  const sql = `SELECT ${value}, ${keyOf(column)} AS key FROM ${rows.relation} WHERE ${value} IS NOT NULL ORDER BY key`;
  const ones = new Float64Array(CHUNK_ROWS).fill(1);
  let last = Number.NaN;
  for await (const [values, keys] of readPairs(rows, sql)) {
    for (const key of keys) {
      if (key !== last) onNew();
      last = key;
    }
    yield { values, counts: ones.subarray(0, values.length) };
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

/** A number that differs whenever the values do; milliseconds, by which times are told, may not. */
function keyOf(column: EngineColumn): string {
  return column.type === 'timestamp'
    ? `CAST(epoch_us(${quoteName(column.name)}) AS DOUBLE)`
    : finiteExpression(column);
}

async function* readPairs(
  { session }: RowSet,
  sql: string,
): AsyncGenerator<readonly [Float64Array, Float64Array], void, undefined> {
  const result = await session.limited(() => session.connection.stream(sql));
  const columns = [new Float64Array(CHUNK_ROWS), new Float64Array(CHUNK_ROWS)] as const;
  for (;;) {
    const chunk = await session.limited(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    const to = chunk.rowCount;
    for (const [index, destination] of columns.entries()) {
      copyVector(chunk, index, { from: 0, to, offset: 0, destination });
    }
    yield [columns[0].subarray(0, to), columns[1].subarray(0, to)];
  }
}
