import { InputError } from '../../core/errors.ts';
import { type EngineColumn, timeExpression } from './column-types.ts';
import { requireColumn } from './require-column.ts';
import type { Session } from './session.ts';
import { quoteName, shorten } from './sql-text.ts';

/**
 * Milliseconds since 1970 UTC of a column of dates, timestamps or ISO 8601 text, as SQL.
 * @throws InputError when the column is something else, or text of it is no time.
 */
export async function requireTimeExpression(
  session: Session,
  rows: { readonly name: string; readonly relation: string; readonly columns: readonly EngineColumn[] },
  name: string,
): Promise<string> {
  const column = requireColumn(rows, name);
  const expression = timeExpression(column);
  if (expression === undefined) {
    throw new InputError(
      `${rows.name}: column "${shorten(name, 60)}" is ${column.sqlType}, not a time; use a column of dates, timestamps or ISO 8601 text (2020-06-21 12:14:00)`,
    );
  }
  if (column.type !== 'string') return expression;
  const quoted = quoteName(name);
  const wrong = await session.rows(
    `SELECT 1 FROM ${rows.relation} WHERE ${quoted} IS NOT NULL AND ${expression} IS NULL LIMIT 1`,
  );
  if (wrong.length > 0) {
    throw new InputError(
      `${rows.name}: column "${shorten(name, 60)}" holds a text that is no time; write ISO 8601 (2020-06-21 12:14:00)`,
    );
  }
  return expression;
}
