import { InputError } from '../../core/errors.ts';
import type { RowFilter } from '../../ports/data-engine.ts';
import { type EngineColumn, textExpression } from './column-types.ts';
import { requireColumn } from './require-column.ts';
import { explainError, type Session } from './session.ts';
import { doubleLiteral, quoteName, shorten } from './sql-text.ts';
import { requireTimeExpression } from './time-columns.ts';
import { checkCondition } from './user-sql.ts';

/** Rows of a relation that conditions are asked of. */
export type FilteredRows = {
  readonly name: string;
  readonly relation: string;
  readonly columns: readonly EngineColumn[];
};

/** A condition that was checked, as SQL. */
export type CheckedCondition = {
  readonly sql: string;
  /** Whether it holds a query of its own over `source`, which must then be the rows it was checked on. */
  readonly readsSource: boolean;
};

/** The condition that all filters together mean; every one is checked before it is returned. */
export async function conditionOf(
  session: Session,
  rows: FilteredRows,
  filters: readonly RowFilter[],
): Promise<CheckedCondition> {
  const conditions: CheckedCondition[] = [];
  for (const filter of filters) conditions.push(await filterCondition(session, rows, filter));
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    readsSource: conditions.some(({ readsSource }) => readsSource),
  };
}

/**
 * A number in [0, 1) that depends on the text of the value alone (a missing one counts as the empty text):
 * the first 13 hexadecimal digits of its MD5, divided by 16^13. The same in every run, file and version.
 */
export function hashExpression(column: EngineColumn): string {
  const text = `coalesce(${textExpression(column)}, '')`;
  return `CAST(CAST('0x' || substr(md5(${text}), 1, 13) AS UBIGINT) AS DOUBLE) / 4503599627370496`;
}

/**
 * Checks a user's condition and binds it to the rows' columns.
 * @throws InputError with the condition and the reason.
 */
export async function requireCondition(
  session: Session,
  rows: FilteredRows,
  condition: string,
): Promise<CheckedCondition> {
  const subject = `${rows.name}: condition \`${shorten(condition)}\``;
  const { readsSource } = await checkCondition(session, condition, subject);
  const names = rows.columns.map(({ name }) => quoteName(name)).join(', ');
  try {
    await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${rows.relation}`);
    await session.columnsOf(`SELECT 1 FROM source WHERE (${condition}\n)`);
  } catch (error) {
    throw explainError(subject, error);
  }
  // The line break ends a comment that would swallow what follows.
  return { sql: `${condition}\n`, readsSource };
}

async function filterCondition(
  session: Session,
  rows: FilteredRows,
  filter: RowFilter,
): Promise<CheckedCondition> {
  switch (filter.kind) {
    case 'sql':
      return requireCondition(session, rows, filter.condition);
    case 'hash': {
      const hash = hashExpression(requireColumn(rows, filter.column));
      const sql = `${hash} >= ${doubleLiteral(filter.from)} AND ${hash} < ${doubleLiteral(filter.to)}`;
      return { sql, readsSource: false };
    }
    case 'time': {
      const time = await requireTimeExpression(session, rows, filter.column);
      const from = filter.from === undefined ? [] : [`${time} >= ${integerLiteral(filter.from)}`];
      const to = filter.to === undefined ? [] : [`${time} < ${integerLiteral(filter.to)}`];
      return { sql: [`${time} IS NOT NULL`, ...from, ...to].join(' AND '), readsSource: false };
    }
  }
}

function integerLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new InputError(`a time of ${value} is no time`);
  return String(Math.ceil(value));
}
