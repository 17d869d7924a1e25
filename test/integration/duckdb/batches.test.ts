/** Rows that are read batch by batch are those that are read at once. */
import { describe, expect, it } from 'vitest';
import type { BatchColumn, BatchRequest } from '../../../src/core/data/row-source.ts';
import { InputError } from '../../../src/core/errors.ts';
import type { DataSet } from '../../../src/ports/data-engine.ts';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

const COUNT = 4500;
/** Every kind of column, some of its values missing; `row` says where a row stands. */
const query = (from: number, count: number) => `
  SELECT row::INTEGER AS row,
    CASE WHEN row % 11 = 0 THEN NULL ELSE 9007199254740993 + row * 3 END::BIGINT AS big,
    CASE WHEN row % 5 = 0 THEN NULL ELSE row / 7.0 END::DOUBLE AS ratio,
    CASE WHEN row % 3 = 0 THEN NULL ELSE row % 2 = 0 END AS flag,
    CASE WHEN row % 13 = 0 THEN NULL ELSE DATE '1969-12-01' + row::INTEGER END AS day,
    CASE WHEN row % 17 = 0 THEN NULL ELSE TIMESTAMP '1970-01-01 00:00:00.25' + to_seconds(row) END AS moment,
    CASE WHEN row % 4 = 0 THEN NULL WHEN row % 4 = 1 THEN '' ELSE 'word ' || (row * 7) % 1000 END AS word
  FROM range(${from}, ${from + count}) AS rows(row) ORDER BY row`;

const REQUESTS: readonly BatchRequest[] = [
  { name: 'row', as: 'number' },
  { name: 'big', as: 'integer' },
  { name: 'big', as: 'number' },
  { name: 'big', as: 'text' },
  { name: 'ratio', as: 'number' },
  { name: 'ratio', as: 'text' },
  { name: 'flag', as: 'number' },
  { name: 'flag', as: 'text' },
  { name: 'day', as: 'number' },
  { name: 'day', as: 'text' },
  { name: 'moment', as: 'number' },
  { name: 'word', as: 'text' },
];

type Cell = number | bigint | string | undefined;

function cellsOf(column: BatchColumn): readonly Cell[] {
  if (column.kind === 'number') return [...column.values];
  if (column.kind === 'text') return Array.from(column.codes, (code) => column.dictionary[code]);
  return Array.from(column.values, (value, row) =>
    column.missing[row] === 0 ? value : column.missing[row] === 1 ? undefined : 'beyond',
  );
}

/** The cells of each request, and the rows of each batch. */
async function readBatches(set: DataSet, requests: readonly BatchRequest[], size: number) {
  const cells: Cell[][] = requests.map(() => []);
  const sizes: number[] = [];
  for await (const { rowCount, columns } of set.batches(requests, size)) {
    sizes.push(rowCount);
    for (const [index, column] of columns.entries()) {
      const batch = cellsOf(column);
      expect(batch).toHaveLength(rowCount);
      for (const cell of batch) cells[index]!.push(cell);
    }
  }
  return { cells, sizes };
}

/** What the query means, without a database. */
function expectedCells(): readonly (readonly Cell[])[] {
  const rows = Array.from({ length: COUNT }, (_, row) => row);
  const big = rows.map((row) => (row % 11 === 0 ? undefined : 9007199254740993n + BigInt(row) * 3n));
  const ratio = rows.map((row) => (row % 5 === 0 ? Number.NaN : row / 7));
  const flag = rows.map((row) => (row % 3 === 0 ? undefined : row % 2 === 0));
  const day = rows.map((row) => (row % 13 === 0 ? undefined : Date.UTC(1969, 11, 1) + row * 86_400_000));
  return [
    rows,
    big,
    big.map((value) => (value === undefined ? Number.NaN : Number(value))),
    big.map((value) => value?.toString()),
    ratio,
    ratio.map((value) => (Number.isNaN(value) ? undefined : String(value))),
    flag.map((value) => (value === undefined ? Number.NaN : Number(value))),
    flag.map((value) => value?.toString()),
    day.map((value) => value ?? Number.NaN),
    day.map((value) => (value === undefined ? undefined : new Date(value).toISOString().slice(0, 10))),
    rows.map((row) => (row % 17 === 0 ? Number.NaN : row * 1000 + 250)),
    rows.map((row) => (row % 4 === 0 ? undefined : row % 4 === 1 ? '' : `word ${(row * 7) % 1000}`)),
  ];
}

const openers = {
  'one file': async () => fixture.open(await fixture.makeParquet('all.parquet', query(0, COUNT))),
  'three files': async () =>
    fixture.open([
      await fixture.makeParquet('a.parquet', query(0, 2048)),
      await fixture.makeParquet('b.parquet', query(2048, 1)),
      await fixture.makeParquet('c.parquet', query(2049, COUNT - 2049)),
    ]),
};

