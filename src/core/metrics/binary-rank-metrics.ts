/** Binary metrics that depend on the order of the scores. */

import { defineMetric } from './definition.ts';
import type { BinarySample, MetricLimits, SampleMetric } from './metric.ts';
import {
  areaUnderCurve,
  averagePrecision,
  largestRateGap,
  orderByScore,
  precisionFromRecall,
  prepareCurve,
  type RankCurve,
  type RankOrder,
  recallWithinRate,
} from './rank-curve.ts';
import { influenceOnAveragePrecision } from './rank-influence.ts';
import { weightedPrevalence } from './weighting.ts';

/** A rate that lets in fewer rows than this jumps from row to row. */
const MINIMUM_FALSE_POSITIVES = 10;

/** A maximum over thresholds is too high on average, noticeably so with fewer rows of a class than this. */
const ROWS_FOR_LARGEST_GAP = 500;

const ONE_CLASS = 'the rows hold only one class';

export const rocAuc: SampleMetric = rankMetric({
  name: 'roc_auc',
  comparison: 'delong',
  undefinedWhen: ONE_CLASS,
  noInformation: () => 0.5,
  read: areaUnderCurve,
});

export const averagePrecisionMetric: SampleMetric = rankMetric({
  name: 'average_precision',
  undefinedWhen: 'there are no positive rows',
  noInformation: weightedPrevalence,
  read: averagePrecision,
  influence: (sample) => influenceOnAveragePrecision(scoreOrderOf(sample), sample.labels),
});

/** The largest gap between true and false positive rate over all thresholds. */
export const ksStatistic: SampleMetric = rankMetric({
  name: 'ks_statistic',
  undefinedWhen: ONE_CLASS,
  noInformation: () => 0,
  read: largestRateGap,
  limits: ({ labels }) => {
    const positives = labels.reduce((total, label) => total + label, 0);
    const rarer = Math.min(positives, labels.length - positives);
    if (rarer >= ROWS_FOR_LARGEST_GAP) return {};
    return {
      valueRefusal: `the largest of many gaps comes out too high; ${ROWS_FOR_LARGEST_GAP} rows of either class are needed for an interval`,
    };
  },
});

/** The highest recall among thresholds with a false positive rate of at most `limit`; 0 when there is none. */
export function recallAtFalsePositiveRate(name: string, limit: number): SampleMetric {
  return rankMetric({
    name,
    undefinedWhen: ONE_CLASS,
    read: (curve) => recallWithinRate(curve, limit),
    noInformation: () => limit,
    limits({ labels }) {
      const negatives = labels.reduce((total, label) => total + 1 - label, 0);
      if (limit * negatives >= MINIMUM_FALSE_POSITIVES) return {};
      const allowed = Math.floor(limit * negatives);
      return {
        refusal: `a false positive rate of ${limit} lets in ${allowed} of ${negatives} negative rows; at least ${MINIMUM_FALSE_POSITIVES} are needed for an interval`,
      };
    },
  });
}

/** The highest precision among thresholds with a recall of at least `limit`. */
export function precisionAtRecall(name: string, limit: number): SampleMetric {
  return rankMetric({
    name,
    undefinedWhen: 'there are no positive rows',
    noInformation: weightedPrevalence,
    read: (curve) => precisionFromRecall(curve, limit),
  });
}

type RankMetricDefinition = {
  readonly name: string;
  readonly comparison?: 'delong';
  readonly undefinedWhen: string;
  readonly noInformation?: (sample: BinarySample) => number;
  readonly read: (curve: RankCurve) => number;
  readonly limits?: (sample: BinarySample) => MetricLimits;
  readonly influence?: (sample: BinarySample) => Float64Array;
};

function rankMetric(definition: RankMetricDefinition): SampleMetric {
  const { comparison = 'bootstrap', read, ...rest } = definition;
  return defineMetric<BinarySample>({
    ...rest,
    task: 'binary-classification',
    direction: 'higher',
    needs: 'probabilities',
    comparison,
    prepare(sample) {
      const sweep = prepareCurve(scoreOrderOf(sample));
      return { statistic: (multiplicities) => read(sweep(multiplicities)) };
    },
    pass: { kind: 'ranking', read },
  });
}

/** Sorting is the dear part and the same for every rank metric of a sample. */
const knownOrders = new WeakMap<BinarySample, RankOrder>();

/** The rows of a sample by descending score, sorted once. */
export function scoreOrderOf(sample: BinarySample): RankOrder {
  const known = knownOrders.get(sample);
  if (known !== undefined) return known;
  const order = orderByScore(sample.probabilities, (row) => sample.labels[row] === 1);
  knownOrders.set(sample, order);
  return order;
}
