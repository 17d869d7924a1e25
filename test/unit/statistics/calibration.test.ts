import { describe, expect, it } from 'vitest';
import {
  binByProbability,
  debiasedSquaredError,
  expectedError,
  spiegelhalterTest,
} from '../../../src/core/statistics/calibration.ts';
import { createRandom, shuffle } from '../../../src/core/statistics/random.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

type Errors = { readonly ece: number; readonly ece_l2_squared_debiased: number };
type Model = {
  readonly calibration_equal_mass_5: Errors;
  readonly calibration_equal_mass_10: Errors;
  readonly spiegelhalter_z: number;
  readonly spiegelhalter_p: number;
};
type Golden = {
  readonly y: readonly number[];
  readonly score_a: readonly number[];
  readonly score_b: readonly number[];
  readonly model_a: Model;
  readonly model_b: Model;
  readonly ties: Model & { readonly y: readonly number[]; readonly score: readonly number[] };
};

describeWithSharedData('calibration of the reference models', () => {
  it.each(['model_a', 'model_b', 'ties'] as const)('%s', (name) => {
    const golden = readGolden<Golden>('metrics_binary');
    const { y, ties } = golden;
    const scores = { model_a: golden.score_a, model_b: golden.score_b, ties: ties.score }[name];
    const predictions = { labels: name === 'ties' ? ties.y : y, probabilities: Float64Array.from(scores) };
    const expected = golden[name];
    for (const [bins, errors] of [
      [5, expected.calibration_equal_mass_5],
      [10, expected.calibration_equal_mass_10],
    ] as const) {
      const found = binByProbability(predictions, { bins, ties: 'split' });
      expect(expectedError(found)).toBeCloseTo(errors.ece, 10);
      expect(debiasedSquaredError(found)).toBeCloseTo(errors.ece_l2_squared_debiased, 10);
    }
    const test = spiegelhalterTest(predictions)!;
    expect(test.z).toBeCloseTo(expected.spiegelhalter_z, 10);
    expect(test.pValue).toBeCloseTo(expected.spiegelhalter_p, 10);
  });
});

describe('bins', () => {
  it('of equal probabilities do not depend on the order of the rows', () => {
    const draw = createRandom(3);
    const rows = Array.from({ length: 400 }, () => {
      const probability = [0.1, 0.3, 0.7][draw.integer(3)]!;
      return { probability, label: Number(draw.uniform() < probability) };
    });
    const sorted = rows.toSorted((left, right) => left.label - right.label);
    const order = Array.from({ length: rows.length }, (_, row) => row);
    shuffle(order, draw);
    const shuffled = order.map((row) => rows[row]!);
    const bins = [shuffled, sorted].map((some) =>
      binByProbability(
        {
          labels: some.map(({ label }) => label),
          probabilities: Float64Array.from(some, ({ probability }) => probability),
        },
        { bins: 15, ties: 'together' },
      ),
    );
    expect(bins[0]).toHaveLength(3);
    expect(bins[0]).toEqual(bins[1]);
  });

  it('leave no row alone, keep every row, and are of equal size without ties', () => {
    for (const count of [2, 3, 29, 30, 31, 44, 46, 151]) {
      const probabilities = Float64Array.from({ length: count }, (_, row) => ((row * 7919) % count) / count);
      const bins = binByProbability(
        { labels: new Uint8Array(count), probabilities },
        { bins: 15, ties: 'together' },
      );
      expect(bins.reduce((total, { rows }) => total + rows, 0)).toBe(count);
      for (const { rows } of bins) expect(rows).toBeGreaterThanOrEqual(2);
    }
    const even = binByProbability(
      {
        labels: new Uint8Array(151),
        probabilities: Float64Array.from({ length: 151 }, (_, row) => row / 151),
      },
      { bins: 15, ties: 'together' },
    );
    expect(even.map(({ rows }) => rows)).toEqual([11, ...Array(14).fill(10)]);
  });
});

describe('errors', () => {
  it('of true probabilities: chance is taken out of the squared one, and Z is a standard normal', () => {
    const draw = createRandom(9);
    const runs = Array.from({ length: 300 }, () => {
      const probabilities = Float64Array.from({ length: 300 }, () => draw.uniform());
      const labels = Uint8Array.from(probabilities, (p) => Number(draw.uniform() < p));
      const bins = binByProbability({ labels, probabilities }, { bins: 15, ties: 'together' });
      const test = spiegelhalterTest({ labels, probabilities })!;
      return { squared: debiasedSquaredError(bins), expected: expectedError(bins), ...test };
    });
    const mean = (pick: (run: (typeof runs)[number]) => number) =>
      runs.reduce((total, run) => total + pick(run), 0) / runs.length;
    expect(Math.abs(mean((run) => run.squared))).toBeLessThan(0.001);
    expect(mean((run) => run.expected)).toBeGreaterThan(0.03);
    expect(Math.abs(mean((run) => run.z))).toBeLessThan(0.2);
    expect(mean((run) => run.z ** 2)).toBeCloseTo(1, 0);
    expect(mean((run) => Number(run.pValue < 0.05))).toBeLessThan(0.09);
  });

  it('of probabilities that are too certain, and too cautious, have opposite signs of Z', () => {
    const draw = createRandom(4);
    const truth = Float64Array.from({ length: 2000 }, () => 0.2 + 0.6 * draw.uniform());
    const labels = Uint8Array.from(truth, (p) => Number(draw.uniform() < p));
    const push = (factor: number) => truth.map((p) => 0.5 + (p - 0.5) * factor);
    expect(spiegelhalterTest({ labels, probabilities: push(1.6) })!.z).toBeGreaterThan(3);
    expect(spiegelhalterTest({ labels, probabilities: push(0.3) })!.z).toBeLessThan(-3);
  });

  it('say nothing where the test has no spread', () => {
    const probabilities = Float64Array.of(0, 0.5, 1, 1);
    expect(spiegelhalterTest({ labels: [0, 1, 1, 0], probabilities })).toBeUndefined();
    expect(spiegelhalterTest({ labels: [], probabilities: new Float64Array() })).toBeUndefined();
  });
});
