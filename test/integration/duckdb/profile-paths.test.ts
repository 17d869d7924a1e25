import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataSet, RowRule } from '../../../src/ports/data-engine.ts';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

const ROWS = 30_000;

/** Columns that are sorted, since nearly every value differs, and columns whose values are counted. */
const WIDE = `SELECT
  CASE WHEN range % 97 = 0 THEN NULL WHEN range = 5 THEN 'nan'::DOUBLE WHEN range = 6 THEN 'inf'::DOUBLE
    ELSE sin(range) * 1000 END AS differing,
  TIMESTAMP '1969-12-31 23:59:00' + INTERVAL (range * 500) MICROSECOND AS moment,
  CAST(range AS INTEGER) AS number,
  CAST(range * 1000003 % 1000000007 AS BIGINT) + 9007199254740993 AS long,
  range % 7 AS few,
  'w' || (range % 11) AS word
  FROM range(${ROWS})`;

async function profileAll(set: DataSet): Promise<readonly unknown[]> {
  return await set.profile(set.columns.map(({ name }) => name));
}

describe('a profile is the same', () => {
  it('whether rows are sorted or values counted', async () => {
    await fixture.makeParquet('wide.parquet', WIDE);
    // Its first rows are all alike, which decides for counting.
    await fixture.makeParquet(
      'alike.parquet',
      `SELECT same.* FROM (SELECT * FROM (${WIDE}) LIMIT 1) AS same, range(30000) UNION ALL SELECT * FROM (${WIDE})`,
    );
    await using sorted = await fixture.open('wide.parquet');
    await using counted = await fixture.open('alike.parquet');
    const names = sorted.columns.map(({ name }) => name);
    const own = await sorted.profile(names);
    expect(own[0]).toMatchObject({
      missing: Math.ceil(ROWS / 97) + 1,
      distinct: ROWS - Math.ceil(ROWS / 97) - 1,
    });
    expect(own[1]).toMatchObject({ distinct: ROWS });
    expect(own[3]).toMatchObject({ distinct: ROWS });
    const other = await counted.profile(names);
    expect(other.map(({ distinct }) => distinct)).toEqual(own.map(({ distinct }) => distinct));
    expect(other.map(({ minimum, maximum }) => [minimum, maximum])).toEqual(
      own.map(({ minimum, maximum }) => [minimum, maximum]),
    );
  });

  it('whether text is packed on disk or kept in memory', async () => {
    const lines = Array.from({ length: 500 }, (_, row) =>
      [
        row,
        row % 3 === 0 ? 'true' : 'FALSE',
        row % 4 ? `4539${10 ** 12 + row}` : '',
        `"a, ${row % 5}"`,
        `2024-01-0${(row % 9) + 1}`,
      ].join(','),
    );
    const text = `id,flag,card,word,day\n${lines.join('\n')}\n`;
    await fixture.write('one.csv', text);
    await fixture.write('two.csv', text.replace(/^1,/m, 'late,'));
    const found = [];
    for (const packedTextMegabytes of [64, 0]) {
      await using engine = fixture.createEngine({ packedTextMegabytes });
      await using set = await engine.open({
        name: 'training',
        baseDirectory: fixture.directory,
        paths: ['one.csv', 'two.csv'],
      });
      const packed = await packedFiles();
      expect(packed.length > 0).toBe(packedTextMegabytes === 0);
      const rules: RowRule[] = [{ kind: 'set', column: 'word', values: ['a, 1', 'a, 2', 'a, 3', 'a, 4'] }];
      found.push({
        columns: set.columns,
        files: set.files,
        profile: await profileAll(set),
        digest: await set.digest(),
        places: await set.places([0, 499, 500, 999]),
        checked: await set.check(rules),
      });
    }
    expect(found[1]).toEqual(found[0]);
    expect(found[0]!.columns.map(({ type }) => type)).toEqual([
      'string',
      'boolean',
      'integer',
      'string',
      'date',
    ]);
    expect(await packedFiles()).toEqual([]);
  });
});

async function packedFiles(): Promise<readonly string[]> {
  const found = await readdir(join(fixture.directory, 'spill'), { recursive: true });
  return found.filter((name) => name.endsWith('.parquet'));
}

describe('rules', () => {
  const rules: readonly RowRule[] = [
    { kind: 'present', column: 'differing' },
    { kind: 'range', column: 'differing', minimum: -990, maximum: 990 },
    { kind: 'set', column: 'few', values: ['0', '1', '2', '3', '4'] },
    { kind: 'set', column: 'word', values: ['w1', 'w2'] },
    { kind: 'length', column: 'word', maximum: 2 },
    { kind: 'pattern', column: 'word', pattern: '[0-8]$' },
    { kind: 'unique', columns: ['number'] },
    { kind: 'unique', columns: ['few'] },
    { kind: 'unique', columns: ['few', 'word'] },
    { kind: 'monotonic', column: 'number', direction: 'increasing', strict: true },
    { kind: 'monotonic', column: 'number', direction: 'decreasing', strict: false },
    { kind: 'monotonic', column: 'few', direction: 'increasing', strict: false },
    { kind: 'monotonic', column: 'differing', direction: 'increasing', strict: false },
  ];

  it('find the same before the values of columns were counted as after', async () => {
    await fixture.makeParquet('wide.parquet', WIDE);
    await using set = await fixture.open('wide.parquet');
    const before = await set.check(rules);
    await profileAll(set);
    expect(await set.check(rules)).toEqual(before);
    const figures = before.map(({ checked, failing }) => [checked, failing]);
    expect(figures[2]).toEqual([ROWS, 8570]);
    expect(figures[6]).toEqual([ROWS, 0]);
    expect(figures[7]).toEqual([ROWS, ROWS - 7]);
    expect(figures[9]).toEqual([ROWS - 1, 0]);
    expect(figures[10]).toEqual([ROWS - 1, ROWS - 1]);
  });

  it('and a digest are worked out side by side', async () => {
    await fixture.makeParquet('wide.parquet', WIDE);
    await using alone = await fixture.open('wide.parquet');
    const expected = await alone.digest();
    await using set = await fixture.open('wide.parquet');
    const [digest] = await Promise.all([set.digest(), profileAll(set), set.check(rules)]);
    expect(digest).toBe(expected);
    // Closing waits for a digest that nobody waits for.
    const late = set.digest();
    await set[Symbol.asyncDispose]();
    expect(await late).toBe(expected);
  });
});

it('is the same of a column among very many', async () => {
  const names = Array.from({ length: 130 }, (_, index) => `c${index}`);
  const row = (index: number) => names.map((_, column) => (index * (column + 3)) % 17);
  const lines = [names, ...Array.from({ length: 40 }, (_, index) => row(index))];
  await using wide = await fixture.openCsv(`${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  const own = (await profileAll(wide))[77];
  await using narrow = await fixture.openCsv(
    `c77,x\n${lines
      .slice(1)
      .map((cells) => `${cells[77]},1`)
      .join('\n')}\n`,
  );
  expect(own).toEqual((await profileAll(narrow))[0]);
});
