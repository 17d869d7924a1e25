/** Checks of a contract on made data: each rule by its own, with the rows that break it. */

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { runValidateData } from '../../src/stages/validation/validate-data.ts';
import type { ValidateRequest } from '../../src/stages/validation/validate-request.ts';
import { csv, DataStage } from './data-stage-fixture.ts';

const stage = new DataStage();

const CONFIG = `model: rows
task: binary-classification
data: {training: data/train.csv, sensitive: [secret]}
contract: contract.yml
`;

type Options = { readonly properties?: string; readonly quality?: string; readonly rest?: string };

async function check(
  text: string,
  { properties = '', quality = '', rest = '' }: Options,
  more: Partial<ValidateRequest> = {},
  git = false,
) {
  const head = 'apiVersion: v3.1.0\nkind: DataContract\nschema:\n  - name: rows\n';
  const indent = (lines: string) => lines.trim().replace(/^/gm, '      ');
  stage.write(
    'contract.yml',
    `${head}${properties && `    properties:\n${indent(properties)}\n`}${quality && `    quality:\n${indent(quality)}\n`}${rest}version: 1.0.0\nid: rows\nstatus: active\n`,
  );
  stage.write('data/train.csv', text);
  const loaded = await stage.load(CONFIG);
  const repository = git
    ? await openRepository({ directory: stage.directory, environment: process.env })
    : undefined;
  const { document } = await runValidateData(
    { ...loaded, data: [], contract: undefined, failOn: 'error', dataTracked: true, ...more },
    {
      world: { ...stage.world, now: () => Date.parse('2024-06-10T12:00:00Z') },
      engine: stage.engine,
      repository,
    },
  );
  if (document.verdict === 'error') return { error: document.error.message, findings: [] };
  return { findings: document.findings.filter(({ location }) => location?.file === 'contract.yml') };
}

const linesOf = (findings: Awaited<ReturnType<typeof check>>['findings']) =>
  findings.map(({ check: kind, failing, examples }) => [kind, failing, examples.map(({ line }) => line)]);

