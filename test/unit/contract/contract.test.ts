import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Contract, LimitOperator } from '../../../src/core/contract/contract.ts';
import { describeLimit, keepsLimit } from '../../../src/core/contract/limit.ts';
import { parseContract } from '../../../src/core/contract/parse-contract.ts';
import { InputError } from '../../../src/core/errors.ts';
import { describeWithSharedData, sharedDataPresent, sharedPath } from '../../support/shared-data.ts';

const HEAD = ['apiVersion: v3.1.0', 'kind: DataContract', 'schema:', '  - name: rows', '    properties:'];

/** A contract of one object; properties begin at line 6. */
function parse(lines: readonly string[]): Contract {
  return parseContract([...HEAD, ...lines].join('\n'), 'contract.yml', ['rows']);
}

function options(type: string, written: string): string {
  return [
    ...HEAD,
    '      - name: a',
    `        logicalType: ${type}`,
    `        logicalTypeOptions: {${written}}`,
  ].join('\n');
}

function messageOf(text: string): string {
  try {
    parseContract(text, 'contract.yml', ['training', 'fraud']);
  } catch (error) {
    if (error instanceof InputError) return `${error.message} @${error.location?.line}`;
    throw error;
  }
  throw new Error('the contract was accepted');
}

describe('rules of a contract', () => {
  test('columns, types, ranges and keys, each with its line', () => {
    const contract = parse([
      '      - name: id', // 6
      '        physicalName: trans_num', // 7
      '        logicalType: string', // 8
      '        primaryKey: true', // 9
      '      - name: amt', // 10
      '        logicalType: number', // 11
      '        required: true', // 12
      '        logicalTypeOptions:', // 13
      '          minimum: 0', // 14
      '          exclusiveMaximum: 1000', // 15
      '      - name: day', // 16
      '        logicalType: date', // 17
      '        unique: true', // 18
    ]);
    expect(contract.columns).toMatchObject([
      { name: 'trans_num', line: 6 },
      { name: 'amt', line: 10 },
      { name: 'day', line: 16 },
    ]);
    const rules = contract.rules.map(({ check, column, line, rowRule }) => ({
      check,
      column,
      line,
      rowRule,
    }));
    expect(rules).toEqual([
      {
        check: 'type',
        column: 'trans_num',
        line: 8,
        rowRule: { kind: 'type', column: 'trans_num', type: 'string' },
      },
      { check: 'type', column: 'amt', line: 11, rowRule: { kind: 'type', column: 'amt', type: 'number' } },
      { check: 'required', column: 'amt', line: 12, rowRule: { kind: 'present', column: 'amt' } },
      {
        check: 'range',
        column: 'amt',
        line: 14,
        rowRule: { kind: 'range', column: 'amt', minimum: 0, exclusiveMaximum: 1000 },
      },
      { check: 'type', column: 'day', line: 17, rowRule: { kind: 'type', column: 'day', type: 'date' } },
      { check: 'unique', column: 'day', line: 18, rowRule: { kind: 'unique', columns: ['day'] } },
      { check: 'unique', column: 'trans_num', line: 9, rowRule: { kind: 'unique', columns: ['trans_num'] } },
      { check: 'required', column: 'trans_num', line: 9, rowRule: { kind: 'present', column: 'trans_num' } },
    ]);
  });

  test('a key of two columns is unique as a pair; what a column says already is not said twice', () => {
    const { rules } = parse([
      '      - {name: a, primaryKey: true, required: true}',
      '      - {name: b, primaryKey: true}',
    ]);
    expect(rules.map(({ check, rowRule }) => [check, rowRule])).toEqual([
      ['required', { kind: 'present', column: 'a' }],
      ['unique', { kind: 'unique', columns: ['a', 'b'] }],
      ['required', { kind: 'present', column: 'b' }],
    ]);
  });

  test('library rules of columns and of the whole', () => {
    const contract = parse([
      '      - name: state', // 6
      '        quality:', // 7
      '          - {metric: nullValues, mustBeLessOrEqualTo: 5, unit: percent, severity: warning}', // 8
      '          - metric: invalidValues', // 9
      '            mustBe: 0',
      '            arguments: {validValues: [NY, null, 7]}',
      '          - {rule: duplicateValues, mustBeLessThan: 3, severity: info}', // 12
      '    quality:', // 13
      '      - {metric: rowCount, mustBeBetween: [100, 1000]}', // 14
      '      - {metric: duplicateValues, mustBe: 0, arguments: {properties: [state, day]}}', // 15
    ]);
    expect(contract.rules).toMatchObject([
      {
        check: 'required',
        column: 'state',
        severity: 'warning',
        line: 8,
        rowRule: { kind: 'present', column: 'state' },
        limit: { operator: 'mustBeLessOrEqualTo', values: [5], unit: 'percent' },
      },
      {
        check: 'set',
        column: 'state',
        severity: 'error',
        line: 9,
        rowRule: { kind: 'set', column: 'state', values: ['NY', '7'] },
        limit: { operator: 'mustBe', values: [0], unit: 'rows' },
      },
      {
        check: 'unique',
        column: 'state',
        severity: 'info',
        line: 12,
        rowRule: { kind: 'unique', columns: ['state'] },
        limit: { operator: 'mustBeLessThan', values: [3], unit: 'rows' },
      },
      {
        check: 'row-count',
        severity: 'error',
        line: 14,
        limit: { operator: 'mustBeBetween', values: [100, 1000], unit: 'rows' },
      },
      {
        check: 'unique',
        severity: 'error',
        line: 15,
        rowRule: { kind: 'unique', columns: ['state', 'day'] },
        limit: { operator: 'mustBe', values: [0], unit: 'rows' },
      },
    ]);
    expect(contract.notChecked).toEqual([]);
  });

  test('what is not checked is said, with its line', () => {
    const { notChecked, rules } = parse([
      '      - name: when', // 6
      '        logicalType: date', // 7
      '        logicalTypeOptions: {minimum: "2020-01-01", format: yyyy-MM-dd}', // 8
      '      - name: tags', // 9
      '        logicalType: array', // 10
      '        quality:', // 11
      '          - {type: sql, query: select 1, mustBe: 0, name: one}', // 12
      '          - {type: text, description: for people}', // 13
      '          - {type: custom, engine: soda, implementation: {}, name: theirs}', // 14
      '          - {metric: nullValues, mustBe: 0, unit: bananas}', // 15
    ]);
    expect(notChecked).toEqual([
      { words: 'logicalType array of tags', line: 10, column: 'tags' },
      { words: 'custom rule theirs of tags', line: 14, column: 'tags' },
      { words: 'library rule nullValues of tags', line: 15, column: 'tags' },
    ]);
    expect(rules.map((rule) => rule.check)).toEqual(['range', 'format', 'sql']);
  });

  test('a severity that is not known is the gravest', () => {
    const { rules } = parse([
      '      - {name: a, quality: [{metric: nullValues, mustBe: 0, severity: critical}]}',
    ]);
    expect(rules[0]!.severity).toBe('error');
  });

  test('of several objects the one named after the data set is taken, else after the model', () => {
    const text = [
      'apiVersion: v3.0.2',
      'kind: DataContract',
      'schema:',
      '  - {name: fraud, properties: [{name: a}]}',
      '  - {name: training, properties: [{name: b}]}',
    ].join('\n');
    expect(parseContract(text, 'c.yml', ['training', 'fraud']).columns[0]!.name).toBe('b');
    expect(parseContract(text, 'c.yml', ['holdout', 'fraud']).columns[0]!.name).toBe('a');
    expect(() => parseContract(text, 'c.yml', ['holdout', 'churn'])).toThrow(
      /fraud, training.*holdout or churn/,
    );
  });
});

