import { describe, expect, it } from 'vitest';
import { chiSquaredSurvival } from '../../../src/core/statistics/chi-squared.ts';
import {
  type CategoryCounts,
  chiSquaredStatistic,
  cohenMinimumEffectP,
  compareCategories,
  cramersV,
  cramersVCorrected,
  totalVariation,
  totalVariationLowerBound,
} from '../../../src/core/statistics/contingency.ts';
import { populationStabilityIndex } from '../../../src/core/statistics/population-stability.ts';
import { compareProportions } from '../../../src/core/statistics/proportions.ts';
import { createRandom, type Random } from '../../../src/core/statistics/random.ts';
import { expectClose, expectRelative } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

describe('compareCategories', () => {
  it('is the two-sample chi-squared test where counts suffice', () => {
    const test = compareCategories({ reference: [50, 30, 20, 0], current: [30, 30, 30, 10] }, 1);
    expect(test).toMatchObject({ statistic: 17, degreesOfFreedom: 3, method: 'chi-squared' });
    expectRelative(test.pValue, 0.0007067423923370282, 1e-11);
  });

  it('simulates sparse tables, close to the exact p-value and the same for every seed twice', () => {
    const counts = { reference: [5, 1], current: [1, 5] };
    const test = compareCategories(counts, 3);
    expect(test.method).toBe('chi-squared-simulated');
    // Fisher's exact test gives 0.0801; three standard errors of 9,999 simulations are 0.008.
    expect(Math.abs(test.pValue - 0.08008658008658008)).toBeLessThan(0.008);
    expect(compareCategories(counts, 3)).toEqual(test);
  });

  it('does not take one unseen category for drift', () => {
    const test = compareCategories({ reference: [600, 400, 0], current: [60, 39, 1] }, 3);
    expect(test.method).toBe('chi-squared-simulated');
    expect(test.pValue).toBeGreaterThan(0.05);
  });

  it('pools sparse categories of large samples', () => {
    const test = compareCategories({ reference: [40_000, 20_000, 2, 1], current: [20_000, 10_000, 1, 2] }, 3);
    expect(test).toMatchObject({ method: 'chi-squared-pooled', degreesOfFreedom: 2 });
    const pooled = chiSquaredStatistic({ reference: [40_000, 20_000, 3], current: [20_000, 10_000, 3] });
    expectClose(test.pValue, chiSquaredSurvival(pooled.statistic, 2), 1e-12);
  });

  it('merges more than fifty categories', () => {
    const reference = Array.from({ length: 80 }, (_, category) => 1000 - category);
    const current = Array.from({ length: 80 }, (_, category) => 500 - category);
    expect(compareCategories({ reference, current }, 1).degreesOfFreedom).toBe(49);
  });

  it('has nothing to compare in a single category', () => {
    expect(compareCategories({ reference: [40, 0], current: [25, 0] }, 1)).toMatchObject({
      pValue: 1,
      method: 'one-category',
    });
  });
});

describe('effects', () => {
  it('are zero for equal shares and one for disjoint ones', () => {
    const equal = { reference: [10, 20], current: [20, 40] };
    const disjoint = { reference: [10, 0], current: [0, 40] };
    for (const effect of [cramersV, totalVariation]) {
      expectClose(effect(equal), 0, 1e-15);
      expectClose(effect(disjoint), 1, 1e-12);
    }
    expect(cramersVCorrected({ reference: [7], current: [9] })).toBe(0);
  });

  it('the bound of the total variation is seldom above the truth, and finds what is clear', () => {
    const random = createRandom(10);
    const reference = [0.4, 0.3, 0.2, 0.1];
    for (const moved of [0, 0.05, 0.1]) {
      const current = [0.4 - moved, 0.3, 0.2, 0.1 + moved];
      let above = 0;
      for (let sample = 0; sample < 500; sample++) {
        const counts = { reference: draw(random, reference, 800), current: draw(random, current, 400) };
        if (totalVariationLowerBound(counts, 0.95) > moved + 1e-12) above++;
      }
      expect(above / 500).toBeLessThan(0.05 + 0.03);
    }
    expect(totalVariationLowerBound({ reference: [400, 600], current: [700, 300] }, 0.95)).toBeGreaterThan(
      0.2,
    );
  });

  function draw(random: Random, shares: readonly number[], rows: number): Float64Array {
    const counts = new Float64Array(shares.length);
    for (let row = 0; row < rows; row++) {
      let rest = random.uniform();
      let category = 0;
      while (category < shares.length - 1 && rest >= shares[category]!) rest -= shares[category++]!;
      counts[category] = counts[category]! + 1;
    }
    return counts;
  }
});

type CategoricalCase = {
  ref: number[];
  cur: number[];
  chi2_two_sample?: { chi2: number; df: number; p: number; min_expected: number };
  cramers_v?: number;
  cramers_v_bias_corrected?: number;
  z_two_prop?: { z: number; p: number };
  tvd: number;
  'psi_laplace_0.5': number;
};

describeWithSharedData('reference values of categorical drift', () => {
  it('two rows of counts', () => {
    for (const expected of readGolden<{ cases: CategoricalCase[] }>('drift_categorical').cases) {
      const counts: CategoryCounts = { reference: expected.ref, current: expected.cur };
      expectClose(totalVariation(counts), expected.tvd, 1e-13);
      expectClose(populationStabilityIndex(counts), expected['psi_laplace_0.5'], 1e-12);
      if (expected.chi2_two_sample === undefined) continue;
      const { chi2, df, p, min_expected } = expected.chi2_two_sample;
      const { statistic, degreesOfFreedom, minimumExpected } = chiSquaredStatistic(counts);
      expectClose(statistic, chi2, 1e-12);
      expect(degreesOfFreedom).toBe(df);
      expectClose(minimumExpected, min_expected, 1e-12);
      expectRelative(chiSquaredSurvival(statistic, degreesOfFreedom), p, 1e-9);
      expectClose(cramersV(counts), expected.cramers_v!, 1e-12);
      expectClose(cramersVCorrected(counts), expected.cramers_v_bias_corrected!, 1e-12);
      if (expected.z_two_prop === undefined) continue;
      const [current, reference] = [expected.cur, expected.ref].map((row) => ({
        successes: row[0]!,
        rows: row[0]! + row[1]!,
      }));
      const compared = compareProportions(current!, reference!, 0.95);
      expectClose(Math.abs(compared.z), Math.abs(expected.z_two_prop.z), 1e-12);
      expectRelative(compared.pValue, expected.z_two_prop.p, 1e-9);
    }
  });

  it("minimum effect of Cohen's w", () => {
    const { example } = readGolden<{
      min_effect_chi2_cohen_w: { example: Record<'chi2' | 'df' | 'n' | 'm' | 'w0' | 'p', number> };
    }>('drift_min_effect').min_effect_chi2_cohen_w;
    const actual = cohenMinimumEffectP(
      { statistic: example.chi2, degreesOfFreedom: example.df },
      { reference: example.n, current: example.m },
      example.w0,
    );
    expectRelative(actual, example.p, 1e-9);
  });
});
