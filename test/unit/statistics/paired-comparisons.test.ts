import { describe, expect, it } from 'vitest';
import {
  compareOutcomes,
  countPairedOutcomes,
  mcnemarMidP,
  tangoInterval,
} from '../../../src/core/statistics/mcnemar.ts';
import { compareMeans } from '../../../src/core/statistics/paired-mean.ts';
import {
  clopperPearsonInterval,
  compareProportions,
  wilsonInterval,
} from '../../../src/core/statistics/proportions.ts';
import { minimumDetectableDifference, rowsNeeded } from '../../../src/core/statistics/sample-size.ts';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

const confidence = 0.95;

describe('compareOutcomes', () => {
  it("gives Tango's interval of a published example", () => {
    const interval = tangoInterval({ rows: 50, onlyChampion: 2, onlyChallenger: 12 }, confidence);
    expectClose(interval.low, 0.0611, 1e-4);
    expectClose(interval.high, 0.3447, 1e-4);
  });

  it('bounds the difference even when no row tells the models apart', () => {
    const compared = compareOutcomes({ rows: 10, onlyChampion: 0, onlyChallenger: 0 }, confidence);
    expect(compared).toMatchObject({ difference: 0, pValue: 1 });
    expectClose(compared.interval.low, -0.27753279986288926, 1e-9);
    expectClose(compared.interval.high, 0.27753279986288926, 1e-9);
  });

  it('turns round with the roles', () => {
    const one = compareOutcomes({ rows: 80, onlyChampion: 9, onlyChallenger: 4 }, confidence);
    const two = compareOutcomes({ rows: 80, onlyChampion: 4, onlyChallenger: 9 }, confidence);
    expectClose(one.interval.low, -two.interval.high, 1e-9);
    expectClose(one.pValue, two.pValue, 1e-12);
  });

  it('counts discordant rows', () => {
    expect(countPairedOutcomes([1, 1, 0, 0, 1], [1, 0, 1, 1, 1])).toEqual({
      rows: 5,
      onlyChampion: 1,
      onlyChallenger: 2,
    });
  });
});

describe('compareMeans', () => {
  it('is the paired t test', () => {
    const compared = compareMeans({ differences: Float64Array.of(1, 2, 3, 4), confidence });
    if (compared.outcome !== 'estimated') throw new Error(compared.outcome);
    expectClose(compared.t, 2.5 / Math.sqrt(5 / 3 / 4), 1e-13);
    expect(compared.degreesOfFreedom).toBe(3);
    expectClose(compared.interval.low, 2.5 - 3.182446305284263 * Math.sqrt(5 / 12), 1e-8);
  });

  it('with every row its own group has the same standard error', () => {
    const differences = Float64Array.from({ length: 30 }, (_, row) => Math.sin(row * 7));
    const plain = compareMeans({ differences, confidence });
    const grouped = compareMeans({ differences, confidence, groups: new Int32Array(30).fill(-1) });
    if (plain.outcome !== 'estimated' || grouped.outcome !== 'estimated') throw new Error('no estimate');
    expectClose(grouped.standardError, plain.standardError, 1e-12);
  });

  it('names what cannot be estimated', () => {
    expect(compareMeans({ differences: Float64Array.of(1), confidence }).outcome).toBe('undefined');
    expect(compareMeans({ differences: new Float64Array(9), confidence }).outcome).toBe('identical');
    expect(compareMeans({ differences: new Float64Array(9).fill(0.1), confidence }).outcome).toBe(
      'undefined',
    );
    const groups = Int32Array.of(1, 1, 2, 2);
    const few = compareMeans({ differences: Float64Array.of(1, 2, 3, 5), confidence, groups });
    expect(few).toMatchObject({ outcome: 'undefined', reason: expect.stringContaining('there are 2') });
  });
});

describe('proportions', () => {
  it('have intervals also at the ends', () => {
    expect(wilsonInterval({ successes: 0, rows: 20 }, confidence).low).toBe(0);
    expectClose(wilsonInterval({ successes: 0, rows: 20 }, confidence).high, 0.1611251580528194, 1e-12);
    expectClose(
      clopperPearsonInterval({ successes: 20, rows: 20 }, confidence).low,
      0.8315665290169146,
      1e-10,
    );
  });

  it('of equal constants do not differ', () => {
    const nothing = compareProportions({ successes: 0, rows: 40 }, { successes: 0, rows: 30 }, confidence);
    expect(nothing).toMatchObject({ difference: 0, z: 0, pValue: 1 });
    expect(nothing.interval.high).toBeGreaterThan(0.05);
  });

  it("give Newcombe's published example", () => {
    const compared = compareProportions({ successes: 56, rows: 70 }, { successes: 48, rows: 80 }, confidence);
    expectClose(compared.interval.low, 0.0524, 1e-4);
    expectClose(compared.interval.high, 0.3339, 1e-4);
  });
});

