import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { allUnits } from '../../../src/core/statistics/drawn-samples.ts';
import { createResampler } from '../../../src/core/statistics/resampling.ts';
import type { AggregateRequest, DataEngine } from '../../../src/ports/data-engine.ts';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

const CSV = [
  'id,ssn,name,amt,Score,rank',
  'a,912345678,Ada Secret,10,7,1',
  'b,923456789,Bob Secret,20,7,2',
  'c,934567890,Cy Secret,,7,3',
  'd,945678901,Di Secret,40,7,4',
].join('\n');

const LABELS = [1, 0, 1, 0];
const SCORES = [0.9, 0.2, 0.4, 0.7];

function request(sql: string, more: Partial<AggregateRequest> = {}): AggregateRequest {
  const answers = (scores: readonly number[]) => [
    { kind: 'number' as const, name: 'score', values: Float64Array.from(scores) },
    {
      kind: 'number' as const,
      name: 'prediction',
      values: Float64Array.from(scores, (score) => Number(score >= 0.5)),
    },
  ];
  return {
    subject: 'the metric "m"',
    sql,
    rows: Uint32Array.of(0, 1, 2, 3),
    ranks: Int32Array.of(0, 1, 2, 3),
    shared: [{ kind: 'number', name: 'label', values: Float64Array.from(LABELS) }],
    models: [answers(SCORES), answers([0.5, 0.5, 0.5, 0.5])],
    withheld: ['id', 'SSN'],
    ...more,
  };
}

async function open(engine: DataEngine = fixture.engine, csv = CSV) {
  await fixture.write('scored.csv', `${csv}\n`);
  return engine.open({
    name: 'holdout',
    baseDirectory: fixture.directory,
    paths: ['scored.csv'],
    repeatable: true,
  });
}

/** Values of both models on all rows. */
async function valuesOf(sql: string, more: Partial<AggregateRequest> = {}, engine?: DataEngine) {
  await using set = await open(engine);
  const asked = request(sql, more);
  await using aggregate = await set.aggregate(asked);
  const resampler = createResampler({ kind: 'rows', rowCount: asked.rows.length });
  await aggregate.choose({ units: resampler.unitOfRow });
  return (await aggregate.compute(allUnits(resampler))).map(([value]) => value);
}

async function failureOf(sql: string, more?: Partial<AggregateRequest>, engine?: DataEngine) {
  const failure = await valuesOf(sql, more, engine).then(
    (values) => new Error(`no error but ${String(values)}`),
    (error: unknown) => error as Error,
  );
  expect(failure.message).not.toMatch(/Secret|9\d{8}/);
  return failure;
}

const VALUES: readonly (readonly [string, readonly number[]])[] = [
  ['avg(abs(label - score))', [(0.1 + 0.2 + 0.6 + 0.7) / 4, 0.5]],
  ['sum(amt) filter (where prediction = 1 and label = 0) / count(*)', [10, 15]],
  ['median(abs(label - score))', [0.4, 0.5]],
  ['count(*) filter (where prediction = label)', [2, 2]],
  ['avg(score) -- a comment', [0.55, 0.5]],
  ['avg(score) /* a comment */', [0.55, 0.5]],
  ['avg(source.score)', [0.55, 0.5]],
  ['AVG("Score")', [0.55, 0.5]],
  ['max(score) - min(score)', [0.7, 0]],
  ['sum(score * rank)::FLOAT', [Math.fround(0.9 + 0.4 + 1.2 + 2.8), 5]],
  ['sum((score * 10)::INTEGER)', [22, 20]],
  ['avg(amt) filter (where prediction = 1)', [25, 70 / 3]],
  ['count(distinct name) filter (where prediction = 1)', [2, 4]],
];

