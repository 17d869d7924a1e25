import { describe, expect, test } from 'vitest';
import type { DriftColumn } from '../../../src/core/documents/drift.ts';
import type { PerformanceChange } from '../../../src/core/drift/performance.ts';
import { type DriftFacts, decideDrift } from '../../../src/core/drift/recommend.ts';

const defaults: DriftFacts = {
  referenceRows: 5000,
  currentRows: 2000,
  columns: [],
  goneColumns: [],
  brokenColumns: [],
  actOn: ['performance', 'prediction', 'label'],
};

function drifted(role: DriftColumn['role'], name = role): DriftColumn {
  return { name, role, method: 'kolmogorov-smirnov', drifted: true };
}

function performance(degraded: boolean): PerformanceChange & { metric: string } {
  return {
    metric: 'average_precision',
    measured: true,
    reference: 0.8,
    current: degraded ? 0.5 : 0.79,
    change: degraded ? -0.3 : -0.01,
    interval: degraded ? [-0.4, -0.2] : [-0.06, 0.04],
    confidence: 0.999,
    margin: 0.016,
    degraded,
  };
}

const unmeasured = {
  metric: 'roc_auc',
  measured: false,
  reason: 'the current data: 20 labelled rows; 200 are needed',
} as const;

type Case = readonly [
  words: string,
  facts: Partial<DriftFacts>,
  verdict: string,
  recommendation: string,
  reason: RegExp,
];

const cases: readonly Case[] = [
  ['nothing', {}, 'stable', 'none', /^no column has drifted$/],
  ['no rows', { currentRows: 0 }, 'no-data', 'fix-data', /no rows/],
  ['no rows, whatever else', { currentRows: 0, validation: 'fail' }, 'no-data', 'fix-data', /no rows/],
  ['too few rows', { currentRows: 199 }, 'insufficient-data', 'none', /199 current rows; 200 are needed/],
  ['too few reference rows', { referenceRows: 12 }, 'insufficient-data', 'none', /12 reference rows/],
  ['broken data', { validation: 'fail' }, 'stable', 'fix-data', /break their contract/],
  [
    'broken data and a loss',
    { validation: 'fail', performance: performance(true) },
    'drift',
    'fix-data',
    /must not learn/,
  ],
  [
    'data that could not be validated',
    { validation: 'error' },
    'stable',
    'fix-data',
    /could not be validated/,
  ],
  [
    'warnings of the validation',
    { validation: 'warn', performance: performance(true) },
    'drift',
    'retrain',
    /degraded/,
  ],
  ['a column gone', { goneColumns: ['age'] }, 'drift', 'fix-data', /no column age/],
  [
    'a column without values',
    { brokenColumns: [{ name: 'age', words: 'age has no values any more' }] },
    'drift',
    'fix-data',
    /broken: age has no values/,
  ],
  [
    'a measured loss',
    { performance: performance(true) },
    'drift',
    'retrain',
    /average_precision 0.8 → 0.5.*margin 0.016/,
  ],
  [
    'a loss nobody acts on',
    { performance: performance(true), actOn: ['label'] },
    'drift',
    'none',
    /does not list performance/,
  ],
  ['no loss', { performance: performance(false) }, 'stable', 'none', /performance holds/],
  [
    'features alone',
    { columns: [drifted('feature', 'feature')] },
    'drift',
    'none',
    /features alone is no reason/,
  ],
  [
    'features alone, acted on',
    { columns: [drifted('feature')], actOn: ['feature'] },
    'drift',
    'none',
    /features alone/,
  ],
  [
    'features, performance holds',
    { columns: [drifted('feature')], performance: performance(false) },
    'drift',
    'none',
    /holds.*1 feature has drifted \(feature\)/,
  ],
  ['labels', { columns: [drifted('target')] }, 'drift', 'retrain', /labels have drifted/],
  [
    'labels nobody acts on',
    { columns: [drifted('target')], actOn: ['performance'] },
    'drift',
    'none',
    /does not list label/,
  ],
  [
    'predictions without labels',
    { columns: [drifted('prediction')] },
    'drift',
    'collect-labels',
    /label recent rows/,
  ],
  [
    'predictions with few labels',
    { columns: [drifted('prediction')], performance: unmeasured },
    'drift',
    'collect-labels',
    /could not be measured \(the current data: 20/,
  ],
  [
    'predictions with labels',
    { columns: [drifted('prediction')], performance: performance(false) },
    'drift',
    'retrain',
    /predictions have drifted/,
  ],
  [
    'predictions nobody acts on',
    { columns: [drifted('prediction')], actOn: ['label'] },
    'drift',
    'none',
    /does not list prediction/,
  ],
];

describe('verdict and recommendation', () => {
  test.each(cases)('%s', (_, facts, verdict, recommendation, reason) => {
    const decision = decideDrift({ ...defaults, ...facts });
    expect(decision).toMatchObject({ verdict, recommendation });
    expect(decision.reason).toMatch(reason);
  });

  test('a column that drifted in two ways is named once, and long lists are cut', () => {
    const names = ['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const columns = names.map((name) => ({ ...drifted('feature'), name }));
    expect(decideDrift({ ...defaults, columns }).reason).toContain(
      '7 features have drifted (a, b, c, d, e and 2 more)',
    );
  });
});
