import { floatText, textExpression } from './column-types.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import { quoteName, quoteText } from './sql-text.ts';
import { copyVector } from './vector-copy.ts';

/**
 * A hash of each row over some columns, in row order: the first 13 hexadecimal digits of the MD5 of a text, as a
 * whole number below 2^52. The text has the cells in the order of the columns' names, joined by `;`: `-` for a
 * missing or empty one, else its length in bytes, a colon and its text. Equal values have equal texts whatever
 * type a file gives them: 1.50 as a decimal is 1.5, a day is its midnight. NaN for a row without any value.
 */
export async function hashRows(rows: RowSet, names: readonly string[]): Promise<Float64Array> {
  const columns = [...names].sort().map((name) => requireColumn(rows, name));
  const cells = columns.map((column) => {
    const text = identityText(column);
    return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
  });
  const blank = columns.map(() => '-').join(';');
  const sql = `SELECT CASE WHEN line = ${quoteText(blank)} THEN 'nan'::DOUBLE
      ELSE CAST(CAST('0x' || substr(md5(line), 1, 13) AS UBIGINT) AS DOUBLE) END
    FROM (SELECT concat_ws(';', ${cells.join(', ')}) AS line FROM ${rows.relation})`;
  try {
    return await readNumbers(rows, sql);
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

function identityText(column: Parameters<typeof textExpression>[0]): string {
  const name = quoteName(column.name);
  const { type, sqlType } = column;
  if (type === 'date' || type === 'timestamp') return `CAST(CAST(${name} AS TIMESTAMP) AS VARCHAR)`;
  if (type === 'number' && sqlType.startsWith('DECIMAL')) return floatText(`CAST(${name} AS DOUBLE)`);
  return `nullif(${textExpression(column)}, '')`;
}

/** One number for each row, in row order. */
export async function readNumbers({ session, rowCount }: RowSet, sql: string): Promise<Float64Array> {
  const values = new Float64Array(rowCount);
  const result = await session.limited(() => session.connection.stream(sql));
  let done = 0;
  for (;;) {
    const chunk = await session.limited(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) break;
    copyVector(chunk, 0, { from: 0, to: chunk.rowCount, destination: values, offset: done });
    done += chunk.rowCount;
  }
  if (done !== rowCount) throw new Error(`${done} rows were hashed where ${rowCount} were counted`);
  return values;
}
