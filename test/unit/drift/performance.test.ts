import { describe, expect, test } from 'vitest';
import { measurePerformanceChange, type PerformanceSide } from '../../../src/core/drift/performance.ts';
import { labelledSample, readBothTruths } from '../../../src/core/drift/performance-samples.ts';
import { predictionColumn } from '../../../src/core/drift/prediction-column.ts';
import type { SampleMetric } from '../../../src/core/metrics/metric.ts';
import { findMetric } from '../../../src/core/metrics/registry.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { irwinHall } from '../statistics/simulated.ts';
import { numbers, texts } from './samples.ts';

function metricOf(task: 'binary-classification' | 'regression', name: string): SampleMetric {
  const lookup = findMetric(task, name);
  if (!lookup.found || lookup.metric.kind !== 'sample') throw new Error(`no metric ${name}`);
  return lookup.metric;
}

/** A model whose errors have this standard deviation; `perGroup` rows share one error. */
function regressionSide(seed: number, rows: number, noise: number, perGroup = 1): PerformanceSide {
  const random = createRandom(seed);
  const targets = new Float64Array(rows);
  const predictions = new Float64Array(rows);
  const groups = new Int32Array(rows);
  let error = 0;
  for (let row = 0; row < rows; row++) {
    if (row % perGroup === 0) error = noise * irwinHall(random);
    targets[row] = irwinHall(random);
    predictions[row] = targets[row]! + error;
    groups[row] = Math.floor(row / perGroup);
  }
  const sample = { task: 'regression', targets, predictions } as const;
  return perGroup === 1 ? { sample } : { sample, groups };
}

function measure(reference: PerformanceSide, current: PerformanceSide, margin = 0.05, level = 0.025) {
  return measurePerformanceChange({
    metric: metricOf('regression', 'mae'),
    reference,
    current,
    marginOf: () => ({ defined: true, value: margin, words: '' }),
    level,
    seed: 7,
  });
}

describe('performance against the reference', () => {
  test('the interval is that of two independent means', () => {
    const reference = regressionSide(1, 4000, 1);
    const current = regressionSide(2, 1000, 1);
    const change = measure(reference, current);
    if (!change.measured) throw new Error(change.reason);
    expect(change.change).toBeCloseTo(change.reference - change.current, 12);
    // Errors are nearly half-normal: standard deviation √(1 - 2/π) = 0.603.
    const halfWidth = 1.96 * 0.603 * Math.sqrt(1 / 4000 + 1 / 1000);
    expect((change.interval[1] - change.interval[0]) / 2 / halfWidth).toBeGreaterThan(0.9);
    expect((change.interval[1] - change.interval[0]) / 2 / halfWidth).toBeLessThan(1.1);
    expect(change.confidence).toBeCloseTo(0.95, 12);
    expect(change.degraded).toBe(false);
  });

  test('a loss beyond the margin is degraded, one within it is not', () => {
    const reference = regressionSide(1, 4000, 1);
    const current = regressionSide(2, 2000, 1.2);
    expect(measure(reference, current, 0.05)).toMatchObject({ measured: true, degraded: true });
    expect(measure(reference, current, 0.3)).toMatchObject({ measured: true, degraded: false });
  });

  test('a gain is never degraded', () => {
    const change = measure(regressionSide(1, 4000, 1), regressionSide(2, 2000, 0.5));
    expect(change).toMatchObject({ measured: true, degraded: false });
  });

  test('without a margin any certain loss counts, and none is printed', () => {
    const change = measurePerformanceChange({
      metric: metricOf('regression', 'mae'),
      reference: regressionSide(1, 4000, 1),
      current: regressionSide(2, 2000, 1.2),
      marginOf: () => ({ defined: false, reason: 'none' }),
      level: 0.025,
      seed: 7,
    });
    expect(change).toMatchObject({ measured: true, degraded: true });
    expect(change).not.toHaveProperty('margin');
  });

  test('groups widen the interval', () => {
    const single = measure(regressionSide(1, 4000, 1), regressionSide(2, 1000, 1));
    const grouped = measure(regressionSide(1, 4000, 1, 20), regressionSide(2, 1000, 1, 20));
    if (!single.measured || !grouped.measured) throw new Error('not measured');
    const width = ({ interval }: { interval: readonly [number, number] }) => interval[1] - interval[0];
    expect(width(grouped)).toBeGreaterThan(3 * width(single));
  });

  test('the same seed gives the same interval', () => {
    const run = () => measure(regressionSide(1, 500, 1), regressionSide(2, 300, 1));
    expect(run()).toEqual(run());
  });

  test.each([
    ['too few rows', regressionSide(2, 150, 1), /current data: 150 labelled rows; 200 are needed/],
    ['too few groups', regressionSide(2, 300, 1, 20), /current data: 15 groups/],
  ])('%s: not measured', (_, current, reason) => {
    const change = measure(regressionSide(1, 1000, 1), current);
    expect(change).toMatchObject({ measured: false, reason: expect.stringMatching(reason) });
  });

  test('one class only: not measured', () => {
    const side = (positives: number): PerformanceSide => ({
      sample: {
        task: 'binary-classification',
        labels: Uint8Array.from({ length: 400 }, (_, row) => Number(row < positives)),
        probabilities: Float64Array.from({ length: 400 }, (_, row) => (row % 10) / 10),
        decisions: new Uint8Array(400),
      },
    });
    const change = measurePerformanceChange({
      metric: metricOf('binary-classification', 'roc_auc'),
      reference: side(100),
      current: side(0),
      marginOf: () => ({ defined: true, value: 0.01, words: '' }),
      level: 0.01,
      seed: 1,
    });
    expect(change).toMatchObject({ measured: false });
  });

  test('at the level of a daily check nothing is called degraded when nothing changed', () => {
    let alarms = 0;
    for (let seed = 0; seed < 40; seed++) {
      const change = measure(regressionSide(2 * seed, 600, 1), regressionSide(2 * seed + 1, 300, 1), 0, 0.02);
      alarms += Number(change.measured && change.degraded);
    }
    // 0.8 are expected of 40.
    expect(alarms).toBeLessThanOrEqual(4);
  });
});

