import { InputError } from '../../core/errors.ts';
import type { OpenDataRequest } from '../../ports/data-engine.ts';
import { ROW_COLUMN } from './loaded-rows.ts';
import { explainError, type Session } from './session.ts';
import { quoteName, shorten } from './sql-text.ts';
import { type SqlNode, visit } from './sql-tree.ts';
import { parseUserQuery, toSqlText, type UserQuery } from './user-sql.ts';

const ORDER_COLUMN = '__contender_order';

/**
 * Runs a features query over the relation into a new table whose rows have the same order every time.
 * DuckDB keeps the order of `source` through plain projections, but not through windows, joins and groups:
 * - a query that gives a row for each row of source (projections, conditions, windows) is put back into the
 *   order of source, or its own ORDER BY with the order of source between equals;
 * - any other query keeps its ORDER BY, with the values of all columns between equals, or is ordered by them.
 * @returns the name of the table.
 * @throws InputError naming the file of the query.
 */
export async function runFeaturesQuery(
  session: Session,
  run: {
    readonly features: NonNullable<OpenDataRequest['features']>;
    readonly relation: string;
    readonly columns: readonly { readonly name: string }[];
  },
): Promise<string> {
  const subject = run.features.file;
  const query = await parseUserQuery(session, run.features.sql, subject);
  const names = run.columns.map(({ name }) => sourceColumn(name, run.features.withheld ?? [])).join(', ');
  const table = session.temporaryName();
  try {
    await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${run.relation}`);
    // Bound before any row marker is added, so that messages and column names are those of the user's query.
    const columns = await session.columnsOf(await toSqlText(session, query));
    refuseDuplicates(subject, columns);
    if (isPlainProjection(query)) {
      await session.run(`CREATE TABLE ${table} AS ${await toSqlText(session, query)}`);
      return table;
    }
    if (isRowByRow(query)) {
      await session.run(
        `CREATE OR REPLACE VIEW source AS SELECT ${names}, ${ROW_COLUMN} FROM ${run.relation}`,
      );
      const isOrdered = await createInSourceOrder(session, { query, table, columns });
      if (isOrdered) return table;
      await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${run.relation}`);
    }
    const ordered = withTieBreakers(
      query,
      columns.map((_, index) => positionNode(index + 1)),
    );
    await session.run(`CREATE TABLE ${table} AS ${await toSqlText(session, ordered)}`);
    return table;
  } catch (error) {
    throw explainError(subject, error);
  } finally {
    await session.run('DROP VIEW IF EXISTS source');
  }
}

/** A column of `source`; one that is withheld keeps its name and type and loses its values. */
function sourceColumn(name: string, withheld: readonly string[]): string {
  const quoted = quoteName(name);
  return withheld.includes(name) ? `CASE WHEN FALSE THEN ${quoted} END AS ${quoted}` : quoted;
}

function refuseDuplicates(subject: string, columns: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name.toLowerCase())) {
      throw new InputError(
        `${subject} gives two columns named "${shorten(name, 60)}"; name one with AS, or leave the first out with * EXCLUDE (…)`,
      );
    }
    seen.add(name.toLowerCase());
  }
}

/** False when the marker of a row does not reach the outermost SELECT, as behind an aggregate. */
async function createInSourceOrder(
  session: Session,
  plan: {
    readonly query: UserQuery;
    readonly table: string;
    readonly columns: readonly { readonly name: string }[];
  },
): Promise<boolean> {
  const marked = structuredCopy(plan.query);
  (marked.query.select_list as SqlNode[]).push(columnNode(ROW_COLUMN, ORDER_COLUMN));
  const sql = await toSqlText(session, withTieBreakers(marked, [columnNode(ORDER_COLUMN)]));
  try {
    await session.columnsOf(sql);
  } catch {
    return false;
  }
  const names = plan.columns.map(({ name }) => quoteName(name)).join(', ');
  await session.run(`CREATE TABLE ${plan.table} AS SELECT ${names} FROM (${sql})`);
  return true;
}

/** Rows pass one after another: nothing that DuckDB may do in another order. */
function isPlainProjection(query: UserQuery): boolean {
  let isPlain = isRowByRow(query) && (query.query.modifiers as readonly unknown[]).length === 0;
  visit(query.query, (node) => {
    if (node.class === 'WINDOW' || node.class === 'SUBQUERY') isPlain = false;
  });
  return isPlain;
}

/** No SELECT within groups, joins, removes duplicates or combines others, so a row comes from one row. */
function isRowByRow(query: UserQuery): boolean {
  let isRowByRow = query.query.type === 'SELECT_NODE';
  visit(query.query, (node) => {
    const type = String(node.type);
    if (
      /^(SET_OPERATION_NODE|RECURSIVE_CTE_NODE|JOIN|PIVOT|TABLE_FUNCTION|EXPRESSION_LIST|EMPTY)$/.test(type)
    ) {
      isRowByRow = false;
    }
    if (type === 'DISTINCT_MODIFIER' || (node.class === 'STAR' && node.columns === true)) isRowByRow = false;
    if (type === 'SELECT_NODE' && isGrouped(node)) isRowByRow = false;
    if (node.class === 'FUNCTION' && node.function_name === 'unnest') isRowByRow = false;
  });
  return isRowByRow;
}

function isGrouped(node: SqlNode): boolean {
  const groups = node.group_expressions as readonly unknown[];
  return groups.length > 0 || node.aggregate_handling !== 'STANDARD_HANDLING' || node.having !== null;
}

function withTieBreakers(query: UserQuery, expressions: readonly SqlNode[]): UserQuery {
  const copy = structuredCopy(query);
  const modifiers = copy.query.modifiers as SqlNode[];
  const added = expressions.map((expression) => ({
    type: 'ORDER_DEFAULT',
    null_order: 'ORDER_DEFAULT',
    expression,
  }));
  const order = modifiers.find((modifier) => modifier.type === 'ORDER_MODIFIER');
  if (order === undefined) modifiers.unshift({ type: 'ORDER_MODIFIER', orders: added });
  else (order.orders as SqlNode[]).push(...added);
  return copy;
}

function structuredCopy(query: UserQuery): UserQuery {
  const document = copyNode(query.document) as SqlNode;
  const statements = document.statements as readonly { readonly node: SqlNode }[];
  return { document, query: statements[0]!.node };
}

/** Copies objects and lists, but shares the numbers that are kept as their source text. */
function copyNode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyNode);
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyNode(child)]));
}

function columnNode(name: string, alias = ''): SqlNode {
  return { class: 'COLUMN_REF', type: 'COLUMN_REF', alias, query_location: 0, column_names: [name] };
}

function positionNode(position: number): SqlNode {
  const value = { type: { id: 'INTEGER', type_info: null }, is_null: false, value: position };
  return { class: 'CONSTANT', type: 'VALUE_CONSTANT', alias: '', query_location: 0, value };
}
