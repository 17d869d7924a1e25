/** Checks without a contract: what clean data give, where findings point, and how they are accepted. */

import { describe, expect, test } from 'vitest';
import { runValidateData } from '../../src/stages/validation/validate-data.ts';
import { readLines, type Subject } from '../support/planted-data.ts';
import { describeWithSharedData, sharedDataPresent } from '../support/shared-data.ts';
import { DataStage } from './data-stage-fixture.ts';
import { FAULTS, findingsOf, LABELLED, loud, readSides } from './planted-leaks-fixture.ts';

const stage = new DataStage();

const SMALL: Readonly<
  Record<
    string,
    Pick<Subject, 'path'> & {
      header?: string;
      target: string;
      task?: string;
      exclude?: string[];
      warnings: string[];
    }
  >
> = {
  iris: {
    ...{ path: 'data/tabular/iris/iris.csv', header: 'a,b,c,d,species', target: 'species' },
    ...{ task: 'multiclass-classification', warnings: [] },
  },
  german: {
    path: 'data/tabular/german_credit/german.csv',
    ...{ header: 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,risk', target: 'risk', warnings: [] },
  },
  // Each passenger has a name of their own.
  titanic: {
    path: 'data/tabular/titanic/titanic_reference.csv',
    ...{ target: 'Survived', exclude: ['PassengerId'], warnings: ['undeclared-id training Name'] },
  },
  // 240 wines come twice.
  wine: {
    path: 'data/tabular/wine_quality/redwine.csv',
    ...{ target: 'quality', task: 'regression', warnings: ['duplicate-rows training'] },
  },
  // Nine scores from 1 to 10, missing ones as "?", two of which separate the tumours nearly by themselves.
  breast: {
    path: 'data/tabular/breast_cancer/breast-cancer-wisconsin.csv',
    ...{ header: 'a,b,c,d,e,f,g,h,i,class', target: 'class' },
    warnings: [
      ...['duplicate-rows training', 'mixed-types training f'],
      ...['target-leakage training b', 'target-leakage training c'],
      ...['duplicate-rows holdout', 'mixed-types holdout f'],
    ],
  },
  california: {
    path: 'data/tabular/california_housing/housing.csv.gz',
    ...{ target: 'median_house_value', task: 'regression', warnings: [] },
  },
};

describeWithSharedData('whole data sets without faults', () => {
  if (!sharedDataPresent) return;
  test.each(Object.entries(SMALL))('%s', async (_, subject) => {
    const { lines, header } = readLines(subject);
    const isHeldOut = (row: number) => (Math.imul(row, 2_654_435_761) >>> 0) % 5 === 0;
    const side = (of: boolean) =>
      [`${header}`, ...lines.filter((_, row) => isHeldOut(row) === of)].join('\n').concat('\n');
    stage.write('train.csv', side(false));
    stage.write('holdout.csv', side(true));
    const { target, task = 'binary-classification', exclude = [], warnings } = subject;
    const loaded = await stage.load(
      `model: clean\ntask: ${task}\ndata: {training: train.csv, holdout: holdout.csv, target: ${target}, exclude: [${exclude.join(', ')}]}\n`,
    );
    const { document } = await runValidateData(
      { ...loaded, data: [], contract: undefined, failOn: 'error', dataTracked: true },
      { world: stage.world, engine: stage.engine },
    );
    if (document.verdict === 'error') throw new Error(document.error.message);
    const told = document.findings.filter(({ severity }) => severity !== 'info');
    expect(told.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(
      told.map(({ check, dataset, column }) => [check, dataset, column].filter(Boolean).join(' ')),
    ).toEqual(warnings);
  });
});

describeWithSharedData('findings', () => {
  if (!sharedDataPresent) return;
  const subject = LABELLED.telco!;
  const planted = (...names: (keyof typeof FAULTS)[]) => {
    const sides = readSides(subject);
    for (const name of names) FAULTS[name]!.plant(sides, subject);
    return sides;
  };

  test('are as severe as the contract of their data set says', async () => {
    const sides = planted('hardly any value', 'rows twice', 'the target under another name');
    const before = loud(await findingsOf(stage, sides, subject));
    expect(before.toSorted()).toEqual(['duplicate-rows', 'mostly-missing', 'target-copy']);
    const contract = `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: rows
    customProperties:
      - {property: contender, value: {checks: {duplicate-rows: error, target-copy: warning}}}
    properties:
      - name: MonthlyCharges
        customProperties:
          - {property: contender, value: {checks: {mostly-missing: off}}}
`;
    const after = await findingsOf(stage, sides, subject, { contract });
    expect(
      after.filter(({ severity }) => severity !== 'info').map(({ check, severity }) => [check, severity]),
    ).toEqual([
      ['duplicate-rows', 'error'],
      ['target-copy', 'warning'],
    ]);
    const unknown = contract.replace('duplicate-rows', 'duplicate-row');
    await expect(findingsOf(stage, sides, subject, { contract: unknown })).rejects.toThrow(
      'contract.yml:6: `checks` has no word "duplicate-row"; did you mean duplicate-rows?',
    );
    const level = contract.replace('error', 'never');
    await expect(findingsOf(stage, sides, subject, { contract: level })).rejects.toThrow(
      'duplicate-rows is "never"; allowed: off, error, warning, info',
    );
  });

  test('point at lines', async () => {
    const findings = await findingsOf(stage, planted('rows twice', 'words among numbers'), subject);
    const repeated = findings.find(({ check }) => check === 'duplicate-rows')!;
    expect(repeated.examples[0]).toEqual({ file: 'train.csv', line: 302, value: '' });
    expect(stage.told).toContainEqual({
      kind: 'warning',
      message: expect.stringContaining('80 of 900 rows (8.9 %) repeat an earlier row in features and label'),
      location: { file: 'train.csv', line: 302 },
    });
    const mixed = findings.find(({ check }) => check === 'mixed-types')!;
    expect(mixed.examples[0]).toEqual({ file: 'train.csv', line: 5, value: 'unknown' });
  });

  test('name no value of data outside of the repository', async () => {
    const sides = planted('words among numbers', 'a category in other letters', 'a label in other letters');
    const findings = await findingsOf(stage, sides, subject, { dataTracked: false });
    const checks = findings.map(({ check }) => check);
    expect(checks).toEqual(expect.arrayContaining(['mixed-types', 'value-variants', 'label-variants']));
    const texts = JSON.stringify([findings, stage.told]);
    expect(texts).not.toMatch(/unknown|month|MONTH|\bYes\b|\byes\b|\bNo\b/);
    expect(texts).toContain('(hidden)');
  });
});

test('text among times is told of, and stops nothing', async () => {
  const rows = (first: number) =>
    Array.from({ length: 40 }, (_, row) => `2024-01-${10 + (row % 9)} 10:00:00,${first + row},${row % 2}`);
  stage.write('train.csv', `t,x,y\nlast week,0,1\n${rows(1).join('\n')}\n`);
  stage.write('holdout.csv', `t,x,y\n${rows(100).join('\n')}\n`);
  const loaded = await stage.load(
    'model: m\ntask: binary-classification\ndata: {training: train.csv, holdout: holdout.csv, target: y, timestamp: t}\n',
  );
  const { document } = await runValidateData(
    { ...loaded, data: [], contract: undefined, failOn: 'error', dataTracked: true },
    { world: { ...stage.world, now: () => Date.parse('2030-01-01') }, engine: stage.engine },
  );
  if (document.verdict === 'error') throw new Error(document.error.message);
  const mixed = document.findings.find(({ check }) => check === 'mixed-types');
  expect(mixed).toMatchObject({ column: 't', failing: 1, checked: 41 });
  expect(mixed!.examples).toEqual([{ file: 'train.csv', line: 2, value: 'last week' }]);
});

describe('a column that is text because of a few values', () => {
  const findingsIn = async (cells: readonly string[]) => {
    stage.write(
      'train.csv',
      `v,x,y\n${cells.map((cell, row) => `${cell},${(row * 7) % 11},${row % 2}`).join('\n')}\n`,
    );
    const loaded = await stage.load(
      'model: m\ntask: binary-classification\ndata: {training: train.csv, target: y}\n',
    );
    const { document } = await runValidateData(
      { ...loaded, data: [], contract: undefined, failOn: 'error', dataTracked: true },
      { world: stage.world, engine: stage.engine },
    );
    if (document.verdict === 'error') throw new Error(document.error.message);
    return document.findings.filter(({ column }) => column === 'v');
  };
  const day = (row: number) => new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10);

  test('a day that does not exist among dates is told of, and the dates are no id', async () => {
    const cells = Array.from({ length: 100 }, (_, row) => (row === 50 ? '2021-02-30' : day(row)));
    expect(await findingsIn(cells)).toMatchObject([
      {
        check: 'mixed-types',
        severity: 'warning',
        message: expect.stringMatching(
          /^v is text: 99 of 100 values are dates; 1 \(1 %\) is not; .*train\.csv:52$/,
        ),
        examples: [{ file: 'train.csv', line: 52, value: '2021-02-30' }],
      },
    ]);
    const times = cells.map((cell) => `${cell}T10:00:00`);
    expect(await findingsIn(times)).toMatchObject([{ check: 'mixed-types', failing: 1, checked: 100 }]);
  });

  test('a word among numbers that all differ is told of, and the numbers are no id', async () => {
    const cells = Array.from({ length: 100 }, (_, row) => (row === 7 ? 'none' : `${row + 0.5}`));
    expect(await findingsIn(cells)).toMatchObject([{ check: 'mixed-types', failing: 1, checked: 100 }]);
  });

  test('infinite numbers and NaN among few values are told of', async () => {
    const words = ['inf', '-inf', 'NaN', '1.5', '2.5'];
    const cells = Array.from({ length: 100 }, (_, row) => words[row % 5]!);
    expect(await findingsIn(cells)).toMatchObject([
      { check: 'non-finite', severity: 'warning', failing: 60, checked: 100 },
    ]);
  });
});
