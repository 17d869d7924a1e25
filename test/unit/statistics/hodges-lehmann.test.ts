import { describe, expect, it } from 'vitest';
import { hodgesLehmannRatio, hodgesLehmannShift } from '../../../src/core/statistics/hodges-lehmann.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

type Golden = {
  readonly latency: {
    readonly champion_ms: readonly number[];
    readonly challenger_ms: readonly number[];
    readonly hodges_lehmann_shift: number;
    readonly hl_ci95_normal_approx: readonly [number, number];
    readonly hodges_lehmann_ratio: number;
  };
};

describeWithSharedData('hodges-lehmann of the reference latencies', () => {
  it('has the shift, its interval, and the ratio', () => {
    const { latency } = readGolden<Golden>('explain_perf');
    const champion = Float64Array.from(latency.champion_ms);
    const challenger = Float64Array.from(latency.challenger_ms);
    const shift = hodgesLehmannShift(champion, challenger, 0.95);
    expect(shift.value).toBeCloseTo(latency.hodges_lehmann_shift, 10);
    expect(shift.interval!.low).toBeCloseTo(latency.hl_ci95_normal_approx[0], 10);
    expect(shift.interval!.high).toBeCloseTo(latency.hl_ci95_normal_approx[1], 10);
    const ratio = hodgesLehmannRatio(champion, challenger, 0.95);
    expect(ratio.value).toBeCloseTo(latency.hodges_lehmann_ratio, 10);
    expect(ratio.interval!.low).toBeLessThan(ratio.value);
    expect(ratio.interval!.high).toBeGreaterThan(ratio.value);
  });
});

describe('the shift', () => {
  it('is the median of all pairs, for even and odd numbers of them', () => {
    const draw = createRandom(5);
    for (const [first, second] of [
      [1, 1],
      [3, 5],
      [4, 4],
      [7, 60],
    ] as const) {
      const reference = sample(first, draw.uniform);
      const current = sample(second, draw.uniform);
      const pairs = [...current].flatMap((after) => [...reference].map((before) => after - before));
      pairs.sort((left, right) => left - right);
      const middle =
        (pairs[Math.floor((pairs.length - 1) / 2)]! + pairs[Math.ceil((pairs.length - 1) / 2)]!) / 2;
      expect(hodgesLehmannShift(reference, current, 0.95).value).toBeCloseTo(middle, 12);
    }
  });

  it.each([
    [4, 4, 0.9],
    [5, 4, 0.95],
    [6, 5, 0.95],
    [3, 7, 0.8],
  ])('of %d and %d values has the interval of the exact test at %d', (first, second, confidence) => {
    const draw = createRandom(first * 100 + second);
    const reference = sample(first, draw.uniform);
    const current = sample(second, draw.uniform);
    const { interval } = hodgesLehmannShift(reference, current, confidence);
    const pairs = [...current].flatMap((after) => [...reference].map((before) => after - before));
    pairs.sort((left, right) => left - right);
    // Between two neighbouring differences the test says the same: one shift of each gap is enough.
    const shifts = pairs.slice(1).map((pair, index) => (pair + pairs[index]!) / 2);
    const kept = shifts.filter((shift) => exactP(reference, current, shift) > 1 - confidence);
    for (const shift of shifts)
      expect(kept.includes(shift)).toBe(shift > interval!.low && shift < interval!.high);
    expect(kept.length).toBeGreaterThan(0);
  });

  it('has no interval where no order of so few values is rare enough', () => {
    // 3 against 3 values: the rarest order has a chance of 1 in 20, both tails together 10 %.
    const values = Float64Array.of(1, 2, 4);
    expect(hodgesLehmannShift(values, values, 0.95)).toEqual({ value: 0 });
    expect(hodgesLehmannShift(values, values, 0.89).interval).toEqual({ low: -3, high: 3 });
  });

  it('hardly moves when the exact test gives way to the normal one', () => {
    const draw = createRandom(11);
    const reference = sample(49, draw.uniform);
    const current = sample(49, draw.uniform).map((value) => value + 0.3);
    const exact = hodgesLehmannShift(reference, current, 0.95).interval!;
    const more = Float64Array.of(...reference, 0.5);
    const normal = hodgesLehmannShift(more, current, 0.95).interval!;
    expect(Math.abs(exact.low - normal.low)).toBeLessThan(0.03);
    expect(Math.abs(exact.high - normal.high)).toBeLessThan(0.03);
  });

  it('is the ratio on the scale of logarithms, and does not mind one wild run', () => {
    const champion = Float64Array.from({ length: 100 }, (_, index) => 10 + (index % 7) / 10);
    const challenger = champion.map((value) => value * 3);
    expect(hodgesLehmannRatio(champion, challenger, 0.95).value).toBeCloseTo(3, 12);
    challenger[17] = 1e6;
    const { value, interval } = hodgesLehmannRatio(champion, challenger, 0.95);
    expect(value).toBeCloseTo(3, 2);
    expect(interval!.high).toBeLessThan(3.1);
  });
});

function sample(count: number, uniform: () => number): Float64Array {
  return Float64Array.from({ length: count }, uniform);
}

/** Two-sided p-value of the Mann-Whitney test of a shift, over every way to deal the values out. */
function exactP(reference: Float64Array, current: Float64Array, shift: number): number {
  const values = [...reference, ...current.map((value) => value - shift)];
  const observed = statisticOf(values, (index) => index >= reference.length);
  let [low, high, all] = [0, 0, 0];
  for (let chosen = 0; chosen < 2 ** values.length; chosen++) {
    const isCurrent = (index: number) => ((chosen >> index) & 1) === 1;
    if (values.filter((_, index) => isCurrent(index)).length !== current.length) continue;
    const statistic = statisticOf(values, isCurrent);
    all++;
    if (statistic <= observed) low++;
    if (statistic >= observed) high++;
  }
  return Math.min(1, (2 * Math.min(low, high)) / all);
}

function statisticOf(values: readonly number[], isCurrent: (index: number) => boolean): number {
  let wins = 0;
  values.forEach((own, index) => {
    if (!isCurrent(index)) return;
    values.forEach((other, at) => {
      if (!isCurrent(at) && own > other) wins++;
    });
  });
  return wins;
}
