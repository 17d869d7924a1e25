/** Copies of data to share, through the stage over real files and DuckDB. */

import { createHmac } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDuckdbEngine } from '../../src/adapters/duckdb/duckdb-engine.ts';
import { parseArguments } from '../../src/composition/command-line/parse-arguments.ts';
import type { DataSet } from '../../src/ports/data-engine.ts';
import { createInputs } from '../../src/stages/inputs.ts';
import { type MaskRequest, maskData } from '../../src/stages/masking/mask-data.ts';
import { csv, DataStage } from './data-stage-fixture.ts';

const stage = new DataStage();
const KEY = Buffer.from('a key of the test that is long enough');
const NOTHING = { hash: [], truncate: [], drop: [] };

type Options = Partial<MaskRequest['options']>;
type More = Partial<Pick<MaskRequest, 'declared' | 'key' | 'detects'>> & { readonly from?: string };

function mask(options: Options, output = 'masked.csv', { from = 'people.csv', ...more }: More = {}) {
  return maskData(
    {
      source: { name: from, baseDirectory: stage.directory, paths: [from] },
      options: { ...NOTHING, ...options },
      declared: { sensitive: [], exclude: [] },
      key: KEY,
      output: join(stage.directory, output),
      detects: true,
      ...more,
    },
    stage.engine,
  );
}

function open(name: string): Promise<DataSet> {
  return stage.engine.open({ name, baseDirectory: stage.directory, paths: [name] });
}

/** The cells of a file as text, by column. */
async function cellsOf(name: string): Promise<Record<string, (string | undefined)[]>> {
  await using data = await open(name);
  const { columns, rowCount } = await data.read(
    data.columns.map((column) => ({ name: column.name, as: 'text' })),
  );
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      Array.from({ length: rowCount }, (_, row) =>
        column.kind === 'text' ? column.dictionary[column.codes[row]!] : undefined,
      ),
    ]),
  );
}

const hashOf = (text: string, key: Uint8Array = KEY) =>
  createHmac('sha256', key).update(text).digest('hex').slice(0, 32);

const PEOPLE = csv('id,customer,email,born,bought,amt,code,zip,note,y', [
  [
    'r1',
    17,
    'bob@example.com',
    '1980-05-17',
    '2024-03-05 14:25:36',
    1234.567,
    123456,
    '01234',
    '"a ""b"", c"',
    1,
  ],
  ['r2', 18, 'eve@example.org', '1991-12-31', '2024-12-31 23:59:59', 0.000123456, -98765, '98765', ' x ', 0],
  ['r3', 17, '', '', '', '', '', '', '"two\nlines"', 1],
  ['r4', 19, 'bob@example.com', '2000-01-01', '2023-01-01 00:00:00', -7, 9, '00501', '', 0],
]);

describe.each(['masked.csv', 'masked.tsv', 'masked.parquet'])('%s', (output) => {
  test('changes what it is told to and nothing else', async () => {
    stage.write('people.csv', PEOPLE);
    const result = await mask(
      {
        hash: ['customer', 'email'],
        truncate: ['born:year', 'bought:hour', 'amt:3', 'code:2', 'zip:3'],
        drop: ['id'],
      },
      output,
    );
    expect(result).toMatchObject({ rowCount: 4, columns: PEOPLE.split('\n')[0]!.split(',').slice(1) });
    const before = await cellsOf('people.csv');
    const after = await cellsOf(output);
    expect(after).toEqual({
      customer: ['17', '18', '17', '19'].map((text) => hashOf(text)),
      email: before.email!.map((text) => (text === undefined ? undefined : hashOf(text))),
      born: ['1980-01-01', '1991-01-01', undefined, '2000-01-01'],
      bought: ['2024-03-05 14:00:00', '2024-12-31 23:00:00', undefined, '2023-01-01 00:00:00'],
      amt: ['1230', '0.000123', undefined, '-7'],
      code: ['120000', '-98000', undefined, '9'],
      zip: ['012', '987', undefined, '005'],
      note: before.note,
      y: before.y,
    });
  });
});

test('columns of the config are changed where nothing else is said', async () => {
  stage.write('people.csv', PEOPLE);
  const declared = {
    id: 'id',
    group: 'customer',
    sensitive: ['email'],
    exclude: ['zip', 'born'],
  };
  const { changes, columns } = await mask({ truncate: ['born:month'] }, 'masked.csv', { declared });
  expect(Object.fromEntries([...changes].map(([name, { kind }]) => [name, kind]))).toEqual({
    id: 'hash',
    customer: 'hash',
    email: 'drop',
    zip: 'drop',
    born: 'coarsen',
  });
  expect(columns).toEqual(['id', 'customer', 'born', 'bought', 'amt', 'code', 'note', 'y']);
  // Another spelling of a column would leave it as it is.
  const misspelt = { ...declared, id: 'ID' };
  await expect(mask({}, 'never.csv', { declared: misspelt })).rejects.toThrow(
    /no column "ID".*did you mean "id"/,
  );
});

test('equal values have equal hashes under one key and others under another, of any length', async () => {
  stage.write('people.csv', PEOPLE);
  for (const key of [Buffer.alloc(16, 1), Buffer.alloc(64, 2), Buffer.alloc(200, 3)]) {
    await mask({ hash: ['customer'], drop: ['email'] }, 'masked.csv', { key });
    expect((await cellsOf('masked.csv')).customer).toEqual(
      ['17', '18', '17', '19'].map((text) => hashOf(text, key)),
    );
  }
});

