import type { EngineColumn } from './column-types.ts';
import type { RowSet } from './row-set.ts';
import { quoteName } from './sql-text.ts';

/** A statement about one column of a relation takes the longer the more columns the relation has. */
const WIDE = 100;
const COLUMNS_AT_ONCE = 50;

/** Copies larger than this cost more than they save. */
const MOST_COPIED_VALUES = 5_000_000;

/** Does work for the columns of a data set, a few at a time, where it is wide from a copy of those alone. */
export async function inNarrowParts(
  rows: RowSet,
  columns: readonly EngineColumn[],
  work: (part: RowSet, columns: readonly EngineColumn[]) => Promise<void>,
): Promise<void> {
  if (rows.columns.length < WIDE || rows.rowCount * COLUMNS_AT_ONCE > MOST_COPIED_VALUES) {
    await work(rows, columns);
    return;
  }
  for (let first = 0; first < columns.length; first += COLUMNS_AT_ONCE) {
    const part = columns.slice(first, first + COLUMNS_AT_ONCE);
    const relation = rows.session.temporaryName();
    const names = part.map(({ name }) => quoteName(name)).join(', ');
    await rows.session.run(`CREATE TEMP TABLE ${relation} AS SELECT ${names} FROM ${rows.relation}`);
    await work({ ...rows, relation }, part);
    await rows.session.run(`DROP TABLE ${relation}`);
  }
}