describe.each(Object.entries(openers))('%s', (_name, open) => {
  it.each([1, 7, 2047, 2048, 2049, COUNT, 10_000])('in batches of %i', async (size) => {
    await using set = await open();
    const { cells, sizes } = await readBatches(set, REQUESTS, size);
    const expected = expectedCells();
    for (const [index, { name, as }] of REQUESTS.entries()) {
      expect(cells[index], `${name} as ${as}`).toEqual(expected[index]);
    }
    const [last = 0, ...others] = sizes.toReversed();
    expect(new Set(others)).toEqual(new Set(others.length > 0 ? [size] : []));
    expect(last + others.length * size).toBe(COUNT);
  });

  it('at once', async () => {
    await using set = await open();
    const requests = REQUESTS.flatMap(({ name, as }) => (as === 'integer' ? [] : [{ name, as }]));
    const { columns } = await set.read(requests);
    const expected = expectedCells().filter((_, index) => REQUESTS[index]!.as !== 'integer');
    expect(columns.map(cellsOf)).toEqual(expected);
  });
});

describe('a reading that ends early', () => {
  it('frees the data set for the next one', async () => {
    await using set = await openers['one file']();
    for (let time = 0; time < 3; time++) {
      for await (const { columns } of set.batches([{ name: 'word', as: 'text' }], 100)) {
        expect(columns).toHaveLength(1);
        break;
      }
    }
    const failed = async () => {
      for await (const batch of set.batches([{ name: 'row', as: 'number' }], 100))
        throw new Error(`${batch.rowCount}`);
    };
    await expect(failed()).rejects.toThrow('100');
    const whole = await set.read([{ name: 'row', as: 'number' }]);
    expect(whole.rowCount).toBe(COUNT);
    expect((await readBatches(set, [{ name: 'row', as: 'number' }], 999)).cells[0]).toHaveLength(COUNT);
  });

  it('closes even when it was never finished', async () => {
    const set = await openers['one file']();
    const reading = set.batches([{ name: 'row', as: 'number' }], 100)[Symbol.asyncIterator]();
    await reading.next();
    await reading.return?.();
    await set[Symbol.asyncDispose]();
  });

  it('a column that is not there is refused, and the next reading works', async () => {
    await using set = await openers['one file']();
    await expect(readBatches(set, [{ name: 'rows', as: 'number' }], 10)).rejects.toThrow(InputError);
    expect((await readBatches(set, [{ name: 'row', as: 'number' }], 10)).sizes).toHaveLength(COUNT / 10);
  });

  it('readings that were asked for together come one after the other', async () => {
    await using set = await openers['one file']();
    const requests: BatchRequest[] = [{ name: 'word', as: 'text' }];
    const [first, whole, second] = await Promise.all([
      readBatches(set, requests, 100),
      set.read([{ name: 'word', as: 'text' }]),
      readBatches(set, requests, 333),
    ]);
    expect(second.cells).toEqual(first.cells);
    expect(whole.columns.map(cellsOf)).toEqual(first.cells);
  });
});

describe('other sources', () => {
  it('rows of a features query come in its order', async () => {
    const files = await fixture.makeParquet('all.parquet', query(0, COUNT));
    await using set = await fixture.open(files, {
      features: {
        file: 'features.sql',
        sql: 'SELECT row * 2 AS twice, word FROM source WHERE row % 2 = 1 ORDER BY row DESC',
      },
    });
    const { cells } = await readBatches(set, [{ name: 'twice', as: 'integer' }], 1000);
    const whole = await set.read([{ name: 'twice', as: 'number' }]);
    expect(cells[0]!.map(Number)).toEqual(cellsOf(whole.columns[0]!));
    expect(cells[0]).toHaveLength(COUNT / 2);
  });

  it('nearly unique texts, at once and in batches', async () => {
    const file = await fixture.makeParquet(
      'ids.parquet',
      "SELECT CASE WHEN row % 1000 = 0 THEN NULL ELSE 'id-' || row END AS id FROM range(120000) AS rows(row) ORDER BY row",
    );
    await using set = await fixture.open(file);
    const expected = Array.from({ length: 120_000 }, (_, row) =>
      row % 1000 === 0 ? undefined : `id-${row}`,
    );
    for (const size of [2048, 120_000]) {
      const { cells } = await readBatches(set, [{ name: 'id', as: 'text' }], size);
      expect(cells[0]).toEqual(expected);
    }
  });

  it('whole numbers that no 64 bits hold are told from missing ones', async () => {
    const file = await fixture.makeParquet(
      'huge.parquet',
      `SELECT * FROM (VALUES (9223372036854775807::DECIMAL(38, 0), 18446744073709551615::UBIGINT),
        (9223372036854775808, 1), (-9223372036854775808, NULL)) t(huge, unsigned)`,
    );
    await using set = await fixture.open(file);
    const requests: BatchRequest[] = [
      { name: 'huge', as: 'integer' },
      { name: 'unsigned', as: 'integer' },
    ];
    expect((await readBatches(set, requests, 2)).cells).toEqual([
      [9223372036854775807n, 'beyond', -9223372036854775808n],
      ['beyond', 1n, undefined],
    ]);
  });
});
