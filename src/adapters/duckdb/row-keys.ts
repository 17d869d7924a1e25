import { type EngineColumn, textExpression } from './column-types.ts';
import { requireColumn } from './require-column.ts';
import { readNumbers } from './row-hashes.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import { quoteName } from './sql-text.ts';

/** Whole numbers from here on are not all told apart as a DOUBLE. */
const LARGEST_EXACT = 2 ** 53;

/** The value of a column, brought to one type for all files, and its hash. */
type Cell = { readonly value: string; readonly hash: string };

/** A key of each row by the engine's own hash of some columns, the upper 52 of its 64 bits. */
export async function keysOfRows(rows: RowSet, names: readonly string[]): Promise<Float64Array> {
  const cells = [...names].sort().map((name) => cellOf(requireColumn(rows, name)));
  const present = cells.map(({ value }) => `(${value}) IS NOT NULL`).join(' OR ');
  const sql = `SELECT CASE WHEN ${present}
      THEN CAST(hash(${cells.map(({ hash }) => hash).join(', ')}) >> 12 AS DOUBLE)
      ELSE 'nan'::DOUBLE END FROM ${rows.relation}`;
  try {
    return await readNumbers(rows, sql);
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

function cellOf(column: EngineColumn): Cell {
  const name = quoteName(column.name);
  const plain = (value: string): Cell => ({ value, hash: `hash(${value})` });
  switch (column.type) {
    case 'integer': {
      const number = `CAST(${name} AS DOUBLE)`;
      if (/^U?(TINY|SMALL)?INT(EGER)?$/.test(column.sqlType)) return plain(number);
      // A number that a DOUBLE would round keeps its digits.
      const hash = `CASE WHEN ${name} IS NULL OR abs(${number}) < ${LARGEST_EXACT} THEN hash(${number})
        ELSE hash(CAST(${name} AS VARCHAR)) END`;
      return { value: name, hash };
    }
    case 'number':
      return plain(`CASE WHEN NOT isnan(CAST(${name} AS DOUBLE)) THEN CAST(${name} AS DOUBLE) END`);
    case 'date':
    case 'timestamp':
      return plain(`CAST(${name} AS TIMESTAMP)`);
    case 'boolean':
      return plain(name);
    default:
      return plain(`nullif(${textExpression(column)}, '')`);
  }
}
