import { describe, expect, it } from 'vitest';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

/** Values without a pattern, the same in every run; about 2 % missing. */
function makeValues(count: number): readonly (number | undefined)[] {
  let state = 12345;
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const share = state / 2_147_483_648;
    return share < 0.02 ? undefined : Math.round(Math.exp(8 * share) * 1000) / 1000 + 5000;
  });
}

/** Quantile of type 7 by its definition. */
function quantile(sorted: readonly number[], probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

describe('profile', () => {
  const values = makeValues(20_000);
  const present = values.filter((value) => value !== undefined);
  const sorted = [...present].sort((left, right) => left - right);
  const csv = `x,word,count,when\n${values.map((value, index) => `${value ?? ''},w${(index * index) % 41},${index % 7},2020-01-01 00:00:${String(index % 60).padStart(2, '0')}`).join('\n')}\n`;

  it('equals values computed by definition', async () => {
    await using set = await fixture.openCsv(csv);
    const [profile] = await set.profile(['x']);
    const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
    const squares = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(profile).toMatchObject({
      name: 'x',
      type: 'number',
      missing: values.length - present.length,
      distinct: new Set(present).size,
      minimum: sorted[0],
      maximum: sorted.at(-1),
    });
    expect(Math.abs(profile!.mean! / mean - 1)).toBeLessThan(1e-9);
    expect(
      Math.abs(profile!.standardDeviation! / Math.sqrt(squares / (present.length - 1)) - 1),
    ).toBeLessThan(1e-9);
    for (const [probability, value] of Object.entries(profile!.quantiles!)) {
      expect(Math.abs(value / quantile(sorted, Number(probability)) - 1)).toBeLessThan(1e-12);
    }
    expect(Object.keys(profile!.quantiles!)).toEqual(['0.01', '0.05', '0.25', '0.5', '0.75', '0.95', '0.99']);
    const bins = profile!.histogram!;
    expect(bins).toHaveLength(20);
    for (const [index, bin] of bins.entries()) {
      const isLast = index === bins.length - 1;
      const inBin = present.filter(
        (value) => value >= bin.from && (isLast ? value <= bin.to : value < bin.to),
      );
      expect(bin.count).toBe(inBin.length);
    }
  });

  it('lists frequent values by count, then by text', async () => {
    await using set = await fixture.openCsv(csv);
    const [word, count, when] = await set.profile(['word', 'count', 'when']);
    const counts = new Map<string, number>();
    for (let index = 0; index < values.length; index++) {
      const text = `w${(index * index) % 41}`;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const expected = [...counts]
      .map(([value, occurrences]) => ({ value, count: occurrences }))
      .sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
    expect(word).toEqual({
      name: 'word',
      type: 'string',
      missing: 0,
      distinct: counts.size,
      top: expected.slice(0, 20),
    });
    expect(count?.histogram?.map(({ from, to }) => to - from)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(count?.top).toHaveLength(7);
    expect(count?.top?.[0]).toEqual({ value: '0', count: 2858 });
    expect(when).toMatchObject({ type: 'timestamp', minimum: Date.UTC(2020, 0, 1), distinct: 60 });
  });

  it('has the same bytes in every run, whatever the threads', async () => {
    await fixture.makeParquet(
      'many.parquet',
      'SELECT sin(range) * exp(range % 19) AS a, (range * 7919) % 1000003 AS b, cos(range)::FLOAT AS c FROM range(400000)',
    );
    const texts = new Set<string>();
    for (const threads of [1, 2, 4, 4, 4]) {
      await using engine = fixture.createEngine({ threads });
      const set = await engine.open({ name: 'x', baseDirectory: fixture.directory, paths: ['many.parquet'] });
      texts.add(JSON.stringify(await set.profile(['a', 'b', 'c'])));
    }
    expect(texts.size).toBe(1);
  });

  it('copes with constants, infinities, single and absent values, and the largest numbers', async () => {
    const query = `SELECT * FROM (VALUES
      (7::DOUBLE, 'inf'::DOUBLE, 1.5::DOUBLE, NULL::DOUBLE, 1.7e308::DOUBLE, NULL::VARCHAR, [1]),
      (7, 1, NULL, NULL, -1.7e308, NULL, [1]), (7, 'nan', NULL, 'nan', 0, NULL, NULL)) t(constant, infinite, single, absent, huge, word, list)`;
    await using set = await fixture.open(await fixture.makeParquet('edge.parquet', query));
    const profiles = await set.profile(set.columns.map(({ name }) => name));
    const [constant, infinite, single, absent, huge, word, list] = profiles;
    expect(constant).toMatchObject({
      mean: 7,
      standardDeviation: 0,
      histogram: [{ from: 7, to: 7, count: 3 }],
    });
    expect(infinite).toMatchObject({ missing: 1, distinct: 2, minimum: 1, maximum: 1, mean: 1 });
    expect(single).toMatchObject({ missing: 2, minimum: 1.5, mean: 1.5 });
    expect(single).not.toHaveProperty('standardDeviation');
    expect(absent).toEqual({ name: 'absent', type: 'number', missing: 3, distinct: 0 });
    expect(huge).toMatchObject({ minimum: -1.7e308, maximum: 1.7e308, distinct: 3 });
    expect(word).toEqual({ name: 'word', type: 'string', missing: 3, distinct: 0, top: [] });
    expect(list).toEqual({ name: 'list', type: 'other', missing: 1, distinct: 1 });
  });
});

describe('check', () => {
  const csv =
    'id,age,word,flag,when\n1,20,a,true,2020-01-01\n2,-1,b,false,2020-02-30\n2,,c,,2020-01-03\n4,200,,true,\n2,30.5,a,true,soon\n';
  const place = (line: number, value: string) => ({ file: 'rows.csv', line, value });

  it.each([
    [{ kind: 'present', column: 'age' }, 1, 5, [place(4, '')]],
    [{ kind: 'range', column: 'age', minimum: 0, maximum: 150 }, 2, 4, [place(3, '-1'), place(5, '200')]],
    [
      { kind: 'range', column: 'age', exclusiveMinimum: -1, exclusiveMaximum: 200 },
      2,
      4,
      [place(3, '-1'), place(5, '200')],
    ],
    [{ kind: 'range', column: 'age', minimum: -1, maximum: 200 }, 0, 4, []],
    [{ kind: 'set', column: 'word', values: ['a', 'b'] }, 1, 4, [place(4, 'c')]],
    [{ kind: 'set', column: 'id', values: ['1', '2.0', '4'] }, 0, 5, []],
    [{ kind: 'set', column: 'flag', values: ['true'] }, 1, 4, [place(3, 'false')]],
    [{ kind: 'unique', columns: ['id'] }, 2, 5, [place(4, '2'), place(6, '2')]],
    [{ kind: 'unique', columns: ['id', 'word'] }, 0, 4, []],
    [{ kind: 'type', column: 'id', type: 'integer' }, 0, 5, []],
    [{ kind: 'type', column: 'age', type: 'integer' }, 1, 4, [place(6, '30.5')]],
    [{ kind: 'type', column: 'age', type: 'number' }, 0, 4, []],
    [{ kind: 'type', column: 'age', type: 'string' }, 0, 4, []],
    [
      { kind: 'type', column: 'word', type: 'number' },
      4,
      4,
      [place(2, 'a'), place(3, 'b'), place(4, 'c'), place(6, 'a')],
    ],
    [{ kind: 'type', column: 'flag', type: 'boolean' }, 0, 4, []],
    [{ kind: 'type', column: 'when', type: 'date' }, 2, 4, [place(3, '2020-02-30'), place(6, 'soon')]],
    [{ kind: 'type', column: 'when', type: 'timestamp' }, 2, 4, [place(3, '2020-02-30'), place(6, 'soon')]],
  ] as const)('%j', async (rule, failing, checked, examples) => {
    await using set = await fixture.openCsv(csv);
    const [result] = await set.check([rule]);
    expect(result).toMatchObject({ failing, checked });
    expect(result!.examples).toEqual(examples);
  });

  it('tells how far failing rows lie out, and which values they have', async () => {
    await using set = await fixture.openCsv('n,word\n1,a\n50,b\n-3,c\n9,b\n');
    const [range, words, length] = await set.check([
      { kind: 'range', column: 'n', minimum: 0, maximum: 10 },
      { kind: 'set', column: 'word', values: ['a'] },
      { kind: 'length', column: 'word', minimum: 2 },
    ]);
    expect(range!.extremes).toEqual({ minimum: -3, maximum: 50 });
    expect(words!.values).toEqual(['b', 'c']);
    expect(length!.extremes).toEqual({ minimum: 1, maximum: 1 });
  });

  it('answers many rules in their order and gives at most five examples', async () => {
    await using set = await fixture.openCsv(
      `n\n${Array.from({ length: 20 }, (_, index) => index).join('\n')}\n`,
    );
    const results = await set.check([
      { kind: 'unique', columns: ['n'] },
      { kind: 'range', column: 'n', minimum: 10 },
      { kind: 'present', column: 'n' },
    ]);
    expect(results.map(({ failing }) => failing)).toEqual([0, 10, 0]);
    expect(results[1]?.examples.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  });

  it('holds types of typed files to their word', async () => {
    await using set = await fixture.open(
      await fixture.makeParquet('typed.parquet', "SELECT 1 AS n, '2' AS t"),
    );
    const results = await set.check([
      { kind: 'type', column: 'n', type: 'string' },
      { kind: 'type', column: 't', type: 'string' },
      { kind: 'type', column: 't', type: 'integer' },
    ]);
    expect(results.map(({ failing }) => failing)).toEqual([1, 0, 0]);
    expect(results[0]?.examples).toEqual([{ file: 'typed.parquet', line: 1, value: '1' }]);
  });

  it('refuses a rule on a column that does not exist', async () => {
    await using set = await fixture.openCsv(csv);
    await expect(set.check([{ kind: 'present', column: 'agge' }])).rejects.toThrow(/did you mean "age"/);
  });
});
