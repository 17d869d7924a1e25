import { describe, expect, it } from 'vitest';
import { decomposeSpread } from '../../../src/core/calibration/spread.ts';
import { normalQuantile } from '../../../src/core/statistics/normal.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { mean } from '../../../src/core/statistics/sums.ts';

/** Dozens of retrainings of known spread on holdouts of known noise, each dozen with a champion of its own. */
function simulate({ holdout, retraining }: { holdout: number; retraining: number }) {
  const random = createRandom(3);
  const normal = () => normalQuantile((random.integer(2 ** 31) + 0.5) / 2 ** 31);
  const error = Math.SQRT2 * holdout;
  return Array.from({ length: 3000 }, () => {
    const champion = Math.hypot(holdout, retraining) * normal();
    const differences = Array.from(
      { length: 12 },
      () => retraining * normal() + holdout * normal() - champion,
    );
    const errors = differences.map(() => error);
    return decomposeSpread({ differences, standardErrors: errors, pairErrors: errors.slice(0, 6) });
  });
}

describe('the spread of differences', () => {
  it('is taken apart into what the holdout does and what retraining does', () => {
    const found = simulate({ holdout: 0.01, retraining: 0.03 });
    expect(Math.sqrt(mean(found.map(({ retraining }) => retraining ** 2)))).toBeCloseTo(0.03, 3);
    expect(found[0]?.holdout).toBeCloseTo(Math.SQRT2 * 0.01, 10);
  });

  it('is 0 between retrainings where the holdout explains it all', () => {
    const found = simulate({ holdout: 0.01, retraining: 0 });
    const zeros = found.filter(({ retraining }) => retraining === 0).length;
    expect(zeros / found.length).toBeGreaterThan(0.45);
    expect(mean(found.map(({ retraining }) => retraining))).toBeLessThan(0.003);
  });

  it('takes errors to the champion where none between retrainings are known', () => {
    const differences = [0, 0.1, 0.2];
    const own = decomposeSpread({ differences, standardErrors: [0.1, 0.1, 0.1], pairErrors: [] });
    expect(own).toEqual({
      mean: expect.closeTo(0.1, 12),
      deviation: expect.closeTo(0.1, 12),
      holdout: expect.closeTo(0.1, 12),
      retraining: expect.closeTo(Math.sqrt(0.01 - 0.005), 12),
    });
  });
});
