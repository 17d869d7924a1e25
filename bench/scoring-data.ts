import { DuckDBInstance } from '@duckdb/node-api';

/** Columns of the file of numbers: what an ensemble of trees and a network take as one matrix. */
export const NUMBER_COLUMNS: readonly string[] = columnNames('number', 20);

/** Columns of the mixed file: what a linear pipeline takes, one input for each. */
export const MIXED_NUMBER_COLUMNS: readonly string[] = columnNames('number', 12);

/** Text columns of the mixed file, by the number of their categories. */
export const CATEGORY_COUNTS: readonly number[] = [5, 8, 12, 20, 40, 80, 150, 300];
export const TEXT_COLUMNS: readonly string[] = columnNames('text', CATEGORY_COUNTS.length);

const CATEGORY_NAMES = ['shop', 'city', 'device', 'campaign', 'browser', 'carrier', 'product', 'postcode'];

/** The categories of a text column, in the order of a converter: sorted. */
export function categoriesOf(column: number): readonly string[] {
  return Array.from(
    { length: CATEGORY_COUNTS[column]! },
    (_, index) => `${CATEGORY_NAMES[column]} ${String(index).padStart(3, '0')}`,
  );
}

/**
 * Writes 20 columns of numbers as Parquet: DOUBLE and, every fifth, INTEGER; normal, log-normal, hours, counts and
 * uniform values, none missing. All are multiples of 1/1024 below 16,384, which float32 holds exactly.
 */
export function writeNumbersFile(path: string, rows: number): Promise<void> {
  return copyToParquet(numbersQuery(rows), path);
}

/**
 * Writes 12 columns of numbers and 8 of text as Parquet; one value in 25 is missing, in the numbers of every third
 * column and in all texts.
 */
export function writeMixedFile(path: string, rows: number): Promise<void> {
  const numbers = MIXED_NUMBER_COLUMNS.map((name, column) => {
    const value = numberExpression(column);
    return column % 3 === 0 ? `${orMissing(value, 50 + column)} as ${name}` : `${value} as ${name}`;
  });
  const texts = TEXT_COLUMNS.map((name, column) => {
    // The square of a uniform number: some categories are common, most are rare.
    const position = `floor(${uniform(100 + column)} * ${uniform(120 + column)} * ${CATEGORY_COUNTS[column]})::integer`;
    const text = `'${CATEGORY_NAMES[column]} ' || lpad(${position}::varchar, 3, '0')`;
    return `${orMissing(text, 140 + column)} as ${name}`;
  });
  return copyToParquet(`select ${[...numbers, ...texts].join(', ')} from range(${rows})`, path);
}

/** The first rows of the file of numbers as columns, for training. */
export async function sampleNumbers(rows: number): Promise<readonly Float64Array[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const columns = NUMBER_COLUMNS.map((name) => `${name}::double as ${name}`);
    const reader = await connection.runAndReadAll(
      `select ${columns.join(', ')} from (${numbersQuery(rows)})`,
    );
    return reader.getColumns().map((column) => Float64Array.from(column as number[]));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function numbersQuery(rows: number): string {
  const columns = NUMBER_COLUMNS.map((name, column) => `${numberExpression(column)} as ${name}`);
  return `select ${columns.join(', ')} from range(${rows})`;
}

/** The kind of a column is its position modulo five. */
function numberExpression(column: number): string {
  const first = uniform(2 * column);
  const second = uniform(2 * column + 1);
  const normal = `sqrt(-2 * ln(1 - ${first})) * cos(2 * pi() * ${second})`;
  const value = [
    normal,
    `50 * exp(${normal})`,
    `floor(${first} * 24)::integer`,
    `floor(${first} * ${second} * 14)`,
    `${first} * 100`,
  ][column % 5]!;
  return column % 5 === 2 ? value : `round((${value}) * 1024) / 1024`;
}

/** A number in [0, 1) that depends on the row and `salt` alone, so that threads do not matter. */
function uniform(salt: number): string {
  return `((hash(range * 1000 + ${salt}) >> 11) / 9007199254740992.0)`;
}

function orMissing(value: string, salt: number): string {
  return `case when ${uniform(500 + salt)} >= 0.04 then ${value} end`;
}

/** Streams the rows to the file: memory does not grow with them. */
async function copyToParquet(query: string, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    await connection.run(
      `copy (${query}) to '${path.replaceAll("'", "''")}' (format parquet, compression snappy)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function columnNames(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, '0')}`);
}
