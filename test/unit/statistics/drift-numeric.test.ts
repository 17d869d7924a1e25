import { describe, expect, it } from 'vitest';
import { gapLowerBound, kolmogorovSmirnovTest } from '../../../src/core/statistics/kolmogorov-smirnov.ts';
import { normalQuantile } from '../../../src/core/statistics/normal.ts';
import { ascending } from '../../../src/core/statistics/ordering.ts';
import {
  binCountFor,
  countBins,
  criticalStabilityIndex,
  innerBinEdges,
  populationStabilityIndex,
  testStability,
} from '../../../src/core/statistics/population-stability.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { probabilityOfSuperiority } from '../../../src/core/statistics/superiority.ts';
import {
  robustScale,
  scaledWasserstein,
  wassersteinDistance,
  wassersteinNoise,
} from '../../../src/core/statistics/wasserstein.ts';
import { compareIndependentMeans } from '../../../src/core/statistics/welch.ts';
import { expectClose, expectRelative } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { normalSample } from './simulated.ts';

const temperatures = Float64Array.of(38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0);
const cooler = Float64Array.of(39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8);
const superiorityOptions = { confidence: 0.95, minimumEffect: 0.06 };

describe('Kolmogorov-Smirnov', () => {
  it('is exact for small samples', () => {
    const test = kolmogorovSmirnovTest(temperatures, cooler);
    expect(test).toMatchObject({ statistic: 0.625, method: 'exact' });
    expectClose(test.pValue, 0.08702408702408701, 1e-12);
  });

  it('equals the share of all ways to deal out the pooled values', () => {
    const pooled = [1, 2, 3, 4, 5, 6, 7, 8];
    const observed = kolmogorovSmirnovTest(Float64Array.of(1, 2, 4), Float64Array.of(3, 5, 6, 7, 8));
    let asFar = 0;
    let all = 0;
    for (let mask = 0; mask < 256; mask++) {
      const first = pooled.filter((_, index) => (mask >> index) & 1);
      if (first.length !== 3) continue;
      const second = pooled.filter((_, index) => !((mask >> index) & 1));
      const dealt = kolmogorovSmirnovTest(Float64Array.from(first), Float64Array.from(second));
      all++;
      if (dealt.statistic >= observed.statistic - 1e-12) asFar++;
    }
    expectClose(observed.pValue, asFar / all, 1e-12);
  });

  it('goes over smoothly into the limit for large samples', () => {
    const random = createRandom(4);
    const reference = ascending(normalSample(random, 2000));
    const current = ascending(normalSample(random, 1999, 0.04));
    const exact = kolmogorovSmirnovTest(reference, current);
    const longer = kolmogorovSmirnovTest(reference, ascending(Float64Array.of(...current, 0.02, 0.03)));
    expect(exact.method).toBe('exact');
    expect(longer.method).toBe('asymptotic');
    // The two added values move the gap itself a little, too.
    expectRelative(longer.pValue, exact.pValue, 0.1);
    const repeated = Float64Array.from({ length: 4000 }, (_, index) => reference[index >> 1]!);
    expect(kolmogorovSmirnovTest(reference, repeated)).toMatchObject({ statistic: 0, pValue: 1 });
  });

  it('keeps tiny p-values above zero', () => {
    const low = Float64Array.from({ length: 500 }, (_, index) => index);
    const test = kolmogorovSmirnovTest(
      low,
      low.map((value) => value + 1000),
    );
    expect(test.statistic).toBe(1);
    expect(test.pValue).toBeGreaterThan(0);
    expect(test.pValue).toBeLessThan(1e-100);
  });

  it('has a lower bound', () => {
    expectClose(gapLowerBound(0.3, { reference: 1000, current: 1000 }, 0.95), 0.20638347758356027, 1e-12);
    expect(gapLowerBound(0.01, { reference: 10, current: 10 }, 0.95)).toBe(0);
  });
});

