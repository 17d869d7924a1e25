import type { RowRule } from '../../ports/data-engine.ts';
import {
  type EngineColumn,
  isFloatType,
  numberExpression,
  presentExpression,
  textExpression,
} from './column-types.ts';
import { requireColumn } from './require-column.ts';
import { isInRange, type RowCondition, type SingleRowRule } from './row-condition.ts';
import type { RowSet } from './row-set.ts';
import { isShapeRule, shapeConditionOf } from './row-shape-rules.ts';
import { doubleLiteral, quoteName, quoteTexts } from './sql-text.ts';

/** The SQL of a rule that looks at one row alone. */
export function rowConditionOf(rows: RowSet, rule: SingleRowRule): RowCondition {
  const column = requireColumn(rows, rule.column);
  const present = `${presentExpression(column)} IS NOT NULL`;
  const value = textExpression(column);
  if (isShapeRule(rule)) return shapeConditionOf(column, rule);
  switch (rule.kind) {
    case 'present':
      return { applies: 'true', fails: isMissing(present, value, rule.words), value: "''" };
    case 'type':
      return { applies: present, fails: `NOT coalesce(${hasType(rows, column, rule.type)}, false)`, value };
    case 'finite':
      return finiteCondition(column, rule.of);
    case 'set':
      return {
        applies: present,
        fails: `NOT coalesce(${isInSet(column, rule.values)}, false)`,
        value,
        listsValues: true,
      };
    case 'range': {
      const number = numberExpression(column) ?? 'CAST(NULL AS DOUBLE)';
      return {
        applies: `${present} AND ${number} IS NOT NULL`,
        fails: `NOT (${isInRange(number, rule)})`,
        value,
        measure: number,
      };
    }
  }
}

/** Rows that repeat an earlier row's values of the columns; rows in which one of them is missing are not asked. */
export function uniqueColumnsOf(
  rows: RowSet,
  names: readonly string[],
): { readonly applies: string; readonly keys: string; readonly value: string } {
  const columns = names.map((name) => requireColumn(rows, name));
  return {
    applies: columns.map((column) => `${presentExpression(column)} IS NOT NULL`).join(' AND '),
    keys: columns.map(({ name }) => quoteName(name)).join(', '),
    value: `concat_ws(', ', ${columns.map(textExpression).join(', ')})`,
  };
}

function finiteCondition(column: EngineColumn, of: 'infinite' | 'nan'): RowCondition {
  const name = quoteName(column.name);
  const fails = of === 'nan' ? `isnan(${name})` : `isinf(${name})`;
  const applies = `${name} IS NOT NULL`;
  return { applies, fails: isFloatType(column.sqlType) ? fails : 'false', value: `CAST(${name} AS VARCHAR)` };
}

function isMissing(present: string, text: string, words: readonly string[] = []): string {
  if (words.length === 0) return `NOT (${present})`;
  return `(NOT (${present}) OR list_contains(${quoteTexts(words)}, ${text}))`;
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
    case 'time':
      if (column.sqlType.startsWith('TIME') && column.type === 'other') return 'true';
      return isText ? `TRY_CAST(${text} AS TIME) IS NOT NULL` : 'false';
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
