import { createHash } from 'node:crypto';
import { InputError } from '../../core/errors.ts';
import type { ColumnChange } from '../../core/masking/plan-mask.ts';
import { type EngineColumn, isFloatType, textExpression } from './column-types.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import { quoteName, quoteText, shorten } from './sql-text.ts';

export type CopyFormat = 'csv' | 'tsv' | 'parquet';

export type CopyRowsRequest = {
  readonly changes: ReadonlyMap<string, ColumnChange>;
  readonly key: Uint8Array;
  readonly format: CopyFormat;
  /** File that the session may write. */
  readonly path: string;
};

/** The format that the name of an output says. @throws InputError for another one. */
export function copyFormatOf(path: string): CopyFormat {
  const ending = /\.(csv|tsv|parquet)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending !== undefined) return ending as CopyFormat;
  throw new InputError(
    `${shorten(path)} has an ending that is not written; name the output .csv, .tsv or .parquet`,
  );
}

/** Writes the rows in their order, as a stream, and gives the columns that were written. */
export async function copyRows(rows: RowSet, request: CopyRowsRequest): Promise<readonly string[]> {
  const { changes, format, path } = request;
  for (const name of changes.keys()) requireColumn(rows, name);
  const kept = rows.columns.filter(({ name }) => changes.get(name)?.kind !== 'drop');
  if (kept.length === 0) throw new InputError(`${rows.name}: every column would be dropped; keep one`);
  const selected = kept.map((column) => {
    const change = changes.get(column.name);
    if (format !== 'parquet' && change === undefined) refuseNested(rows, column);
    return `${expressionOf(rows, column, { change, key: request.key })} AS ${quoteName(column.name)}`;
  });
  const options = {
    csv: "FORMAT csv, HEADER, DELIMITER ','",
    tsv: "FORMAT csv, HEADER, DELIMITER '\t'",
    parquet: 'FORMAT parquet, COMPRESSION zstd',
  };
  try {
    await rows.session.run(
      `COPY (SELECT ${selected.join(', ')} FROM ${rows.relation}) TO ${quoteText(path)} (${options[format]}, USE_TMP_FILE false)`,
    );
  } catch (error) {
    throw explainError(rows.label, error);
  }
  return kept.map(({ name }) => name);
}

function refuseNested(rows: RowSet, { name, sqlType }: EngineColumn): void {
  if (!/\]$|^(STRUCT|MAP|UNION|BLOB|BIT)\b/.test(sqlType)) return;
  throw new InputError(
    `${rows.name}: column "${shorten(name, 60)}" is ${shorten(sqlType, 60)}, which delimited text cannot hold; drop it, or write Parquet`,
  );
}

type Change = { readonly change: ColumnChange | undefined; readonly key: Uint8Array };

function expressionOf(rows: RowSet, column: EngineColumn, { change, key }: Change): string {
  switch (change?.kind) {
    case undefined:
    case 'drop':
      return quoteName(column.name);
    case 'hash':
      return hashExpression(textExpression(column), key);
    case 'shorten':
      return shortenExpression(rows, column, change.to);
    case 'coarsen':
      return coarsenExpression(rows, column, change.unit);
  }
}

const BLOCK_BYTES = 64;
const HASH_DIGITS = 32;

/** HMAC-SHA-256 (RFC 2104) of a text, made of the plain hash that the engine has. */
function hashExpression(text: string, key: Uint8Array): string {
  const short = key.length > BLOCK_BYTES ? createHash('sha256').update(key).digest() : key;
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(short);
  const padded = (by: number) => blobLiteral(block.map((byte) => byte ^ by));
  const inner = `unhex(sha256(${padded(0x36)} || encode(${text})))`;
  return `left(sha256(${padded(0x5c)} || ${inner}), ${HASH_DIGITS})`;
}

function blobLiteral(bytes: Uint8Array): string {
  return `unhex('${Buffer.from(bytes).toString('hex')}')`;
}

function shortenExpression(rows: RowSet, column: EngineColumn, to: number): string {
  const name = quoteName(column.name);
  switch (column.type) {
    case 'string':
      return `left(CAST(${name} AS VARCHAR), ${to})`;
    case 'integer':
      return keepFirstDigits(column, to);
    case 'number':
      return roundNumber(column, to);
    default:
      throw refuseChange(
        rows,
        column,
        'has no characters or digits to shorten; write :year, :month, :day or :hour for times',
      );
  }
}

/** The first digits, and zeros for the others. */
function keepFirstDigits({ name, sqlType }: EngineColumn, digits: number): string {
  const value = `CAST(${quoteName(name)} AS HUGEINT)`;
  const size = `abs(${value})`;
  const unit = `CAST('1' || repeat('0', greatest(0, length(CAST(${size} AS VARCHAR)) - ${digits})) AS HUGEINT)`;
  return `CAST(sign(${value}) * (${size} // ${unit} * ${unit}) AS ${sqlType})`;
}

/** To significant digits. */
function roundNumber({ name, sqlType }: EngineColumn, digits: number): string {
  const value = `CAST(${quoteName(name)} AS DOUBLE)`;
  const decimals = `${digits - 1} - CAST(floor(log10(abs(${value}))) AS INTEGER)`;
  const rounded = `(CASE WHEN ${value} = 0 OR NOT isfinite(${value}) THEN ${value} ELSE round(${value}, ${decimals}) END)`;
  return isFloatType(sqlType) ? `CAST(${rounded} AS ${sqlType})` : rounded;
}

function coarsenExpression(rows: RowSet, column: EngineColumn, unit: string): string {
  const isDate = column.type === 'date';
  if (!isDate && column.type !== 'timestamp') {
    throw refuseChange(rows, column, `is no date or timestamp; write a number of characters or digits`);
  }
  if (isDate && unit === 'hour')
    throw refuseChange(rows, column, 'has no hours; write :day, :month or :year');
  return `CAST(date_trunc(${quoteText(unit)}, ${quoteName(column.name)}) AS ${column.sqlType})`;
}

function refuseChange(rows: RowSet, { name, sqlType }: EngineColumn, why: string): InputError {
  return new InputError(
    `${rows.name}: column "${shorten(name, 60)}" is ${shorten(sqlType, 60)} and cannot be truncated so: it ${why}`,
  );
}
