import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCopy } from '../../../src/core/data-checks/copies.ts';
import {
  binNumbers,
  pearson,
  rankCorrelation,
  strengthOfCategories,
  strengthOfOrder,
} from '../../../src/core/data-checks/strength.ts';
import { midranks } from '../../../src/core/statistics/ordering.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

const numbers = (count: number, of: (row: number) => number) =>
  Float64Array.from({ length: count }, (_, row) => of(row));
const binary = (count: number, of: (row: number) => number) =>
  ({ kind: 'binary', labels: Uint8Array.from({ length: count }, (_, row) => of(row)) }) as const;

describe('what the order of numbers tells of two classes', () => {
  it('is the share of pairs in order, whichever way round, without missing rows', () => {
    const row = fc.record({
      label: fc.integer({ min: 0, max: 1 }),
      value: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN)),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 40, maxLength: 80 }), (rows) => {
        const present = rows.filter(({ value }) => !Number.isNaN(value));
        const positives = present.filter(({ label }) => label === 1);
        const negatives = present.filter(({ label }) => label === 0);
        const found = strengthOfOrder(
          { kind: 'binary', labels: Uint8Array.from(rows, ({ label }) => label) },
          Float64Array.from(rows, ({ value }) => value),
        );
        if (Math.min(positives.length, negatives.length) < 10) {
          expect(found).toBeUndefined();
          return;
        }
        const inOrder = positives.flatMap(({ value }) =>
          negatives.map((negative) => Number(value > negative.value) + Number(value === negative.value) / 2),
        );
        const area = inOrder.reduce((sum, pair) => sum + pair, 0) / inOrder.length;
        expect(found!.value).toBeCloseTo(Math.max(area, 1 - area), 10);
        expect(found!.interval.low).toBeLessThanOrEqual(found!.value);
        expect(found!.interval.high).toBeGreaterThanOrEqual(found!.value);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what categories tell', () => {
  const random = createRandom(5);
  const noise = Array.from({ length: 4000 }, () => random.uniform());
  const target = binary(4000, (row) => Number(noise[row]! < 0.3));

  it('is nothing where each row has one of its own, or they mean nothing', () => {
    const own = Int32Array.from({ length: 4000 }, (_, row) => row);
    // Nothing learned of a category that only one row has.
    expect(strengthOfCategories(target, own)).toBeUndefined();
    const few = Int32Array.from({ length: 4000 }, (_, row) => (row * 7) % 11);
    expect(strengthOfCategories(target, few)!.interval.low).toBeLessThan(0.5);
    const many = Int32Array.from({ length: 4000 }, (_, row) => row % 2000);
    expect(strengthOfCategories(target, many)!.value).toBeLessThan(0.55);
  });

  it('is all where they are the answer, also as intervals of a number in no order', () => {
    const codes = Int32Array.from(target.labels, (label, row) => (label === 1 ? row % 3 : 3 + (row % 4)));
    expect(strengthOfCategories(target, codes)!.value).toBe(1);
    const hill = numbers(
      4000,
      (row) => (target.labels[row] === 1 ? 0 : (row % 2) * 2 - 1) + noise[row]! / 10,
    );
    expect(strengthOfOrder(target, hill)!.value).toBeLessThan(0.6);
    expect(strengthOfCategories(target, binNumbers(hill))!.interval.low).toBeGreaterThan(0.95);
  });

  it('of several classes is what they tell of the class they tell least', () => {
    const codes = Int32Array.from(noise, (value) => Math.floor(value * 3));
    const classes = { kind: 'classes', codes, classes: 3 } as const;
    expect(strengthOfCategories(classes, codes)!.value).toBe(1);
    const one = Int32Array.from(codes, (code) => Number(code === 0));
    expect(strengthOfCategories(classes, one)!.value).toBeLessThan(0.8);
  });

  it('of a number is how well the means order it', () => {
    const values = numbers(4000, (row) => (row % 5) + noise[row]! / 10);
    const found = strengthOfCategories(
      { kind: 'number', values },
      Int32Array.from(values, (value) => value | 0),
    );
    expect(found!.measure).toBe('R² of ranks');
    expect(found!.value).toBeGreaterThan(0.95);
  });
});

describe('intervals of a number', () => {
  it('hold about equally many rows, missing ones apart', () => {
    const values = numbers(5000, (row) => (row % 100 === 0 ? Number.NaN : row));
    const counts = new Map<number, number>();
    for (const bin of binNumbers(values)) counts.set(bin, (counts.get(bin) ?? 0) + 1);
    expect(counts.get(-1)).toBe(50);
    const others = [...counts].filter(([bin]) => bin >= 0).map(([, count]) => count);
    expect(Math.max(...others) - Math.min(...others)).toBeLessThanOrEqual(3);
  });
});

describe('a copy of the target', () => {
  const labels = Int32Array.from({ length: 90 }, (_, row) => row % 3);
  const classes = { kind: 'classes', codes: labels, classes: 3 } as const;
  const column = (of: (row: number) => number) =>
    ({ kind: 'number', name: 'x', values: numbers(90, of) }) as const;

  it('names the same classes otherwise, whatever is missing', () => {
    expect(
      isCopy(
        classes,
        column((row) => [7, 1, 30][row % 3]!),
      ),
    ).toBe(true);
    expect(
      isCopy(
        classes,
        column((row) => (row < 20 ? Number.NaN : row % 3)),
      ),
    ).toBe(true);
    expect(
      isCopy(
        classes,
        column((row) => (row === 5 ? 0 : row % 3)),
      ),
    ).toBe(false);
    // Finer than the classes: it gives them away, and is more than they are.
    expect(
      isCopy(
        classes,
        column((row) => (row % 3) + 10 * (row % 2)),
      ),
    ).toBe(false);
    const text = { kind: 'text', name: 'x', codes: labels, dictionary: ['a', 'b', 'c'] } as const;
    expect(isCopy(classes, text)).toBe(true);
  });

  it('of a number is that number in another unit', () => {
    const target = { kind: 'number', values: numbers(90, (row) => Math.sin(row)) } as const;
    expect(
      isCopy(
        target,
        column((row) => 32 + 1.8 * Math.sin(row)),
      ),
    ).toBe(true);
    expect(
      isCopy(
        target,
        column((row) => Math.sin(row) ** 3),
      ),
    ).toBe(false);
  });
});

type Golden = {
  readonly y: readonly number[];
  readonly score_a: readonly number[];
  readonly model_a: { readonly roc_auc: number };
};
type Regression = {
  readonly y: readonly number[];
  readonly pred: readonly number[];
  readonly pearson: number;
};

describeWithSharedData('the reference', () => {
  it('of scikit-learn has the same area, and the interval around it is that of its variance', () => {
    const { y, score_a, model_a } = readGolden<Golden>('metrics_binary');
    const { result } = readGolden<{ readonly result: { readonly var_champion: number } }>('delong');
    const target = { kind: 'binary', labels: Uint8Array.from(y) } as const;
    const found = strengthOfOrder(target, Float64Array.from(score_a))!;
    expect(found.value).toBeCloseTo(model_a.roc_auc, 12);
    const { low, high } = found.interval;
    const logit = (area: number) => Math.log(area / (1 - area));
    const area = model_a.roc_auc;
    const error = Math.sqrt(result.var_champion) / (area * (1 - area));
    expect(logit(high) - logit(low)).toBeCloseTo(2 * 1.959963984540054 * error, 8);
  });

  it('of SciPy has the same correlation', () => {
    const { y, pred, pearson: expected } = readGolden<Regression>('metrics_regression');
    expect(pearson(Float64Array.from(y), Float64Array.from(pred))).toBeCloseTo(expected, 12);
    const ranked = rankCorrelation(Float64Array.from(y), Float64Array.from(pred))!;
    const byRank = pearson(midranks(Float64Array.from(y)), midranks(Float64Array.from(pred)));
    expect(ranked.value).toBeCloseTo(byRank ** 2, 12);
    expect(ranked.interval.low).toBeLessThan(ranked.value);
    expect(ranked.interval.high).toBeGreaterThan(ranked.value);
  });
});