describe('labels of both sides', () => {
  test('have the same classes where one side has a single one', () => {
    const truths = readBothTruths(
      { reference: numbers([0, 1, 0, 1]), current: numbers([0, 0, Number.NaN]) },
      { task: 'binary-classification', positiveClass: undefined },
    );
    expect(truths.reference).toMatchObject({ classes: ['0', '1'], codes: Int32Array.of(0, 1, 0, 1) });
    expect(truths.current).toMatchObject({ classes: ['0', '1'], codes: Int32Array.of(0, 0, -1) });
  });

  test('text and numbers that read alike are the same class', () => {
    const truths = readBothTruths(
      { reference: numbers([0, 1]), current: texts(['1', '0', undefined]) },
      { task: 'binary-classification', positiveClass: '1' },
    );
    expect(truths.current).toMatchObject({ codes: Int32Array.of(1, 0, -1) });
  });

  test('numbers of a regression stay what they are', () => {
    const truths = readBothTruths(
      { reference: numbers([1.5, 2]), current: numbers([Number.NaN, 3]) },
      { task: 'regression', positiveClass: undefined },
    );
    expect(truths.current).toEqual({ task: 'regression', values: Float64Array.of(Number.NaN, 3) });
  });

  test('rows without a label or an answer are left out', () => {
    const { reference } = readBothTruths(
      { reference: numbers([0, 1, Number.NaN, 1]), current: numbers([0]) },
      { task: 'binary-classification', positiveClass: '1' },
    );
    const { sample, groups } = labelledSample({
      truth: reference,
      answers: { values: Float64Array.of(0.9, 0.1, 0.4, 0.6, 0.5, 0.5, Number.NaN, Number.NaN), width: 2 },
      threshold: undefined,
      groups: Int32Array.of(5, 6, 7, 8),
    });
    expect(sample).toMatchObject({ labels: Uint8Array.of(0, 1), probabilities: Float64Array.of(0.1, 0.6) });
    expect(groups).toEqual(Int32Array.of(5, 6));
  });
});

describe('predictions as a column', () => {
  test('the positive class of two, the most probable of several, the number itself', () => {
    const binary = { values: Float64Array.of(0.9, 0.1, 0.3, 0.7), width: 2 };
    expect(predictionColumn(binary, 'binary-classification', ['0', '1'])).toMatchObject({
      kind: 'number',
      values: Float64Array.of(0.1, 0.7),
    });
    const several = { values: Float64Array.of(0.2, 0.5, 0.3, Number.NaN, Number.NaN, Number.NaN), width: 3 };
    expect(predictionColumn(several, 'multiclass-classification', ['a', 'b', 'c'])).toMatchObject({
      codes: Int32Array.of(1, -1),
      dictionary: ['a', 'b', 'c'],
    });
    const plain = { values: Float64Array.of(3, 4), width: 1 };
    expect(predictionColumn(plain, 'regression', undefined)).toMatchObject({ values: Float64Array.of(3, 4) });
  });
});
