import type { EngineColumn } from './column-types.ts';
import type { RowSet } from './row-set.ts';
import { quoteName } from './sql-text.ts';

/** The column of a table of values that says how many rows have each. */
export const OCCURRENCES = '__contender_occurrences';

/** A table of values this much smaller than the rows is kept for what else is asked of the column. */
const WORTH_KEEPING = 4;

/** The distinct values of a column, under its name, and how many rows have each; NULL is one of them. */
export type CountedValues = {
  readonly table: string;
  /** Drops the table unless it is worth keeping. */
  readonly release: (distinct: number) => Promise<void>;
};

/**
 * Counts the values of a column, once. Most of what is asked of a column depends on its values alone, and a
 * group of equal values is far cheaper to look at than its rows.
 */
export async function countValues(rows: RowSet, column: EngineColumn): Promise<CountedValues> {
  const kept = rows.counted.get(column.name);
  if (kept !== undefined) return { table: kept, release: async () => undefined };
  const table = rows.session.temporaryName();
  const name = quoteName(column.name);
  await rows.session.run(
    `CREATE TEMP TABLE ${table} AS SELECT ${name}, count(*) AS ${OCCURRENCES} FROM ${rows.relation} GROUP BY 1`,
  );
  return {
    table,
    release: async (distinct) => {
      if (distinct * WORTH_KEEPING <= rows.rowCount) rows.counted.set(column.name, table);
      else await rows.session.run(`DROP TABLE ${table}`);
    },
  };
}
