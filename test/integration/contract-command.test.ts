/** Contracts that are written from data and follow them, over real files and DuckDB. */

import { readFileSync } from 'node:fs';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DataConfiguration } from '../../src/core/configuration/configuration.ts';
import { parseContract } from '../../src/core/contract/parse-contract.ts';
import { acceptData } from '../../src/stages/contract/accept-data.ts';
import { inferContract } from '../../src/stages/contract/infer-contract.ts';
import { holdToContract } from '../../src/stages/validation/hold-to-contract.ts';
import type { OtherDataSets } from '../../src/stages/validation/other-data.ts';
import { sharedDataPresent, sharedPath } from '../support/shared-data.ts';
import { csv, DataStage } from './data-stage-fixture.ts';

const stage = new DataStage();
const columns: DataConfiguration = { exclude: [], sensitive: [] } as never;

const others: OtherDataSets = {
  open: async () => ({ missing: 'nothing else is here' }),
  [Symbol.asyncDispose]: async () => {},
};

async function open(text: string, name = 'data.csv') {
  stage.write(name, text);
  return stage.engine.open({ name: 'data', baseDirectory: stage.directory, paths: [name] });
}

async function infer(text: string, more: Partial<DataConfiguration> = {}): Promise<string> {
  await using data = await open(text);
  return await inferContract({ data, columns: { ...columns, ...more }, name: 'made' });
}

async function hold(contract: string, text: string) {
  await using data = await open(text);
  const parsed = parseContract(contract, 'contract.yml', ['made']);
  const request = {
    data,
    contract: parsed,
    others,
    now: 0,
    hidden: new Set<string>(),
    late: new Set<string>(),
  };
  return (await holdToContract(request)).map(({ finding }) => finding);
}

async function update(contract: string, text: string) {
  await using data = await open(text);
  return await acceptData({
    text: contract,
    file: 'contract.yml',
    names: ['made'],
    data,
    columns,
    others,
    now: 0,
  });
}

const cell = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    '',
    'NY',
    'CA',
    'a b',
    '007',
    'true',
    'null',
    '-',
    '2024-02-29',
    '2024-02-29 10:00:00',
    'ünï',
  ),
  fc.string({ maxLength: 12 }),
);

/** Tables whose columns are each of one kind, or of all kinds mixed. */
const tables = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 60 }), fc.infiniteStream(cell), fc.nat(3))
  .map(([width, height, stream, kinds]) => {
    const values = Array.from({ length: kinds + 2 }, () => stream.next().value as string);
    const rows = Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (_, column) => values[(row * 7 + column * 3) % values.length]!),
    );
    const quoted = rows.map((row) => row.map((text) => (/[",\r\n]/.test(text) ? '' : text)));
    return csv(
      ['id', ...Array.from({ length: width }, (_, index) => `c${index}`)].join(','),
      quoted.map((row, index) => [index, ...row]),
    );
  });

describe('a contract that is written from data', () => {
  test('is kept by those data, whatever they are, and passes the schema of the standard', async () => {
    const isValid = sharedDataPresent ? compileSchema() : undefined;
    await fc.assert(
      fc.asyncProperty(tables, async (text) => {
        const contract = await infer(text);
        if (isValid) expect(isValid(parse(contract)), JSON.stringify(isValid.errors)).toBe(true);
        expect((await hold(contract, text)).map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  test('is the smallest edit away from other data of the same columns', async () => {
    await fc.assert(
      fc.asyncProperty(tables, tables, async (before, after) => {
        const contract = await infer(before);
        const { text, left } = await update(contract, after);
        const remaining = (await hold(text, after)).map(({ check, column }) => `${check} ${column}`);
        const said = left.map(({ finding }) => `${finding.check} ${finding.column}`);
        expect(said).toEqual(expect.arrayContaining(remaining));
      }),
      { numRuns: 25, seed: 8 },
    );
  });

  test('knows keys, codes, lists, times and missing values, and says why', async () => {
    const rows = Array.from({ length: 400 }, (_, row) => [
      `u${String(row).padStart(9, '0')}`,
      String((row * 7919) % 99_991).padStart(5, '0'),
      ['NY', 'CA', 'TX'][row % 3],
      `2024-01-${String((row % 28) + 1).padStart(2, '0')}`,
      row % 10 === 0 ? '' : (row * 37) % 500,
      row % 2,
    ]);
    const contract = await infer(csv('user_id,zip,state,day,amount,y', rows), { target: 'y' });
    const { properties } = (parse(contract) as { schema: { properties: unknown[] }[] }).schema[0]!;
    expect(properties).toMatchObject([
      {
        name: 'user_id',
        logicalType: 'string',
        required: true,
        unique: true,
        logicalTypeOptions: { minLength: 10, maxLength: 10 },
      },
      { name: 'zip', logicalType: 'string', logicalTypeOptions: { pattern: '^[0-9]{5}$' } },
      {
        name: 'state',
        quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: ['CA', 'NY', 'TX'] } }],
      },
      {
        name: 'day',
        logicalType: 'date',
        logicalTypeOptions: { minimum: expect.stringMatching(/^2023-12-/) },
      },
      { name: 'amount', quality: [{ metric: 'nullValues', unit: 'percent', mustBeLessOrEqualTo: 15 }] },
      { name: 'y', quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: [0, 1] } }] },
    ]);
    expect(contract).toContain('# the target');
    expect(contract).toContain('# missing in 40 of 400 rows');
  });

  test('holds no value of columns that are never printed', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => [row, ['Ann', 'Bob'][row % 2], 20 + (row % 5)]);
    const contract = await infer(csv('id,name,age', rows), {
      id: 'id',
      exclude: ['name'],
      sensitive: ['age'],
    });
    expect(contract).not.toMatch(/Ann|Bob|20|24/);
    expect(contract).toContain('name: age');
  });
});

