import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, ascendingOrder, midranks } from '../../../src/core/statistics/ordering.ts';
import { median, quantile, quantileOfSorted } from '../../../src/core/statistics/quantiles.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { mean, sampleVariance, sum } from '../../../src/core/statistics/sums.ts';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

const doubles = fc
  .array(fc.double({ noNaN: false }), { maxLength: 60 })
  .map((list) => Float64Array.from(list));
const tied = fc
  .array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 40 })
  .map((list) => Float64Array.from(list));

describe('ascendingOrder', () => {
  it('is stable and puts NaN last', () => {
    fc.assert(
      fc.property(doubles, (values) => {
        expect(Array.from(ascendingOrder(values))).toEqual(slowOrder(values));
      }),
    );
  });

  it('sorts long inputs, with ties, signs and special values, exactly like short ones', () => {
    const random = createRandom(3);
    const values = Float64Array.from({ length: 9000 }, (_, index) => {
      if (index % 97 === 0) return [0, -0, Number.NaN, Infinity, -Infinity, 5e-324][index % 6]!;
      const size =
        random.uniform() < 0.5 ? Math.round(random.uniform() * 50) : 10 ** (random.uniform() * 600 - 300);
      return random.uniform() < 0.5 ? size : -size;
    });
    expect(Array.from(ascendingOrder(values))).toEqual(slowOrder(values));
  });

  it('sorts a long constant', () => {
    const order = ascendingOrder(new Float64Array(5000).fill(2));
    expect(order.every((position, index) => position === index)).toBe(true);
  });
});

describe('midranks', () => {
  it('share the mean of tied ranks', () => {
    expect(Array.from(midranks(Float64Array.of(10, 20, 10, 5)))).toEqual([2.5, 4, 2.5, 1]);
  });

  it('count the lower and half of the equal values', () => {
    fc.assert(
      fc.property(tied, (values) => {
        const expected = Array.from(values, (value) => {
          const lower = values.filter((other) => other < value).length;
          const equal = values.filter((other) => other === value).length;
          return lower + (equal + 1) / 2;
        });
        expect(Array.from(midranks(values))).toEqual(expected);
      }),
    );
  });
});

describe('quantiles', () => {
  it('interpolate as NumPy does', () => {
    expect(quantileOfSorted([1, 2, 3, 4, 5], 0.01)).toBeCloseTo(1.04, 12);
    expect(quantile(Float64Array.of(4, 1, 3, 2), 0.5)).toBe(2.5);
    expect(median(Float64Array.of(3, 1, 2))).toBe(2);
  });

  it('are undefined of nothing', () => {
    expect(quantileOfSorted([], 0.5)).toBeNaN();
  });
});

describe('sums', () => {
  it('keep what plain addition loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum(new Float64Array(1_000_000).fill(0.1))).toBe(100_000);
  });

  it('pass infinity on', () => {
    expect(sum([1, Infinity])).toBe(Infinity);
  });

  it('moments of few values', () => {
    expect(mean([])).toBeNaN();
    expect(sampleVariance([1])).toBeNaN();
    expect(sampleVariance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1);
  });
});

describeWithSharedData('reference sums and quantiles', () => {
  it('quantiles of type 7', () => {
    type Dataset = { ref: number[]; tests: { ref_quantiles_type7: Record<string, number> } };
    const { datasets } = readGolden<{ datasets: Record<string, Dataset> }>('drift_numeric');
    for (const { ref, tests } of Object.values(datasets)) {
      for (const [percent, expected] of Object.entries(tests.ref_quantiles_type7)) {
        expectClose(
          quantileOfSorted(ascending(Float64Array.from(ref)), Number(percent) / 100),
          expected,
          1e-12,
        );
      }
    }
  });
});

function slowOrder(values: Float64Array): number[] {
  return Array.from(values, (_, index) => index).sort((left, right) => {
    const [a, b] = [values[left]!, values[right]!];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return a === b ? 0 : a < b ? -1 : 1;
  });
}
