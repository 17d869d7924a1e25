import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaInterval, compareAreas } from '../../../src/core/statistics/delong.ts';
import { indexGroups } from '../../../src/core/statistics/groups.ts';
import { placements } from '../../../src/core/statistics/placements.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { irwinHall } from './simulated.ts';

const labels = Uint8Array.of(1, 1, 1, 0, 0, 0, 0);
const champion = Float64Array.of(0.9, 0.7, 0.4, 0.6, 0.5, 0.3, 0.2);
const confidence = 0.95;

describe('placements', () => {
  it('count pairs, ties half, as the definition says', () => {
    const sample = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 5 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(sample, (rows) => {
        const own = Uint8Array.from(rows, ([label]) => label);
        const scores = Float64Array.from(rows, ([, score]) => score);
        const fast = placements(own, scores);
        const positives = rows.filter(([label]) => label === 1).map(([, score]) => score);
        const negatives = rows.filter(([label]) => label === 0).map(([, score]) => score);
        if (positives.length === 0 || negatives.length === 0) {
          expect(fast).toBeUndefined();
          return;
        }
        const wins = (high: number, low: number) => (high > low ? 1 : high === low ? 0.5 : 0);
        positives.forEach((score, index) => {
          const share = negatives.reduce((sum, low) => sum + wins(score, low), 0) / negatives.length;
          expectClose(fast!.positives[index]!, share, 1e-14);
        });
        negatives.forEach((score, index) => {
          const share = positives.reduce((sum, high) => sum + wins(high, score), 0) / positives.length;
          expectClose(fast!.negatives[index]!, share, 1e-14);
        });
      }),
    );
  });
});

describe('compareAreas', () => {
  it('gives the reference values on rows with ties', () => {
    const challenger = Float64Array.of(0.8, 0.8, 0.6, 0.3, 0.6, 0.2, 0.2);
    const tied = Float64Array.of(0.9, 0.7, 0.4, 0.6, 0.4, 0.2, 0.1);
    const compared = compareAreas({ labels, champion: tied, challenger, confidence });
    if (compared.outcome !== 'estimated') throw new Error(compared.outcome);
    expectClose(compared.champion, 0.875);
    expectClose(compared.challenger, 0.9583333333333334);
    expectClose(compared.standardError, 0.1178511301977579);
    expectClose(compared.pValue, 0.47950012218695326);
    expectClose(compared.interval.low, -0.1476506373916129);
    expect(compared.fewRows).toBe(true);
  });

  it('calls models that rank alike identical, whatever their scale', () => {
    const scaled = champion.map((score) => 3 * score + 1);
    expect(compareAreas({ labels, champion, challenger: scaled, confidence })).toMatchObject({
      outcome: 'identical',
      difference: 0,
      pValue: 1,
      interval: { low: 0, high: 0 },
    });
  });

  it('claims nothing when both separate perfectly but rank differently', () => {
    const perfect = Float64Array.of(9, 8, 7, 4, 3, 2, 1);
    const otherwise = Float64Array.of(7, 8, 9, 1, 2, 3, 4);
    const compared = compareAreas({ labels, champion: perfect, challenger: otherwise, confidence });
    expect(compared.outcome).toBe('degenerate');
  });

  it('is undefined with one class, or with too few groups', () => {
    const ones = new Uint8Array(7).fill(1);
    expect(compareAreas({ labels: ones, champion, challenger: champion, confidence }).outcome).toBe(
      'undefined',
    );
    const groups = Int32Array.of(0, 1, 2, 0, 1, 2, 3);
    const challenger = champion.map((score, row) => score + row * 0.11);
    const compared = compareAreas({ labels, champion, challenger, groups, confidence });
    expect(compared).toMatchObject({ outcome: 'undefined', reason: expect.stringContaining('among 4') });
  });

  it('with every row its own group gives the same standard error as without groups', () => {
    const { own, first, second } = simulatedPair(createRandom(8), 100);
    const groups = new Int32Array(100).fill(-1);
    const plain = compareAreas({ labels: own, champion: first, challenger: second, confidence });
    const grouped = compareAreas({ labels: own, champion: first, challenger: second, confidence, groups });
    if (plain.outcome !== 'estimated' || grouped.outcome !== 'estimated') throw new Error('no estimate');
    expectClose(grouped.standardError, plain.standardError, 1e-12);
  });

  it('covers the true difference of two equally good models in 95 of 100 samples', () => {
    const random = createRandom(20240501);
    const samples = 1500;
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const { own, first, second } = simulatedPair(random, 120);
      const compared = compareAreas({ labels: own, champion: first, challenger: second, confidence });
      if (compared.outcome !== 'estimated') throw new Error(compared.outcome);
      if (compared.interval.low <= 0 && compared.interval.high >= 0) covered++;
    }
    // Three standard errors of the simulation are 0.017.
    expect(Math.abs(covered / samples - 0.95)).toBeLessThan(0.017);
  });
});

