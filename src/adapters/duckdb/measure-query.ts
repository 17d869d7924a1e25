import { InputError } from '../../core/errors.ts';
import type { MeasureQuery, QueryMeasured } from '../../ports/data-engine.ts';
import { reachOf } from './query-reach.ts';
import type { RowSet } from './row-set.ts';
import { explainError, TimeLimitError } from './session.ts';
import { quoteName } from './sql-text.ts';
import { parseUserQuery, toSqlText } from './user-sql.ts';

/** Longer SQL is no rule; deep nesting could exhaust the parser's stack. */
const MOST_CHARACTERS = 10_000;

/** Runs a user's query for its one number, over the rows of a data set and nothing else. */
export async function measureQuery(
  rows: RowSet,
  { sql, subject, tables }: MeasureQuery,
): Promise<QueryMeasured> {
  if (sql.length > MOST_CHARACTERS) {
    throw new InputError(`${subject} has ${sql.length} characters; at most ${MOST_CHARACTERS} are read`);
  }
  const { session } = rows;
  const parsed = await parseUserQuery(session, sql, subject, tables);
  const text = await toSqlText(session, parsed);
  const reach = reachOf(
    parsed.query,
    rows.columns.map(({ name }) => name),
  );
  const names = rows.columns.map(({ name }) => quoteName(name)).join(', ');
  await bind(rows, { subject, text, names });
  const found = await run(rows, { subject, text });
  const [value] = found[0] ?? [];
  if (value === null || value === undefined) return { reach };
  const number =
    typeof value === 'boolean' || typeof value === 'bigint' ? Number(value) : Number(String(value));
  if (Number.isFinite(number)) return { value: number, reach };
  throw new InputError(`${subject} gives something other than a number; write count(*), sum(…) or avg(…)`);
}

/** Names are bound over no rows, so that a message can hold nothing but the SQL and names of columns. */
async function bind(
  rows: RowSet,
  { subject, text, names }: { readonly subject: string; readonly text: string; readonly names: string },
): Promise<void> {
  const { session } = rows;
  try {
    await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${rows.relation}`);
    const columns = await session.columnsOf(text);
    if (columns.length === 1) return;
    throw new InputError(`${subject} gives ${columns.length} columns; write a query that gives one number`);
  } catch (error) {
    throw explainError(subject, error);
  }
}

/** What fails while it runs may quote a value of the data, which no message may. */
async function run(
  { session }: RowSet,
  { subject, text }: { readonly subject: string; readonly text: string },
): Promise<readonly (readonly unknown[])[]> {
  let found: readonly (readonly unknown[])[];
  try {
    found = await session.rows(`SELECT * FROM (${text}\n) LIMIT 2`);
  } catch (error) {
    if (error instanceof TimeLimitError) throw explainError(subject, error);
    const explained = explainError(subject, error);
    if (!(explained instanceof InputError)) throw explained;
    throw new InputError(
      `${subject} fails on the data, such as by a text that is no number or a division by zero; write TRY_CAST(…) or a CASE`,
    );
  }
  if (found.length < 2) return found;
  throw new InputError(`${subject} gives several rows; write a query that gives one number`);
}