describe('probabilityOfSuperiority', () => {
  it('of equal constants is one half without effect', () => {
    const constant = new Float64Array(10).fill(7);
    const same = probabilityOfSuperiority(constant, constant.slice(0, 6), superiorityOptions);
    expect(same).toMatchObject({ probability: 0.5, standardError: 0, minimumEffectP: 1 });
  });

  it('of separated samples is bounded by their size', () => {
    const reference = new Float64Array(10).fill(7);
    const current = new Float64Array(6).fill(8);
    const apart = probabilityOfSuperiority(reference, current, superiorityOptions);
    if (!apart.defined) throw new Error(apart.reason);
    expect(apart.probability).toBe(1);
    expectClose(apart.interval.low ** 6, 0.025, 1e-12);
    expectClose(apart.minimumEffectP, 0.56 ** 6, 1e-12);
  });

  it('does not call a shift that does not matter, however many rows there are', () => {
    const random = createRandom(6);
    const reference = normalSample(random, 40_000);
    const current = normalSample(random, 40_000, 0.05);
    const small = probabilityOfSuperiority(reference, current, superiorityOptions);
    expect(kolmogorovSmirnovTest(ascending(reference), ascending(current)).pValue).toBeLessThan(0.001);
    if (!small.defined) throw new Error(small.reason);
    expect(small.minimumEffectP).toBeGreaterThan(0.99);
  });

  it('is undefined of a single row', () => {
    expect(
      probabilityOfSuperiority(Float64Array.of(1), Float64Array.of(1, 2), superiorityOptions).defined,
    ).toBe(false);
  });
});

describe('Wasserstein distance', () => {
  it('is the area between the distribution functions', () => {
    expect(wassersteinDistance(Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 11, 12))).toBeCloseTo(
      8.5,
      12,
    );
    expect(wassersteinDistance(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3))).toBe(0);
  });

  it('of samples of equal size is the mean distance of the sorted values', () => {
    const random = createRandom(31);
    const reference = ascending(normalSample(random, 50));
    const current = ascending(normalSample(random, 50, 0.3));
    const paired = reference.reduce((sum, value, index) => sum + Math.abs(value - current[index]!), 0) / 50;
    expectClose(wassersteinDistance(reference, current), paired, 1e-12);
  });

  it('is scaled by the first spread that is not zero', () => {
    expectClose(robustScale(Float64Array.of(1, 2, 3, 4, 5))!, 2 / 1.349, 1e-14);
    // More than half of the values are equal, so neither quartiles nor MAD see the rest.
    expectClose(robustScale(Float64Array.of(5, 5, 5, 5, 5, 5, 5, 5, 9))!, Math.sqrt(16 / 9), 1e-12);
    expect(robustScale(new Float64Array(5).fill(3))).toBeUndefined();
    const constant = scaledWasserstein(new Float64Array(5).fill(3), new Float64Array(4).fill(4), 0.95);
    expect(constant).toMatchObject({ defined: false, distance: 1 });
  });

  it('has a lower bound that is seldom above the truth', () => {
    const random = createRandom(12);
    const samples = 400;
    // A shift of 0.3 standard deviations is a distance of 0.3; the noise lies 0 and 0.1 apart.
    for (const shift of [0, 0.1, 0.3]) {
      let above = 0;
      for (let sample = 0; sample < samples; sample++) {
        const reference = ascending(normalSample(random, 300));
        const current = ascending(normalSample(random, 150, shift));
        const scaled = scaledWasserstein(reference, current, 0.95);
        if (!scaled.defined) throw new Error(scaled.reason);
        const scale = scaled.distance / scaled.scaled;
        if (scaled.scaledLowerBound * scale > shift) above++;
      }
      expect(above / samples).toBeLessThan(0.05 + 0.03);
    }
  });

  it('has a lower bound that finds a clear shift', () => {
    const random = createRandom(15);
    const reference = ascending(normalSample(random, 2000));
    const scaled = scaledWasserstein(reference, ascending(normalSample(random, 500, 0.5)), 0.95);
    if (!scaled.defined) throw new Error(scaled.reason);
    expect(scaled.scaledLowerBound).toBeGreaterThan(0.3);
  });
});

