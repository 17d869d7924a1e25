import { describe, expect, it } from 'vitest';
import {
  influenceDegreesOfFreedom,
  influenceStandardError,
  studentInterval,
} from '../../../src/core/statistics/influence.ts';
import { compareMeans } from '../../../src/core/statistics/paired-mean.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { mean } from '../../../src/core/statistics/sums.ts';
import { normalSample } from './simulated.ts';

const VALUES = normalSample(createRandom(4), 200, 0.3);
const ofMean = (values: Float64Array) => values.map((value) => (value - mean(values)) / values.length);

describe('influence values of a mean', () => {
  it.each([[undefined], [Int32Array.from({ length: 200 }, (_, row) => row % 40)]])(
    'give the standard error and the interval of the t test, by rows and by groups',
    (groups) => {
      const influence = { values: ofMean(VALUES), groups };
      const expected = compareMeans({ differences: VALUES, ...(groups ? { groups } : {}), confidence: 0.9 });
      if (expected.outcome !== 'estimated') throw new Error(expected.outcome);
      const standardError = influenceStandardError(influence);
      expect(standardError).toBeCloseTo(expected.standardError, 12);
      const { degreesOfFreedom } = expected;
      const interval = studentInterval(mean(VALUES), { standardError, degreesOfFreedom }, 0.9);
      expect(interval.low).toBeCloseTo(expected.interval.low, 12);
      expect(interval.high).toBeCloseTo(expected.interval.high, 12);
    },
  );
});

describe('degrees of freedom of influence values', () => {
  it('are about as many as there are normal values', () => {
    const degrees = influenceDegreesOfFreedom({ values: ofMean(normalSample(createRandom(9), 4000)) });
    expect(degrees).toBeGreaterThan(3600);
    expect(degrees).toBeLessThanOrEqual(3999);
  });

  it('are about twice as many as the few rows that carry the difference', () => {
    const values = new Float64Array(1000);
    for (let row = 0; row < 10; row++) values[row] = row % 2 === 0 ? 0.001 : -0.001;
    expect(influenceDegreesOfFreedom({ values })).toBeCloseTo(2 / (1 / 10 - 1 / 1000), 9);
  });

  it('are never below 1', () => {
    expect(influenceDegreesOfFreedom({ values: Float64Array.of(1, 0, 0, 0) })).toBeGreaterThanOrEqual(1);
    expect(influenceDegreesOfFreedom({ values: Float64Array.of(1, -1) })).toBe(1);
  });
});
