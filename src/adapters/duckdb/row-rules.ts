import type { RowRule } from '../../ports/data-engine.ts';
import { type EngineColumn, numberExpression, presentExpression, textExpression } from './column-types.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { doubleLiteral, quoteName, quoteTexts } from './sql-text.ts';

/** A rule as SQL over one row. */
export type RowCondition = {
  /** True where the rule can be asked. */
  readonly applies: string;
  /** True where it is broken. */
  readonly fails: string;
  /** The text shown of a failing row. */
  readonly value: string;
};

type SingleRowRule = Exclude<RowRule, { readonly kind: 'unique' }>;

/** The SQL of a rule that looks at one row alone. */
export function rowConditionOf(rows: RowSet, rule: SingleRowRule): RowCondition {
  const column = requireColumn(rows, rule.column);
  const present = `${presentExpression(column)} IS NOT NULL`;
  const value = textExpression(column);
  switch (rule.kind) {
    case 'present':
      return { applies: 'true', fails: `NOT (${present})`, value: "''" };
    case 'type':
      return { applies: present, fails: `NOT coalesce(${hasType(rows, column, rule.type)}, false)`, value };
    case 'set':
      return { applies: present, fails: `NOT coalesce(${isInSet(column, rule.values)}, false)`, value };
    case 'range': {
      const number = numberExpression(column) ?? 'CAST(NULL AS DOUBLE)';
      return {
        applies: `${present} AND ${number} IS NOT NULL`,
        fails: `NOT (${isInRange(number, rule)})`,
        value,
      };
    }
  }
}

/** Rows that repeat an earlier row's values of the columns; rows in which one of them is missing are not asked. */
export function uniqueColumnsOf(
  rows: RowSet,
  rule: Extract<RowRule, { readonly kind: 'unique' }>,
): { readonly applies: string; readonly keys: string; readonly value: string } {
  const columns = rule.columns.map((name) => requireColumn(rows, name));
  return {
    applies: columns.map((column) => `${presentExpression(column)} IS NOT NULL`).join(' AND '),
    keys: columns.map(({ name }) => quoteName(name)).join(', '),
    value: `concat_ws(', ', ${columns.map(textExpression).join(', ')})`,
  };
}

function hasType(
  rows: RowSet,
  column: EngineColumn,
  type: Extract<RowRule, { kind: 'type' }>['type'],
): string {
  if (column.type === type) return 'true';
  const name = quoteName(column.name);
  const text = `CAST(${name} AS VARCHAR)`;
  const isText = column.type === 'string';
  switch (type) {
    // A cell of delimited text is text, whatever it looks like.
    case 'string':
      return String(!rows.isTyped);
    case 'integer':
      if (column.type === 'number') return `(isfinite(CAST(${name} AS DOUBLE)) AND ${name} = trunc(${name}))`;
      return isText ? `regexp_full_match(${text}, '[+-]?[0-9]+')` : 'false';
    case 'number':
      if (column.type === 'integer') return 'true';
      return isText ? `TRY_CAST(${text} AS DOUBLE) IS NOT NULL` : 'false';
    case 'boolean':
      if (column.type === 'integer' || column.type === 'number') return `${name} IN (0, 1)`;
      return isText ? `lower(${text}) IN ('true', 'false', '0', '1')` : 'false';
    case 'date':
      if (column.type === 'timestamp') return `date_trunc('day', ${name}) = ${name}`;
      return isText
        ? `regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') AND TRY_CAST(${text} AS DATE) IS NOT NULL`
        : 'false';
    case 'timestamp':
      if (column.type === 'date') return 'true';
      return isText ? `TRY_CAST(${text} AS TIMESTAMPTZ) IS NOT NULL` : 'false';
  }
}

/** Numbers are compared as numbers, so that 1, 1.0 and "1" are the same value. */
function isInSet(column: EngineColumn, values: readonly string[]): string {
  if (column.type === 'integer' || column.type === 'number') {
    const numbers = values.filter((value) => value.trim() !== '' && !Number.isNaN(Number(value)));
    if (numbers.length === 0) return 'false';
    const isExact = column.type === 'integer' && numbers.every((value) => /^[+-]?\d{1,38}$/.test(value));
    const list = isExact
      ? numbers.map((value) => `CAST(${BigInt(value)} AS HUGEINT)`)
      : numbers.map((value) => doubleLiteral(Number(value)));
    return `${quoteName(column.name)} IN (${list.join(', ')})`;
  }
  if (values.length === 0) return 'false';
  const text = column.type === 'boolean' ? `lower(${textExpression(column)})` : textExpression(column);
  const allowed = column.type === 'boolean' ? values.map(booleanText) : values;
  return `list_contains(${quoteTexts(allowed)}, ${text})`;
}

function booleanText(value: string): string {
  if (value === '1') return 'true';
  return value === '0' ? 'false' : value.toLowerCase();
}

function isInRange(number: string, rule: Extract<RowRule, { readonly kind: 'range' }>): string {
  const bounds = [
    rule.minimum === undefined ? [] : [`${number} >= ${doubleLiteral(rule.minimum)}`],
    rule.maximum === undefined ? [] : [`${number} <= ${doubleLiteral(rule.maximum)}`],
    rule.exclusiveMinimum === undefined ? [] : [`${number} > ${doubleLiteral(rule.exclusiveMinimum)}`],
    rule.exclusiveMaximum === undefined ? [] : [`${number} < ${doubleLiteral(rule.exclusiveMaximum)}`],
  ].flat();
  return bounds.length === 0 ? 'true' : bounds.join(' AND ');
}