describe('population stability', () => {
  it('spreads bins by what the samples can fill', () => {
    expect(binCountFor(10_000, 10_000)).toBe(10);
    expect(binCountFor(200, 1000)).toBe(4);
    expect(binCountFor(10_000, 35)).toBe(3);
    expect(binCountFor(10, 10)).toBe(2);
  });

  it('counts a value on a border above it and leaves the ends open', () => {
    const edges = innerBinEdges(Float64Array.of(0, 1, 2, 3, 4), 2);
    expect([...edges]).toEqual([2]);
    expect([...countBins(Float64Array.of(-99, 1.9, 2, 99, Number.NaN), edges)]).toEqual([2, 2]);
    expect(innerBinEdges(new Float64Array(9).fill(1), 10)).toHaveLength(0);
  });

  it('rejects equal distributions in about 5 of 100 samples', () => {
    const random = createRandom(21);
    const samples = 500;
    let rejected = 0;
    for (let sample = 0; sample < samples; sample++) {
      const reference = ascending(normalSample(random, 500));
      const edges = innerBinEdges(reference, 10);
      const test = testStability(
        { reference: countBins(reference, edges), current: countBins(normalSample(random, 300), edges) },
        0.1,
      );
      if (test.pValue < 0.05) rejected++;
      expect(test.minimumEffectP).toBeGreaterThanOrEqual(test.pValue);
    }
    expect(rejected / samples).toBeLessThan(0.08);
    expect(rejected / samples).toBeGreaterThan(0.01);
  });

  it('has no answer from a single bin', () => {
    expect(testStability({ reference: [40], current: [25] }, 0.1)).toEqual({
      index: 0,
      pValue: 1,
      minimumEffectP: 1,
    });
  });
});

describe('compareIndependentMeans', () => {
  it("is Welch's test", () => {
    const compared = compareIndependentMeans(temperatures, cooler, { confidence: 0.95 });
    if (!compared.defined) throw new Error(compared.reason);
    expectClose(compared.t, -1.8594523396226919, 1e-12);
    expectClose(compared.pValue, 0.0951205647234383, 1e-9);
    expectClose(compared.minimumEffectP, compared.pValue / 2, 1e-12);
  });

  it('asks for more than the minimum effect', () => {
    const random = createRandom(2);
    const current = normalSample(random, 5000, 0.1);
    const reference = normalSample(random, 5000);
    const strict = compareIndependentMeans(reference, current, { confidence: 0.95, minimumEffect: 0.2 });
    if (!strict.defined) throw new Error(strict.reason);
    expect(strict.pValue).toBeLessThan(0.001);
    expect(strict.minimumEffectP).toBeGreaterThan(0.99);
  });

  it('is undefined of constants', () => {
    const compared = compareIndependentMeans(Float64Array.of(1, 1), Float64Array.of(2, 2), {
      confidence: 0.95,
    });
    expect(compared).toMatchObject({ defined: false, difference: 1 });
  });
});

type NumericCase = {
  ref: number[];
  cur: number[];
  tests: {
    ks: { statistic: number; p_exact: number };
    mannwhitney: { auc_prob_superiority: number };
    wasserstein: { w1: number; over_ref_iqr: number | null };
    welch_t: { t: number; p: number };
  };
  histogram?: {
    decile_edges_ref: number[];
    ours_decile_counts_ref: number[];
    ours_decile_counts_cur: number[];
    'psi_laplace_0.5': number;
  };
};

