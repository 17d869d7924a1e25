import type { RowRule } from '../../ports/data-engine.ts';
import {
  type EngineColumn,
  numberExpression,
  presentExpression,
  textExpression,
  timeExpression,
} from './column-types.ts';
import { isInRange, type RowCondition, type SingleRowRule } from './row-condition.ts';
import { doubleLiteral, quoteName, quoteText } from './sql-text.ts';

/** Rules about the shape of a value: its length, pattern, format or place in time. */
type ShapeRule = Extract<
  RowRule,
  { readonly kind: 'time-range' | 'length' | 'pattern' | 'multiple-of' | 'time-format' }
>;

const KINDS: readonly string[] = ['time-range', 'length', 'pattern', 'multiple-of', 'time-format'];

export function isShapeRule(rule: SingleRowRule): rule is ShapeRule {
  return KINDS.includes(rule.kind);
}

export function shapeConditionOf(column: EngineColumn, rule: ShapeRule): RowCondition {
  const present = `${presentExpression(column)} IS NOT NULL`;
  const value = textExpression(column);
  switch (rule.kind) {
    case 'time-range': {
      const time = timeOf(column, rule.of) ?? 'CAST(NULL AS BIGINT)';
      const number = `CAST(${time} AS DOUBLE)`;
      return {
        applies: `${present} AND ${time} IS NOT NULL`,
        fails: `NOT (${isInRange(number, rule)})`,
        value,
        measure: number,
      };
    }
    case 'length': {
      const length = `CAST(length(${value}) AS DOUBLE)`;
      return { applies: present, fails: `NOT (${isInRange(length, rule)})`, value, measure: length };
    }
    case 'pattern':
      return { applies: present, fails: `NOT regexp_matches(${value}, ${quoteText(rule.pattern)})`, value };
    case 'multiple-of': {
      const number = numberExpression(column) ?? 'CAST(NULL AS DOUBLE)';
      // A quotient of decimal fractions is seldom whole to the last bit (0.3 / 0.1).
      const quotient = `${number} / ${doubleLiteral(rule.divisor)}`;
      const fails = `abs(${quotient} - round(${quotient})) > 1e-9 * greatest(1, abs(${quotient}))`;
      return { applies: `${present} AND ${number} IS NOT NULL`, fails, value };
    }
    case 'time-format':
      return { applies: present, fails: failsFormat(column, rule.format), value };
  }
}

/** Milliseconds since 1970 UTC, or since midnight; NULL where the value is none. */
function timeOf(column: EngineColumn, of: 'instant' | 'time-of-day'): string | undefined {
  if (of === 'instant') return timeExpression(column);
  const name = quoteName(column.name);
  if (column.type === 'timestamp') return `epoch_ms(CAST(${name} AS TIME))`;
  return column.type === 'string' || column.sqlType === 'TIME'
    ? `epoch_ms(TRY_CAST(CAST(${name} AS VARCHAR) AS TIME))`
    : undefined;
}

/** A time that the reader has recognised is a time; numbers are read as the text they were (20240131). */
function failsFormat(column: EngineColumn, format: string): string {
  if (column.type === 'date' || column.type === 'timestamp' || column.sqlType.startsWith('TIME'))
    return 'false';
  return `try_strptime(${textExpression(column)}, ${quoteText(format)}) IS NULL`;
}
