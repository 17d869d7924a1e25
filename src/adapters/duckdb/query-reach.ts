import type { QueryMeasured } from '../../ports/data-engine.ts';
import { type SqlNode, visit } from './sql-tree.ts';

const COUNTS = new Set(['count', 'count_star', 'count_if']);

/** Reads from the tree of a query which values of the data its result is made of; in doubt any. */
export function reachOf(query: SqlNode, columns: readonly string[]): QueryMeasured['reach'] {
  if (countsRows(query)) return { kind: 'row-count' };
  const known = new Set(columns.map((name) => name.toLowerCase()));
  const names = new Set<string>();
  let isClear = true;
  visit(query, (node) => {
    if (node.class === 'STAR' || node.class === 'POSITIONAL_REFERENCE') isClear = false;
    if (isFilled(node.column_name_alias) || isFilled(node.using_columns)) isClear = false;
    if (node.class !== 'COLUMN_REF') return;
    const parts = node.column_names as readonly string[];
    const name = String(parts.at(-1));
    // A table by its name is a whole row, and a name from a query within may be made of anything.
    if (parts.length > 2 || !known.has(name.toLowerCase())) isClear = false;
    names.add(name);
  });
  return isClear ? { kind: 'columns', names: [...names] } : { kind: 'anything' };
}

/** One plain count over one table of the data: rows made of values, also in a WITH, could count a value out. */
function countsRows(query: SqlNode): boolean {
  const { type, select_list: selected, from_table: from, group_expressions: groups } = query;
  const [expression, ...more] = selected as readonly SqlNode[];
  return (
    type === 'SELECT_NODE' &&
    more.length === 0 &&
    !isFilled((query.cte_map as SqlNode | undefined)?.map) &&
    expression?.class === 'FUNCTION' &&
    COUNTS.has(String(expression.function_name)) &&
    (from as SqlNode | null)?.type === 'BASE_TABLE' &&
    !isFilled(groups)
  );
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
