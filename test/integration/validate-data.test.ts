/** The stage over real files, DuckDB and contracts. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/core/documents/documents.ts';
import { runValidateData } from '../../src/stages/validation/validate-data.ts';
import type { ValidateRequest } from '../../src/stages/validation/validate-request.ts';
import { csv, DataStage } from './data-stage-fixture.ts';

const stage = new DataStage();

const CONFIG = `model: fraud
task: binary-classification
data:
  training: data/train.csv
  holdout: data/holdout.csv
  current: data/current.csv
  target: y
  id: id
  sensitive: [age]
  exclude: [name]
contract: contract.yml
`;

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: rows
    properties:
      - name: id
        primaryKey: true
      - name: amt
        logicalType: number
        required: true
        logicalTypeOptions: {minimum: 0}
      - name: age
        logicalTypeOptions: {maximum: 120}
      - name: kind
        quality:
          - {metric: invalidValues, mustBe: 0, severity: warning, arguments: {validValues: [web, shop]}}
          - {type: sql, query: select count(*) from rows where kind is null, mustBe: 0, name: kinds}
    quality:
      - {metric: rowCount, mustBeGreaterOrEqualTo: 3}
version: 1.0.0
id: rows
status: active
`;

const HEADER = 'id,name,amt,age,kind,y';
const clean = (first: number, count = 5) =>
  csv(
    HEADER,
    Array.from({ length: count }, (_, row) => [
      `id${first + row}`,
      `Nora ${row}`,
      row + 0.5,
      30 + row,
      'web',
      row % 2,
    ]),
  );

function writeClean(): void {
  stage.write('contract.yml', CONTRACT);
  stage.write('data/train.csv', clean(0));
  stage.write('data/holdout.csv', clean(100));
  stage.write(
    'data/current.csv',
    csv('id,name,amt,age,kind', [
      ['x1', 'Ann', 1, 40, 'web'],
      ['x2', 'Bo', 2, 41, 'shop'],
      ['x3', 'Cy', 3, 42, 'web'],
    ]),
  );
}

async function run(more: Partial<ValidateRequest> = {}, config: string | 'none' = CONFIG, flags = {}) {
  const loaded = await stage.load(config === 'none' ? undefined : config, flags);
  return runValidateData(
    { ...loaded, data: [], contract: undefined, failOn: 'error', dataTracked: true, ...more },
    { world: stage.world, engine: stage.engine },
  );
}

async function completed(...given: Parameters<typeof run>) {
  const result = await run(...given);
  if (result.document.verdict === 'error') throw new Error(result.document.error.message);
  return { ...result, document: result.document };
}

async function failed(...given: Parameters<typeof run>) {
  const result = await run(...given);
  if (result.document.verdict !== 'error') throw new Error(`verdict ${result.document.verdict}`);
  return { exitCode: result.exitCode, error: result.document.error };
}

describe('clean data', () => {
  test('pass, with profiles and inputs', async () => {
    writeClean();
    const { document, exitCode, outputs, evidence } = await completed();
    expect(document).toMatchObject({ verdict: 'pass', findings: [], contract: { path: 'contract.yml' } });
    expect(exitCode).toBe(0);
    expect(outputs).toEqual({ verdict: 'pass', findings: '0', fingerprint: document.fingerprint });
    expect(document.datasets.map(({ name, rows }) => [name, rows])).toEqual([
      ['training', 5],
      ['holdout', 5],
      ['current', 3],
    ]);
    expect(document.inputs).toMatchObject([
      {
        role: 'training',
        path: 'data/train.csv',
        rows: 5,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        rowsDigest: expect.any(String),
      },
      { role: 'holdout', path: 'data/holdout.csv' },
      { role: 'current', path: 'data/current.csv' },
      { role: 'contract', path: 'contract.yml' },
    ]);
    const written = stage.read('.contender/fraud/validation.json');
    expect(parseDocument('validation', written, { file: evidence, model: 'fraud' })).toEqual(document);
  });

  test('the fingerprint is of the rows: not of their order, but of every value', async () => {
    writeClean();
    const before = (await completed()).outputs.fingerprint;
    const lines = clean(0).trimEnd().split('\n');
    stage.write('data/train.csv', `${[lines[0], ...lines.slice(1).toReversed()].join('\n')}\n`);
    expect((await completed()).outputs.fingerprint).toBe(before);
    stage.write('data/train.csv', clean(0).replace('0.5', '0.25'));
    expect((await completed()).outputs.fingerprint).not.toBe(before);
  });

  test('current data that are not there are left out', async () => {
    writeClean();
    const { document } = await completed({}, CONFIG.replace('current.csv', 'later-*.csv'));
    expect(document.datasets.map(({ name }) => name)).toEqual(['training', 'holdout']);
  });
});

describe('data that break their contract', () => {
  const broken = () => {
    writeClean();
    stage.write(
      'data/train.csv',
      csv(HEADER, [
        ['a', 'Zoe Private', 1, 30, 'web', 0],
        ['a', 'Max Private', -5, 30, 'web', 1],
        ['b', 'Kim Private', '', 777, 'phone', 1],
      ]),
    );
  };

  test('fail, with lines of the contract and of the data', async () => {
    broken();
    const { document, exitCode } = await completed();
    expect(document.verdict).toBe('fail');
    expect(exitCode).toBe(1);
    const found = document.findings.map(({ check, severity, column, failing, location }) => [
      check,
      severity,
      column,
      failing,
      location?.line,
    ]);
    expect(found).toEqual([
      ['required', 'error', 'amt', 1, 10],
      ['range', 'error', 'amt', 1, 11],
      ['range', 'error', 'age', 1, 13],
      ['unique', 'error', 'id', 1, 7],
      ['set', 'warning', 'kind', 1, 16],
    ]);
    const range = document.findings.find(({ column, check }) => column === 'amt' && check === 'range')!;
    expect(range.examples).toMatchObject([{ file: 'data/train.csv', line: 3 }]);
    expect(stage.told).toContainEqual({
      kind: 'error',
      message: expect.stringContaining(
        'training: 1 of 2 rows have a value of amt outside of [0, no maximum)',
      ),
      location: { file: 'data/train.csv', line: 3 },
    });
    expect(stage.told.filter(({ kind }) => kind === 'warning')).toHaveLength(1);
  });

  test.each([
    ['error', 1],
    ['warning', 1],
    ['never', 0],
  ] as const)('fail-on %s: exit code %i', async (failOn, exitCode) => {
    broken();
    expect((await completed({ failOn })).exitCode).toBe(exitCode);
  });

  test.each([
    ['error', 0],
    ['warning', 1],
    ['never', 0],
  ] as const)('warnings alone under fail-on %s: exit code %i', async (failOn, exitCode) => {
    writeClean();
    stage.write('data/train.csv', clean(0).replace('web', 'phone'));
    const result = await completed({ failOn });
    expect(result.document.verdict).toBe('warn');
    expect(result.exitCode).toBe(exitCode);
  });

  test('no value of id, excluded and sensitive columns is written anywhere', async () => {
    broken();
    await completed();
    const written = stage.read('.contender/fraud/validation.json');
    for (const value of ['Private', '777']) {
      expect(written).not.toContain(value);
      expect(JSON.stringify(stage.told)).not.toContain(value);
    }
    expect(written).toContain('(hidden)');
    const { datasets } = parseDocument('validation', written, { file: 'x' }) as never as {
      datasets: { columns: { name: string }[] }[];
    };
    const age = datasets[0]!.columns.find(({ name }) => name === 'age')!;
    expect(Object.keys(age)).toEqual(['name', 'type', 'missing', 'distinct']);
  });

  test('of data outside of the repository no value is written, and annotations point at the contract', async () => {
    broken();
    const { document } = await completed({ dataTracked: false });
    const written = JSON.stringify(document);
    expect(written).not.toContain('phone');
    expect(
      document.datasets
        .flatMap(({ columns }) => columns)
        .some((column) => column.top || column.minimum !== undefined),
    ).toBe(false);
    const places = stage.told.flatMap(({ location }) => (location ? [location.file] : []));
    expect(new Set(places)).toEqual(new Set(['contract.yml']));
  });

  test('at most ten annotations of a kind', async () => {
    writeClean();
    const columns = Array.from({ length: 14 }, (_, index) => `      - name: gone${index}`);
    stage.write(
      'contract.yml',
      [
        'apiVersion: v3.1.0',
        'kind: DataContract',
        'schema:',
        '  - name: rows',
        '    properties:',
        ...columns,
        'version: 1.0.0',
        'id: rows',
        'status: active',
      ].join('\n'),
    );
    const { document } = await completed({ data: ['data/train.csv'] });
    expect(document.findings).toHaveLength(14);
    expect(stage.told.filter(({ kind }) => kind === 'error')).toHaveLength(10);
    expect(stage.told).toContainEqual({
      kind: 'error',
      message: expect.stringMatching(/^5 more findings of severity error: data\/train\.csv\.gone9 /),
      location: { file: 'contract.yml', line: 15 },
    });
  });
});

describe('labels that are still on their way', () => {
  test('leave rules unchecked whose SQL names them, and no others', async () => {
    writeClean();
    const rules = [
      '      - {type: sql, query: "select count(*) from rows where Y is null", mustBe: 0, name: labels}',
      '      - {type: custom, engine: contender, implementation: {check: condition, expression: "y in (0, 1)"}}',
      '      - {type: sql, query: "select count(*) from rows where amt > 2.9", mustBe: 0, name: amounts}',
    ];
    stage.write('contract.yml', CONTRACT.replace('version: 1.0.0', `${rules.join('\n')}\nversion: 1.0.0`));
    const { document } = await completed();
    const ofCurrent = document.findings.filter(({ dataset }) => dataset === 'current');
    expect(ofCurrent.map(({ check, severity, message }) => [check, severity, message])).toEqual([
      ['sql', 'error', expect.stringContaining('amounts')],
      ['not-checked', 'info', 'not checked: labels: current has no column y yet'],
      ['not-checked', 'info', expect.stringContaining('current has no column y yet')],
    ]);
    expect(document.findings.filter(({ check }) => check === 'not-checked')).toHaveLength(2);
  });
});

describe('data sets beside each other, without a contract', () => {
  const config = CONFIG.replace('contract: contract.yml\n', '');

  test('columns, labels and rows', async () => {
    writeClean();
    stage.write(
      'data/train.csv',
      csv('id,amt,y', [
        ['a', 1, 0],
        ['b', 2, ''],
        ['c', 3, 1],
      ]),
    );
    stage.write(
      'data/holdout.csv',
      csv('id,amt,extra,y', [
        ['c', 'many', 1, 1],
        ['d', 'few', 2, 0],
      ]),
    );
    const empty = config.replace(
      'current: data/current.csv',
      'current: {path: data/current.csv, where: amt > 100}',
    );
    stage.write('data/current.csv', csv('id,amt', [['x', 1]]));
    const { document } = await completed({}, empty);
    const found = document.findings.map(({ check, severity, dataset, column }) => [
      check,
      severity,
      dataset,
      column,
    ]);
    expect(found).toEqual([
      ['row-count', 'error', 'current', undefined],
      ['labels-missing', 'warning', 'training', 'y'],
      ['types-differ', 'warning', 'holdout', 'amt'],
      ['columns-differ', 'warning', 'holdout', 'extra'],
      // The config names columns that these data lack: a typing error would show them.
      ['declared-column', 'warning', 'training', 'name'],
      ['declared-column', 'warning', 'training', 'age'],
      ['shared-ids', 'warning', 'holdout', 'id'],
    ]);
    expect(document.verdict).toBe('fail');
  });

  test('without a config, data sets as flags', async () => {
    writeClean();
    const flags = { target: 'y' };
    const { document } = await completed({ data: ['data/train.csv', 'data/h*.csv'] }, 'none', flags);
    expect(document).toMatchObject({ model: 'model', verdict: 'pass' });
    expect(document.datasets.map(({ name }) => name)).toEqual(['data/train.csv', 'data/h*.csv']);
  });
});

describe('bad input', () => {
  const cases: readonly (readonly [string, () => void, Partial<ValidateRequest>, RegExp])[] = [
    ['a file that is missing', () => {}, { data: ['data/trian.csv'] }, /data\/trian\.csv/],
    ['an empty file', () => stage.write('data/train.csv', ''), {}, /data\/train\.csv.*empty/],
    [
      'a pointer file',
      () =>
        stage.write(
          'data/train.csv',
          `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`,
        ),
      {},
      /Git LFS/,
    ],
    ['a contract that is missing', () => {}, { contract: 'contract.yaml' }, /contract\.yaml does not exist/],
    [
      'a contract that is none',
      () => stage.write('contract.yml', 'kind: Table'),
      {},
      /contract\.yml:1: kind is "Table"/,
    ],
    [
      'a rule without a limit',
      () => stage.write('contract.yml', CONTRACT.replace('mustBe: 0, severity', 'severity')),
      {},
      /contract\.yml:16: .*exactly one of mustBe/,
    ],
  ];

  test.each(cases)('%s: exit code 2, with place and words', async (_, spoil, more, message) => {
    writeClean();
    spoil();
    const { exitCode, error } = await failed(more);
    expect(exitCode).toBe(2);
    expect(error).toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect(stage.told.some(({ kind }) => kind === 'error')).toBe(true);
    expect(JSON.parse(stage.read('.contender/fraud/validation.json'))).toMatchObject({ verdict: 'error' });
  });

  test('nothing to check', async () => {
    const { exitCode, error } = await failed({}, 'none', { target: 'y' });
    expect(exitCode).toBe(2);
    expect(error.message).toContain('there are no data to check');
  });

  test('a contract given beside the config is found from the working directory', async () => {
    writeClean();
    stage.write(
      'other/strict.yml',
      CONTRACT.replace('mustBeGreaterOrEqualTo: 3', 'mustBeGreaterOrEqualTo: 4'),
    );
    const { document } = await completed({ contract: join('other', 'strict.yml') });
    expect(document.findings).toMatchObject([
      { check: 'row-count', dataset: 'current', location: { file: 'other/strict.yml', line: 19 } },
    ]);
  });
});

describe('personal data', () => {
  const rows = Array.from({ length: 5 }, (_, row) => [`id${row}`, row, `user${row}@example.com`, row % 2]);
  const NO_CONTRACT = CONFIG.replace('contract: contract.yml\n', '').replace(
    '  holdout: data/holdout.csv\n',
    '',
  );
  const settings = (severity: string, column?: string) => `apiVersion: v3.1.0
kind: DataContract
id: rows
version: 1.0.0
status: active
schema:
  - name: rows
${
  column === undefined
    ? `    customProperties: [{property: contender, value: {checks: {personal-data: ${severity}}}}]`
    : `    properties:
      - name: ${column}
        customProperties: [{property: contender, value: {checks: {personal-data: ${severity}}}}]`
}
`;

  async function found(config: string, contract?: string) {
    stage.write('data/train.csv', csv('id,amt,contact,y', rows));
    if (contract) stage.write('contract.yml', contract);
    const { document } = await run({}, config);
    if (document.verdict === 'error') throw new Error(document.error.message);
    return document.findings.filter(
      ({ check, dataset }) => check === 'personal-data' && dataset === 'training',
    );
  }

  test('are a warning, or what the contract says', async () => {
    expect(await found(NO_CONTRACT)).toMatchObject([{ column: 'contact', severity: 'warning', failing: 5 }]);
    expect(await found(CONFIG, settings('error'))).toMatchObject([{ severity: 'error' }]);
    expect(await found(CONFIG, settings('info', 'contact'))).toMatchObject([{ severity: 'info' }]);
    expect(await found(CONFIG, settings('info', 'amt'))).toMatchObject([{ severity: 'warning' }]);
  });

  test('are not looked for where the contract says that there are none', async () => {
    expect(await found(CONFIG, settings('off', 'contact'))).toEqual([]);
    const { document } = await run({}, CONFIG);
    if (document.verdict === 'error') throw new Error(document.error.message);
    const contact = document.datasets[0]!.columns.find(({ name }) => name === 'contact');
    // The column is shown; what is an address beyond doubt never is.
    expect(contact?.top).toEqual([]);
  });

  test('are no finding where the column is declared', async () => {
    expect(await found(NO_CONTRACT.replace('exclude: [name]', 'exclude: [contact]'))).toEqual([]);
    expect(await found(NO_CONTRACT.replace('sensitive: [age]', 'sensitive: [contact]'))).toEqual([]);
  });
});
