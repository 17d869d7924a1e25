import type { ColumnDescription, ColumnType } from '../../core/data/table.ts';
import { quoteName } from './sql-text.ts';

/** A column of a data set: its logical type and DuckDB's own. */
export type EngineColumn = ColumnDescription & { readonly sqlType: string };

/** The logical type that a DuckDB type is shown as. */
export function columnTypeOf(sqlType: string): ColumnType {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(sqlType) || sqlType === 'BIGNUM') return 'integer';
  if (/^DECIMAL\(\d+,\s*0\)$/.test(sqlType)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\))$/.test(sqlType)) return 'number';
  if (sqlType === 'BOOLEAN') return 'boolean';
  if (sqlType === 'DATE') return 'date';
  if (/^TIMESTAMP/.test(sqlType)) return 'timestamp';
  if (isTextType(sqlType)) return 'string';
  return 'other';
}

/**
 * Text of a value, NULL when missing: exact for integers of any length; a FLOAT or DOUBLE without a
 * fraction is written without `.0`, so that 1.0 of one file is 1 of another; times are in UTC.
 */
export function textExpression(column: EngineColumn): string {
  const name = quoteName(column.name);
  return isFloatType(column.sqlType) ? floatText(name) : `CAST(${name} AS VARCHAR)`;
}

/** Text of a FLOAT or DOUBLE that SQL gives, without `.0` where there is no fraction; NULL for NaN. */
export function floatText(value: string): string {
  return `(CASE WHEN isnan(${value}) THEN NULL WHEN abs(${value}) < 1e16 AND ${value} = trunc(${value})
      THEN CAST(CAST(${value} AS BIGINT) AS VARCHAR) ELSE CAST(${value} AS VARCHAR) END)`;
}

/**
 * A value as DOUBLE, NULL when missing: booleans are 0 and 1, dates and timestamps milliseconds since
 * 1970 UTC, text what it spells (NULL when that is no number). Undefined for types that have no number.
 */
export function numberExpression(column: EngineColumn): string | undefined {
  const name = quoteName(column.name);
  switch (column.type) {
    case 'integer':
      return `CAST(${name} AS DOUBLE)`;
    case 'number':
      return `CAST(${presentExpression(column)} AS DOUBLE)`;
    case 'boolean':
      return `CAST(CAST(${name} AS TINYINT) AS DOUBLE)`;
    case 'date':
    case 'timestamp':
      return `CAST(epoch_ms(${name}) AS DOUBLE)`;
    case 'string':
      return `TRY_CAST(CAST(${name} AS VARCHAR) AS DOUBLE)`;
    default:
      return undefined;
  }
}

/** The number of a value as DOUBLE, NULL where it has none that is finite. */
export function finiteExpression(column: EngineColumn): string {
  const number = numberExpression(column)!;
  return column.type === 'number' ? `(CASE WHEN isfinite(${number}) THEN ${number} END)` : number;
}

/**
 * Milliseconds since 1970 UTC of a date, a timestamp or ISO 8601 text (UTC where it names no zone), NULL
 * when missing or when the text is no time. Undefined for other types.
 */
export function timeExpression(column: EngineColumn): string | undefined {
  const name = quoteName(column.name);
  if (column.type === 'date' || column.type === 'timestamp') return `epoch_ms(${name})`;
  if (column.type === 'string') return `epoch_ms(TRY_CAST(CAST(${name} AS VARCHAR) AS TIMESTAMPTZ))`;
  return undefined;
}

/** The value itself, with NaN of a float column as NULL: both mean missing. */
export function presentExpression(column: EngineColumn): string {
  const name = quoteName(column.name);
  return isFloatType(column.sqlType) ? `(CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END)` : name;
}

export function isFloatType(sqlType: string): boolean {
  return sqlType === 'FLOAT' || sqlType === 'DOUBLE';
}

function isTextType(sqlType: string): boolean {
  return sqlType === 'VARCHAR' || sqlType === 'UUID' || sqlType.startsWith('ENUM(');
}