describeWithSharedData('reference values of numeric drift', () => {
  const datasets = () =>
    Object.entries(readGolden<{ datasets: Record<string, NumericCase> }>('drift_numeric').datasets);

  it('tests of two samples', () => {
    for (const [name, { ref, cur, tests }] of datasets()) {
      const reference = ascending(Float64Array.from(ref));
      const current = ascending(Float64Array.from(cur));
      const test = kolmogorovSmirnovTest(reference, current);
      expectClose(test.statistic, tests.ks.statistic, 1e-12, name);
      expectClose(test.pValue, tests.ks.p_exact, 1e-11, name);
      const superior = probabilityOfSuperiority(reference, current, superiorityOptions);
      if (!superior.defined) throw new Error(superior.reason);
      expectClose(superior.probability, tests.mannwhitney.auc_prob_superiority, 1e-12, name);
      expectClose(wassersteinDistance(reference, current), tests.wasserstein.w1, 1e-12, name);
      const scaled = scaledWasserstein(reference, current, 0.95);
      expect(scaled.defined, name).toBe(tests.wasserstein.over_ref_iqr !== null);
      if (scaled.defined) expectClose(scaled.scaled, tests.wasserstein.over_ref_iqr! * 1.349, 1e-12, name);
      const means = compareIndependentMeans(reference, current, { confidence: 0.95 });
      if (!means.defined) {
        expect(Number.isFinite(tests.welch_t.t), name).toBe(false);
        continue;
      }
      // The reference subtracts the other way round.
      expectClose(means.t, -tests.welch_t.t, 1e-11, name);
      expectClose(means.pValue, tests.welch_t.p, 1e-9, name);
    }
  });

  it('stability on bins of the reference', () => {
    let checked = 0;
    for (const [name, { ref, cur, histogram }] of datasets()) {
      if (histogram === undefined) continue;
      checked++;
      const reference = ascending(Float64Array.from(ref));
      const edges = innerBinEdges(reference, 10);
      expect(edges).toHaveLength(histogram.decile_edges_ref.length - 2);
      edges.forEach((edge, index) => {
        expectClose(edge, histogram.decile_edges_ref[index + 1]!, 1e-12, name);
      });
      const counts = {
        reference: countBins(reference, edges),
        current: countBins(Float64Array.from(cur), edges),
      };
      expect([...counts.reference], name).toEqual(histogram.ours_decile_counts_ref);
      expect([...counts.current], name).toEqual(histogram.ours_decile_counts_cur);
      expectClose(populationStabilityIndex(counts), histogram['psi_laplace_0.5'], 1e-12, name);
    }
    expect(checked).toBeGreaterThan(1);
  });

  it('minimum effects', () => {
    type Effect = {
      dataset: string;
      'A12=P(cur>ref)+.5P(=)': number;
      delong_se: number;
      ci95: [number, number];
      'min_effect_.06_p_one_sided': number;
    };
    const golden = readGolden<{
      A12_effect: Effect[];
      critical_values: Record<string, number>[];
      wasserstein_null_mean: { n: number; m: number; value: number };
      ks_dkw_lower_bound: { D: number; n: number; m: number; alpha: number; lower: number }[];
    }>('drift_min_effect');
    const cases = Object.fromEntries(datasets());
    for (const expected of golden.A12_effect) {
      const { ref, cur } = cases[expected.dataset]!;
      const actual = probabilityOfSuperiority(
        Float64Array.from(ref),
        Float64Array.from(cur),
        superiorityOptions,
      );
      if (!actual.defined) throw new Error(actual.reason);
      expectClose(actual.probability, expected['A12=P(cur>ref)+.5P(=)'], 1e-12);
      expectClose(actual.standardError, expected.delong_se, 1e-12);
      expectClose(actual.interval.low, expected.ci95[0], 1e-12);
      expectClose(actual.minimumEffectP, expected['min_effect_.06_p_one_sided'], 1e-11);
    }
    for (const row of golden.critical_values) {
      const sizes = { bins: row.bins!, reference: row.n_ref!, current: row.n_cur! };
      for (const [key, effect] of [
        ['psi_crit_H0_psi=0', 0],
        ['psi_crit_H0_psi<=0.1', 0.1],
        ['psi_crit_H0_psi<=0.2', 0.2],
      ] as const) {
        expectRelative(criticalStabilityIndex(sizes, effect, 1 - row.alpha!), row[key]!, 1e-8, key);
      }
    }
    const { n, m, value } = golden.wasserstein_null_mean;
    const grid = Float64Array.from({ length: 2000 }, (_, index) => normalQuantile((index + 0.5) / 2000));
    expectRelative(wassersteinNoise(grid, { reference: n, current: m }), value, 1e-10);
    for (const { D, n: reference, m: current, alpha, lower } of golden.ks_dkw_lower_bound) {
      expectClose(gapLowerBound(D, { reference, current }, 1 - alpha), lower, 1e-12);
    }
  });
});