describe('rules over rows', () => {
  test.each([
    [
      'length',
      '{name: a, logicalType: string, logicalTypeOptions: {minLength: 2, maxLength: 3}}',
      ['ab', 'abcd', 'ü', 'üü'],
      [3, 4],
    ],
    [
      'pattern',
      '{name: a, logicalType: string, logicalTypeOptions: {pattern: "^[A-Z]+$"}}',
      ['AB', 'aB', 'C', 'D1'],
      [3, 5],
    ],
    [
      'format',
      '{name: a, logicalType: string, logicalTypeOptions: {format: email}}',
      ['a@b.co', 'a@b', 'first.last+tag@sub.example.org', 'x'],
      [3, 5],
    ],
    [
      'multiple-of',
      '{name: a, logicalType: number, logicalTypeOptions: {multipleOf: 0.1}}',
      ['0.3', '0.35', '7', '1.25'],
      [3, 5],
    ],
    [
      'range',
      '{name: a, logicalType: date, logicalTypeOptions: {minimum: "2024-01-02"}}',
      ['2024-01-01', '2024-01-02', '2024-01-03', '2023-12-31'],
      [2, 5],
    ],
    [
      'format',
      '{name: a, logicalType: date, logicalTypeOptions: {format: dd.MM.yyyy}}',
      ['31.01.2024', '30.02.2024', '01.02.2024', 'x'],
      [3, 5],
    ],
    [
      'required',
      '{name: a, quality: [{metric: missingValues, mustBe: 0, arguments: {missingValues: ["?", ""]}}]}',
      ['x', '?', '""', 'y'],
      [3],
    ],
    [
      'pattern',
      '{name: a, quality: [{metric: invalidValues, mustBe: 0, arguments: {pattern: "^x"}}]}',
      ['x1', 'y', 'x2', 'z'],
      [3, 5],
    ],
  ])('%s: %s', async (kind, property, cells, lines) => {
    const { findings } = await check(
      csv(
        'b,a',
        cells.map((cell, row) => [row, cell]),
      ),
      { properties: `- ${property}` },
    );
    const failing =
      kind === 'required' ? findings.filter(({ failing: count }) => count !== undefined) : findings;
    expect(failing.map((finding) => finding.check)).toEqual([kind]);
    expect(failing[0]!.examples.map(({ line }) => line)).toEqual(expect.arrayContaining(lines));
    if (kind !== 'required') expect(failing[0]!.failing).toBe(lines.length);
  });

  test('monotonic, with and without equal neighbours', async () => {
    const text = csv('a,b', [
      [1, 5],
      [2, 5],
      [2, 5],
      ['', 5],
      [3, 5],
      [1, 5],
    ]);
    const rule = (strict: boolean) =>
      `- {type: custom, engine: contender, implementation: {check: monotonic, column: a, strict: ${strict}}}`;
    expect(linesOf((await check(text, { quality: rule(false) })).findings)).toEqual([['monotonic', 1, [7]]]);
    expect(linesOf((await check(text, { quality: rule(true) })).findings)).toEqual([
      ['monotonic', 2, [4, 7]],
    ]);
  });

  test('conditions over columns; NULL is not asked; a value of a hidden column is not told', async () => {
    const text = csv('from_day,to_day,secret', [
      [1, 2, 'Ann'],
      [5, 4, 'Bob'],
      ['', 4, 'Cy'],
    ]);
    const quality =
      '- {type: custom, engine: contender, name: days in order, implementation: {check: condition, expression: "to_day >= from_day"}}';
    const { findings } = await check(text, { quality });
    expect(linesOf(findings)).toEqual([['condition', 1, [3]]]);
    expect(findings[0]!.message).toBe(
      '1 of 2 rows do not keep days in order; allowed: 0 rows; first at data/train.csv:3',
    );
    const wrong = await check(text, { quality: quality.replace('to_day >=', 'today >=') });
    expect(wrong.error).toMatch(/^contract\.yml:6: the condition/);
  });

  test('references into a file that the contract names, one column and two', async () => {
    stage.write(
      'cards.csv',
      csv('number,country', [
        ['007', 'DE'],
        ['1', 'FR'],
      ]),
    );
    const properties = '- {name: card, relationships: [{to: cards.number}]}\n- {name: land}';
    const rest =
      '    relationships: [{from: [rows.card, rows.land], to: [cards.number, cards.country]}]\n  - {name: cards, physicalName: cards.csv, properties: [{name: number}, {name: country}]}\n';
    const text = csv('card,land', [
      ['007', 'DE'],
      ['1', 'DE'],
      ['8', 'FR'],
      ['', 'DE'],
    ]);
    const { findings } = await check(text, { properties, rest });
    expect(linesOf(findings)).toEqual([
      ['reference', 2, [3, 4]],
      ['reference', 1, [4]],
    ]);
  });

  test('references into a file that the change touches are those of the base branch', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', stage.directory, '-c', 'user.name=a', '-c', 'user.email=a@b.co', ...args], {
        encoding: 'utf8',
      }).trim();
    const cards = (...numbers: string[]) =>
      csv(
        'number',
        numbers.map((number) => [number]),
      );
    git('init', '-q');
    const commit = (content: string) => {
      stage.write('cards.csv', content);
      git('add', 'cards.csv');
      git('commit', '-qm', 'cards', '--allow-empty');
      return git('rev-parse', 'HEAD');
    };
    const base = commit(cards('1', '2'));
    commit(cards('1', '2', '9'));
    const options = {
      properties: '- {name: card, relationships: [{to: cards.number}]}',
      rest: '  - {name: cards, physicalName: cards.csv, properties: [{name: number}]}\n',
    };
    const text = csv('card', [['1'], ['9']]);
    const loaded = await stage.load(CONFIG);
    const exam = { ...loaded.exam, commit: base };
    expect(linesOf((await check(text, options, { exam }, true)).findings)).toEqual([['reference', 1, [3]]]);
    expect((await check(text, options, {}, true)).findings).toEqual([]);
    commit(cards('1', '2'));
    stage.write('cards.csv', cards('1', '9'));
    expect((await check(text, options, { exam }, true)).findings).toEqual([]);
    rmSync(join(stage.directory, '.git'), { recursive: true });
  });
});

