import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../../src/core/data/profile.ts';
import { applySettings, type CheckSetting, percent } from '../../../src/core/data-checks/checks.ts';
import { checkColumns } from '../../../src/core/data-checks/columns.ts';
import { checkLabels } from '../../../src/core/data-checks/labels.ts';
import {
  findShared,
  knowKeys,
  sharedGroups,
  sharedIds,
  sharedRows,
} from '../../../src/core/data-checks/overlap.ts';
import { checkPredictors } from '../../../src/core/data-checks/predictors.ts';
import { columnRoles, identifyingColumns } from '../../../src/core/data-checks/roles.ts';
import { countKinds, findVariants, mostlyKind } from '../../../src/core/data-checks/text-columns.ts';
import { futureFinding, timeOverlapFinding } from '../../../src/core/data-checks/times.ts';
import type { Finding } from '../../../src/core/documents/validation.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

const roles = columnRoles({ target: 'y', id: 'id', exclude: ['note'], sensitive: [] });
const profile = (more: Partial<ColumnProfile>): ColumnProfile => ({
  ...{ name: 'x', type: 'string', missing: 0, distinct: 50 },
  ...more,
});
const told = (found: readonly { check: string; severity: string }[]) =>
  found.map(({ check, severity }) => `${check} ${severity}`);

describe('columns by themselves', () => {
  const of = (more: Partial<ColumnProfile>, rowCount = 100) =>
    told(checkColumns({ rowCount, profiles: [profile(more)], roles }));

  it.each([
    ['one value', { distinct: 1 }, ['constant-column warning']],
    ['one value or none', { distinct: 1, missing: 40 }, []],
    ['no value', { distinct: 0, missing: 100 }, ['constant-column warning']],
    ['half of it missing', { missing: 50, distinct: 9 }, ['mostly-missing info']],
    ['less than half', { missing: 49, distinct: 9 }, []],
    ['hardly anything', { missing: 95, distinct: 4 }, ['mostly-missing warning']],
    ['texts of their own', { distinct: 99 }, ['undeclared-id warning']],
    ['texts that repeat', { distinct: 98 }, []],
    ['a count', { type: 'integer', distinct: 100, minimum: 1, maximum: 100 }, ['undeclared-id warning']],
    ['measured whole numbers', { type: 'integer', distinct: 100, minimum: 1, maximum: 90_000 }, []],
    ['measured numbers', { type: 'number', distinct: 100, minimum: 0, maximum: 1 }, []],
    ['one value of a column that is no feature', { name: 'note', distinct: 1 }, []],
    ['the declared id', { name: 'id', distinct: 100 }, []],
  ] as const)('%s', (_, more, expected) => {
    expect(of(more)).toEqual(expected);
  });

  it('are not judged by a few rows, nor told of twice', () => {
    expect(of({ distinct: 1 }, 29)).toEqual([]);
    const constant = profile({ distinct: 1 });
    const later = (first: ColumnProfile) =>
      told(
        checkColumns({
          ...{ rowCount: 100, profiles: [constant], roles },
          first: new Map([['x', { ...first, rowCount: 100 }]]),
        }),
      );
    expect(later(constant)).toEqual([]);
    expect(later(profile({ distinct: 7 }))).toEqual(['constant-column info']);
  });

  it('may be no features where a query makes those', () => {
    const derived = columnRoles({ target: 'y', features: 'features.sql', exclude: [], sensitive: [] });
    const found = checkColumns({ rowCount: 100, profiles: [profile({ distinct: 1 })], roles: derived });
    expect(told(found)).toEqual(['constant-column info']);
  });
});

describe('text', () => {
  const text = (values: readonly string[]) => {
    const dictionary = [...new Set(values)];
    return {
      kind: 'text',
      name: 'x',
      dictionary,
      codes: Int32Array.from(values, (v) => dictionary.indexOf(v)),
    } as const;
  };

  it('of numbers with a few words among them', () => {
    const numbers = Array.from({ length: 95 }, (_, row) => `${row}.5`);
    const mixed = countKinds(text([...numbers, ' ', 'n/a', '-', '1,5', 'inf']));
    expect(mixed).toEqual({ present: 100, numbers: 95, notFinite: 1, dates: 0, timestamps: 0 });
    expect(mostlyKind(mixed)).toBe('number');
    expect(
      mostlyKind(countKinds(text([...numbers.slice(0, 89), ...Array(11).fill('word')]))),
    ).toBeUndefined();
    expect(mostlyKind(countKinds(text(numbers.slice(0, 20))))).toBeUndefined();
  });

  it('of dates and times with others among them', () => {
    const days = Array.from({ length: 28 }, (_, row) => `2021-01-${String(row + 1).padStart(2, '0')}`);
    expect(mostlyKind(countKinds(text([...days, '2021-02-28', '2021-02-30'])))).toBe('date');
    expect(mostlyKind(countKinds(text([...days, '2021-02-28T10:00:00Z', 'soon'])))).toBe('date');
    const times = days.map((day) => `${day} 08:30:00`);
    expect(mostlyKind(countKinds(text([...times, '2021-03-01', 'soon'])))).toBe('timestamp');
  });

  it('in several spellings', () => {
    expect(findVariants(['Yes', 'yes ', 'YES', 'no', '<=50K', '>50K'])).toEqual([['Yes', 'yes ', 'YES']]);
    expect(findVariants(['New  York', 'new york', 'Boston'])).toEqual([['New  York', 'new york']]);
  });
});

