import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RowFilter } from '../../../src/ports/data-engine.ts';
import { useEngine, valuesOf } from './engine-fixture.ts';

const fixture = useEngine();

const TYPES = `SELECT * FROM (VALUES
  (true, 9007199254740993::BIGINT, 12345678901234567890123456789012345678::DECIMAL(38,0), 12.50::DECIMAL(9,2), 'inf'::DOUBLE,
   1.0::FLOAT, DATE '2020-02-29', TIMESTAMP '2020-02-29 12:00:00.5', TIMESTAMPTZ '2020-02-29 12:00:00+02:00', 'x', [1, 2], {'k': 1}),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (false, -1, 5, -0.25, 'nan', 0.5, DATE '1969-12-31', TIMESTAMP 'infinity', TIMESTAMPTZ '1970-01-01 00:00:00+00', '', [], NULL)
) t(flag, big, huge, price, ratio, single, day, moment, zoned, word, list, nested)`;

describe('values of every type', () => {
  it('gives numbers, missing as NaN', async () => {
    await using set = await fixture.open(await fixture.makeParquet('types.parquet', TYPES));
    expect(set.columns.map(({ type }) => type)).toEqual(
      ['boolean', 'integer', 'integer', 'number', 'number', 'number'].concat([
        'date',
        'timestamp',
        'timestamp',
        'string',
        'other',
        'other',
      ]),
    );
    expect(await valuesOf(set, 'flag', 'number')).toEqual([1, Number.NaN, 0]);
    expect(await valuesOf(set, 'big', 'number')).toEqual([9007199254740992, Number.NaN, -1]);
    expect(await valuesOf(set, 'huge', 'number')).toEqual([
      Number('12345678901234567890123456789012345678'),
      Number.NaN,
      5,
    ]);
    expect(await valuesOf(set, 'price', 'number')).toEqual([12.5, Number.NaN, -0.25]);
    expect(await valuesOf(set, 'ratio', 'number')).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ]);
    expect(await valuesOf(set, 'single', 'number')).toEqual([1, Number.NaN, 0.5]);
    expect(await valuesOf(set, 'day', 'number')).toEqual([Date.UTC(2020, 1, 29), Number.NaN, -86_400_000]);
    expect(await valuesOf(set, 'moment', 'number')).toEqual([
      Date.UTC(2020, 1, 29, 12, 0, 0, 500),
      Number.NaN,
      Number.NaN,
    ]);
    expect(await valuesOf(set, 'zoned', 'number')).toEqual([Date.UTC(2020, 1, 29, 10), Number.NaN, 0]);
  });

  it('gives exact text, missing as no code', async () => {
    await using set = await fixture.open(await fixture.makeParquet('types.parquet', TYPES));
    expect(await valuesOf(set, 'flag', 'text')).toEqual(['true', undefined, 'false']);
    expect(await valuesOf(set, 'big', 'text')).toEqual(['9007199254740993', undefined, '-1']);
    expect(await valuesOf(set, 'huge', 'text')).toEqual([
      '12345678901234567890123456789012345678',
      undefined,
      '5',
    ]);
    expect(await valuesOf(set, 'single', 'text')).toEqual(['1', undefined, '0.5']);
    expect(await valuesOf(set, 'ratio', 'text')).toEqual(['inf', undefined, undefined]);
    expect(await valuesOf(set, 'day', 'text')).toEqual(['2020-02-29', undefined, '1969-12-31']);
    expect(await valuesOf(set, 'zoned', 'text')).toEqual([
      '2020-02-29 10:00:00+00',
      undefined,
      '1970-01-01 00:00:00+00',
    ]);
    expect(await valuesOf(set, 'word', 'text')).toEqual(['x', undefined, '']);
    expect(await valuesOf(set, 'list', 'text')).toEqual(['[1, 2]', undefined, '[]']);
  });

  it('writes floating-point numbers without a fraction as integers', async () => {
    const numbers = '[0, -3, 1e15, 9007199254740992, -0.125, 1e300]::DOUBLE[]';
    await using set = await fixture.open(
      await fixture.makeParquet('floats.parquet', `SELECT unnest(${numbers}) AS x`),
    );
    expect(await valuesOf(set, 'x', 'text')).toEqual([
      '0',
      '-3',
      '1000000000000000',
      '9007199254740992',
      '-0.125',
      '1e+300',
    ]);
  });

  it('refuses what has no number, and names near columns', async () => {
    await using set = await fixture.open(await fixture.makeParquet('types.parquet', TYPES));
    await expect(set.read([{ name: 'list', as: 'number' }])).rejects.toThrow(
      /"list" is INTEGER\[\] and has no number/,
    );
    await expect(set.read([{ name: 'word', as: 'number' }])).rejects.toThrow(/"word" is text/);
    await expect(set.read([{ name: 'prise', as: 'number' }])).rejects.toThrow(
      /no column "prise"; did you mean "price"\?/,
    );
  });

  it('codes text in order of first appearance over many chunks', async () => {
    const query = "SELECT 'v' || ((range * 7919) % 5003) AS word, range AS n FROM range(50000)";
    await using set = await fixture.open(await fixture.makeParquet('words.parquet', query));
    const table = await set.read([
      { name: 'word', as: 'text' },
      { name: 'n', as: 'number' },
      { name: 'n', as: 'text' },
    ]);
    const [word, number, text] = table.columns;
    if (word?.kind !== 'text' || number?.kind !== 'number' || text?.kind !== 'text') throw new Error('kinds');
    expect(word.dictionary).toHaveLength(5003);
    for (let row = 0; row < 50_000; row += 1) {
      if (word.dictionary[word.codes[row]!] !== `v${(row * 7919) % 5003}`) throw new Error(`row ${row}`);
      if (number.values[row] !== row || text.codes[row] !== row) throw new Error(`row ${row}`);
    }
    expect(word.dictionary.slice(0, 2)).toEqual(['v0', 'v2916']);
  });

  it('serves callers at the same time one after another', async () => {
    await using set = await fixture.open(
      await fixture.makeParquet('words.parquet', 'SELECT range AS n FROM range(100000)'),
    );
    const [first, second, profile] = await Promise.all([
      valuesOf(set, 'n', 'number'),
      valuesOf(set, 'n', 'number'),
      set.profile(['n']),
    ]);
    expect(first).toEqual(second);
    expect(profile[0]?.distinct).toBe(100_000);
  });
});