function compileSchema() {
  const ajv = new Ajv2019.default({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(
    JSON.parse(readFileSync(sharedPath('odcs/odcs-json-schema-v3.1.0.json'), 'utf8')) as object,
  );
}

const EDITED = `# ours, with care
apiVersion: v3.1.0
kind: DataContract
schema:
  - name: made
    properties:
      - name: state   # where
        quality:
          - {metric: invalidValues, mustBe: 0, arguments: {validValues: [NY, CA]}}
      - name: kind
        quality:
          - metric: invalidValues
            mustBe: 0
            arguments:
              validValues:
                - web
                - shop   # since 2020
      - name: amount
        required: true
        logicalTypeOptions: {minimum: 0, exclusiveMaximum: 100} # cents
      - name: gone
      - name: code
        logicalType: string
        logicalTypeOptions:
          pattern: ^[A-Z]+$
    quality:
      - {metric: rowCount, mustBeGreaterOrEqualTo: 10}
`;

const CHANGED = csv('state,kind,amount,code,extra', [
  ['NY', 'web', 5, 'A', 1],
  ['TX', 'mail order', 150, 'B', 2],
  ['TX', 'shop', -1, 'c', 3],
  ['', 'yes', '', 'D', 4],
]);

describe('a text column that is one by mistake', () => {
  test('dates with a day that does not exist among them are no key', async () => {
    const day = (row: number) => new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 100 }, (_, row) => [row === 50 ? '2021-02-30' : day(row)]);
    const text = await infer(csv('day', rows));
    expect(text).not.toContain('unique');
    expect(text).not.toContain('Length');
    expect(text).toContain('# 99 of 100 values are dates; 1 is not');
    const code = await infer(
      csv(
        'code',
        rows.map((_, row) => [`AB${10_000_000 + row * 7}`]),
      ),
    );
    expect(code).toContain('unique: true');
  });

  test('no list is made of infinite numbers', async () => {
    const words = ['inf', '-inf', 'NaN', '1.5', '2.5'];
    const text = await infer(
      csv(
        'v',
        Array.from({ length: 100 }, (_, row) => [words[row % 5]!]),
      ),
    );
    expect(text).not.toContain('validValues');
    expect(text).toContain('# 60 of 100 values are infinite or NaN');
  });
});

describe('a contract that people edited', () => {
  test('changes by what the data force, and keeps comments and order', async () => {
    const { text, left } = await update(EDITED, CHANGED);
    expect(text).toBe(
      EDITED.replace('[NY, CA]', '[NY, CA, TX]')
        .replace(
          '- shop   # since 2020',
          '- shop\n                - mail order\n                - "yes"   # since 2020',
        )
        .replace('required: true', 'required: false')
        .replace('minimum: 0, exclusiveMaximum: 100', 'minimum: -1, exclusiveMaximum: 151')
        .replace('      - name: gone\n', '')
        .replace(
          '          pattern: ^[A-Z]+$\n',
          '          pattern: ^[A-Z]+$\n      - name: extra\n        logicalType: integer\n        required: true\n',
        )
        .replace('mustBeGreaterOrEqualTo: 10', 'mustBeGreaterOrEqualTo: 4'),
    );
    expect(left.map(({ finding }) => finding.check)).toEqual(['pattern']);
  });

  test('the finding carries the edit, and making it accepts the data', async () => {
    const findings = await hold(EDITED, CHANGED);
    const edits = findings.flatMap(({ edit }) => (edit ? [edit] : []));
    expect(edits).toHaveLength(6);
    for (const { line, before, after, path, file } of edits) {
      expect(file).toBe('contract.yml');
      expect(
        EDITED.split('\n')
          .slice(line - 1)
          .join('\n')
          .startsWith(before),
      ).toBe(true);
      expect(path).toMatch(/^schema\[0\]\./);
      expect(after).not.toBe(before);
      const mended = EDITED.replace(before, after);
      const rest = await hold(mended, CHANGED);
      expect(rest).toHaveLength(findings.length - 1);
    }
  });
});

test('remarks that an edit makes untrue go; those in other words stay', async () => {
  const made = (scale: number, more: string) =>
    csv('amount,kind,other', [
      ...Array.from({ length: 200 }, (_, row) => [
        `${row * scale + 0.5}`,
        row % 2 === 0 ? 'a' : 'b',
        row % 2,
      ]),
      ['1.5', more, 0],
    ]);
  const written = (await infer(made(1, 'a'))).replace(
    '      - name: amount\n',
    '      - name: amount\n        # 0 to 1 seen, which is what we sell\n',
  );
  const before = written.split('\n').filter((line) => line.includes('# '));
  expect(before.filter((line) => /seen/.test(line))).toHaveLength(4);
  const { text } = await update(written, made(1000, 'c'));
  expect(text).toContain('validValues: [a, b, c]');
  expect(text.split('\n').filter((line) => /# .*seen/.test(line))).toEqual([
    '        # 0 to 1 seen, which is what we sell',
    expect.stringMatching(/# all 2 values were seen 100 times or more/),
  ]);
});