describe('labels', () => {
  const of = (labels: Record<string, number>, more: object = {}) =>
    checkLabels({
      ...{ target: 'y', task: 'binary-classification', isHidden: false },
      labels: new Map(Object.entries(labels)),
      ...more,
    });

  it.each([
    ['two classes', { a: 50, b: 50 }, {}, []],
    ['three', { a: 50, b: 50, c: 20 }, {}, ['class-count error']],
    ['three of many', { a: 50, b: 50, c: 20 }, { task: 'multiclass-classification' }, []],
    ['one', { a: 50 }, {}, ['class-count error']],
    ['one in the holdout', { a: 50 }, { known: new Set(['a', 'b']) }, ['class-count warning']],
    ['two in three spellings', { Yes: 50, no: 50, yes: 12 }, {}, ['label-variants error']],
    ['few rows of one', { a: 90, b: 9 }, {}, ['class-rows warning']],
    ['a rare one', { a: 9990, b: 10 }, {}, ['class-rows info']],
    ['one that training lacks', { a: 50, c: 50 }, { known: new Set(['a', 'b']) }, ['new-label error']],
    ['the same in other letters', { A: 50, B: 50 }, { known: new Set(['a', 'b']) }, ['new-label error']],
    [
      'one of many that training lacks',
      { a: 50, b: 50, c: 50 },
      { known: new Set(['a', 'b']), task: 'multiclass-classification' },
      ['new-label warning'],
    ],
  ] as const)('%s', (_, labels, more, expected) => {
    expect(told(of(labels, more))).toEqual(expected);
  });

  it('are named, unless they are never printed', () => {
    const labels = { Yes: 50, no: 50, yes: 12 };
    expect(of(labels)[0]!.message).toContain('"Yes", "yes"');
    expect(of(labels)[0]).toMatchObject({ failing: 12, checked: 112 });
    for (const more of [labels, { a: 50, b: 2 }, { a: 50, b: 50, c: 50 }, { a: 5000, b: 10 }]) {
      const messages = of(more as Record<string, number>, { isHidden: true }).map(({ message }) => message);
      expect(messages.join()).not.toMatch(/"/);
    }
  });
});

describe('rows of training and holdout', () => {
  const keys = (from: number, count: number) => Float64Array.from({ length: count }, (_, row) => from + row);
  const names = { own: 'holdout', training: 'training' };
  const byValues = (training: Float64Array, holdout: Float64Array) => {
    const known = knowKeys(training);
    return sharedRows({ training: known, shared: findShared(known, holdout), byId: 0 }, names);
  };

  it('that are the same are an error from 5 % on, a warning from 1 % on', () => {
    const training = keys(0, 1000);
    const holdout = (shared: number) => Float64Array.of(...keys(10, shared), ...keys(5000, 1000 - shared));
    expect(byValues(training, holdout(0))).toEqual([]);
    expect(byValues(training, holdout(5))).toMatchObject([
      { severity: 'info', failing: 5, rows: [0, 1, 2, 3, 4] },
    ]);
    expect(byValues(training, holdout(20))).toMatchObject([{ severity: 'warning' }]);
    expect(byValues(training, holdout(60))).toMatchObject([{ severity: 'error', checked: 1000 }]);
  });

  it('that repeat by nature are expected', () => {
    const random = createRandom(1);
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.integer(300));
    expect(byValues(draw(2000), draw(500))).toMatchObject([
      { severity: 'info', failing: expect.any(Number) },
    ]);
  });

  it('are known by id, and not counted again by value; no key is no match', () => {
    const known = knowKeys(Float64Array.of(1, 2, 2, Number.NaN));
    expect(known.single).toBe(1);
    const shared = findShared(known, Float64Array.of(2, Number.NaN, 7, 1));
    expect(shared).toMatchObject({ count: 2, first: [0, 3] });
    expect(findShared(known, Float64Array.of(2, 1), Uint8Array.of(1, 0))).toMatchObject({
      count: 1,
      first: [1],
    });
    expect(sharedIds(shared, 'id', names)).toMatchObject([{ severity: 'warning', failing: 2, checked: 4 }]);
    expect(sharedGroups(shared, 'card', { ...names, isLater: false })).toMatchObject([
      { severity: 'warning' },
    ]);
    expect(sharedGroups(shared, 'card', { ...names, isLater: true })).toMatchObject([{ severity: 'info' }]);
  });

  it('of one time', () => {
    const rows = (failing: number) => ({ failing, checked: 100, examples: [] });
    const overlap = { ...names, timestamp: 't', early: 0 };
    expect(timeOverlapFinding({ ...overlap, notLater: rows(0) })).toEqual([]);
    expect(timeOverlapFinding({ ...overlap, notLater: rows(3) })).toMatchObject([{ severity: 'warning' }]);
    // Half of them before the middle of training: nobody split by time.
    expect(timeOverlapFinding({ ...overlap, early: 50, notLater: rows(99) })).toMatchObject([
      { severity: 'info' },
    ]);
    expect(futureFinding(rows(1), 't')).toMatchObject([{ severity: 'warning', failing: 1 }]);
  });
});