describe('sample size', () => {
  it('is what the detectable difference asks for', () => {
    const options = { confidence, power: 0.8 };
    const standardError = 0.03214698;
    expectClose(minimumDetectableDifference(standardError, options), 0.09006250397497323, 1e-10);
    expect(rowsNeeded({ rows: 200, standardError }, 0.01, options)).toBe(16223);
  });
});

type McnemarCase = {
  n: number;
  champion_only_right_b: number;
  challenger_only_right_c: number;
  p_midp_two_sided: number;
  ci95_tango: [number, number];
};

describeWithSharedData('reference values of paired comparisons', () => {
  it('McNemar and Tango', () => {
    for (const expected of readGolden<{ cases: McnemarCase[] }>('mcnemar').cases) {
      const outcomes = {
        rows: expected.n,
        onlyChampion: expected.champion_only_right_b,
        onlyChallenger: expected.challenger_only_right_c,
      };
      expectClose(mcnemarMidP(outcomes), expected.p_midp_two_sided, 1e-11);
      const interval = tangoInterval(outcomes, confidence);
      expectClose(interval.low, expected.ci95_tango[0], 1e-8);
      expectClose(interval.high, expected.ci95_tango[1], 1e-8);
    }
  });

  it('mean differences of rows and of groups', () => {
    const { y, score_a, score_b } = readGolden<{ y: number[]; score_a: number[]; score_b: number[] }>(
      'metrics_binary',
    );
    const golden = readGolden<{
      paired_delta_brier: { paired_t: { t: number; p: number } };
      cluster_robust_mean_delta_brier: { se: number; t: number; df: number; p_two_sided: number };
    }>('bootstrap');
    const differences = Float64Array.from(
      y,
      (label, row) => (score_b[row]! - label) ** 2 - (score_a[row]! - label) ** 2,
    );
    const plain = compareMeans({ differences, confidence });
    if (plain.outcome !== 'estimated') throw new Error(plain.outcome);
    expectClose(plain.t, golden.paired_delta_brier.paired_t.t);
    expectClose(plain.pValue, golden.paired_delta_brier.paired_t.p, 1e-9);
    const groups = Int32Array.from(y, (_, row) => (7 * row) % 31);
    const grouped = compareMeans({ differences, confidence, groups });
    if (grouped.outcome !== 'estimated') throw new Error(grouped.outcome);
    const expected = golden.cluster_robust_mean_delta_brier;
    expectClose(grouped.standardError, expected.se);
    expectClose(grouped.t, expected.t);
    expect(grouped.degreesOfFreedom).toBe(expected.df);
    expectClose(grouped.pValue, expected.p_two_sided, 1e-9);
  });

  it('proportions and sample sizes', () => {
    type Pair = [number, number];
    const golden = readGolden<{
      accuracy_ci_halfwidth: { p: number; n: number; wilson: Pair; clopper_pearson: Pair }[];
      newcombe_independent_diff: { x1: number; n1: number; x2: number; n2: number; ci95_p1_minus_p2: Pair }[];
      mde_from_se: {
        example: { n0: number; se0: number; delta: number; n_needed: number; mde_at_n0: number };
      };
    }>('power');
    for (const { p, n, wilson, clopper_pearson } of golden.accuracy_ci_halfwidth) {
      const share = { successes: Math.round(p * n), rows: n };
      expectPair(wilsonInterval(share, confidence), wilson);
      expectPair(clopperPearsonInterval(share, confidence), clopper_pearson);
    }
    for (const { x1, n1, x2, n2, ci95_p1_minus_p2 } of golden.newcombe_independent_diff) {
      const compared = compareProportions(
        { successes: x1, rows: n1 },
        { successes: x2, rows: n2 },
        confidence,
      );
      expectPair(compared.interval, ci95_p1_minus_p2);
    }
    const { n0, se0, delta, n_needed, mde_at_n0 } = golden.mde_from_se.example;
    const options = { confidence, power: 0.8 };
    expectClose(minimumDetectableDifference(se0, options), mde_at_n0);
    expect(rowsNeeded({ rows: n0, standardError: se0 }, delta, options)).toBe(Math.ceil(n_needed));
  });

  function expectPair(interval: { low: number; high: number }, [low, high]: [number, number]): void {
    expectClose(interval.low, low, 1e-9);
    expectClose(interval.high, high, 1e-9);
  }
});
