import { describe, expect, it } from 'vitest';
import { TASKS } from '../../../src/core/configuration/configuration.ts';
import { findMetric, metricNames } from '../../../src/core/metrics/registry.ts';
import { simulatedSample } from './samples.ts';

describe('findMetric', () => {
  it('knows the metrics of each task with their direction', () => {
    const directionOf = (name: string, task: (typeof TASKS)[number]) => {
      const found = findMetric(task, name);
      return found.found ? found.metric.direction : found.reason;
    };
    for (const name of ['roc_auc', 'average_precision', 'f1', 'ks_statistic', 'recall_at_fpr_0.01']) {
      expect(directionOf(name, 'binary-classification')).toBe('higher');
    }
    for (const name of ['log_loss', 'brier_score', 'expected_calibration_error', 'expected_cost']) {
      expect(directionOf(name, 'binary-classification')).toBe('lower');
    }
    expect(directionOf('r2', 'regression')).toBe('higher');
    expect(directionOf('poisson_deviance', 'regression')).toBe('lower');
    expect(directionOf('top_3_accuracy', 'multiclass-classification')).toBe('higher');
    expect(directionOf('ndcg_at_10', 'ranking')).toBe('higher');
  });

  it('keeps the name as written', () => {
    const found = findMetric('regression', 'pinball_0.90');
    expect(found).toMatchObject({ found: true, metric: { name: 'pinball_0.90' } });
  });

  it('knows what is measured for every task', () => {
    for (const task of TASKS) {
      for (const name of ['latency_p95_ms', 'size_bytes']) {
        expect(findMetric(task, name)).toMatchObject({
          found: true,
          metric: { kind: 'measured', direction: 'lower' },
        });
      }
    }
  });

  it('names the nearest and all that is allowed', () => {
    expect(findMetric('binary-classification', 'auc_roc')).toMatchObject({
      found: false,
      reason: 'binary-classification has no metric auc_roc',
    });
    const nearest = (task: (typeof TASKS)[number], name: string) => {
      const found = findMetric(task, name);
      return found.found ? undefined : found.nearest;
    };
    expect(nearest('binary-classification', 'roc-auc')).toBe('roc_auc');
    expect(nearest('binary-classification', 'recal_at_fpr_0.05')).toBe('recall_at_fpr_0.05');
    expect(nearest('multiclass-classification', 'top3_accuracy')).toBe('top_3_accuracy');
    expect(nearest('regression', 'RMSE')).toBe('rmse');
    expect(nearest('regression', 'roc_auc')).toBeDefined();
  });

  it.each([
    ['binary-classification', 'recall_at_fpr_2', 'a share from 0 to 1'],
    ['multiclass-classification', 'top_0_accuracy', 'a whole number from 1'],
    ['multiclass-classification', 'top_2.5_accuracy', 'a whole number from 1'],
    ['regression', 'pinball_1', 'a probability between 0 and 1'],
    ['ranking', 'ndcg_at_0', 'a whole number from 1'],
  ] as const)('%s %s: the number has to be %s', (task, name, parameter) => {
    const found = findMetric(task, name);
    expect(found.found ? '' : found.reason).toContain(parameter);
  });

  it('refuses numbers that are none', () => {
    for (const name of ['recall_at_fpr_', 'recall_at_fpr_x', 'recall_at_fpr_-0.1', 'recall_at_fpr_1e-3']) {
      expect(findMetric('binary-classification', name).found, name).toBe(false);
    }
  });

  it('lists families with a placeholder', () => {
    expect(metricNames('ranking')).toEqual(['ndcg', 'ndcg_at_<k>', 'latency_p95_ms', 'size_bytes']);
    expect(metricNames('multiclass-classification')).toContain('top_<k>_accuracy');
  });
});

describe('a metric', () => {
  it('refuses the sample of another task', () => {
    const found = findMetric('regression', 'rmse');
    if (!found.found || found.metric.kind !== 'sample') throw new Error('rmse');
    const { compute } = found.metric;
    expect(() => compute(simulatedSample('ranking', 9, 1))).toThrow(TypeError);
  });
});
