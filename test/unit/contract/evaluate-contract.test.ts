import { describe, expect, test } from 'vitest';
import type { Contract } from '../../../src/core/contract/contract.ts';
import { checkDatasets, type DatasetFacts } from '../../../src/core/contract/dataset-findings.ts';
import {
  applicableRules,
  type CheckedDataset,
  findBreaches,
} from '../../../src/core/contract/evaluate-contract.ts';
import { parseContract } from '../../../src/core/contract/parse-contract.ts';
import type { RowRuleResult } from '../../../src/core/data/row-rule.ts';

const evaluateContract = (...asked: Parameters<typeof findBreaches>) =>
  findBreaches(...asked).map(({ finding }) => finding);

const contract: Contract = parseContract(
  `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: rows
    properties:
      - name: amt
        required: true
        logicalTypeOptions: {exclusiveMinimum: 0, maximum: 100}
      - name: state
        quality:
          - {metric: invalidValues, mustBeLessThan: 2, unit: percent, severity: warning, arguments: {validValues: [NY, CA]}}
      - {name: id, unique: true}
    quality:
      - {metric: rowCount, mustBeGreaterThan: 10}
`,
  'contract.yml',
  ['rows'],
);

const clean: RowRuleResult = { failing: 0, checked: 100, examples: [] };

function dataset(results: Record<string, RowRuleResult>, more: Partial<CheckedDataset> = {}): CheckedDataset {
  const columns = more.columns ?? [
    { name: 'amt', type: 'number' },
    { name: 'state', type: 'string' },
    { name: 'id', type: 'string' },
  ];
  const rules = applicableRules(contract, columns).filter((rule) => rule.rowRule !== undefined);
  return {
    name: 'training',
    rowCount: 100,
    columns,
    results: rules.map((rule) => results[rule.check] ?? clean),
    hidden: new Set(),
    ...more,
  };
}

const example = { file: 'train.csv', line: 17, value: '250' };

describe('what a data set breaks', () => {
  test('nothing', () => {
    expect(evaluateContract(contract, dataset({}))).toEqual([]);
  });

  test('a range, with the line of the contract and of the data', () => {
    const broken = { failing: 3, checked: 98, examples: [example] };
    expect(evaluateContract(contract, dataset({ range: broken }))).toEqual([
      {
        check: 'range',
        severity: 'error',
        dataset: 'training',
        column: 'amt',
        message:
          '3 of 98 rows have a value of amt outside of (0, 100]; allowed: 0 rows; first at train.csv:17: "250"',
        failing: 3,
        checked: 98,
        examples: [example],
        location: { file: 'contract.yml', line: 8 },
      },
    ]);
  });

  test('values of hidden columns are not printed anywhere', () => {
    const broken = { failing: 3, checked: 98, examples: [example] };
    const findings = evaluateContract(contract, dataset({ range: broken }, { hidden: new Set(['amt']) }));
    expect(JSON.stringify(findings)).not.toContain('250');
    expect(findings[0]!.examples).toEqual([{ ...example, value: '(hidden)' }]);
  });

  test('a limit in percent is of the rows that were checked', () => {
    const one = { failing: 1, checked: 100, examples: [] };
    const two = { failing: 2, checked: 100, examples: [] };
    expect(evaluateContract(contract, dataset({ set: one }))).toEqual([]);
    const [finding] = evaluateContract(contract, dataset({ set: two }));
    expect(finding).toMatchObject({ severity: 'warning', location: { line: 11 } });
    expect(finding!.message).toBe(
      '2 of 100 rows have a value of state that is none of NY, CA; allowed: less than 2 percent',
    );
  });

  test('a column that is not there is an error, and its rules are left out', () => {
    const findings = evaluateContract(contract, dataset({}, { columns: [{ name: 'amt', type: 'number' }] }));
    expect(findings.map(({ check, column, location }) => [check, column, location?.line])).toEqual([
      ['column-missing', 'state', 9],
      ['column-missing', 'id', 12],
    ]);
  });

  test('too few rows', () => {
    const [finding] = evaluateContract(contract, dataset({}, { rowCount: 10 }));
    expect(finding).toMatchObject({
      check: 'row-count',
      message: '10 rows; the contract asks for more than 10 rows',
    });
  });

  test('the gravest come first', () => {
    const broken = { failing: 50, checked: 100, examples: [] };
    const findings = evaluateContract(contract, dataset({ set: broken, unique: broken, required: broken }));
    expect(findings.map((finding) => finding.severity)).toEqual(['error', 'error', 'warning']);
  });
});

