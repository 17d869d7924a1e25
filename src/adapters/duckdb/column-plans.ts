import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { BatchColumn, BatchRequest } from '../../core/data/row-source.ts';
import { InputError } from '../../core/errors.ts';
import { type EngineColumn, isFloatType, numberExpression, textExpression } from './column-types.ts';
import { placesOfRows, ROW_COLUMN } from './loaded-rows.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { quoteName, shorten } from './sql-text.ts';
import { type ColumnValues, copyVector, type FillPlace } from './vector-copy.ts';

/** How one column is read: expressions, and what their values are kept in. */
export type ColumnPlan = {
  readonly expressions: readonly string[];
  /** Room for that many rows: what takes the values of each expression, and the column that they become. */
  readonly allocate: (rowCount: number) => {
    readonly fill: readonly FillRows[];
    readonly column: BatchColumn;
  };
};

/** Takes rows of one vector of a chunk; `place` says which, and where they go. */
export type FillRows = (chunk: DuckDBDataChunk, index: number, place: FillPlace) => void;

export type PlannedRead = {
  readonly plans: readonly ColumnPlan[];
  /** Drops what was made for the reading. */
  readonly release: () => Promise<void>;
};

/**
 * Works out how columns are read. Text is turned into codes within the database, so that no string is made
 * for a row, unless nearly every row has another one.
 * @param isWhole - whether all rows come in one batch
 * @throws InputError for a column that is not there or cannot be read as asked.
 */
export async function planColumns(
  rows: RowSet,
  requests: readonly BatchRequest[],
  isWhole: boolean,
): Promise<PlannedRead> {
  const temporaryTypes: string[] = [];
  const release = async () => {
    for (const type of temporaryTypes) await rows.session.run(`DROP TYPE IF EXISTS ${type}`);
  };
  const plans: ColumnPlan[] = [];
  try {
    for (const request of requests) plans.push(await planColumn(rows, request, { temporaryTypes, isWhole }));
  } catch (error) {
    await release();
    throw error;
  }
  return { plans, release };
}

async function planColumn(
  rows: RowSet,
  { name, as }: BatchRequest,
  { temporaryTypes, isWhole }: { readonly temporaryTypes: string[]; readonly isWhole: boolean },
): Promise<ColumnPlan> {
  const column = requireColumn(rows, name);
  if (as === 'text' && isWhole && (await hasManyTexts(rows, column))) return planManyTexts(column);
  if (as === 'text') return await planText(rows, column, temporaryTypes);
  if (as === 'integer' && column.type === 'integer') return planInteger(column);
  return await planNumber(rows, column);
}

async function planNumber(rows: RowSet, column: EngineColumn): Promise<ColumnPlan> {
  const { name } = column;
  // NaN means missing in a column of floats, and is what a missing number becomes: it can stay.
  const expression = isFloatType(column.sqlType)
    ? `CAST(${quoteName(name)} AS DOUBLE)`
    : numberExpression(column);
  if (expression === undefined) {
    throw new InputError(
      `${rows.name}: column "${shorten(name, 60)}" is ${shorten(column.sqlType, 60)} and has no number; leave it out or compute a number from it in data.features`,
    );
  }
  if (column.type === 'string') await refuseWords(rows, column, expression);
  return {
    expressions: [`coalesce(${expression}, 'nan'::DOUBLE)`],
    allocate: (rowCount) => {
      const values = new Float64Array(rowCount);
      return { fill: [intoArray(values)], column: { kind: 'number', name, values } };
    },
  };
}

/** Whole numbers beyond 64 bits, as decimals and unsigned types have them, are told from missing ones. */
function planInteger(column: EngineColumn): ColumnPlan {
  const { name } = column;
  const own = quoteName(name);
  const value = `TRY_CAST(${own} AS BIGINT)`;
  const state = `(CASE WHEN ${own} IS NULL THEN 1 WHEN ${value} IS NULL THEN 2 ELSE 0 END)`;
  return {
    expressions: [`coalesce(${value}, 0::BIGINT)`, `CAST(${state} AS UTINYINT)`],
    allocate: (rowCount) => {
      const [values, missing] = [new BigInt64Array(rowCount), new Uint8Array(rowCount)];
      const fill = [intoArray(values), intoArray(missing)];
      return { fill, column: { kind: 'integer', name, values, missing } };
    },
  };
}

async function refuseWords(rows: RowSet, column: EngineColumn, expression: string): Promise<void> {
  const name = quoteName(column.name);
  const wrong = await rows.session.rows(
    `SELECT ${ROW_COLUMN} FROM ${rows.relation}
     WHERE ${name} IS NOT NULL AND ${expression} IS NULL ORDER BY ${ROW_COLUMN} LIMIT 1`,
  );
  if (wrong.length === 0) return;
  const [row] = wrong[0]!;
  const [place] = await placesOfRows(rows.parts, [Number(row)]);
  throw new InputError(
    `${rows.name}: column "${shorten(column.name, 60)}" is text and cannot be read as a number (${place!.file}, row at line ${place!.line}); leave it blank when missing, or treat the column as a category`,
  );
}

async function planText(rows: RowSet, column: EngineColumn, temporaryTypes: string[]): Promise<ColumnPlan> {
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
  const values = await session.rows(`SELECT unnest(enum_range(NULL::${enumType}))`);
  const dictionary = values.map(([value]) => String(value));
  return {
    expressions: [`coalesce(CAST(enum_code(CAST(${text} AS ${enumType})) AS INTEGER), -1)`],
    allocate: (rowCount) => {
      const codes = new Int32Array(rowCount);
      return { fill: [intoArray(codes)], column: { kind: 'text', name: column.name, codes, dictionary } };
    },
  };
}

function intoArray(destination: ColumnValues): FillRows {
  return (chunk, index, place) => copyVector(chunk, index, { ...place, destination });
}

/** From so many different texts on the database takes longer to make its list of them than the rows to be read. */
const MANY_TEXTS = 50_000;

async function hasManyTexts(
  { session, relation, rowCount }: RowSet,
  { name }: EngineColumn,
): Promise<boolean> {
  if (rowCount < MANY_TEXTS) return false;
  const distinct = await session.count(`SELECT approx_count_distinct(${quoteName(name)}) FROM ${relation}`);
  return distinct >= MANY_TEXTS;
}

/** Texts such as ids, each of its own: they are read as they are and numbered here. */
function planManyTexts(column: EngineColumn): ColumnPlan {
  return {
    expressions: [textExpression(column)],
    allocate: (rowCount) => {
      const codes = new Int32Array(rowCount);
      const dictionary: string[] = [];
      const known = new Map<string, number>();
      const fill: FillRows = (chunk, index, { from, to, offset }) => {
        const vector = chunk.getColumnVector(index);
        for (let row = from; row < to; row++) {
          codes[offset + row - from] = numberText(vector.getItem(row) as string | null, known, dictionary);
        }
      };
      return { fill: [fill], column: { kind: 'text', name: column.name, codes, dictionary } };
    },
  };
}

function numberText(text: string | null, known: Map<string, number>, dictionary: string[]): number {
  if (text === null) return -1;
  let code = known.get(text);
  if (code === undefined) {
    code = dictionary.length;
    known.set(text, code);
    dictionary.push(text);
  }
  return code;
}
