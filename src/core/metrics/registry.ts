/** All metrics by the names that the configuration uses. */

import { closest } from 'fastest-levenshtein';
import type { Task } from '../configuration/configuration.ts';
import {
  binaryAccuracy,
  binaryBalancedAccuracy,
  binaryMatthews,
  expectedCost,
  f1,
  precision,
  recall,
  specificity,
} from './binary-decision-metrics.ts';
import { binaryLogLoss, brierScore, expectedCalibrationError } from './binary-probability-metrics.ts';
import {
  averagePrecisionMetric,
  ksStatistic,
  precisionAtRecall,
  recallAtFalsePositiveRate,
  rocAuc,
} from './binary-rank-metrics.ts';
import type { MeasuredMetric, Metric, SampleMetric } from './metric.ts';
import {
  f1Macro,
  f1Weighted,
  multiclassBalancedAccuracy,
  multiclassMatthews,
} from './multiclass-decision-metrics.ts';
import {
  multiclassAccuracy,
  multiclassLogLoss,
  rocAucOneVersusRest,
  topKAccuracy,
} from './multiclass-metrics.ts';
import { normalisedGain } from './ranking-metrics.ts';
import {
  mae,
  mape,
  medianAbsoluteError,
  pinball,
  poissonDeviance,
  r2,
  rmse,
  smape,
  wape,
} from './regression-metrics.ts';

/** Metrics whose name carries a number. */
type MetricFamily = {
  /** The name with a placeholder, as shown to users: `recall_at_fpr_<x>`. */
  readonly pattern: string;
  /** In words, what the number may be. */
  readonly parameter: string;
  readonly accepts: (value: number) => boolean;
  readonly create: (name: string, value: number) => SampleMetric;
};

type TaskMetrics = { readonly fixed: readonly SampleMetric[]; readonly families: readonly MetricFamily[] };

export type MetricLookup =
  | { readonly found: true; readonly metric: Metric }
  | {
      readonly found: false;
      /** What is wrong with the name, in words. */
      readonly reason: string;
      /** The allowed name that is most like it, with its number where the family takes one. */
      readonly nearest: string;
      /** All names of the task, families with a placeholder. */
      readonly allowed: readonly string[];
    };

const measured: readonly MeasuredMetric[] = [
  { kind: 'measured', name: 'latency_p95_ms', direction: 'lower' },
  { kind: 'measured', name: 'size_bytes', direction: 'lower' },
];

const SHARE = 'a share from 0 to 1';
const COUNT = 'a whole number from 1';

const metricsOfTask: Readonly<Record<Task, TaskMetrics>> = {
  'binary-classification': {
    fixed: [
      rocAuc,
      averagePrecisionMetric,
      binaryLogLoss,
      brierScore,
      binaryAccuracy,
      binaryBalancedAccuracy,
      f1,
      precision,
      recall,
      specificity,
      binaryMatthews,
      ksStatistic,
      expectedCalibrationError,
      expectedCost,
    ],
    families: [
      { pattern: 'recall_at_fpr_<x>', parameter: SHARE, accepts: isShare, create: recallAtFalsePositiveRate },
      { pattern: 'precision_at_recall_<x>', parameter: SHARE, accepts: isShare, create: precisionAtRecall },
    ],
  },
  'multiclass-classification': {
    fixed: [
      multiclassAccuracy,
      multiclassBalancedAccuracy,
      f1Macro,
      f1Weighted,
      multiclassLogLoss,
      rocAucOneVersusRest,
      multiclassMatthews,
    ],
    families: [{ pattern: 'top_<k>_accuracy', parameter: COUNT, accepts: isCount, create: topKAccuracy }],
  },
  regression: {
    fixed: [rmse, mae, medianAbsoluteError, r2, mape, wape, smape, poissonDeviance],
    families: [
      {
        pattern: 'pinball_<q>',
        parameter: 'a probability between 0 and 1',
        accepts: (value) => value > 0 && value < 1,
        create: pinball,
      },
    ],
  },
  ranking: {
    fixed: [normalisedGain('ndcg')],
    families: [{ pattern: 'ndcg_at_<k>', parameter: COUNT, accepts: isCount, create: normalisedGain }],
  },
};

/** All names of a task, families with a placeholder such as `top_<k>_accuracy`. */
export function metricNames(task: Task): string[] {
  const { fixed, families } = metricsOfTask[task];
  return [
    ...fixed.map((metric) => metric.name),
    ...families.map((family) => family.pattern),
    ...measured.map((metric) => metric.name),
  ];
}

/** The metric of that name for the task, or the nearest name and what is allowed. */
export function findMetric(task: Task, name: string): MetricLookup {
  const { fixed, families } = metricsOfTask[task];
  const plain = [...fixed, ...measured].find((metric) => metric.name === name);
  if (plain !== undefined) return { found: true, metric: plain };
  const allowed = metricNames(task);
  const nearest = nearestName(name, allowed);
  for (const family of families) {
    const value = parameterOf(name, family.pattern);
    if (value === undefined) continue;
    if (family.accepts(value)) return { found: true, metric: family.create(name, value) };
    const reason = `the number in ${name} has to be ${family.parameter}`;
    return { found: false, reason, nearest: family.pattern, allowed };
  }
  return { found: false, reason: `${task} has no metric ${name}`, nearest, allowed };
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

/** The number that stands where the pattern has its placeholder; undefined when the rest differs. */
function parameterOf(name: string, pattern: string): number | undefined {
  const [before = '', after = ''] = pattern.split(/<.>/);
  if (!name.startsWith(before) || !name.endsWith(after)) return undefined;
  const text = name.slice(before.length, name.length - after.length);
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Compares with the user's own number in the placeholders, so that only the words count. */
function nearestName(name: string, allowed: readonly string[]): string {
  const number = /\d+(\.\d+)?/.exec(name)?.[0];
  if (number === undefined) return closest(name, allowed);
  return closest(
    name,
    allowed.map((pattern) => pattern.replace(/<.>/, number)),
  );
}
