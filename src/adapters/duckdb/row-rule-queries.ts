import type { RowRule } from '../../ports/data-engine.ts';
import { presentExpression, textExpression } from './column-types.ts';
import { ROW_COLUMN } from './loaded-rows.ts';
import { requireColumn } from './require-column.ts';
import type { RowCondition } from './row-condition.ts';
import type { RowSet } from './row-set.ts';
import { quoteText } from './sql-text.ts';

/** Rules that hold a row to other rows, of this data set or of another one. */
type QueryRule = Extract<RowRule, { readonly kind: 'monotonic' | 'reference' }>;

export function isQueryRule(rule: RowRule): rule is QueryRule {
  return rule.kind === 'monotonic' || rule.kind === 'reference';
}

/** A relation in which a rule is one about single rows, as long as it is not disposed of. */
type Queried = AsyncDisposable & {
  readonly relation: string;
  readonly condition: RowCondition;
  readonly counts: { readonly checked: number; readonly failing: number };
};

export async function queryRule(rows: RowSet, rule: QueryRule): Promise<Queried> {
  const table = rows.session.temporaryName();
  if (rule.kind === 'monotonic') await tabulateSteps(rows, rule, table);
  else await tabulateKeys(rows, rule, table);
  const [found] = await rows.session.rows(`SELECT count(*), count_if(fails) FROM ${table}`);
  return {
    relation: table,
    condition: { applies: 'true', fails: 'fails', value: 'value' },
    counts: { checked: Number(found![0]), failing: Number(found![1]) },
    [Symbol.asyncDispose]: () => rows.session.run(`DROP TABLE ${table}`),
  };
}

/**
 * How many values a rule about their order asks, where all keep it: then no row has to be shown, and the rows are
 * passed once without being ordered. Undefined where some value breaks the rule, or the rows come in another order.
 */
export async function countSteps(
  rows: RowSet,
  rule: Extract<QueryRule, { readonly kind: 'monotonic' }>,
): Promise<number | undefined> {
  const column = requireColumn(rows, rule.column);
  const value = presentExpression(column);
  const [found] = await rows.session.rows(
    `SELECT count(earlier), coalesce(bool_and(row > earlier_row), true),
       coalesce(bool_or(this ${operatorOf(rule)} earlier), false)
     FROM (
       SELECT ${value} AS this, lag(${value}) OVER () AS earlier,
         ${ROW_COLUMN} AS row, lag(${ROW_COLUMN}) OVER () AS earlier_row
       FROM ${rows.relation} WHERE ${value} IS NOT NULL
     )`,
  );
  const [checked, inOrder, isBroken] = found!;
  return inOrder === true && isBroken === false ? Number(checked) : undefined;
}

function operatorOf({ direction, strict }: Extract<QueryRule, { readonly kind: 'monotonic' }>): string {
  return `${direction === 'increasing' ? '<' : '>'}${strict ? '=' : ''}`;
}

/** Each value beside the last one above it; the first has none and is not asked. */
async function tabulateSteps(
  rows: RowSet,
  rule: Extract<QueryRule, { readonly kind: 'monotonic' }>,
  table: string,
): Promise<void> {
  const column = requireColumn(rows, rule.column);
  const value = presentExpression(column);
  await rows.session.run(
    `CREATE TEMP TABLE ${table} AS
     SELECT ${ROW_COLUMN}, value, this ${operatorOf(rule)} earlier AS fails FROM (
       SELECT ${ROW_COLUMN}, ${textExpression(column)} AS value, ${value} AS this,
         lag(${value}) OVER (ORDER BY ${ROW_COLUMN}) AS earlier
       FROM ${rows.relation} WHERE ${value} IS NOT NULL
     ) WHERE earlier IS NOT NULL`,
  );
}

const KEYS_A_STATEMENT = 2000;

async function tabulateKeys(
  rows: RowSet,
  rule: Extract<QueryRule, { readonly kind: 'reference' }>,
  table: string,
): Promise<void> {
  const columns = rule.columns.map((name) => requireColumn(rows, name));
  const keys = rows.session.temporaryName();
  const names = columns.map((_, index) => `key_${index}`);
  await rows.session.run(`CREATE TEMP TABLE ${keys} (${names.map((name) => `${name} VARCHAR`).join(', ')})`);
  for (let from = 0; from < rule.keys.length; from += KEYS_A_STATEMENT) {
    const values = rule.keys
      .slice(from, from + KEYS_A_STATEMENT)
      .map((key) => `(${key.map(quoteText).join(', ')})`);
    await rows.session.run(`INSERT INTO ${keys} VALUES ${values.join(', ')}`);
  }
  const texts = columns.map(textExpression);
  const present = texts.map((text) => `${text} IS NOT NULL`).join(' AND ');
  const same = names.map((name) => `${keys}.${name} = mine.${name}`).join(' AND ');
  const mine = texts.map((text, index) => `${text} AS ${names[index]}`).join(', ');
  await rows.session.run(
    `CREATE TEMP TABLE ${table} AS
     SELECT ${ROW_COLUMN}, value, NOT EXISTS (SELECT 1 FROM ${keys} WHERE ${same}) AS fails FROM (
       SELECT ${ROW_COLUMN}, concat_ws(', ', ${texts.join(', ')}) AS value, ${mine}
       FROM ${rows.relation} WHERE ${present}
     ) AS mine`,
  );
  await rows.session.run(`DROP TABLE ${keys}`);
}