describe('limits', () => {
  const operators: readonly (readonly [
    LimitOperator,
    readonly number[],
    readonly number[],
    readonly number[],
    string,
  ])[] = [
    ['mustBe', [0], [0], [1], '0 rows'],
    ['mustNotBe', [0], [1], [0], 'not 0 rows'],
    ['mustBeGreaterThan', [5], [6], [5, 4], 'more than 5 rows'],
    ['mustBeGreaterOrEqualTo', [5], [5, 6], [4], 'at least 5 rows'],
    ['mustBeLessThan', [5], [4], [5, 6], 'less than 5 rows'],
    ['mustBeLessOrEqualTo', [5], [5, 4], [6], 'at most 5 rows'],
    ['mustBeBetween', [2, 4], [2, 3, 4], [1, 5], 'between 2 and 4 rows'],
    ['mustNotBeBetween', [2, 4], [1, 5], [2, 3, 4], 'not between 2 and 4 rows'],
  ];

  test.each(operators)('%s %j', (operator, values, kept, broken, words) => {
    const limit = { operator, values, unit: 'rows' } as const;
    for (const amount of kept) expect(keepsLimit(limit, amount, 100)).toBe(true);
    for (const amount of broken) expect(keepsLimit(limit, amount, 100)).toBe(false);
    expect(describeLimit(limit)).toBe(words);
  });

  test('percent is of the rows checked; of no rows it is 0', () => {
    const limit = { operator: 'mustBeLessOrEqualTo', values: [5], unit: 'percent' } as const;
    expect(keepsLimit(limit, 10, 200)).toBe(true);
    expect(keepsLimit(limit, 11, 200)).toBe(false);
    expect(keepsLimit(limit, 0, 0)).toBe(true);
    expect(describeLimit(limit)).toBe('at most 5 percent');
  });
});

