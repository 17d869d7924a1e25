import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();
const CSV = 'id,amt\n1,2.5\n2,3.5\n';

const FEATURES: readonly (readonly [string, RegExp])[] = [
  ["SELECT * FROM read_csv('/etc/passwd')", /read_csv.*only source can be read/],
  ["SELECT * FROM read_text('/etc/passwd')", /read_text.*only source/],
  ["SELECT * FROM glob('/etc/*')", /glob.*only source/],
  ["SELECT * FROM '/etc/passwd'", /the only table is source/],
  ["SELECT * FROM 'http://127.0.0.1:1/x.csv'", /the only table is source/],
  ["SELECT * FROM read_parquet('http://127.0.0.1:1/x.parquet')", /read_parquet.*only source/],
  ["SELECT id, (SELECT content FROM read_text('/etc/passwd')) AS leak FROM source", /read_text/],
  ["WITH a AS (SELECT * FROM read_blob('/etc/passwd')) SELECT source.* FROM source, a", /read_blob/],
  ["SELECT * FROM query('SELECT 1')", /query.*only source/],
  ['SELECT * FROM duckdb_settings()', /duckdb_settings/],
  ['SELECT * FROM information_schema.tables', /the only table is source/],
  ['SELECT * FROM other', /"other"; the only table is source/],
  ["ATTACH '/tmp/x.db'", /not a SELECT/],
  ["COPY source TO '/tmp/contender-leak.csv'", /not a SELECT/],
  ['INSTALL httpfs', /not a SELECT/],
  ['LOAD httpfs', /not a SELECT/],
  ['SET threads = 1', /not a SELECT/],
  ['PRAGMA threads = 1', /not a SELECT|valid SQL/],
  ["EXPORT DATABASE '/tmp/x'", /not a SELECT/],
  ['CREATE TABLE x AS SELECT 1', /not a SELECT/],
  ['DROP VIEW source', /not a SELECT/],
  ['SELECT * FROM source; SELECT 1', /2 statements/],
  ['SELECT * FROM source; DROP VIEW source', /not a SELECT/],
  ['', /0 statements/],
  ['SELEC id FROM source', /not valid SQL/],
  ['SELECT id FROM source WHERE', /not valid SQL/],
  ["SELECT getenv('HOME') AS home FROM source", /getenv/],
  ["SELECT current_setting('temp_directory') AS x FROM source", /current_setting/],
  ['SELECT random() AS x FROM source', /another value each time/],
  ["SELECT repeat('x', 200000000) AS x FROM source", /repeat\(\), which can fill the memory/],
  ["SELECT repeat(repeat('x', 9999), 9999) AS x FROM source", /no such call within another/],
  ['SELECT list_sum(range(id * 1000000)) AS x FROM source', /range\(\), which can fill the memory/],
  ['SELECT id, now() AS x FROM source', /another value each time/],
  ['SELECT id FROM source USING SAMPLE 1', /sample/],
  ['SELECT id FROM source WHERE id = ?', /parameter/],
  ['SELECT nosuch FROM source', /nosuch/],
  ['SELECT id, amt AS id FROM source', /two columns named "id"/],
];

const CONDITIONS: readonly (readonly [string, RegExp])[] = [
  ["id IN (SELECT 1 FROM read_csv('/etc/passwd'))", /read_csv/],
  ['true) FROM source; DROP VIEW source; SELECT (true', /not a SELECT|statements/],
  ['true); SELECT (true', /2 statements/],
  ['id), (amt', /not one condition/],
  ['true) FROM source --', /not valid SQL/],
  ['true) AS a FROM source WHERE (true', /not valid SQL/],
  ['count(*) > 1', /aggregate/i],
  ['nosuch > 1', /nosuch/],
  ['amt > random()', /another value each time/],
  ["length(lpad('x', 2000000000)) > amt", /lpad\(\), which can fill the memory/],
  ['amt >', /not valid SQL/],
];

describe('SQL of the repository', () => {
  it.each(FEATURES)('refuses the features query %j', async (sql, reason) => {
    const failure = await fixture
      .openCsv(CSV, { features: { sql, file: 'features.sql' } })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).message).toMatch(reason);
    expect((failure as InputError).message).toMatch(/^features\.sql/);
  });

  it.each(CONDITIONS)('refuses the condition %j', async (condition, reason) => {
    const failure = await fixture
      .openCsv(CSV, { filters: [{ kind: 'sql', condition }] })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).message).toMatch(reason);
    expect((failure as InputError).message).toContain('training: condition');
  });

  it('refuses the same in the condition of a time range', async () => {
    await using set = await fixture.openCsv('t\n2020-01-01\n2020-01-03\n');
    await expect(set.timeRange('t', { where: "t IN (SELECT 1 FROM '/etc/passwd')" })).rejects.toThrow(
      /only table/,
    );
    expect(await set.timeRange('t', { where: "t > '2020-01-02'" })).toEqual({
      from: Date.UTC(2020, 0, 3),
      to: Date.UTC(2020, 0, 3),
    });
  });

  it('stops a query that takes too long, and leaves nothing behind', async () => {
    const engine = fixture.createEngine({
      timeLimitSeconds: 1,
      temporaryDirectory: join(fixture.directory, 'late'),
    });
    await fixture.write('rows.csv', CSV);
    const sql = 'SELECT sum(a.range * b.range) AS x FROM range(10000000) a, range(10000000) b, source';
    const opening = engine.open({
      name: 'training',
      baseDirectory: fixture.directory,
      paths: ['rows.csv'],
      features: { sql, file: 'features.sql' },
    });
    await expect(opening).rejects.toThrow(/features\.sql: took longer than the limit of 1 seconds/);
    expect(await readdir(join(fixture.directory, 'late'))).toEqual([]);
  });

  it('allows what a features query needs', async () => {
    await using set = await fixture.openCsv(CSV, {
      features: {
        sql: "WITH big AS (SELECT * FROM source WHERE amt > 1) SELECT id, round(amt) AS whole, 9007199254740993 AS exact, lpad(CAST(id AS VARCHAR), 8, '0') AS code, range(3) AS few FROM big -- end",
        file: 'features.sql',
      },
    });
    expect(set.columns.map(({ name }) => name)).toEqual(['id', 'whole', 'exact', 'code', 'few']);
    expect((await set.read([{ name: 'exact', as: 'text' }])).columns[0]).toMatchObject({
      dictionary: ['9007199254740993'],
    });
  });

  it('does not change the data file', async () => {
    await using set = await fixture.openCsv(CSV);
    expect(set.rowCount).toBe(2);
    expect(await readFile(join(fixture.directory, 'rows.csv'), 'utf8')).toBe(CSV);
  });
});

describe('the locked session itself', () => {
  it.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "ATTACH '/tmp/contender-attached.db'",
    "COPY (SELECT 1) TO '/tmp/contender-copy.csv'",
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET threads = 1',
    'SET enable_external_access = true',
    "SET allowed_paths = ['/etc/passwd']",
    'RESET lock_configuration',
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
    "SELECT getenv('HOME')",
    'CREATE SECRET (TYPE s3)',
  ])('refuses %s even when it gets there', async (sql) => {
    const { openSession } = await import('../../../src/adapters/duckdb/session.ts');
    const session = await openSession({
      duckdb: await import('@duckdb/node-api'),
      files: [join(fixture.directory, 'rows.csv')],
      spillDirectory: join(fixture.directory, 'spill'),
      memoryLimitMegabytes: 256,
      threads: 1,
      timeLimitSeconds: 30,
    });
    try {
      await expect(session.run(sql)).rejects.toThrow();
    } finally {
      session.close();
    }
  });
});