function facts(name: string, more: Partial<DatasetFacts> = {}): DatasetFacts {
  return {
    name,
    rowCount: 100,
    columns: [
      { name: 'amt', type: 'number' },
      { name: 'y', type: 'integer' },
    ],
    missing: new Map(),
    labelsExpected: true,
    ...more,
  };
}

describe('data sets without a contract', () => {
  const found = (datasets: DatasetFacts[], target: string | undefined = 'y') =>
    checkDatasets(datasets, target).map(({ check, severity, dataset, column }) => [
      check,
      severity,
      dataset,
      column,
    ]);

  test('alike and whole: nothing', () => {
    expect(found([facts('training'), facts('holdout')])).toEqual([]);
  });

  test('no rows', () => {
    expect(found([facts('training', { rowCount: 0 })])).toEqual([
      ['row-count', 'error', 'training', undefined],
    ]);
  });

  test('columns and types that differ; whole numbers and numbers do not', () => {
    const columns = [
      { name: 'amt', type: 'string' },
      { name: 'y', type: 'number' },
      { name: 'new', type: 'string' },
    ] as const;
    expect(found([facts('training'), facts('holdout', { columns })])).toEqual([
      ['types-differ', 'warning', 'holdout', 'amt'],
      ['columns-differ', 'warning', 'holdout', 'new'],
    ]);
    expect(
      found([facts('training', { columns }), facts('holdout', { columns: columns.slice(0, 2) })]),
    ).toEqual([['columns-differ', 'warning', 'holdout', 'new']]);
  });

  test('a target that is not there, or has gaps, unless labels come later', () => {
    const without = { columns: [{ name: 'amt', type: 'number' }] } as const;
    expect(found([facts('training', without)])).toEqual([['target-missing', 'warning', 'training', 'y']]);
    const gaps = { missing: new Map([['y', 7]]) };
    expect(found([facts('training', gaps)])).toEqual([['labels-missing', 'warning', 'training', 'y']]);
    expect(found([facts('training'), facts('current', { ...without, labelsExpected: false })])).toEqual([]);
    expect(checkDatasets([facts('training', gaps)], undefined)).toEqual([]);
  });
});

test('a query that gives NULL is a warning, unless its rule is a mere remark', () => {
  const severityOf = (severity: string) => {
    const text = `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: rows
    quality:
      - {type: sql, query: select max(amt) from rows, mustBe: 0, severity: ${severity}}
`;
    const asked = parseContract(text, 'contract.yml', ['rows']);
    const measured = new Map([[asked.rules[0]!, { notChecked: 'the query gives NULL' }]]);
    return evaluateContract(asked, dataset({}, { results: [], measured }));
  };
  expect(severityOf('error')).toMatchObject([
    { check: 'not-checked', severity: 'warning', message: expect.stringContaining('the query gives NULL') },
  ]);
  expect(severityOf('warning')).toMatchObject([{ severity: 'warning' }]);
  expect(severityOf('info')).toMatchObject([{ severity: 'info' }]);
});

test('a broken format is told by its name', () => {
  const text = (format: string) => `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: rows
    properties:
      - {name: id, logicalType: string, logicalTypeOptions: {format: ${format}}}
`;
  const messageOf = (format: string) => {
    const asked = parseContract(text(format), 'contract.yml', ['rows']);
    const results = asked.rules.map(({ check }) =>
      check === 'format' ? { failing: 1, checked: 2, examples: [] } : clean,
    );
    return evaluateContract(asked, dataset({}, { results }))[0]?.message;
  };
  expect(messageOf('email')).toBe(
    '1 of 2 rows have a value of id that is no e-mail address; allowed: 0 rows',
  );
  expect(messageOf('uuid')).toContain('is no UUID');
  expect(messageOf('ipv4')).toContain('is no IPv4 address');
});