describe('filters', () => {
  const CSV =
    'id,when,word\n1,2020-01-01 00:00:00,a\n2,2020-01-02 00:00:00,b\n3,,c\n4,2020-01-03 00:00:00,d\n';
  const open = (...filters: RowFilter[]) => fixture.openCsv(CSV, { filters });

  it('keeps a span of time, its end excluded', async () => {
    const from = Date.UTC(2020, 0, 2);
    await using set = await open({ kind: 'time', column: 'when', from, to: Date.UTC(2020, 0, 3) });
    expect(await valuesOf(set, 'id', 'number')).toEqual([2]);
    await using later = await open({ kind: 'time', column: 'when', from });
    expect(await later.timeRange('when')).toEqual({ from, to: Date.UTC(2020, 0, 3) });
    const [result] = await later.check([{ kind: 'set', column: 'word', values: ['b'] }]);
    expect(result).toMatchObject({
      failing: 1,
      checked: 2,
      examples: [{ file: 'rows.csv', line: 5, value: 'd' }],
    });
  });

  it('takes ISO text as time, and refuses other text and types', async () => {
    const text = '{"when":"2020-01-01T00:00:00+02:00 "}\n'.replace(' ', '');
    await fixture.write('iso.jsonl', `${text}{"when":"2020-01-02"}\n`);
    await using set = await fixture.open('iso.jsonl');
    expect(await set.timeRange('when')).toEqual({
      from: Date.UTC(2019, 11, 31, 22),
      to: Date.UTC(2020, 0, 2),
    });
    await expect(open({ kind: 'time', column: 'word', from: 0 })).rejects.toThrow(
      /"word" holds a text that is no time/,
    );
    await expect(open({ kind: 'time', column: 'id', from: 0 })).rejects.toThrow(/"id" is BIGINT, not a time/);
    await expect(open({ kind: 'time', column: 'whem', from: 0 })).rejects.toThrow(/did you mean "when"/);
  });

  it('tells a time range of nothing apart', async () => {
    await using set = await open({ kind: 'sql', condition: 'id = 3' });
    expect(await set.timeRange('when')).toBeUndefined();
  });

  it('joins conditions by AND, whatever is inside, and lets them query source', async () => {
    await using set = await open(
      { kind: 'sql', condition: 'id = 1 OR id > 2 -- comment' },
      { kind: 'sql', condition: 'id < (SELECT max(id) FROM source)' },
    );
    expect(await valuesOf(set, 'id', 'number')).toEqual([1, 3]);
  });

  it('splits by a hash that anyone can compute', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `card-${index},${index}`);
    const share = (value: string) =>
      Number.parseInt(createHash('md5').update(value).digest('hex').slice(0, 13), 16) / 2 ** 52;
    const filters: RowFilter[] = [{ kind: 'hash', column: 'card', from: 0.2, to: 0.7 }];
    await using set = await fixture.openCsv(`card,n\n${rows.join('\n')}\n`, { filters });
    const expected = rows
      .map((row) => row.split(',')[0]!)
      .filter((card) => share(card) >= 0.2 && share(card) < 0.7);
    expect(await valuesOf(set, 'card', 'text')).toEqual(expected);
  });
});

