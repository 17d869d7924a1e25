import type { ColumnProfile } from '../../core/data/profile.ts';
import { type EngineColumn, presentExpression, textExpression } from './column-types.ts';
import { OCCURRENCES } from './count-values.ts';
import type { RowSet } from './row-set.ts';

const TOP_VALUES = 20;

/** The profile of a column without a number, from the table of its values. */
export async function profileValues(
  rows: RowSet,
  column: EngineColumn,
  table: string,
): Promise<ColumnProfile> {
  const present = presentExpression(column);
  const [found] = await rows.session.rows(
    `SELECT coalesce(sum(${OCCURRENCES}) FILTER (WHERE ${present} IS NOT NULL), 0)::BIGINT, count(${present}) FROM ${table}`,
  );
  const profile = {
    name: column.name,
    type: column.type,
    missing: rows.rowCount - Number(found![0]),
    distinct: Number(found![1]),
  };
  return column.type === 'other' ? profile : { ...profile, top: await findTop(rows, column, table) };
}

/** The most frequent values by count, then by the bytes of their text. */
export async function findTop(
  rows: RowSet,
  column: EngineColumn,
  table: string,
): Promise<NonNullable<ColumnProfile['top']>> {
  const found = await rows.session.rows(
    `SELECT ${textExpression(column)} AS text, ${OCCURRENCES} FROM ${table}
     WHERE ${presentExpression(column)} IS NOT NULL ORDER BY ${OCCURRENCES} DESC, text LIMIT ${TOP_VALUES}`,
  );
  return found.map(([text, count]) => ({ value: String(text), count: Number(count) }));
}
