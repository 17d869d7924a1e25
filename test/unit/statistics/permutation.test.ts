import { describe, expect, it } from 'vitest';
import { areaSwapTest, signFlipTest } from '../../../src/core/statistics/permutation.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { normalSample } from './simulated.ts';

type Golden = {
  readonly sign_flip_exact: { readonly d: readonly number[]; readonly p_two_sided: number };
  readonly sign_flip_mc: { readonly seed: number; readonly B: number; readonly p_two_sided: number };
  readonly paired_auc_swap_after_rank_transform: {
    readonly seed: number;
    readonly B: number;
    readonly p_two_sided: number;
  };
};
type BinaryData = {
  readonly y: readonly number[];
  readonly score_a: readonly number[];
  readonly score_b: readonly number[];
};

/** p-value over all sign patterns, one by one. */
function everyPattern(differences: readonly number[]): number {
  const seen = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  let extreme = 0;
  for (let pattern = 0; pattern < 2 ** differences.length; pattern++) {
    const total = differences.reduce(
      (sum, value, index) => sum + ((pattern >> index) & 1 ? -value : value),
      0,
    );
    if (Math.abs(total) >= seen - 1e-12) extreme++;
  }
  return extreme / 2 ** differences.length;
}

describe('signFlipTest', () => {
  it.each([1, 2, 5, 11])('looks at all sign patterns of %i differences', (size) => {
    const random = createRandom(size);
    const differences = [...normalSample(random, size, 0.4)];
    const test = signFlipTest(Float64Array.from(differences), { seed: 1 });
    expect(test).toEqual({ pValue: everyPattern(differences), exact: true });
  });

  it('flips rows that belong together as one', () => {
    const differences = Float64Array.of(0.1, 0.2, -0.3, 0.4, 0.25, 0.05);
    const groups = Int32Array.of(0, 0, 1, 1, 2, 2);
    const sums = [0.30000000000000004, 0.10000000000000003, 0.3];
    expect(signFlipTest(differences, { seed: 1, groups }).pValue).toBeCloseTo(everyPattern(sums), 12);
  });

  it('never gives 0, and agrees with the exact test about where both can be had', () => {
    const differences = new Float64Array(30).fill(1);
    expect(signFlipTest(differences, { seed: 1, permutations: 999 }).pValue).toBe(1 / 1000);
    const random = createRandom(8);
    const twenty = normalSample(random, 20, 0.4);
    const padded = new Float64Array(21);
    padded.set(twenty);
    const exact = signFlipTest(twenty, { seed: 1 }).pValue;
    expect(Math.abs(signFlipTest(padded, { seed: 2 }).pValue - exact)).toBeLessThan(0.02);
  });

  it('rejects equal models as often as it says', () => {
    const random = createRandom(77);
    let rejected = 0;
    for (let run = 0; run < 1000; run++) {
      const skewed = normalSample(random, 12).map((value) => value ** 3);
      if (signFlipTest(skewed, { seed: run }).pValue <= 0.05) rejected++;
    }
    expect(rejected).toBeGreaterThan(30);
    expect(rejected).toBeLessThan(70);
  });
});

describe('areaSwapTest', () => {
  it('does not depend on the scale of the scores', () => {
    const random = createRandom(5);
    const labels = Uint8Array.from({ length: 24 }, (_, row) => Number(row < 8));
    const champion = normalSample(random, 24).map((value, row) => value + 2 * labels[row]!);
    const challenger = normalSample(random, 24);
    const test = areaSwapTest({ labels, champion, challenger }, { seed: 4 });
    expect(test.pValue).toBeLessThan(0.05);
    const scaled = { labels, champion: champion.map((value) => value ** 3), challenger };
    expect(areaSwapTest(scaled, { seed: 4 })).toEqual(test);
  });
});

describeWithSharedData('reference values of permutation tests', () => {
  it('are reproduced', () => {
    const golden = readGolden<Golden>('permutation');
    const exact = signFlipTest(Float64Array.from(golden.sign_flip_exact.d), { seed: 0 });
    expect(exact).toEqual({ pValue: golden.sign_flip_exact.p_two_sided, exact: true });
    const { y, score_a, score_b } = readGolden<BinaryData>('metrics_binary');
    const monteCarlo = golden.sign_flip_mc;
    const flips = { seed: monteCarlo.seed, permutations: monteCarlo.B };
    const ten = Float64Array.from(golden.sign_flip_exact.d);
    expect(signFlipTest(ten, flips).pValue).toBeCloseTo(monteCarlo.p_two_sided, 12);
    const swapped = golden.paired_auc_swap_after_rank_transform;
    const pair = {
      labels: Uint8Array.from(y),
      champion: Float64Array.from(score_a),
      challenger: Float64Array.from(score_b),
    };
    expect(areaSwapTest(pair, { seed: swapped.seed, permutations: swapped.B }).pValue).toBeCloseTo(
      swapped.p_two_sided,
      12,
    );
  });
});
