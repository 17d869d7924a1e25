import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simultaneousConfidence } from '../../../src/core/statistics/interval.ts';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  hochberg,
  holm,
} from '../../../src/core/statistics/multiple-testing.ts';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 15 });
const corrections = { holm, hochberg, benjaminiHochberg, benjaminiYekutieli };

describe('corrections of p-values', () => {
  it('give the reference values with ties, in the order of the input', () => {
    const tied = [0.03, 0.01, 0.03, 0.2, 0.01];
    expectAll(holm(tied), [0.09, 0.05, 0.09, 0.2, 0.05]);
    expectAll(benjaminiHochberg(tied), [0.0375, 0.025, 0.0375, 0.2, 0.025]);
  });

  it.each(Object.entries(corrections))(
    '%s never lowers a p-value, keeps their order and stays in 0 … 1',
    (_, correct) => {
      fc.assert(
        fc.property(pValues, (list) => {
          const adjusted = correct(list);
          list.forEach((p, index) => {
            expect(adjusted[index]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
            expect(adjusted[index]).toBeLessThanOrEqual(1);
            list.forEach((other, position) => {
              if (other > p) expect(adjusted[position]).toBeGreaterThanOrEqual(adjusted[index]!);
            });
          });
        }),
      );
    },
  );

  it('are ordered by how much they ask for', () => {
    fc.assert(
      fc.property(pValues, (list) => {
        const [byHolm, byHochberg, byRate] = [holm(list), hochberg(list), benjaminiHochberg(list)];
        list.forEach((_, index) => {
          expect(byHochberg[index]).toBeLessThanOrEqual(byHolm[index]! + 1e-12);
          expect(byRate[index]).toBeLessThanOrEqual(byHochberg[index]! + 1e-12);
        });
      }),
    );
  });

  it('leave a single test as it is and take none', () => {
    for (const correct of Object.values(corrections)) {
      expectAll(correct([0.03]), [0.03]);
      expect(correct([])).toEqual([]);
    }
  });

  it('refuse what is no p-value', () => {
    expect(() => holm([0.1, Number.NaN])).toThrow('not a p-value');
    expect(() => benjaminiHochberg([1.2])).toThrow('not a p-value');
  });
});

describe('simultaneousConfidence', () => {
  it('shares the error between the intervals', () => {
    expectClose(simultaneousConfidence(0.95, 5), 0.99, 1e-15);
    expect(simultaneousConfidence(0.95, 0)).toBe(0.95);
  });
});

describeWithSharedData('reference values of corrections', () => {
  it('of 25 tests', () => {
    type Adjusted = { adjusted: number[] };
    const golden = readGolden<Record<string, Adjusted> & { p: number[] }>('multiple_testing');
    expectAll(holm(golden.p), golden.holm!.adjusted);
    expectAll(hochberg(golden.p), golden['simes-hochberg']!.adjusted);
    expectAll(benjaminiHochberg(golden.p), golden.fdr_bh!.adjusted);
    expectAll(benjaminiYekutieli(golden.p), golden.fdr_by!.adjusted);
  });
});

function expectAll(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expectClose(value, expected[index]!, 1e-12);
  });
}
