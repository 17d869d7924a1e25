import { describe, expect, it } from 'vitest';
import { describeByBlocks } from '../../../src/core/comparison/estimate-by-blocks.ts';
import { planSampling } from '../../../src/core/comparison/plan-sampling.ts';
import { dealIntoBlocks } from '../../../src/core/statistics/drawn-samples.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { createResampler } from '../../../src/core/statistics/resampling.ts';

const METRIC = { name: 'own', direction: 'lower' } as const;

function intervalOf(estimate: ReturnType<typeof describeByBlocks>, what: 'challenger' | 'difference') {
  const result = estimate.intervalOf(what, 0.95);
  if (!result.defined) throw new Error(result.reason);
  return result.interval;
}

describe('disjoint blocks', () => {
  it('give the standard error of the mean of their values, with Student’s t', () => {
    const blocks = Float64Array.of(1, 2, 3, 4, 5);
    const estimate = describeByBlocks({
      metric: METRIC,
      isGrouped: false,
      units: 100,
      challenger: { value: 3, doubled: 3, blocks },
      champion: { value: 4, doubled: 4, blocks: blocks.map((value) => value + 1 + (value - 3) / 10) },
    });
    expect(estimate).toMatchObject({ difference: 1, method: '5 disjoint blocks' });
    const reach = 2.7764451051977987 * Math.sqrt(2.5 / 5);
    expect(intervalOf(estimate, 'challenger')[0]).toBeCloseTo(3 - reach, 9);
    expect(intervalOf(estimate, 'challenger')[1]).toBeCloseTo(3 + reach, 9);
    const [low, high] = intervalOf(estimate, 'difference');
    expect(low).toBeCloseTo(1 - reach / 10, 9);
    expect(high).toBeCloseTo(1 + reach / 10, 9);
    // t = 1 / 0.0707 with 4 degrees of freedom.
    expect(estimate.pValue).toBeCloseTo(0.000145, 5);
  });

  it('take a sum times their number', () => {
    const blocks = Float64Array.of(1, 2, 3, 4, 5);
    const sum = describeByBlocks({
      metric: METRIC,
      isGrouped: true,
      units: 100,
      challenger: { value: 15, doubled: 30, blocks },
    });
    const mean = describeByBlocks({
      metric: METRIC,
      isGrouped: true,
      units: 100,
      challenger: { value: 3, doubled: 3, blocks },
    });
    expect(sum.method).toBe('5 disjoint blocks of whole groups');
    expect(intervalOf(sum, 'challenger')[0]).toBeCloseTo(5 * intervalOf(mean, 'challenger')[0], 9);
  });

  it.each([
    ['neither a mean nor a sum', { value: 3, doubled: 4, blocks: [3, 3, 3] }, /neither a mean nor a sum/],
    ['nothing but zero', { value: 0, doubled: 0, blocks: [0, 0, 0] }, /neither a mean nor a sum/],
    ['a count of distinct values', { value: 9, doubled: 9, blocks: [3, 4, 3] }, /not like that on all/],
    [
      'too many blocks without a value',
      { value: 3, doubled: 3, blocks: [...Array(18).fill(3), Number.NaN, Number.NaN] },
      /undefined in 2 of 20 blocks/,
    ],
    ['no value', { value: Number.NaN, doubled: Number.NaN, blocks: [3, 3] }, /the estimate is undefined/],
  ])('give no interval for %s', (_what, { value, doubled, blocks }, reason) => {
    const estimate = describeByBlocks({
      metric: METRIC,
      isGrouped: false,
      units: 100,
      challenger: { value, doubled, blocks: Float64Array.from(blocks) },
    });
    expect(estimate.intervalOf('challenger', 0.95)).toMatchObject({
      defined: false,
      reason: expect.stringMatching(reason),
    });
    expect(estimate.intervalOf('difference', 0.95)).toEqual({
      defined: false,
      reason: 'there is no champion',
    });
  });

  it('cover a mean over groups of unequal sizes as often as they claim, or a little less', () => {
    const simulations = 600;
    let covered = 0;
    for (let simulation = 0; simulation < simulations; simulation++) {
      const random = createRandom(simulation * 7919 + 13);
      const codes: number[] = [];
      const values: number[] = [];
      for (let group = 0; group < 150; group++) {
        const effect = random.uniform() + random.uniform() - 1;
        const size = 1 + random.integer(9);
        for (let row = 0; row < size; row++) {
          codes.push(group);
          values.push(effect + random.uniform() - 0.5);
        }
      }
      const resampler = createResampler({ kind: 'groups', codes: Int32Array.from(codes) });
      const plan = planSampling({ rows: 1e6, units: resampler.unitCount, isGrouped: true });
      if (plan.kind !== 'blocks') throw new Error('no blocks');
      expect(plan.blocks).toBe(30);
      const { samples, units } = dealIntoBlocks(resampler, simulation, plan.blocks);
      const blockOfUnit = new Int32Array(resampler.unitCount);
      units.forEach((unit, pair) => {
        blockOfUnit[unit] = samples[pair]!;
      });
      const sums = new Float64Array(plan.blocks);
      const counts = new Float64Array(plan.blocks);
      values.forEach((value, row) => {
        const block = blockOfUnit[resampler.unitOfRow[row]!]!;
        sums[block] = sums[block]! + value;
        counts[block] = counts[block]! + 1;
      });
      const value = values.reduce((total, each) => total + each, 0) / values.length;
      const estimate = describeByBlocks({
        metric: METRIC,
        isGrouped: true,
        units: 100,
        challenger: { value, doubled: value, blocks: sums.map((sum, block) => sum / counts[block]!) },
      });
      const [low, high] = intervalOf(estimate, 'challenger');
      if (low <= 0 && high >= 0) covered++;
    }
    expect(covered / simulations).toBeGreaterThan(0.925);
    expect(covered / simulations).toBeLessThan(0.985);
  });
});

describe('the plan of sampling', () => {
  it.each([
    [900, { kind: 'bootstrap', replicates: 2000, jackknife: true }],
    [20_000, { kind: 'bootstrap', replicates: 2000, jackknife: false }],
    [40_000, { kind: 'bootstrap', replicates: 1000, jackknife: false }],
    [100_000, { kind: 'bootstrap', replicates: 400, jackknife: false }],
    [100_001, { kind: 'blocks', blocks: 200 }],
    [5_000_000, { kind: 'blocks', blocks: 200 }],
  ])('of %i rows', (rows, plan) => {
    expect(planSampling({ rows, units: rows, isGrouped: false })).toEqual(plan);
  });

  it('leaves five groups in a block where it can', () => {
    const blocksOf = (units: number) => planSampling({ rows: 1_000_000, units, isGrouped: true });
    expect([20, 60, 500, 5000].map(blocksOf)).toEqual(
      [20, 20, 100, 200].map((blocks) => ({ kind: 'blocks', blocks })),
    );
  });

  it('shares what is affordable between slices', () => {
    expect(planSampling({ rows: 20_000, units: 20_000, isGrouped: false, sharing: 400_000 })).toMatchObject({
      replicates: 400,
    });
  });
});