describe('columns beside the target', () => {
  const count = 600;
  const random = createRandom(9);
  const noise = Float64Array.from({ length: count }, () => random.uniform());
  const y = Int32Array.from(noise, (value) => Number(value < 0.4));
  const of = (name: string, value: (row: number) => number, more: object = {}) =>
    checkPredictors({
      table: {
        rowCount: count,
        columns: [
          { kind: 'text', name: 'y', codes: y, dictionary: ['no', 'yes'] },
          { kind: 'number', name, values: Float64Array.from({ length: count }, (_, row) => value(row)) },
        ],
      },
      ...{ total: count, roles, target: 'y', ids: ['id'], kind: 'binary' },
      ...more,
    });
  const scattered = (row: number) => (row * 7919) % count;

  it('tell nothing, give it away, or say the same', () => {
    expect(of('x', scattered)).toEqual([]);
    expect(told(of('x', (row) => noise[row]! + (row % 97 === 0 ? 0.6 : 0)))).toEqual([
      'target-leakage warning',
    ]);
    expect(told(of('x', (row) => 5 - 2 * y[row]!))).toEqual(['target-copy error']);
    expect(of('note', (row) => y[row]!)).toEqual([]);
    expect(of('x', (row) => noise[row]!, { total: 6000 })[0]!.message).toMatch(
      /^x alone predicts y: AUC 1\.000 \[0\.9\d\d, 1\.000\] \(on 600 of 6000 rows\)/,
    );
  });

  it('name rows, and should tell nothing', () => {
    expect(of('id', scattered)).toEqual([]);
    expect(told(of('id', (row) => scattered(row) + 300 * y[row]!))).toEqual(['predictive-id warning']);
  });

  it('and the order of the rows', () => {
    const sorted = Int32Array.from(y).sort();
    const table = {
      rowCount: count,
      columns: [{ kind: 'text', name: 'y', codes: sorted, dictionary: ['a', 'b'] }],
    } as const;
    expect(told(of('x', scattered, { table }))).toEqual(['predictive-id info']);
  });
});

describe('what a contract says of checks', () => {
  const finding = (more: Partial<Finding>): Finding => ({
    ...{ check: 'mostly-missing', severity: 'warning', dataset: 'training', message: '', examples: [] },
    ...more,
  });
  const apply = (settings: readonly CheckSetting[], ...findings: readonly Finding[]) =>
    applySettings(findings, new Map([['training', settings]])).map(({ severity }) => severity);

  it('sets the severity of a check, of one column before all', () => {
    expect(apply([], finding({}))).toEqual(['warning']);
    expect(apply([{ check: 'mostly-missing', severity: 'off' }], finding({}))).toEqual([]);
    const settings = [
      { check: 'mostly-missing', severity: 'error' },
      { check: 'mostly-missing', column: 'x', severity: 'info' },
    ] as const;
    expect(apply(settings, finding({ column: 'x' }), finding({ column: 'z' }))).toEqual(['info', 'error']);
    expect(apply([{ check: 'mostly-missing', severity: 'off' }], finding({ dataset: 'holdout' }))).toEqual([
      'warning',
    ]);
  });
});

it('a share is never rounded to all or nothing', () => {
  expect([0, 1e-6, 0.0047, 0.123, 0.99994, 0.999999, 1].map(percent)).toEqual([
    ...['0 %', 'less than 0.01 %', '0.47 %', '12.3 %', '99.99 %', 'more than 99.99 %', '100 %'],
  ]);
});

it('rows are the same by all columns but id, target, weight and the excluded ones', () => {
  expect(identifyingColumns(['id', 'x', 'note', 'y', 't'], roles)).toEqual(['x', 't']);
});

type Golden = {
  readonly train_test_leakage: {
    readonly train_ids: readonly number[];
    readonly test_ids: readonly number[];
    readonly index_leakage_ratio_of_test: number;
  };
};

describeWithSharedData('ids of the reference', () => {
  it('leak as counted there', () => {
    const { train_ids, test_ids, index_leakage_ratio_of_test } =
      readGolden<Golden>('data_validation').train_test_leakage;
    const { count } = findShared(knowKeys(Float64Array.from(train_ids)), Float64Array.from(test_ids));
    expect(count / test_ids.length).toBe(index_leakage_ratio_of_test);
  });
});
