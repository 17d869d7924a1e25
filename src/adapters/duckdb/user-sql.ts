import { InputError } from '../../core/errors.ts';
import { parseExactJson } from './exact-json.ts';
import { refuseGrowth } from './growing-values.ts';
import { explainError, type Session } from './session.ts';
import { quoteText, shorten } from './sql-text.ts';
import { type SqlNode, visit } from './sql-tree.ts';

/** A user's query that was found to read nothing but `source`. */
export type UserQuery = {
  /** DuckDB's tree of the whole text, as `json_deserialize_sql` takes it back. */
  readonly document: SqlNode;
  /** The query itself within the document. */
  readonly query: SqlNode;
};

const TABLE_FUNCTIONS = new Set(['unnest', 'range', 'generate_series']);

const SOURCES = new Set([
  'BASE_TABLE',
  'SUBQUERY',
  'JOIN',
  'TABLE_FUNCTION',
  'EXPRESSION_LIST',
  'EMPTY',
  'PIVOT',
]);

/**
 * Parses a user's query and refuses whatever could read more than `source` or give other rows another time:
 * several statements, statements other than SELECT, other tables, table functions, random or time-dependent
 * functions, samples. The locked session is the second wall behind this one.
 * @throws InputError led by `subject`.
 * @param tables - other names by which the query may call `source`
 */
export async function parseUserQuery(
  session: Session,
  sql: string,
  subject: string,
  tables: readonly string[] = [],
): Promise<UserQuery> {
  const document = await parse(session, sql, subject);
  const statements = document.statements as readonly { readonly node: SqlNode }[];
  if (statements.length !== 1) {
    throw new InputError(
      `${subject} holds ${statements.length} statements; write a single SELECT … FROM source`,
    );
  }
  const query = statements[0]!.node;
  const commonTables = new Set<string>();
  visit(query, (node) => collectCommonTables(node, commonTables));
  const names = new Set(tables.map((name) => name.toLowerCase()).filter((name) => !commonTables.has(name)));
  visit(query, (node) => readFromSource(node, names));
  const unstable = await unstableFunctions(session);
  visit(query, (node) => refuseNode(node, { subject, commonTables, unstable }));
  refuseGrowth(query, subject);
  return { document, query };
}

/**
 * Checks that a user's condition is one expression over the columns of `source`; it may hold queries over
 * `source` (`ts > (SELECT max(ts) - INTERVAL 30 DAY FROM source)`).
 * @throws InputError led by `subject`.
 */
export async function checkCondition(
  session: Session,
  condition: string,
  subject: string,
): Promise<{ readonly readsSource: boolean }> {
  // The line break ends a comment that would swallow the closing bracket.
  const { query } = await parseUserQuery(session, `SELECT (${condition}\n) FROM source`, subject);
  const expressions = query.select_list as readonly SqlNode[];
  const isOneExpression =
    query.type === 'SELECT_NODE' &&
    expressions.length === 1 &&
    expressions[0]!.class !== 'STAR' &&
    query.where_clause === null &&
    (query.modifiers as readonly unknown[]).length === 0;
  if (!isOneExpression) {
    throw new InputError(`${subject} is not one condition; write an expression such as amt > 0 AND age < 90`);
  }
  let readsSource = false;
  visit(expressions, (node) => {
    if (node.class === 'SUBQUERY') readsSource = true;
  });
  return { readsSource };
}

/** The SQL text of a tree. */
export async function toSqlText(session: Session, query: UserQuery): Promise<string> {
  const rows = await session.rows(
    `SELECT json_deserialize_sql(${quoteText(JSON.stringify(query.document))}::JSON)`,
  );
  return String(rows[0]![0]);
}

async function parse(session: Session, sql: string, subject: string): Promise<SqlNode> {
  let text: string;
  try {
    text = String((await session.rows(`SELECT json_serialize_sql(${quoteText(sql)})`))[0]![0]);
  } catch (error) {
    throw explainError(subject, error);
  }
  const document = parseExactJson(text) as SqlNode;
  if (document.error !== true) return document;
  if (document.error_type === 'not implemented') {
    throw new InputError(`${subject} is not a SELECT; only SELECT … FROM source is run`);
  }
  throw new InputError(`${subject} is not valid SQL: ${shorten(String(document.error_message), 300)}`);
}