describe('rules over the whole', () => {
  const text = csv('at,amt,secret', [
    ['2024-06-10T08:00:00Z', 10, 41],
    ['2024-06-10T09:30:00Z', 30, 42],
  ]);

  test('freshness is the age of the newest value', async () => {
    const quality = (atMost: string) =>
      `- {type: custom, engine: contender, implementation: {check: freshness, column: at, atMost: ${atMost}}}`;
    expect((await check(text, { quality: quality('150m') })).findings).toEqual([]);
    const { findings } = await check(text, { quality: quality('2h') });
    expect(findings[0]).toMatchObject({
      check: 'freshness',
      edit: { before: expect.stringContaining('2h'), after: expect.stringContaining('3h') },
    });
    expect(findings[0]!.message).toBe(
      'the newest at is 2.5 hours old (of 2024-06-10 09:30:00 UTC); the contract asks for at most 2 hours',
    );
    const level = await check(text, {
      properties: '- name: at',
      rest: 'slaProperties: [{property: latency, value: 1, unit: h, element: rows.at}]\n',
    });
    expect(level.findings.map((finding) => finding.check)).toEqual(['freshness']);
  });

  test('SQL gives a number, by any name of the data set, and tells no hidden value', async () => {
    const rule = (query: string) => `- {type: sql, query: "${query}", mustBe: 0}`;
    const first = async (query: string) => (await check(text, { quality: rule(query) })).findings[0]?.message;
    expect(await first('select count(*) from rows where amt > 20')).toBe(
      'the query gives 1; the contract asks for 0',
    );
    expect(await first('select count(*) from {table} r where r.amt > 40')).toBeUndefined();
    expect(await first('select max(secret) from source')).toBe(
      'the query gives (hidden); the contract asks for 0',
    );
  });

  const leaks = [
    "select max(columns('^s')) from source",
    'select max(t.v) from source as t(x, u, v)',
    'select max(v) from (from source) as t(x, u, v)',
    'with t(x, u, v) as (from source) select max(v) from t',
    "select max(n::hugeint) from (select unnest(regexp_extract_all(source::varchar, '4[0-9]')) n from source)",
    "select max(regexp_extract(t::varchar, '4[0-9]')::int) from source t",
    'select max(SECRET) from source',
    'select count(*) * 0 + max(secret) from source',
    'select count(*) from range((select max(secret) from source))',
    'with t as (select * from range((select max(secret) from source))) select count(*) from t',
    'with t as (select 1 from source a, source b limit (select max(secret)-36 from source)) select count(*) from t',
    'select count(*) from (select unnest(range(42)) n, secret from source)',
    'select min(x.v) from (select 1 v) x natural join (select 1 v, secret from source)',
  ];
  test.each(leaks)('%s tells no hidden value, neither in the message nor by the edit', async (query) => {
    const { error, findings } = await check(text, {
      quality: `- {type: sql, query: "${query}", mustBe: 7}`,
    });
    if (error === undefined) {
      expect(findings.map(({ message }) => message)).toEqual([
        'the query gives (hidden); the contract asks for 7',
      ]);
      expect(findings[0]!.edit).toBeUndefined();
    } else expect(error).not.toMatch(/\b4[12]\b(?!\))/);
  });

  test('columns that are not hidden are told; where all are, counts alone', async () => {
    const first = async (query: string, dataTracked: boolean) =>
      (await check(text, { quality: `- {type: sql, query: "${query}", mustBe: 7}` }, { dataTracked }))
        .findings[0]?.message;
    const query = 'select sum(r.amt) from rows r';
    expect(await first(query, true)).toBe('the query gives 40; the contract asks for 7');
    for (const hiding of [query, 'select count(*)*0+max(amt) from source', 'select avg(amt) from source']) {
      expect(await first(hiding, false)).toBe('the query gives (hidden); the contract asks for 7');
    }
    const count = 'select count(distinct secret) from rows';
    expect(await first(count, false)).toBe('the query gives 2; the contract asks for 7');
  });

  test('the age of a hidden column is not told', async () => {
    const quality =
      '- {type: custom, engine: contender, implementation: {check: freshness, column: at, atMost: 2h}}';
    const { findings } = await check(text, { quality }, { dataTracked: false });
    expect(findings.map(({ message }) => message)).toEqual([
      'the newest at is (hidden) hours old; the contract asks for at most 2 hours',
    ]);
    expect(findings[0]!.edit).toBeUndefined();
  });

  test('a missing value of hidden data is told by its place alone', async () => {
    const { findings } = await check(
      csv('a,secret', [
        ['', 1],
        ['x', 2],
      ]),
      { properties: '- {name: a, required: true}' },
      { dataTracked: false },
    );
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/first at data\/train\.csv:2$/),
    ]);
  });

  test.each([
    ["select count(*) from 'data/train.csv'", /reads from/],
    ["select count(*) from read_csv('/etc/passwd')", /calls read_csv/],
    ['select 1 from source; drop table source', /2 statements|not a SELECT/],
    ['select amt from source', /several rows/],
    ['select amt, amt from source limit 1', /2 columns/],
    ["select sum(cast(secret || 'x' as integer)) from source", /fails on the data/],
    ['select random() from source', /another value each time/],
    ["select length(getenv('HOME')) from source", /getenv\(\), which reaches outside the data/],
    ['select length(current_schema()) from source', /current_schema\(\), which reaches outside the data/],
  ])('%s is refused, and no value of the data is told', async (query, message) => {
    const { error } = await check(text, { quality: `- {type: sql, query: "${query}", mustBe: 0}` });
    expect(error).toMatch(message);
    expect(error).toMatch(/^contract\.yml:6/);
    expect(error).not.toMatch(/41|42/);
  });

  test('changes against the commit before; what has no earlier version is said', async () => {
    const quality =
      '- {type: custom, engine: contender, implementation: {check: change, of: row-count, atMost: 20%}}\n- {type: custom, engine: contender, severity: warning, implementation: {check: change, of: mean, column: amt, atMost: 20%}}';
    expect((await check(text, { quality })).findings.map(({ message }) => message)).toEqual([
      'not checked: the rule change: there is no earlier commit to take the previous version from',
      'not checked: the rule change: there is no earlier commit to take the previous version from',
    ]);
    stage.write('data/train.csv', text);
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', stage.directory, '-c', 'user.name=a', '-c', 'user.email=a@b.co', ...args], {
        stdio: 'ignore',
      });
    git('init', '-q');
    git('add', 'data');
    git('commit', '-qm', 'one');
    expect((await check(text, { quality }, {}, true)).findings).toEqual([]);
    const more = csv(
      'at,amt,secret',
      Array.from({ length: 3 }, () => ['2024-06-10T08:00:00Z', 10, 41]),
    );
    const { findings } = await check(more, { quality }, {}, true);
    const hidden = quality.replace('column: amt', 'column: secret').replace('20%}}\n', '90%}}\n');
    const ofHidden = await check(more.replaceAll(',41', ',90'), { quality: hidden }, {}, true);
    expect(ofHidden.findings.map(({ message }) => message)).toEqual([
      'mean of secret changed by (hidden) percent; the contract asks for at most 20 percent',
    ]);
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['error', 'row-count changed by 50 percent (from 2 to 3); the contract asks for at most 20 percent'],
      [
        'warning',
        'mean of amt changed by 50 percent (from 20 to 10); the contract asks for at most 20 percent',
      ],
    ]);
  });

  test('words of our own that are not known are refused with their line', async () => {
    const own = (words: string) => `- {type: custom, engine: contender, implementation: {${words}}}`;
    expect((await check(text, { quality: own('check: freshnes') })).error).toMatch(
      /^contract\.yml:6: check is "freshnes"; allowed: condition/,
    );
    expect((await check(text, { quality: own('check: freshness, colum: at, atMost: 1h') })).error).toMatch(
      /^contract\.yml:6: .*did you mean column\?/,
    );
    const property = '- {name: amt, customProperties: [{property: contender, value: {most: 0.9}}]}';
    expect((await check(text, { properties: property })).error).toMatch(
      /^contract\.yml:6: .*did you mean mostly\?/,
    );
  });
});
