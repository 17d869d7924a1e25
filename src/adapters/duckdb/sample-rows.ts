import type { ColumnRequest, DataSample } from '../../ports/data-engine.ts';
import { ROW_COLUMN } from './loaded-rows.ts';
import { readColumns } from './read-columns.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import { quoteName } from './sql-text.ts';

/** Multiples of the golden ratio lie evenly on a circle, any run of them (Knuth, volume 3, 6.4). */
const CIRCLE = 2 ** 32;
const GOLDEN_STEP = 2_654_435_769;

/**
 * Reads columns of at most about `most` rows, chosen by their position alone. They are copied into a table of
 * their own first: text is looked at several times.
 */
export async function sampleRows(
  rows: RowSet,
  columns: readonly ColumnRequest[],
  most: number,
): Promise<DataSample> {
  if (rows.rowCount <= most) return { table: await readColumns(rows, columns), total: rows.rowCount };
  const names = columns.map(({ name }) => quoteName(requireColumn(rows, name).name));
  const { session } = rows;
  const relation = session.temporaryName();
  const limit = Math.floor((most / rows.rowCount) * CIRCLE);
  try {
    await session.run(
      `CREATE TEMP TABLE ${relation} AS SELECT ${[...names, ROW_COLUMN].join(', ')} FROM ${rows.relation}
       WHERE (${ROW_COLUMN} * ${GOLDEN_STEP}) % ${CIRCLE} < ${limit} ORDER BY ${ROW_COLUMN}`,
    );
  } catch (error) {
    throw explainError(rows.label, error);
  }
  try {
    const rowCount = await session.count(`SELECT count(*) FROM ${relation}`);
    return { table: await readColumns({ ...rows, relation, rowCount }, columns), total: rows.rowCount };
  } finally {
    await session.run(`DROP TABLE ${relation}`);
  }
}
