import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Session } from './session.ts';

/** Rows that DuckDB takes at a time. */
const CHUNK_ROWS = 2048;

/** A column to write: a typed array, as DuckDB keeps it. */
export type WrittenColumn = { readonly name: string; readonly values: Float64Array | Int32Array };

/** Makes a table of typed arrays, chunk by chunk; NaN stays NaN. */
export async function createTableOf(
  session: Session,
  table: string,
  columns: readonly WrittenColumn[],
): Promise<void> {
  const { DuckDBDataChunk, DOUBLE, INTEGER } = session.duckdb;
  const definitions = columns.map(
    ({ name, values }) => `${name} ${values instanceof Float64Array ? 'DOUBLE' : 'INTEGER'}`,
  );
  await session.run(`CREATE OR REPLACE TABLE ${table} (${definitions.join(', ')})`);
  const appender = await session.connection.createAppender(table);
  const types = columns.map(({ values }) => (values instanceof Float64Array ? DOUBLE : INTEGER));
  const chunk = DuckDBDataChunk.create(types, CHUNK_ROWS);
  const rowCount = columns[0]!.values.length;
  for (let from = 0; from < rowCount; from += CHUNK_ROWS) {
    const to = Math.min(rowCount, from + CHUNK_ROWS);
    chunk.reset();
    chunk.rowCount = to - from;
    for (const [index, { values }] of columns.entries()) writeVector(chunk, index, values.subarray(from, to));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Writing value by value, which boxes every one, is many times slower; the array is private in DuckDB's types. */
function writeVector(chunk: DuckDBDataChunk, index: number, values: Float64Array | Int32Array): void {
  const vector = chunk.getColumnVector(index);
  const { items } = vector as unknown as { readonly items?: unknown };
  if (ArrayBuffer.isView(items) && items.constructor === values.constructor) {
    (items as Float64Array).set(values);
  } else {
    for (let row = 0; row < values.length; row++) vector.setItem(row, values[row]!);
  }
  vector.flush();
}
