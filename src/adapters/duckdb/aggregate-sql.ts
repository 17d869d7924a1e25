import { ANSWER_NAMES } from '../../core/comparison/answer-columns.ts';
import { InputError } from '../../core/errors.ts';
import type { AggregateRequest } from '../../ports/data-engine.ts';
import { type EngineColumn, presentExpression } from './column-types.ts';
import { explainError, type Session } from './session.ts';
import { quoteName, shorten } from './sql-text.ts';
import { type SqlNode, visit } from './sql-tree.ts';
import { parseUserQuery } from './user-sql.ts';

/** A user's aggregate that was checked, with the columns of the data that it may look at. */
export type CheckedAggregate = {
  readonly sql: string;
  readonly columns: readonly EngineColumn[];
  readonly isResamplable: boolean;
};

/** Longer SQL is no metric; deep nesting could exhaust the parser's stack. */
const MOST_CHARACTERS = 10_000;

/** Aggregates whose value is that of a single row. */
const PICKING = new Set([
  ...['min', 'max', 'any_value', 'arbitrary', 'first', 'last', 'mode', 'nth_value'],
  ...['arg_min', 'arg_max', 'argmin', 'argmax', 'min_by', 'max_by', 'arg_min_null', 'arg_max_null'],
]);

/** Aggregates that hand on the values of single rows. */
const COLLECTING = new Set([
  ...['list', 'array_agg', 'string_agg', 'group_concat', 'listagg', 'histogram', 'quantile_disc'],
]);

/** What a column may be prefixed by. */
const SOURCE = 'source';

/** Functions that make long values of short ones, which neither the memory limit nor the time limit sees coming. */
const GROWING = new Set([
  ...['range', 'generate_series', 'repeat', 'lpad', 'rpad', 'bar', 'printf', 'format'],
  ...['list_resize', 'array_resize', 'list_reduce', 'array_reduce', 'reduce'],
]);

const NUMBER_TYPE = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\))$/;

/**
 * Checks that a user's SQL is one aggregate over a model's answers and the columns it may see, with a number as
 * its value. Columns are bound without reading a row.
 * @throws InputError led by the subject.
 */
export async function checkAggregate(
  session: Session,
  request: AggregateRequest,
  all: readonly EngineColumn[],
): Promise<CheckedAggregate> {
  const { sql, subject } = request;
  const columns = all.filter(({ name }) => !name.toLowerCase().startsWith('__contender'));
  if (sql.length > MOST_CHARACTERS) {
    throw new InputError(`${subject} has ${sql.length} characters; at most ${MOST_CHARACTERS} are read`);
  }
  // The line break ends a comment that would swallow the closing bracket.
  const { query } = await parseUserQuery(session, `SELECT (${sql}\n) FROM source`, subject);
  refuseOtherThanExpression(query, subject);
  const expressions = query.select_list as readonly SqlNode[];
  visit(expressions, (node) => refuseNode(node, subject));
  const names = namesIn(expressions);
  const own = namesOf(request);
  const used = columns.filter(({ name }) => names.has(name.toLowerCase()) && !own.has(name.toLowerCase()));
  refuseWithheld(used, request);
  if (![...ANSWER_NAMES].some((name) => own.has(name) && names.has(name))) {
    throw new InputError(
      `${subject} looks at neither score nor prediction, so that it says nothing about a model`,
    );
  }
  visit(expressions, (node) => refusePicking(node, subject));
  await bind(session, request, { columns, used });
  return { sql, columns: used, isResamplable: isResamplable(expressions) };
}

/** A row drawn twice counts once among distinct values, and an extreme is drawn or it is not. */
function isResamplable(expressions: readonly SqlNode[]): boolean {
  let isSmooth = true;
  visit(expressions, (node) => {
    if (node.class !== 'FUNCTION') return;
    const name = functionName(node);
    if (node.distinct === true || /distinct|unique/.test(name) || PICKING.has(name)) isSmooth = false;
  });
  return isSmooth;
}

function refuseOtherThanExpression(query: SqlNode, subject: string): void {
  const from = query.from_table as SqlNode | undefined;
  const isOneExpression =
    query.type === 'SELECT_NODE' &&
    (query.select_list as readonly unknown[]).length === 1 &&
    from?.type === 'BASE_TABLE' &&
    query.where_clause === null &&
    (query.group_expressions as readonly unknown[]).length === 0 &&
    query.aggregate_handling === 'STANDARD_HANDLING' &&
    query.having === null &&
    query.qualify === null &&
    (query.modifiers as readonly unknown[]).length === 0;
  if (isOneExpression) return;
  throw new InputError(
    `${subject} is not one aggregate expression; write one such as avg(abs(label - score))`,
  );
}