const BAD: readonly (readonly [string, RegExp])[] = [
  ['', /not valid SQL|not one aggregate/],
  ['avg(', /not valid SQL/],
  ['avg(score', /not valid SQL/],
  ['avg(score))', /not valid SQL/],
  ['score', /value for each row/],
  ['label - score', /value for each row/],
  ['avg(score) - score', /value for each row/],
  ['1', /neither score nor prediction/],
  ['count(*)', /neither score nor prediction/],
  ['avg(amt)', /neither score nor prediction/],
  ['max(ssn)', /id or a sensitive column/],
  ['any_value(ssn) + 0 * avg(score)', /id or a sensitive column/],
  ['avg(score) filter (where "SSN" > 1)', /id or a sensitive column/],
  ["avg(score) filter (where id = 'a')", /id or a sensitive column/],
  ['any_value(name) filter (where score > 0)', /single row by any_value/],
  ['max(amt) filter (where prediction = 1)', /single row by max/],
  ['arg_max(amt, score)', /single row by arg_max/],
  ['list(amt order by score)[1]', /single row by list/],
  ["string_agg(name, ',' order by score)", /single row by string_agg/],
  ['list(score)', /gives DOUBLE\[\] and not a number/],
  ['max(score)::VARCHAR', /gives VARCHAR and not a number/],
  ['bool_and(score > 0)', /gives BOOLEAN and not a number/],
  ['histogram(score)', /gives MAP.* and not a number/],
  ['max(struct_pack(a := score, b := name))', /takes the value of a single row by max/],
  ['nosuch(score)', /nosuch/],
  ['avg(scor)', /neither score nor prediction/],
  ['avg(score - nosuch)', /"nosuch" not found.*Candidate/],
  ["avg(score - 'x'::DATE)", /the metric "m"/],
  ['avg(score) over ()', /window \(OVER\)/],
  ['avg(avg(score)) over ()', /window \(OVER\)/],
  ['avg(score), avg(label)', /gives STRUCT.* and not a number/],
  ['avg(score)), (avg(label)', /not one aggregate/],
  ['avg(score)) FROM source WHERE (true', /not valid SQL/],
  ['avg(score)) FROM source GROUP BY (label', /not valid SQL/],
  ['avg(score)) FROM source --', /not valid SQL/],
  ['avg(score)) UNION SELECT (1', /not one aggregate|not valid SQL/],
  ['avg(score); SELECT 1', /not valid SQL/],
  ['avg(score)); SELECT (1', /2 statements/],
  ['avg(score)); DROP TABLE source; SELECT (1', /not a SELECT/],
  ['avg(score) + (SELECT 1)', /query of its own/],
  ['avg(score) + (SELECT max(amt) FROM source)', /query of its own/],
  ['avg(score) + (SELECT count(*) FROM duckdb_settings())', /duckdb_settings/],
  ["avg(score) + (SELECT count(*) FROM read_csv('/etc/passwd'))", /read_csv/],
  ["avg(score) + (SELECT count(*) FROM '/etc/passwd')", /only table is source/],
  ["avg(score) + len(read_text('/etc/passwd'))", /read_text/],
  ["ATTACH '/tmp/x.db'", /neither score nor prediction/],
  ["COPY source TO '/tmp/contender-leak.csv'", /not valid SQL/],
  ['INSTALL httpfs', /not valid SQL/],
  ['LOAD httpfs', /not valid SQL/],
  ['PRAGMA threads = 1', /not valid SQL/],
  ["avg(score) + len(getenv('HOME'))", /getenv/],
  ["avg(score) + len(current_setting('temp_directory'))", /current_setting/],
  ['avg(score) + random()', /another value each time/],
  ['avg(score) + epoch(now())', /another value each time/],
  ['avg(score) + ?', /parameter/],
  ['avg(score) + $1', /parameter/],
  ['avg(score + #1)', /by their place/],
  ['avg(score) + count(COLUMNS(*))', /by \* or by their place/],
  ['sum(unnest([score, label]))', /unnest/],
  ['unnest(list(score))', /unnest/],
  ['sum(list_sum(range(1000000000000)) * score)', /range\(\), which can fill the memory/],
  ["avg(score) + len(repeat('x', 1000000000))", /repeat\(\), which can fill the memory/],
  ['avg(score + __contender_row)', /not found/],
  ['avg(score + __contender_unit)', /not found/],
  [`avg(score)${' '.repeat(10_001)}`, /10011 characters/],
  // Failures on the rows: DuckDB's words would quote a cell.
  ['sum(name::INTEGER) + avg(score)', /fails on some of the rows: a value cannot be converted/],
  ['sum(error(name)::INTEGER) + avg(score)', /fails on some of the rows/],
  ['sum(score::INTEGER + 2147483647)', /fails on some of the rows: a number leaves the range/],
  ["avg(score) + sum(strptime(name, '%Y')::DATE - DATE '2020-01-01')", /fails on some of the rows/],
];

