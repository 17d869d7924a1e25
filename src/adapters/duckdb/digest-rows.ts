import { createHash } from 'node:crypto';
import { type EngineColumn, textExpression } from './column-types.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';

/**
 * A digest of the rows that does not depend on their order, on how they are split into files, or on threads:
 * each row becomes one text (its cells joined by `;`, `-` when missing, free text led by its length in bytes
 * and a colon), the MD5 of each row is added up modulo 2^128, and the SHA-256 of the sum, the row count and the column names in
 * their order is the digest. It tells changed data apart, not data made to collide on purpose.
 */
export async function digestRows(rows: RowSet): Promise<string> {
  // The engine's number has the first half of the MD5 as its lower 64 bits. Asking for it once halves the work.
  const row = `concat(${rows.columns.map(cellOf).join(", ';', ")})`;
  try {
    const [sums] = await rows.session.rows(
      `SELECT count(*), CAST(coalesce(sum(CAST(hash & CAST('18446744073709551615' AS UHUGEINT) AS UBIGINT)), 0) AS VARCHAR),
         CAST(coalesce(sum(CAST(hash >> 64 AS UBIGINT)), 0) AS VARCHAR)
       FROM (SELECT md5_number(${row}) AS hash FROM ${rows.relation})`,
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

/** The text of a cell as arguments of one `concat`, which leaves out NULLs: a text of its own is made of none. */
function cellOf(column: EngineColumn): string {
  const text = textExpression(column);
  const isFree = column.type === 'string' || column.type === 'other';
  if (!isFree) return `coalesce(${text}, '-')`;
  return `strlen(${text}), CASE WHEN ${text} IS NULL THEN '-' ELSE ':' END, ${text}`;
}