function collectCommonTables(node: SqlNode, names: Set<string>): void {
  const map = (node.cte_map as { readonly map?: readonly { readonly key: string }[] } | undefined)?.map;
  for (const { key } of map ?? []) names.add(key.toLowerCase());
}

/** A table under one of its other names becomes `source`, called by that name in the query. */
function readFromSource(node: SqlNode, names: ReadonlySet<string>): void {
  const name = String(node.table_name);
  if (node.type !== 'BASE_TABLE' || !names.has(name.toLowerCase())) return;
  if (node.alias === '') node.alias = name;
  node.table_name = 'source';
}

type Rules = {
  readonly subject: string;
  readonly commonTables: ReadonlySet<string>;
  readonly unstable: ReadonlySet<string>;
};

function refuseNode(node: SqlNode, rules: Rules): void {
  const isTableReference =
    typeof node.type === 'string' && 'sample' in node && 'alias' in node && !('class' in node);
  if (isTableReference) refuseTable(node, rules);
  if (node.class === 'FUNCTION' || node.class === 'WINDOW') refuseFunction(node, rules);
  if ('sample' in node && node.sample !== null) {
    throw new InputError(
      `${rules.subject} takes a sample, which gives other rows each time; filter by a condition`,
    );
  }
  if (node.class === 'PARAMETER') {
    throw new InputError(`${rules.subject} has a parameter (? or $1); write the value itself`);
  }
}

function refuseTable(node: SqlNode, { subject, commonTables }: Rules): void {
  const type = String(node.type);
  if (!SOURCES.has(type)) {
    throw new InputError(`${subject} reads something other than rows of source (${type.toLowerCase()})`);
  }
  if (type === 'TABLE_FUNCTION') {
    const name = String((node.function as SqlNode).function_name).toLowerCase();
    if (!TABLE_FUNCTIONS.has(name)) {
      throw new InputError(`${subject} calls ${shorten(name, 60)}(…) as a table; only source can be read`);
    }
  }
  if (type === 'BASE_TABLE') {
    const name = String(node.table_name);
    const isQualified = node.schema_name !== '' || node.catalog_name !== '';
    if (isQualified || (name.toLowerCase() !== 'source' && !commonTables.has(name.toLowerCase()))) {
      throw new InputError(`${subject} reads from "${shorten(name, 60)}"; the only table is source`);
    }
  }
}

function refuseFunction(node: SqlNode, { subject, unstable }: Rules): void {
  const name = String(node.function_name).toLowerCase();
  if (OUTSIDE.has(name)) {
    throw new InputError(
      `${subject} calls ${shorten(name, 60)}(), which reaches outside the data; write a fixed value or compute it from source`,
    );
  }
  if (unstable.has(name)) {
    throw new InputError(
      `${subject} calls ${shorten(name, 60)}(), which gives another value each time; write a fixed value or compute it from source`,
    );
  }
}

/** Functions that tell of the engine, the session or the machine, or read what their argument names. */
const OUTSIDE: ReadonlySet<string> = new Set([
  ...['getenv', 'getvariable', 'version', 'query', 'query_table', 'current_setting', 'current_query'],
  ...['current_user', 'user', 'session_user', 'current_role', 'current_schema', 'current_schemas'],
  ...['current_database', 'current_catalog', 'current_connection_id', 'current_query_id', 'in_search_path'],
]);

/** Functions whose value depends on more than their arguments. */
async function unstableFunctions(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.rows(
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT' AND function_name <> 'error'",
  );
  return new Set([
    ...rows.map(([name]) => String(name)),
    ...['current_timestamp', 'current_time', 'localtime', 'localtimestamp', 'current_localtime'],
    'current_localtimestamp',
  ]);
}
