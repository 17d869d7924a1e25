import { describe, expect, it } from 'vitest';
import { countDraws, createRandom, shuffle } from '../../../src/core/statistics/random.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

type PrngGolden = {
  cases: { seed: number; u32: number[]; f: number[]; shuffle10: number[]; int7: number[] }[];
};

describe('createRandom', () => {
  it('gives the reference sequence of mulberry32 for seed 42', () => {
    const random = createRandom(42);
    expect([random.uniform(), random.uniform(), random.uniform()]).toEqual([
      0.6011037519201636, 0.44829055899754167, 0.8524657934904099,
    ]);
  });

  it('starts anywhere in a stream', () => {
    const whole = createRandom(7);
    const draws = Array.from({ length: 100 }, () => whole.uniform());
    const later = createRandom(7, 60);
    expect(Array.from({ length: 40 }, () => later.uniform())).toEqual(draws.slice(60));
  });

  it('keeps whole numbers below their bound', () => {
    const random = createRandom(5);
    const drawn = new Set(Array.from({ length: 1000 }, () => random.integer(6)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('countDraws', () => {
  it('equals drawing one by one', () => {
    const random = createRandom(99, 12);
    const expected = new Float64Array(9);
    for (let draw = 0; draw < 50; draw++) {
      const item = 2 + random.integer(7);
      expected[item] = expected[item]! + 1;
    }
    const counts = new Float64Array(9);
    countDraws({ seed: 99, position: 12, draws: 50, items: 7 }, counts, 2);
    expect(counts).toEqual(expected);
  });
});

describeWithSharedData('the reference generator', () => {
  it('is reproduced for every seed', () => {
    for (const { seed, u32, f, shuffle10, int7 } of readGolden<PrngGolden>('prng').cases) {
      const asWhole = createRandom(seed);
      expect(u32.map(() => asWhole.uniform() * 2 ** 32)).toEqual(u32);
      const asShare = createRandom(seed);
      expect(f.map(() => asShare.uniform())).toEqual(f);
      const items = Array.from({ length: 10 }, (_, index) => index);
      shuffle(items, createRandom(seed));
      expect(items).toEqual(shuffle10);
      const bounded = createRandom(seed);
      expect(int7.map(() => bounded.integer(7))).toEqual(int7);
    }
  });
});