describe('what is no contract', () => {
  const quality = (rule: string) =>
    [...HEAD, '      - name: a', '        quality:', `          - ${rule}`].join('\n');

  test.each([
    ['', /a data contract is a mapping.* @1/],
    ['- 1', /a data contract is a mapping.* @1/],
    ['a: [1', /contract.yml:1:.*not YAML.* @1/],
    ['kind: Table', /kind is "Table".*kind: DataContract.* @1/],
    ['apiVersion: v2.2.2\nkind: DataContract', /apiVersion is "v2.2.2".*v3.1.0.* @1/],
    ['apiVersion: v3.1.0\nkind: DataContract', /`schema` must list at least one object/],
    [[...HEAD, '      - 5'].join('\n'), /contract.yml:6: a property is a mapping.* @6/],
    [[...HEAD, '      - logicalType: date'].join('\n'), /a property needs a `name` @6/],
    [quality('{metric: nullValues}'), /contract.yml:8:.*exactly one of mustBe.*has none @8/],
    [quality('{metric: nullValues, mustBe: 0, mustNotBe: 1}'), /has mustBe and mustNotBe @8/],
    [quality('{metric: nullValues, mustBe: few}'), /mustBe needs a number @8/],
    [quality('{metric: nullValues, mustBeBetween: [1]}'), /mustBeBetween needs two numbers.* @8/],
    [quality('nullValues'), /a quality rule is a mapping @8/],
    [quality('{metric: nullValues, mustBeBetween: [5, 1]}'), /the smaller number first: \[1, 5\] @8/],
    [quality('{metric: nullValues, mustBeLessThan: 0}'), /never below 0; write `mustBe: 0` .* @8/],
    [quality('{metric: nullValues, mustBe: -1}'), /never below 0.* @8/],
    [quality('{metric: nullValues, mustBeGreaterThan: 100, unit: percent}'), /never above 100.* @8/],
    [quality('{metric: nullValues, mustBeLessThan: 9007199254740993}'), /use a pattern or a SQL rule @8/],
    [quality('{type: sql, query: select 1, mustBeBetween: [2, 1]}'), /smaller number first.* @8/],
    [options('number', 'minimum: 5, maximum: 1'), /no value of a can keep minimum 5 and maximum 1; .* @8/],
    [options('number', 'minimum: 5, exclusiveMaximum: 5'), /no value of a can keep/],
    [options('date', 'minimum: "2024-01-02", maximum: "2024-01-01"'), /no value of a can keep .* @8/],
    [options('string', 'minLength: 3, maxLength: 2'), /can keep minLength 3 and maxLength 2; .* @8/],
    [
      options('integer', 'minimum: 9007199254740993'),
      /minimum of a is 9007199254740993; whole numbers beyond 9007199254740991 are not exact.* @8/,
    ],
    [options('integer', 'maximum: 9007199254740992'), /are not exact/],
    [options('number', 'maximum: 9007199254740993'), /are not exact/],
    [
      [...HEAD, '      - name: a', '        logicalTypeOptions: {minimum: [1]}'].join('\n'),
      /minimum of a is .*; a number is needed @7/,
    ],
    [
      [...HEAD, '      - name: a', '    quality:', '      - {metric: duplicateValues, mustBe: 0}'].join('\n'),
      /needs `arguments: \{properties: \[column, …\]\}` @8/,
    ],
  ])('%j', (text, message) => {
    expect(messageOf(text)).toMatch(message);
  });
});

test.each([
  ['number', 'minimum: 1, maximum: 1'],
  ['number', 'maximum: 9007199254740994'],
  ['number', 'maximum: 12345678901234567000'],
  ['number', 'maximum: 1e300'],
  ['integer', 'maximum: 9007199254740991'],
  ['string', 'minLength: 2, maxLength: 2'],
])('a limit of a %s that can be kept: %s', (type, written) => {
  expect(parseContract(options(type, written), 'contract.yml', ['rows']).rules).toHaveLength(2);
});

describeWithSharedData('published examples of the standard', () => {
  const directory = sharedPath('odcs/examples');
  /** Which object to take where an example has several. */
  const objects: Record<string, string> = {
    'all-schema-types.odcs.yaml': 'tbl',
    'full-example.odcs.yaml': 'tbl',
    'postgresql-adventureworks-contract.odcs.yaml': 'employee',
  };

  const names = sharedDataPresent ? readdirSync(directory).filter((name) => name.endsWith('.yaml')) : [];

  test.each(names)('%s is read', (name) => {
    const text = readFileSync(`${directory}/${name}`, 'utf8');
    const contract = parseContract(text, name, [objects[name] ?? 'data']);
    expect(contract.columns.length).toBeGreaterThan(0);
    const lines = text.split('\n');
    for (const column of contract.columns) {
      const near = lines.slice(column.line - 1, column.line + 3).join('\n');
      expect(near).toContain(column.name);
    }
    for (const rule of contract.rules) expect(lines[rule.line - 1]!.trim()).not.toBe('');
  });

  test('an example of several objects asks which one is meant', () => {
    const name = 'postgresql-adventureworks-contract.odcs.yaml';
    const text = readFileSync(`${directory}/${name}`, 'utf8');
    expect(() => parseContract(text, name, ['data'])).toThrow(InputError);
  });
});
