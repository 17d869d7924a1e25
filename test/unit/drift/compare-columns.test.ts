/** Column tests against SciPy (scripts/reference/drift-columns.py), and the rules around them. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Column } from '../../../src/core/data/table.ts';
import { type ColumnPair, compareColumns } from '../../../src/core/drift/compare-columns.ts';
import { fisherExactP } from '../../../src/core/drift/fisher-exact.ts';
import { MINIMUM_EFFECTS } from '../../../src/core/drift/minimum-effects.ts';
import { compareNumbers } from '../../../src/core/drift/numeric-test.ts';
import { expectClose, expectRelative } from '../../support/close.ts';
import { numbers, repeated, spread, texts } from './samples.ts';

type Reference = {
  numeric: { name: string; ks: number; ksP: number; exact: boolean; a12: number; wasserstein: number }[];
  categorical: {
    name: string;
    reference: number[];
    current: number[];
    chi2: number;
    p: number;
    totalVariation: number;
  }[];
  rare: { reference: number; referenceRows: number; current: number; currentRows: number; p: number }[];
  share: {
    reference: number;
    referenceRows: number;
    current: number;
    currentRows: number;
    z: number;
    p: number;
  }[];
};

const scipy = JSON.parse(
  readFileSync(new URL('./scipy-reference.json', import.meta.url), 'utf8'),
) as Reference;

const rules = { level: 0.001, minimum: MINIMUM_EFFECTS.small };

function compare(reference: Column, current: Column, more: Partial<ColumnPair> = {}) {
  return compareColumns([{ name: 'x', role: 'feature', reference, current, ...more }], rules);
}

function compareOne(reference: Column, current: Column, more: Partial<ColumnPair> = {}) {
  return compare(reference, current, more)[0]!;
}

describe('against SciPy', () => {
  const base = spread(1200, 7919, 10007, 3).map((value) => value ** 2);
  const other = spread(900, 7907, 10007, 11).map((value) => value ** 2);
  const samples: Record<string, [Float64Array, Float64Array]> = {
    same: [base, other],
    shifted: [base, other.map((value) => value + 0.05)],
    wider: [base.map((value) => value - 0.5), other.map((value) => (value - 0.5) * 1.5)],
    large: [spread(3000, 7919, 10007, 3), spread(2500, 7907, 10007, 11).map((value) => value * 0.95)],
  };

  test.each(scipy.numeric)('numbers: $name', (expected) => {
    const [reference, current] = samples[expected.name]!;
    const column = compareOne(numbers(reference), numbers(current));
    expect(column.method).toBe('kolmogorov-smirnov');
    expectClose(column.statistic!, expected.ks, 1e-12);
    // Far out and above four million pairs p is asymptotic: the same size, not the same digits.
    if (expected.exact && expected.ksP > 1e-10) expectClose(column.pValue!, expected.ksP, 1e-9);
    else expectRelative(Math.log(column.pValue!), Math.log(expected.ksP), 0.03);
    const strictly = { ...MINIMUM_EFFECTS.small };
    const shift = compareNumbers(reference.toSorted(), current.toSorted(), { ...strictly, wasserstein: 1e9 });
    expect(shift.effect.name).toContain('A12');
    expectClose(shift.effect.value, Math.abs(expected.a12 - 0.5), 1e-12);
    const moved = compareNumbers(reference.toSorted(), current.toSorted(), { ...strictly, superiority: 1e9 });
    expect(moved.effect.name).toContain('wasserstein');
    expectClose(moved.effect.value, expected.wasserstein, 1e-10);
  });

  test.each(scipy.categorical)('categories: $name', (expected) => {
    const column = compareOne(texts(repeated(expected.reference)), texts(repeated(expected.current)));
    expect(column.method).toBe('chi-squared');
    expectClose(column.statistic!, expected.chi2, 1e-10);
    expectRelative(column.pValue!, expected.p, 1e-9);
    expectClose(column.effect!.value, expected.totalVariation, 1e-12);
    const [low, high] = column.effect!.interval!;
    expect(low).toBeLessThanOrEqual(expected.totalVariation);
    expect(high).toBeGreaterThanOrEqual(expected.totalVariation);
  });

  test.each(scipy.rare)(
    'a rare value: $reference of $referenceRows, now $current of $currentRows',
    (table) => {
      expectRelative(fisherExactP(table), table.p, 1e-8);
    },
  );

  test.each(scipy.share)('missing values: $reference before, now $current', (share) => {
    const column = (missing: number, rows: number) =>
      numbers(
        Float64Array.from({ length: rows }, (_, row) =>
          row < missing ? Number.NaN : row % 7 === 0 ? 0.5 : row,
        ),
      );
    const tests = compare(
      column(share.reference, share.referenceRows),
      column(share.current, share.currentRows),
    );
    const missing = tests.find((candidate) => candidate.method === 'two-proportion (missing values)')!;
    expectClose(missing.statistic!, share.z, 1e-10);
    expectRelative(missing.pValue!, share.p, 1e-9);
  });
});

describe('what counts as drift', () => {
  const uniform = spread(4000, 7919, 10007, 3);

  test('a significant change below the minimum effect is none', () => {
    const many = spread(100_000, 7919, 1_000_003, 3);
    const current = spread(100_000, 7907, 1_000_003, 11).map((value) => value + 0.01);
    const column = compareOne(numbers(many), numbers(current));
    expect(column.adjustedPValue).toBeLessThan(rules.level);
    expect(column.drifted).toBe(false);
  });

  test('the larger the minimum effect, the less has drifted', () => {
    // A shift of 0.12 of the width: A12 0.61, W1 0.32 robust standard deviations.
    const current = numbers(spread(4000, 7907, 10007, 11).map((value) => value + 0.12));
    const drifted = (['small', 'medium', 'large'] as const).map(
      (size) =>
        compareColumns([{ name: 'x', role: 'feature', reference: numbers(uniform), current }], {
          level: 0.001,
          minimum: MINIMUM_EFFECTS[size],
        })[0]!.drifted,
    );
    expect(drifted).toEqual([true, true, false]);
  });

  test('a change of spread alone is found by the Wasserstein distance', () => {
    const current = spread(4000, 7907, 10007, 11).map((value) => (value - 0.5) * 2 + 0.5);
    const column = compareOne(numbers(uniform), numbers(current));
    expect(column.drifted).toBe(true);
    expect(column.effect!.name).toContain('wasserstein');
    const [low, high] = column.effect!.interval!;
    expect(low).toBeGreaterThan(0.1);
    expect(high).toBeGreaterThanOrEqual(column.effect!.value);
  });

  test('adjusted p-values are those of Benjamini and Hochberg over all columns', () => {
    const shifts = [0, 0.02, 0.04];
    const pairs = shifts.map(
      (shift, index): ColumnPair => ({
        name: `x${index}`,
        role: 'feature',
        reference: numbers(uniform),
        current: numbers(spread(4000, 7907, 10007, 11).map((value) => value + shift)),
      }),
    );
    const columns = compareColumns(pairs, rules);
    const sorted = columns.map((column) => column.pValue!).toSorted((left, right) => left - right);
    const smallest = columns.find((column) => column.pValue === sorted[0])!;
    const bounds = sorted.map((p, index) => (p * 3) / (index + 1));
    expectClose(smallest.adjustedPValue!, Math.min(1, ...bounds), 1e-12);
    expect(columns.every((column) => column.adjustedPValue! >= column.pValue!)).toBe(true);
  });
});

describe('columns that need care', () => {
  test.each([
    ['equal constants', 5.5, 5.5, false],
    ['different constants', 5.5, 7.5, true],
    ['different whole constants', 5, 7, true],
  ])('%s', (_, before, now, drifted) => {
    const column = compareOne(numbers(new Array(500).fill(before)), numbers(new Array(400).fill(now)));
    expect(column.drifted).toBe(drifted);
    if (!drifted) expect(column.pValue).toBe(1);
    expect(Number.isFinite(column.effect!.value)).toBe(true);
  });

  test('a constant that begins to vary around its value has drifted', () => {
    const column = compareOne(numbers(new Array(500).fill(0.5)), numbers(spread(500, 7907, 10007, 11)));
    expect(column.drifted).toBe(true);
    expect(column.effect!.name).toContain('largest gap');
  });

  test('a column that loses all its values drifts by its missing ones', () => {
    const tests = compare(numbers(spread(500, 7919, 10007, 3)), numbers(new Array(500).fill(Number.NaN)));
    expect(tests[0]).toMatchObject({
      drifted: false,
      note: expect.stringContaining('no values in the current data'),
    });
    expect(tests[0]!.pValue).toBeUndefined();
    expect(tests[1]).toMatchObject({ method: 'two-proportion (missing values)', drifted: true });
  });

  test('all missing on both sides is no drift', () => {
    const empty = numbers(new Array(300).fill(Number.NaN));
    expect(compare(empty, empty).some((column) => column.drifted)).toBe(false);
  });

  test('infinite values are counted apart and do not touch the comparison of the others', () => {
    const finite = spread(1000, 7919, 10007, 3);
    const withInfinite = Float64Array.from(finite, (value, row) => (row % 5 === 0 ? Infinity : value));
    const tests = compare(numbers(finite), numbers(withInfinite));
    expect(tests.map((column) => [column.method, column.drifted])).toEqual([
      ['kolmogorov-smirnov', false],
      ['two-proportion (infinite values)', true],
    ]);
  });

  test('few whole numbers are categories, many are numbers', () => {
    const few = Float64Array.from({ length: 600 }, (_, row) => row % 20);
    const many = Float64Array.from({ length: 600 }, (_, row) => row % 21);
    expect(compareOne(numbers(few), numbers(few)).method).toContain('chi-squared');
    expect(compareOne(numbers(many), numbers(few)).method).toBe('kolmogorov-smirnov');
    expect(compareOne(numbers(few.map((value) => value + 0.5)), numbers(few)).method).toBe(
      'kolmogorov-smirnov',
    );
  });

  test('values that the reference does not have are named, and hidden where they must be', () => {
    const reference = texts(repeated([300, 300]));
    const current = texts([...repeated([300, 270]), ...new Array<string>(30).fill('new | value')]);
    expect(compareOne(reference, current).note).toBe(
      '1 value that the reference does not have, in 30 of 600 rows: "new | value"',
    );
    const hidden = compareOne(reference, current, { hidden: true });
    expect(hidden.note).toBe('1 value that the reference does not have, in 30 of 600 rows');
  });

  test('a value that was rare and no longer is cannot hide among the frequent ones', () => {
    const reference = texts(repeated([9950, 50]));
    const column = compareOne(reference, texts(repeated([160, 40])));
    expect(column.method).toContain('Fisher');
    expect(column.drifted).toBe(true);
  });

  test.each([
    [199, 5000, '199 values in the reference'],
    [5000, 199, '199 values in the current data'],
  ])('%i rows against %i: says what is needed', (before, now, words) => {
    const column = compareOne(numbers(spread(before, 7919, 10007, 3)), numbers(spread(now, 7907, 10007, 3)));
    expect(column.pValue).toBeUndefined();
    expect(column.drifted).toBe(false);
    expect(column.note).toContain(words);
    expect(column.note).toContain('200 are needed on each side');
  });

  test('a missing label says nothing', () => {
    const labels = repeated([200, 200]);
    const late = [...repeated([130, 130]), ...new Array<undefined>(500).fill(undefined)];
    const tests = compare(texts(labels), texts(late), { role: 'target', missingExpected: true });
    expect(tests).toHaveLength(1);
    expect(tests[0]!.drifted).toBe(false);
  });
});
