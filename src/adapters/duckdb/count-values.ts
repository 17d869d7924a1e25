import type { EngineColumn } from './column-types.ts';
import type { CountedColumn, RowSet } from './row-set.ts';
import { quoteName } from './sql-text.ts';

/** The column of a table of values that says how many rows have each. */
export const OCCURRENCES = '__contender_occurrences';

/** A table of values this much smaller than the rows is kept for what else is asked of the column. */
const WORTH_KEEPING = 4;

/**
 * Counts the values of a column, once. Most of what is asked of a column depends on its values alone, and a
 * group of equal values is far cheaper to look at than its rows.
 * @returns the table of values; NULL is one of them.
 */
export async function countValues(rows: RowSet, column: EngineColumn): Promise<string> {
  const kept = rows.counted.get(column.name)?.table;
  if (kept !== undefined) return kept;
  const table = rows.session.temporaryName();
  await rows.session.run(
    `CREATE TEMP TABLE ${table} AS
     SELECT ${quoteName(column.name)}, count(*) AS ${OCCURRENCES} FROM ${rows.relation} GROUP BY 1`,
  );
  return table;
}

/** Remembers what was counted; drops the table of values unless it is worth keeping. */
export async function keepCounted(
  rows: RowSet,
  column: EngineColumn,
  counted: CountedColumn & { readonly table: string },
): Promise<void> {
  const { table, ...counts } = counted;
  if (counted.distinct * WORTH_KEEPING <= rows.rowCount) rows.counted.set(column.name, counted);
  else {
    await rows.session.run(`DROP TABLE ${table}`);
    rows.counted.set(column.name, counts);
  }
}
