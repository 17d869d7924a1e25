import { createHash } from 'node:crypto';
import { textExpression } from './column-types.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';

/**
 * A digest of the rows that does not depend on their order, on how they are split into files, or on threads:
 * each row becomes one text (its cells joined by `;`, `-` when missing, free text led by its length in bytes
 * and a colon), the MD5 of each row is added up modulo 2^128, and the SHA-256 of the sum, the row count and the column names in
 * their order is the digest. It tells changed data apart, not data made to collide on purpose.
 */
export async function digestRows(rows: RowSet): Promise<string> {
  const cells = rows.columns.map((column) => {
    const text = textExpression(column);
    const isFree = column.type === 'string' || column.type === 'other';
    return isFree ? `coalesce(strlen(${text}) || ':' || ${text}, '-')` : `coalesce(${text}, '-')`;
  });
  const row = `concat_ws(';', ${cells.join(', ')})`;
  try {
    const [sums] = await rows.session.rows(
      `SELECT count(*), CAST(coalesce(sum(md5_number_upper(line)), 0) AS VARCHAR), CAST(coalesce(sum(md5_number_lower(line)), 0) AS VARCHAR)
       FROM (SELECT ${row} AS line FROM ${rows.relation})`,
    );
    const [count, upper, lower] = sums!;
    const sum = BigInt.asUintN(128, (BigInt(String(upper)) << 64n) + BigInt(String(lower)));
    const names = rows.columns.map(({ name }) => name);
    return createHash('sha256')
      .update(
        JSON.stringify({ columns: names, rows: Number(count), sum: sum.toString(16).padStart(32, '0') }),
      )
      .digest('hex');
  } catch (error) {
    throw explainError(rows.label, error);
  }
}