describe('a copy that still holds personal data', () => {
  test('is refused by the name of the column, and what was there stays', async () => {
    stage.write('people.csv', PEOPLE);
    stage.write('kept.csv', 'a\n1\n');
    const before = readdirSync(stage.directory).sort();
    await expect(mask({ drop: ['id'] }, 'kept.csv')).rejects.toThrow(
      /email \(3 of 3 values are e-mail addresses\)/,
    );
    await expect(mask({ truncate: ['email:40'] }, 'kept.csv')).rejects.toThrow(/--drop email/);
    expect(stage.read('kept.csv')).toBe('a\n1\n');
    expect(readdirSync(stage.directory).sort()).toEqual(before);
  });

  test('is written where that is allowed or the truncation is short enough', async () => {
    stage.write('people.csv', PEOPLE);
    await mask({}, 'masked.csv', { detects: false });
    expect((await cellsOf('masked.csv')).email).toContain('bob@example.com');
    await mask({ truncate: ['email:2'] });
    expect((await cellsOf('masked.csv')).email).toEqual(['bo', 'ev', undefined, 'bo']);
  });
});

describe('is refused', () => {
  test.each<[string, Options, RegExp]>([
    ['a column that is not there', { drop: ['emial'] }, /did you mean "email"/],
    ['a column named twice', { drop: ['email'], hash: ['email'] }, /named twice/],
    ['a truncation to nothing', { truncate: ['zip'] }, /--truncate "zip" does not say to what/],
    ['a truncation to no characters', { truncate: ['zip:0'] }, /does not say to what/],
    ['a unit of time for a number', { truncate: ['amt:month'] }, /is no date or timestamp/],
    ['hours of a date', { truncate: ['born:hour'] }, /has no hours/],
    ['digits of a time', { truncate: ['born:4'] }, /no characters or digits/],
    ['nothing left', { drop: PEOPLE.split('\n')[0]!.split(',') }, /every column would be dropped/],
  ])('%s', async (_, options, message) => {
    stage.write('people.csv', PEOPLE);
    await expect(mask(options, 'refused.csv')).rejects.toThrow(message);
    expect(existsSync(join(stage.directory, 'refused.csv'))).toBe(false);
  });

  test('the input itself, by its name and by links to it', async () => {
    stage.write('people.csv', PEOPLE);
    symlinkSync(join(stage.directory, 'people.csv'), join(stage.directory, 'symbolic.csv'));
    linkSync(join(stage.directory, 'people.csv'), join(stage.directory, 'hard.csv'));
    for (const output of ['people.csv', 'symbolic.csv', 'hard.csv']) {
      await expect(mask({ drop: ['email'] }, output)).rejects.toThrow(/the output is people.csv itself/);
    }
    expect(stage.read('people.csv')).toBe(PEOPLE);
  });

  test('an ending that is not written', async () => {
    await expect(mask({}, 'masked.xlsx')).rejects.toThrow(/name the output .csv, .tsv or .parquet/);
  });
});

test('the example of the page', async () => {
  const page = readFileSync(new URL('../../docs/personal-data.md', import.meta.url), 'utf8');
  const line = /```sh mask\ncontender (.*)\n```/.exec(page)![1]!;
  const { stage: command, values, flags } = parseArguments(line.split(' '));
  const [before, after] = /^\| `(c17.*)` \| `(.*)` \|$/m.exec(page)!.slice(1);
  stage.write('customers.csv', `customer_id,email,born,zip,income,street,y\n${before}\n`);
  const inputs = createInputs(values, (name) => name);
  const options = { hash: inputs.list('hash'), truncate: inputs.list('truncate'), drop: inputs.list('drop') };
  const declared = { id: flags.id as string, sensitive: [], exclude: [] };
  await mask(options, inputs.text('output'), { from: inputs.text('data')!, declared });
  const [, written] = stage.read('shared.csv').split('\n');
  expect(command.name).toBe('mask');
  expect(written!.replace(/[0-9a-f]{32}/g, '<hash>')).toBe(after);
});

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\0\r\ud800-\udfff]/g, '')),
  fc.constantFrom('', '"', ',', '007', ' a', '1e5', 'true', '\n', '12345678901234567890', '0.10', 'null'),
);

test('cells that are kept read the same from the copy', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
      const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`));
      stage.write('any.csv', csv('first,second,third', [...quoted.map((row) => [...row, 'x'])]));
      for (const output of ['copy.csv', 'copy.parquet']) {
        await mask({ drop: ['third'] }, output, { from: 'any.csv', detects: false });
        const { third: _, ...expected } = await cellsOf('any.csv');
        expect(await cellsOf(output)).toEqual(expected);
      }
    }),
    { numRuns: 5 },
  );
});

test('a million rows pass through little memory in their order', async () => {
  const file = join(stage.directory, 'many.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT i AS id, md5(i::VARCHAR) AS text, i % 1000 / 7.0 AS amt FROM range(1000000) t(i)) TO '${file}'`,
  );
  connection.closeSync();
  instance.closeSync();
  await using engine = createDuckdbEngine({
    load: () => import('@duckdb/node-api'),
    temporaryDirectory: join(stage.directory, 'spill'),
    memoryLimitMegabytes: 128,
  });
  await maskData(
    {
      source: { name: 'many', baseDirectory: stage.directory, paths: ['many.parquet'] },
      options: { ...NOTHING, hash: ['text'] },
      declared: { sensitive: [], exclude: [] },
      key: KEY,
      output: join(stage.directory, 'many.masked.parquet'),
      detects: false,
    },
    engine,
  );
  await using written = await open('many.masked.parquet');
  expect(written.rowCount).toBe(1_000_000);
  const { columns } = await written.read([{ name: 'id', as: 'number' }]);
  const ids = columns[0]!.kind === 'number' ? columns[0]!.values : new Float64Array();
  expect(ids.every((id, row) => id === row)).toBe(true);
});
