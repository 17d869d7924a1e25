/** Binary metrics that depend on the order of the scores. */

import type { ReplicateStatistic } from '../statistics/bootstrap.ts';
import { defineMetric } from './definition.ts';
import type { BinarySample, SampleMetric } from './metric.ts';
import {
  areaUnderCurve,
  averagePrecision,
  classTotals,
  orderByScore,
  type ScoreOrder,
} from './score-order.ts';
import { weightedPrevalence } from './weighting.ts';

const ONE_CLASS = 'the rows hold only one class';

/** Shares are quotients of sums: this much they may miss a limit that they meet on paper. */
const ROUNDING = 1e-12;

export const rocAuc: SampleMetric = rankMetric({
  name: 'roc_auc',
  comparison: 'delong',
  undefinedWhen: ONE_CLASS,
  noInformation: () => 0.5,
  sweep: areaUnderCurve,
});

export const averagePrecisionMetric: SampleMetric = rankMetric({
  name: 'average_precision',
  undefinedWhen: 'there are no positive rows',
  noInformation: weightedPrevalence,
  sweep: averagePrecision,
});

/** The largest gap between true and false positive rate over all thresholds. */
export const ksStatistic: SampleMetric = rankMetric({
  name: 'ks_statistic',
  undefinedWhen: ONE_CLASS,
  noInformation: () => 0,
  sweep: largestRateGap,
});

/** The highest recall among thresholds with a false positive rate of at most `limit`; 0 when there is none. */
export function recallAtFalsePositiveRate(name: string, limit: number): SampleMetric {
  return rankMetric({
    name,
    undefinedWhen: ONE_CLASS,
    sweep: (order, multiplicities) => recallWithinRate(order, multiplicities, limit),
  });
}

/** The highest precision among thresholds with a recall of at least `limit`. */
export function precisionAtRecall(name: string, limit: number): SampleMetric {
  return rankMetric({
    name,
    undefinedWhen: 'there are no positive rows',
    noInformation: weightedPrevalence,
    sweep: (order, multiplicities) => precisionFromRecall(order, multiplicities, limit),
  });
}

type RankMetricDefinition = {
  readonly name: string;
  readonly comparison?: 'delong';
  readonly undefinedWhen: string;
  readonly noInformation?: (sample: BinarySample) => number;
  readonly sweep: (order: ScoreOrder, multiplicities: Float64Array) => number;
};

function rankMetric(definition: RankMetricDefinition): SampleMetric {
  const { name, comparison = 'bootstrap', undefinedWhen, noInformation, sweep } = definition;
  return defineMetric<BinarySample>({
    name,
    task: 'binary-classification',
    direction: 'higher',
    needs: 'probabilities',
    comparison,
    undefinedWhen,
    prepare(sample) {
      const order = scoreOrderOf(sample);
      const statistic: ReplicateStatistic = (multiplicities) => sweep(order, multiplicities);
      return { statistic };
    },
    ...(noInformation && { noInformation }),
  });
}

/** Sorting is the dear part and the same for every rank metric of a sample. */
const knownOrders = new WeakMap<BinarySample, ScoreOrder>();

function scoreOrderOf(sample: BinarySample): ScoreOrder {
  const known = knownOrders.get(sample);
  if (known !== undefined) return known;
  const order = orderByScore(sample.probabilities, (row) => sample.labels[row] === 1);
  knownOrders.set(sample, order);
  return order;
}

function largestRateGap(order: ScoreOrder, multiplicities: Float64Array): number {
  const { rows, positive, closesTie } = order;
  const { positives, negatives } = classTotals(order, multiplicities);
  if (positives === 0 || negatives === 0) return Number.NaN;
  let truePositives = 0;
  let selected = 0;
  let largest = 0;
  for (let index = 0; index < rows.length; index++) {
    const count = multiplicities[rows[index]!]!;
    selected += count;
    truePositives += count * positive[index]!;
    if (closesTie[index] === 1) {
      const gap = Math.abs(truePositives / positives - (selected - truePositives) / negatives);
      if (gap > largest) largest = gap;
    }
  }
  return largest;
}

function recallWithinRate(order: ScoreOrder, multiplicities: Float64Array, limit: number): number {
  const { rows, positive, closesTie } = order;
  const { positives, negatives } = classTotals(order, multiplicities);
  if (positives === 0 || negatives === 0) return Number.NaN;
  let truePositives = 0;
  let selected = 0;
  let recalled = 0;
  for (let index = 0; index < rows.length; index++) {
    const count = multiplicities[rows[index]!]!;
    selected += count;
    truePositives += count * positive[index]!;
    if (closesTie[index] === 0) continue;
    if ((selected - truePositives) / negatives > limit + ROUNDING) break;
    recalled = truePositives;
  }
  return recalled / positives;
}

function precisionFromRecall(order: ScoreOrder, multiplicities: Float64Array, limit: number): number {
  const { rows, positive, closesTie } = order;
  const { positives } = classTotals(order, multiplicities);
  if (positives === 0) return Number.NaN;
  let truePositives = 0;
  let selected = 0;
  let highest = 0;
  for (let index = 0; index < rows.length; index++) {
    const count = multiplicities[rows[index]!]!;
    selected += count;
    truePositives += count * positive[index]!;
    if (closesTie[index] === 1 && truePositives / positives >= limit - ROUNDING) {
      highest = Math.max(highest, truePositives / selected);
    }
  }
  return highest;
}
