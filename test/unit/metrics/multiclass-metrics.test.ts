import { describe, expect, it } from 'vitest';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { metricNamed, metricValue, multiclassSample, reasonOf } from './samples.ts';

const missingClass = multiclassSample(
  [0, 0, 1, 1],
  [
    [0.7, 0.2, 0.1],
    [0.4, 0.5, 0.1],
    [0.2, 0.7, 0.1],
    [0.3, 0.3, 0.4],
  ],
);

describe('known values', () => {
  it('a class without rows is left out of the mean of areas, and named', () => {
    const value = metricNamed('multiclass-classification', 'roc_auc_ovr').compute(missingClass);
    expect(value).toEqual({ defined: true, value: (1 + 0.75) / 2, leftOutClasses: [2] });
  });

  it('a class that is only predicted counts as 0 in the mean of F1', () => {
    expectClose(metricValue(missingClass, 'f1_macro'), 0.38888888888888884, 1e-15);
  });

  it('ties at the k-th place are shared out', () => {
    const tied = multiclassSample(
      [0, 1],
      [
        [0.3, 0.3, 0.4],
        [0.4, 0.3, 0.3],
      ],
    );
    expect(metricValue(tied, 'top_2_accuracy')).toBe(0.5);
    expect(metricValue(tied, 'top_3_accuracy')).toBe(1);
  });

  it('rows of probabilities are scaled before log loss', () => {
    const sample = multiclassSample(
      [0, 1],
      [
        [0.4, 0.4],
        [0.1, 0.3],
      ],
    );
    expectClose(metricValue(sample, 'log_loss'), -(Math.log(0.5) + Math.log(0.75)) / 2, 1e-15);
  });

  it('what knows nothing of a row', () => {
    const baseline = (name: string) =>
      metricNamed('multiclass-classification', name).noInformation?.(missingClass);
    expect(baseline('accuracy')).toBe(0.5);
    expectClose(baseline('log_loss')!, Math.log(2), 1e-15);
    expect(baseline('balanced_accuracy')).toBe(0.5);
    expect(baseline('roc_auc_ovr')).toBe(0.5);
  });
});

describe('undefined values', () => {
  it('of one class, of foreign classes and of empty probabilities', () => {
    const compute = (sample: ReturnType<typeof multiclassSample>, name: string) =>
      reasonOf(metricNamed('multiclass-classification', name).compute(sample));
    const oneClass = multiclassSample(
      [1, 1],
      [
        [0.4, 0.6],
        [0.7, 0.3],
      ],
    );
    expect(compute(oneClass, 'roc_auc_ovr')).toContain('one class');
    expect(compute(oneClass, 'matthews_corrcoef')).toContain('one class');
    const foreign = { ...oneClass, labels: Int32Array.of(-1, 1) };
    for (const name of ['accuracy', 'f1_macro', 'log_loss', 'roc_auc_ovr', 'top_1_accuracy']) {
      expect(compute(foreign, name)).toContain('not among the classes');
    }
    const empty = { ...oneClass, probabilities: new Float64Array(4) };
    expect(compute(empty, 'log_loss')).toContain('no probability');
  });
});

describeWithSharedData('reference values of multiclass metrics', () => {
  it('every metric', () => {
    const golden = readGolden<Record<string, number> & { y: number[]; proba: number[][]; pred: number[] }>(
      'metrics_multiclass',
    );
    const sample = multiclassSample(golden.y, golden.proba);
    expect(Array.from(sample.predicted)).toEqual(golden.pred);
    const goldenNames: Record<string, string> = {
      accuracy: 'accuracy',
      balanced_accuracy: 'balanced_accuracy',
      f1_macro: 'f1_macro',
      f1_weighted: 'f1_weighted',
      matthews_corrcoef: 'mcc',
      log_loss: 'log_loss',
      roc_auc_ovr: 'roc_auc_ovr_macro',
      top_1_accuracy: 'top_1_accuracy',
      top_2_accuracy: 'top_2_accuracy',
    };
    for (const [name, key] of Object.entries(goldenNames)) {
      expectClose(metricValue(sample, name), golden[key]!, 1e-12, name);
    }
  });
});
