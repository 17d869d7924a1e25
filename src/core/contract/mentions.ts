import type { ContractRule } from './contract.ts';

const STRINGS = /'(?:[^']|'')*'/g;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const NAMES = /"((?:[^"]|"")*)"|[\p{L}_][\p{L}\p{N}_$]*/gu;

/** Names that SQL writes, in lower case, as the engine takes them; texts in single quotes are none. */
export function namesIn(sql: string): ReadonlySet<string> {
  const bare = sql.replace(STRINGS, "''").replace(COMMENTS, ' ');
  return new Set(
    [...bare.matchAll(NAMES)].map(([word, quoted]) => (quoted?.replaceAll('""', '"') ?? word).toLowerCase()),
  );
}

/** The first of some columns that the SQL of a rule names; undefined for a rule without SQL. */
export function columnNamedBy(
  { rowRule, measure }: ContractRule,
  columns: Iterable<string>,
): string | undefined {
  const sql =
    rowRule?.kind === 'condition' ? rowRule.expression : measure?.kind === 'sql' ? measure.query : undefined;
  if (sql === undefined) return undefined;
  const names = namesIn(sql);
  return [...columns].find((column) => names.has(column.toLowerCase()));
}
