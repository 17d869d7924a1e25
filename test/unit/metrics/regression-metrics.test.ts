import { describe, expect, it } from 'vitest';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { metricNamed, metricValue, reasonOf, regressionSample } from './samples.ts';

const small = regressionSample([1, 2, 4, 8], [2, 2, 3, 4]);

describe('known values', () => {
  it.each([
    ['rmse', Math.sqrt(18 / 4)],
    ['mae', 6 / 4],
    ['median_absolute_error', 1],
    ['r2', 1 - 18 / 28.75],
    ['mape', (1 + 0 + 0.25 + 0.5) / 4],
    ['wape', 6 / 15],
    ['smape', (2 / 3 + 0 + 2 / 7 + 8 / 12) / 4],
    ['pinball_0.9', (0.1 * 1 + 0.9 * 1 + 0.9 * 4) / 4],
    ['poisson_deviance', (2 * (Math.log(0.5) + 1 + 4 * Math.log(4 / 3) - 1 + 8 * Math.log(2) - 4)) / 4],
  ])('%s', (name, expected) => {
    expectClose(metricValue(small, name), expected, 1e-14);
  });

  it('what knows nothing of a row', () => {
    const baseline = (name: string) => metricNamed('regression', name).noInformation?.(small);
    expectClose(baseline('rmse')!, Math.sqrt(28.75 / 4), 1e-14);
    expectClose(baseline('mae')!, (2 + 1 + 1 + 5) / 4, 1e-14);
    expect(baseline('r2')).toBe(0);
    expectClose(baseline('pinball_0.5')!, baseline('mae')! / 2, 1e-14);
    expect(baseline('mape')).toBeUndefined();
  });

  it('a zero on both sides is no relative error', () => {
    expect(metricValue(regressionSample([0, 1], [0, 1]), 'smape')).toBe(0);
  });

  it('the weighted median is the middle of the weight', () => {
    const weights = Float64Array.of(1, 1, 1, 5);
    expect(metricValue({ ...small, weights }, 'median_absolute_error')).toBe(4);
    expect(metricValue({ ...small, weights: Float64Array.of(0, 1, 0, 1) }, 'median_absolute_error')).toBe(2);
  });
});

describe('undefined values', () => {
  const reason = (targets: number[], predictions: number[], name: string) =>
    reasonOf(metricNamed('regression', name).compute(regressionSample(targets, predictions)));

  it('each says what is missing', () => {
    expect(reason([3, 3, 3], [3, 3, 4], 'r2')).toContain('all targets are equal');
    expect(reason([0.1, 0.1, 0.1], [3, 3, 4], 'r2')).toContain('all targets are equal');
    expect(reason([0, 1, 2], [0.1, 1, 2], 'mape')).toContain('use wape');
    expect(reason([1e-9, 1, 2], [0.1, 1, 2], 'mape')).toContain('use wape');
    expect(reason([0, 0], [1, 1], 'wape')).toContain('all targets are zero');
    expect(reason([-1, 1], [1, 1], 'poisson_deviance')).toContain('target is negative');
    expect(reason([1, 1], [0, 1], 'poisson_deviance')).toContain('prediction is not positive');
    expect(reason([1, Number.NaN], [0, 1], 'mae')).toContain('missing');
  });

  it('r2 of a resample of one distinct target', () => {
    expect(metricNamed('regression', 'r2').prepare(small)(Float64Array.of(0, 0, 4, 0))).toBeNaN();
  });
});

describeWithSharedData('reference values of regression metrics', () => {
  it('every metric', () => {
    const golden = readGolden<
      Record<string, number> & { y: number[]; pred: number[]; pinball: Record<string, number> }
    >('metrics_regression');
    const sample = regressionSample(golden.y, golden.pred);
    const goldenNames: Record<string, string> = {
      rmse: 'rmse',
      mae: 'mae',
      median_absolute_error: 'medae',
      r2: 'r2',
      mape: 'mape_sklearn',
      smape: 'smape_0_2',
      wape: 'wape',
    };
    for (const [name, key] of Object.entries(goldenNames)) {
      expectClose(metricValue(sample, name), golden[key]!, 1e-12, name);
    }
    // The reference lifted one negative prediction to 0.01 before it took the deviance.
    const lifted = { ...sample, predictions: sample.predictions.map((value) => Math.max(0.01, value)) };
    expectClose(metricValue(lifted, 'poisson_deviance'), golden.poisson_deviance!, 1e-12);
    for (const [probability, expected] of Object.entries(golden.pinball)) {
      expectClose(metricValue(sample, `pinball_${probability}`), expected, 1e-12);
    }
  });
});
