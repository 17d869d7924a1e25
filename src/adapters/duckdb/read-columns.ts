import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Column, Table } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import type { ColumnRequest } from '../../ports/data-engine.ts';
import { type EngineColumn, numberExpression, textExpression } from './column-types.ts';
import { placeOfRow, ROW_COLUMN } from './loaded-rows.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import { quoteName, shorten } from './sql-text.ts';

/**
 * Reads columns into typed arrays in one pass. Text is turned into codes within the database, so that no
 * string is made for a row.
 */
export async function readColumns(rows: RowSet, requests: readonly ColumnRequest[]): Promise<Table> {
  const targets: Target[] = [];
  const temporaryTypes: string[] = [];
  try {
    for (const request of requests) {
      const column = requireColumn(rows, request.name);
      if (request.as === 'number') targets.push(await prepareNumber(rows, column));
      else targets.push(await prepareText(rows, column, temporaryTypes));
    }
    if (targets.length > 0) await fill(rows, targets);
  } catch (error) {
    throw explainError(rows.label, error);
  } finally {
    for (const type of temporaryTypes) await rows.session.run(`DROP TYPE IF EXISTS ${type}`);
  }
  return { rowCount: rows.rowCount, columns: targets.map(({ column }) => column) };
}

type Target = { readonly column: Column; readonly expression: string };

async function prepareNumber(rows: RowSet, column: EngineColumn): Promise<Target> {
  const expression = numberExpression(column);
  if (expression === undefined) {
    throw new InputError(
      `${rows.name}: column "${shorten(column.name, 60)}" is ${shorten(column.sqlType, 60)} and has no number; leave it out or compute a number from it in data.features`,
    );
  }
  if (column.type === 'string') await refuseWords(rows, column, expression);
  const values = new Float64Array(rows.rowCount);
  return {
    column: { kind: 'number', name: column.name, values },
    expression: `coalesce(${expression}, 'nan'::DOUBLE)`,
  };
}

async function refuseWords(rows: RowSet, column: EngineColumn, expression: string): Promise<void> {
  const name = quoteName(column.name);
  const wrong = await rows.session.rows(
    `SELECT ${ROW_COLUMN}, ${name}::VARCHAR FROM ${rows.relation}
     WHERE ${name} IS NOT NULL AND ${expression} IS NULL ORDER BY ${ROW_COLUMN} LIMIT 1`,
  );
  if (wrong.length === 0) return;
  const [row, value] = wrong[0]!;
  const place = placeOfRow(rows.parts, Number(row));
  throw new InputError(
    `${rows.name}: column "${shorten(column.name, 60)}" is text and cannot be read as a number: "${shorten(String(value), 40)}" (${place.file}, row at line ${place.line}); leave it blank when missing, or treat the column as a category`,
  );
}

async function prepareText(rows: RowSet, column: EngineColumn, temporaryTypes: string[]): Promise<Target> {
  const text = textExpression(column);
  const { session, relation } = rows;
  const enumType = session.temporaryName();
  await session.run(
    `CREATE TYPE ${enumType} AS ENUM (SELECT value FROM (
       SELECT ${text} AS value, min(${ROW_COLUMN}) AS first_row FROM ${relation}
       WHERE ${quoteName(column.name)} IS NOT NULL GROUP BY 1
     ) WHERE value IS NOT NULL ORDER BY first_row)`,
  );
  temporaryTypes.push(enumType);
  const dictionary = await session.rows(`SELECT unnest(enum_range(NULL::${enumType}))`);
  return {
    column: {
      kind: 'text',
      name: column.name,
      codes: new Int32Array(rows.rowCount),
      dictionary: dictionary.map(([value]) => String(value)),
    },
    expression: `coalesce(CAST(enum_code(CAST(${text} AS ${enumType})) AS INTEGER), -1)`,
  };
}

async function fill(rows: RowSet, targets: readonly Target[]): Promise<void> {
  const expressions = targets.map(({ expression }) => expression).join(', ');
  const { session } = rows;
  const result = await session.limited(() =>
    session.connection.stream(`SELECT ${expressions} FROM ${rows.relation}`),
  );
  let offset = 0;
  for (;;) {
    const chunk = await session.limited(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) break;
    for (const [index, { column }] of targets.entries()) {
      const destination = column.kind === 'number' ? column.values : column.codes;
      copyVector(chunk, index, destination.subarray(offset, offset + chunk.rowCount));
    }
    offset += chunk.rowCount;
  }
  if (offset !== rows.rowCount) {
    throw new Error(`${offset} rows were read where ${rows.rowCount} were counted`);
  }
}

/**
 * The numbers of a vector without NULLs. Its array is private in DuckDB's types; reading cell by cell, which
 * boxes every number, is five times slower.
 */
function copyVector(chunk: DuckDBDataChunk, index: number, destination: Float64Array | Int32Array): void {
  const vector = chunk.getColumnVector(index);
  const { items } = vector as unknown as { readonly items?: unknown };
  if (items instanceof Float64Array || items instanceof Int32Array) {
    destination.set(items.subarray(0, destination.length));
    return;
  }
  for (let row = 0; row < destination.length; row++) destination[row] = Number(vector.getItem(row));
}
