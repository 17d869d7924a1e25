import type { ColumnProfile } from '../../core/data/profile.ts';
import { type EngineColumn, presentExpression, textExpression } from './column-types.ts';
import type { RowSet } from './row-set.ts';
import { quoteName } from './sql-text.ts';

const TOP_VALUES = 20;

/** Counts the values of a column; the most frequent by count, then by the bytes of their text. */
export async function profileValues(rows: RowSet, column: EngineColumn): Promise<ColumnProfile> {
  const name = quoteName(column.name);
  const found = await rows.session.rows(
    `WITH counted AS MATERIALIZED (
       SELECT ${presentExpression(column)} AS ${name}, count(*) AS occurrences
       FROM ${rows.relation} WHERE ${presentExpression(column)} IS NOT NULL GROUP BY 1
     ), total AS (SELECT count(*) AS values_count, sum(occurrences)::BIGINT AS present FROM counted)
     SELECT values_count, present, ${textExpression(column)} AS text, occurrences FROM counted, total
     ORDER BY occurrences DESC, text LIMIT ${TOP_VALUES}`,
  );
  const profile = {
    name: column.name,
    type: column.type,
    missing: rows.rowCount - Number(found[0]?.[1] ?? 0),
    distinct: Number(found[0]?.[0] ?? 0),
  };
  if (column.type === 'other') return profile;
  return {
    ...profile,
    top: found.map(([, , text, count]) => ({ value: String(text), count: Number(count) })),
  };
}