describe('an aggregate over scored rows', () => {
  it.each(VALUES)('computes %s for each model', async (sql, wanted) => {
    const values = await valuesOf(sql);
    wanted.forEach((value, model) => {
      expect(values[model], `model ${model}`).toBeCloseTo(value, 12);
    });
  });

  it.each(BAD)('refuses %j in words without a value of the data', async (sql, reason) => {
    const failure = await failureOf(sql);
    expect(failure).toBeInstanceOf(InputError);
    expect(failure.message).toMatch(reason);
    expect(failure.message).toMatch(/^the metric "m"/);
    expect(failure.message).not.toContain('\n');
    expect(failure.message.length).toBeLessThan(420);
  });

  it.each([
    'avg(score) filter (where score > 2)',
    "sum(score * 'NaN'::DOUBLE)",
    "sum(score * 'Infinity'::DOUBLE)",
    'sum(score) / (count(*) - count(*))',
  ])('gives no number for %s', async (sql) => {
    expect(await valuesOf(sql)).toEqual([Number.NaN, Number.NaN]);
  });

  it('survives SQL that is nested without end', async () => {
    const deep = (depth: number) => `avg(${'('.repeat(depth)}score${')'.repeat(depth)})`;
    expect((await valuesOf(deep(100)))[0]).toBeCloseTo(0.55, 12);
    for (const sql of [
      deep(4900),
      `avg(score${'+1'.repeat(4900)})`,
      `avg(${'-'.repeat(1)}${'abs('.repeat(2000)}score${')'.repeat(2000)})`,
    ]) {
      const outcome = await valuesOf(sql).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(InputError);
      else expect(outcome).toHaveLength(2);
    }
  });

  it('stops SQL that takes too long, over all its statements, and then works on', async () => {
    const engine = fixture.createEngine({ timeLimitSeconds: 1 });
    await using set = await open(engine);
    await using aggregate = await set.aggregate(request('sum(sqrt(abs(sin(score)))) + median(score)'));
    const resampler = createResampler({ kind: 'rows', rowCount: 4 });
    await aggregate.choose({ units: resampler.unitOfRow });
    const compute = async () => {
      for (let time = 0; time < 100; time++) await aggregate.compute(allUnits(resampler, 500_000));
    };
    const failure = await compute().catch((error: unknown) => error as Error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as Error).message).toBe(
      'the metric "m" took longer than the limit of 1 seconds and was stopped; make it cheaper',
    );
    expect((await valuesOf('avg(score)', {}, engine))[0]).toBeCloseTo(0.55, 12);
  });

  it('refuses SQL that needs more memory than there is', async () => {
    const engine = fixture.createEngine({ memoryLimitMegabytes: 64 });
    await using set = await open(engine);
    await using aggregate = await set.aggregate(request('list_sum(list(score))'));
    const resampler = createResampler({ kind: 'rows', rowCount: 4 });
    await aggregate.choose({ units: resampler.unitOfRow });
    const failure = await aggregate.compute(allUnits(resampler, 3_000_000)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as Error).message).toBe('the metric "m" needs more memory than it may have');
  });

  it('orders equal rows by their columns, whatever order the file has', async () => {
    const lines = CSV.split('\n');
    const orders = [
      [0, 1, 2, 3],
      [2, 0, 3, 1],
      [3, 2, 1, 0],
    ];
    const draws = { count: 3, samples: Int32Array.of(0, 1, 1, 2), units: Int32Array.of(0, 1, 1, 3) };
    const found = [];
    for (const order of orders) {
      await using set = await open(
        fixture.engine,
        [lines[0], ...order.map((row) => lines[row + 1])].join('\n'),
      );
      const same = {
        kind: 'number' as const,
        name: 'score',
        values: new Float64Array(4).fill(0.5),
      };
      await using aggregate = await set.aggregate(
        request('sum(rank + score)', { ranks: new Int32Array(4), shared: [], models: [[same]] }),
      );
      await aggregate.choose({ units: Int32Array.of(0, 1, 2, 3) });
      found.push([...(await aggregate.compute(draws))[0]!]);
    }
    expect(found).toEqual([
      [1.5, 5, 4.5],
      [1.5, 5, 4.5],
      [1.5, 5, 4.5],
    ]);
  });

  it('looks at chosen rows and their units', async () => {
    await using set = await open();
    await using aggregate = await set.aggregate(request('sum(rank + 0 * score)'));
    await aggregate.choose({ rows: Uint32Array.of(1, 3, 2), units: Int32Array.of(0, 0, 1) });
    const draws = { count: 3, samples: Int32Array.of(0, 1, 2, 2), units: Int32Array.of(0, 1, 1, 1) };
    expect([...(await aggregate.compute(draws))[0]!]).toEqual([5, 4, 8]);
    await aggregate.choose({ units: Int32Array.of(0, 1, 2, 3) });
    expect([...(await aggregate.compute({ ...draws, count: 4 }))[0]!]).toEqual([1, 2, 4, Number.NaN]);
  });

  it('reads classes as text, and missing ones as NULL', async () => {
    const classes = (name: string, codes: readonly number[]) => ({
      kind: 'text' as const,
      name,
      codes: Int32Array.from(codes),
      dictionary: ["it's", 'b "quoted"'],
    });
    const values = await valuesOf('avg((label = prediction)::INTEGER) + count(prediction)', {
      shared: [classes('label', [0, 1, 1, 0])],
      models: [[classes('prediction', [0, 1, 0, -1])]],
    });
    expect(values).toEqual([2 / 3 + 3]);
  });
});