describe('features', () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, index) => `${index},${(index * 7919) % 101},${(index * 31) % 17}`,
  );
  const CSV = `id,card,amt\n${rows.join('\n')}\n`;

  it.each([
    ['a projection', 'SELECT id, amt * 2 AS twice FROM source'],
    ['a window', 'SELECT id, lag(amt) OVER (PARTITION BY card ORDER BY id) AS previous FROM source'],
    [
      'a window behind a star',
      'WITH a AS (SELECT *, count(*) OVER (PARTITION BY card) AS n FROM source) SELECT * FROM a',
    ],
    [
      'a window with a condition',
      'SELECT id, row_number() OVER (PARTITION BY card ORDER BY amt, id) AS r FROM source WHERE card <> 3',
    ],
    ['a query within', 'SELECT id FROM source WHERE card IN (SELECT card FROM source WHERE amt = 5)'],
  ])('keeps the order of source through %s', async (_, sql) => {
    await using set = await fixture.openCsv(CSV, { features: { sql, file: 'features.sql' } });
    const ids = await valuesOf(set, 'id', 'number');
    expect(ids.length).toBeGreaterThan(1000);
    expect(ids.every((id, index) => index === 0 || Number(id) > Number(ids[index - 1]))).toBe(true);
    expect(set.columns.map(({ name }) => name).filter((name) => name.includes('contender'))).toEqual([]);
  });

  it.each([
    'SELECT card, sum(amt) AS total FROM source GROUP BY card',
    'SELECT DISTINCT card, amt FROM source',
    'SELECT a.card, a.amt FROM source a JOIN source b ON a.id = b.id * 2',
    'SELECT card, amt FROM source ORDER BY amt',
    'SELECT card FROM source ORDER BY amt LIMIT 500',
    'SELECT card, amt FROM source WHERE card < 50 UNION ALL SELECT card, amt FROM source WHERE card >= 50',
    'SELECT card, unnest([amt, 1]) AS x FROM source',
  ])('gives the same rows in the same order for any number of threads: %s', async (sql) => {
    await fixture.write('order.csv', CSV);
    const results: unknown[] = [];
    for (const threads of [1, 4, 4]) {
      await using engine = fixture.createEngine({ threads });
      const set = await engine.open({
        name: 'training',
        baseDirectory: fixture.directory,
        paths: ['order.csv'],
        features: { sql, file: 'features.sql' },
      });
      const table = await set.read(set.columns.map(({ name }) => ({ name, as: 'number' as const })));
      results.push(table.columns.map((column) => (column.kind === 'number' ? [...column.values] : [])));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('respects an ORDER BY of its own', async () => {
    const sql = 'SELECT id, amt FROM source ORDER BY amt DESC';
    await using set = await fixture.openCsv(CSV, { features: { sql, file: 'features.sql' } });
    const amounts = await valuesOf(set, 'amt', 'number');
    expect(amounts[0]).toBe(16);
    expect(
      amounts.every((amount, index) => index === 0 || Number(amount) <= Number(amounts[index - 1])),
    ).toBe(true);
  });

  it('sees the filtered rows', async () => {
    const filters: RowFilter[] = [{ kind: 'sql', condition: 'id < 10' }];
    const features = { sql: 'SELECT count(*) AS n FROM source', file: 'features.sql' };
    await using set = await fixture.openCsv(CSV, { filters, features });
    expect(await valuesOf(set, 'n', 'number')).toEqual([10]);
  });
});

describe('digest', () => {
  const base = 'id,word,x\n1,a,0.5\n2,b,\n3,,2\n';
  const digestOf = async (text: string) => {
    await using set = await fixture.openCsv(text);
    return await set.digest();
  };

  it('does not depend on order, files, format of text or threads', async () => {
    const expected = await digestOf(base);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    expect(await digestOf('id,word,x\n3,,2\n1,a,0.5\n2,b,\n')).toBe(expected);
    await fixture.write('d1.csv', 'id,word,x\n3,,2\n');
    await fixture.write('d2.csv', 'id,word,x\n2,b,\n1,a,0.5\n');
    for (const threads of [1, 3]) {
      await using engine = fixture.createEngine({ threads });
      const request = { name: 'training', baseDirectory: fixture.directory, paths: ['d*.csv'] };
      const set = await engine.open(request);
      expect(await set.digest()).toBe(expected);
    }
  });

  it.each([
    ['a cell', 'id,word,x\n1,a,0.5\n2,b,\n3,,3\n'],
    ['a missing cell', 'id,word,x\n1,a,0.5\n2,b,\n3,a,2\n'],
    ['a swap between rows', 'id,word,x\n1,b,0.5\n2,a,\n3,,2\n'],
    ['a name', 'id,words,x\n1,a,0.5\n2,b,\n3,,2\n'],
    ['the order of columns', 'word,id,x\na,1,0.5\nb,2,\n,3,2\n'],
    ['a row more', `${base}3,,2\n`],
  ])('changes with %s', async (_, text) => {
    expect(await digestOf(text)).not.toBe(await digestOf(base));
  });

  it('tells cells apart that only join to the same text', async () => {
    expect(await digestOf('a,b\nx1,y\nq,q\n')).not.toBe(await digestOf('a,b\nx,1y\nq,q\n'));
  });
});