describe('areaInterval', () => {
  it('stays inside 0 … 1 and never claims certainty of a perfect model', () => {
    const perfect = areaInterval(Uint8Array.of(1, 1, 0, 0), Float64Array.of(0.9, 0.8, 0.2, 0.1), confidence);
    expect(perfect).toMatchObject({
      defined: true,
      area: 1,
      method: 'disjoint-pairs',
      interval: { high: 1 },
    });
    if (!perfect.defined) throw new Error(perfect.reason);
    // Two disjoint pairs in the right order have a chance of 2.5 % at this area.
    expectClose(perfect.interval.low ** 2, 0.025, 1e-12);
  });

  it('is undefined with one class or with equal scores', () => {
    expect(areaInterval(labels, new Float64Array(7).fill(0.5), confidence).defined).toBe(false);
    expect(areaInterval(Uint8Array.of(1, 1), Float64Array.of(1, 2), confidence).defined).toBe(false);
  });
});

describe('indexGroups', () => {
  it('numbers codes in ascending order and rows alone last', () => {
    const { groupCount, groupOfRow } = indexGroups(Int32Array.of(7, -1, 3, 7, -1));
    expect(groupCount).toBe(4);
    expect(Array.from(groupOfRow)).toEqual([1, 2, 0, 1, 3]);
  });
});

type DelongGolden = {
  auc_champion: number;
  auc_challenger: number;
  delta: number;
  se_delta: number;
  z: number;
  p_two_sided: number;
  ci95_delta: [number, number];
  ci95_auc_champion_logit: [number, number];
  var_champion: number;
};

describeWithSharedData('reference values of DeLong', () => {
  const golden = () =>
    readGolden<{
      result: DelongGolden;
      small_with_ties: DelongGolden & { y: number[]; a: number[]; b: number[] };
      R_pROC: { z_b_minus_a: number; p: number };
      clustered_obuchowski_1997: { se_delta: number; z: number; p_two_sided: number };
    }>('delong');
  const rows = () => {
    const { y, score_a, score_b } = readGolden<{ y: number[]; score_a: number[]; score_b: number[] }>(
      'metrics_binary',
    );
    return { y, a: score_a, b: score_b };
  };

  it('two models, with and without ties', () => {
    const { result, small_with_ties } = golden();
    for (const [expected, data] of [
      [result, rows()],
      [small_with_ties, small_with_ties],
    ] as const) {
      const own = Uint8Array.from(data.y);
      const first = Float64Array.from(data.a);
      const compared = compareAreas({
        labels: own,
        champion: first,
        challenger: Float64Array.from(data.b),
        confidence,
      });
      if (compared.outcome !== 'estimated') throw new Error(compared.outcome);
      expectClose(compared.champion, expected.auc_champion);
      expectClose(compared.challenger, expected.auc_challenger);
      expectClose(compared.difference, expected.delta);
      expectClose(compared.standardError, expected.se_delta);
      expectClose(compared.z, expected.z);
      expectClose(compared.pValue, expected.p_two_sided);
      expectClose(compared.interval.low, expected.ci95_delta[0]);
      expectClose(compared.interval.high, expected.ci95_delta[1]);
      const single = areaInterval(own, first, confidence);
      if (!single.defined) throw new Error(single.reason);
      expectClose(single.standardError ** 2, expected.var_champion);
      expectClose(single.interval.low, expected.ci95_auc_champion_logit[0]);
      expectClose(single.interval.high, expected.ci95_auc_champion_logit[1]);
    }
  });

  it('groups of rows', () => {
    const expected = golden().clustered_obuchowski_1997;
    const { y, a, b } = rows();
    const compared = compareAreas({
      labels: Uint8Array.from(y),
      champion: Float64Array.from(a),
      challenger: Float64Array.from(b),
      groups: Int32Array.from(y, (_, row) => Math.floor(row / 4)),
      confidence,
    });
    if (compared.outcome !== 'estimated') throw new Error(compared.outcome);
    expectClose(compared.standardError, expected.se_delta);
    expectClose(compared.z, expected.z);
    expectClose(compared.pValue, expected.p_two_sided);
  });
});

/** Two models that see the same signal through different noise of the same size. */
function simulatedPair(random: ReturnType<typeof createRandom>, rowCount: number) {
  const own = Uint8Array.from({ length: rowCount }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const signal = Float64Array.from(own, (label) => label * 1.2 + irwinHall(random));
  const first = signal.map((value) => value + 0.6 * irwinHall(random));
  const second = signal.map((value) => value + 0.6 * irwinHall(random));
  return { own, first, second };
}