function refuseNode(node: SqlNode, subject: string): void {
  if (node.class === 'SUBQUERY') {
    throw new InputError(`${subject} holds a query of its own; write one aggregate over the rows`);
  }
  if (node.class === 'WINDOW') {
    throw new InputError(
      `${subject} has a window (OVER), which gives a value for each row; write one aggregate`,
    );
  }
  if (node.class === 'STAR' || node.class === 'POSITIONAL_REFERENCE') {
    throw new InputError(`${subject} takes columns by * or by their place; write their names`);
  }
  if (node.class !== 'FUNCTION') return;
  if (/^(unnest|unlist)$/.test(functionName(node))) {
    throw new InputError(`${subject} calls unnest(), which gives several values; write one aggregate`);
  }
  if (GROWING.has(functionName(node))) {
    throw new InputError(
      `${subject} calls ${functionName(node)}(), which can fill the memory; a metric needs numbers only`,
    );
  }
}

/** A single row's value is no metric, has no interval, and may be somebody's. */
function refusePicking(node: SqlNode, subject: string): void {
  if (node.class !== 'FUNCTION') return;
  if (!PICKING.has(functionName(node)) && !COLLECTING.has(functionName(node))) return;
  const names = [...namesIn(node.children)].filter((name) => name !== SOURCE);
  // One column of the data anywhere in it, and a row of them can be picked out.
  if (names.length > 0 && names.every((name) => ANSWER_NAMES.some((answer) => answer === name))) return;
  throw new InputError(
    `${subject} takes the value of a single row by ${functionName(node)}(); write a mean, a sum or a quantile_cont`,
  );
}

function functionName(node: SqlNode): string {
  return String(node.function_name).toLowerCase();
}

/** Every part of every column name in a tree, in lower case as DuckDB compares them. */
function namesIn(tree: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  visit(tree, (node) => {
    if (node.class !== 'COLUMN_REF') return;
    for (const name of node.column_names as readonly string[]) names.add(name.toLowerCase());
  });
  return names;
}

function namesOf({ shared, models }: AggregateRequest): ReadonlySet<string> {
  return new Set([...shared, ...(models[0] ?? [])].map(({ name }) => name));
}

function refuseWithheld(used: readonly EngineColumn[], { subject, withheld }: AggregateRequest): void {
  const hidden = new Set(withheld.map((name) => name.toLowerCase()));
  const found = used.find(({ name }) => hidden.has(name.toLowerCase()));
  if (found === undefined) return;
  throw new InputError(
    `${subject} reads ${JSON.stringify(shorten(found.name, 60))}, an id or a sensitive column, whose values a metric could give away; use another column`,
  );
}

/** Binds names and types over no rows, so that a message can hold nothing but the SQL and names of columns. */
async function bind(
  session: Session,
  request: AggregateRequest,
  { columns, used }: { readonly columns: readonly EngineColumn[]; readonly used: readonly EngineColumn[] },
): Promise<void> {
  const { subject, sql, shared, models, withheld } = request;
  const table = session.temporaryName();
  const own = namesOf(request);
  const hidden = new Set(withheld.map((name) => name.toLowerCase()));
  // Columns that are not used stand there as well: they are what a misspelt name is compared with.
  const others = columns.filter(
    ({ name }) => !own.has(name.toLowerCase()) && !hidden.has(name.toLowerCase()),
  );
  const definitions = [
    ...[...shared, ...(models[0] ?? [])].map(
      ({ name, kind }) => `${name} ${kind === 'text' ? 'VARCHAR' : 'DOUBLE'}`,
    ),
    ...[...new Set([...others, ...used])].map(({ name, sqlType }) => `${quoteName(name)} ${sqlType}`),
  ];
  try {
    await session.run(`CREATE TABLE ${table} (${definitions.join(', ')})`);
    const [value] = await session.columnsOf(`SELECT (${sql}\n) AS value FROM ${table} AS source GROUP BY ()`);
    if (!NUMBER_TYPE.test(value!.sqlType)) {
      throw new InputError(
        `${subject} gives ${shorten(value!.sqlType, 40)} and not a number; write an aggregate such as avg(…) or sum(…)`,
      );
    }
  } catch (error) {
    if (/must appear in the GROUP BY clause/.test(String(error))) {
      throw new InputError(`${subject} gives a value for each row; write one aggregate, such as avg(…)`);
    }
    throw explainError(subject, error);
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${table}`);
  }
}

/** A column of the data as the SQL sees it: NaN means missing. */
export function seenColumn(column: EngineColumn): string {
  return `${presentExpression(column)} AS ${quoteName(column.name)}`;
}
