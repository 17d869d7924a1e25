/** What a metric is: a number computed from labels and predictions, or one that is measured elsewhere. */

import type { Task } from '../configuration/configuration.ts';
import type { ReplicateStatistic } from '../statistics/bootstrap.ts';
import type { RankCurve } from './rank-curve.ts';

/** Whether more or less of it is better. */
export type MetricDirection = 'higher' | 'lower';

/** What of a sample a metric reads besides the labels. */
export type MetricNeed = 'probabilities' | 'decisions' | 'values' | 'queries';

/** How two models are best compared by it (paired rows): the statistics module of that name. */
export type ComparisonMethod = 'delong' | 'mcnemar' | 'paired-mean' | 'influence' | 'bootstrap';

type Weighted = {
  /** One non-negative weight per row; absent: all rows count alike. */
  readonly weights?: Float64Array;
};

export type BinarySample = Weighted & {
  readonly task: 'binary-classification';
  /** 1 for the positive class, else 0. */
  readonly labels: Uint8Array;
  /** Of the positive class; rank metrics take any score. */
  readonly probabilities: Float64Array;
  /** 1 where the threshold was reached, else 0. */
  readonly decisions: Uint8Array;
  /** What a decision costs when it is wrong, for all rows or row by row. */
  readonly falsePositiveCost?: number | Float64Array;
  readonly falseNegativeCost?: number | Float64Array;
};

export type MulticlassSample = Weighted & {
  readonly task: 'multiclass-classification';
  readonly classCount: number;
  /** Codes from 0 to classCount - 1. */
  readonly labels: Int32Array;
  /** Row by row, classCount numbers each. */
  readonly probabilities: Float64Array;
  /** Codes of the chosen classes. */
  readonly predicted: Int32Array;
};

export type RegressionSample = Weighted & {
  readonly task: 'regression';
  readonly targets: Float64Array;
  readonly predictions: Float64Array;
};

export type RankingSample = Weighted & {
  readonly task: 'ranking';
  /** Gains, not negative. */
  readonly relevance: Float64Array;
  /** Higher is placed first. */
  readonly scores: Float64Array;
  /** Codes of the query of each row; -1 is a query of its own. */
  readonly queries: Int32Array;
};

/** Rows with labels and one model's predictions, all arrays of equal row count. */
export type MetricSample = BinarySample | MulticlassSample | RegressionSample | RankingSample;

export type MetricValue =
  | {
      readonly defined: true;
      readonly value: number;
      /** Rows whose probability was exactly 0 or 1 against the label and had to be clipped (log loss). */
      readonly clippedRows?: number;
      /** Codes of classes that had to be left out of a mean over classes. */
      readonly leftOutClasses?: readonly number[];
    }
  | { readonly defined: false; readonly reason: string };

/** A metric that is computed from a sample. */
export type SampleMetric = {
  readonly kind: 'sample';
  /** As in the configuration, with its parameter: `recall_at_fpr_0.01`. */
  readonly name: string;
  readonly task: Task;
  readonly direction: MetricDirection;
  readonly needs: MetricNeed;
  readonly comparison: ComparisonMethod;
  /** The value on the sample, or why there is none; never a stand-in number. */
  compute(sample: MetricSample): MetricValue;
  /**
   * The metric as a function of how often each row counts, with all sorting done beforehand; NaN where it
   * is undefined. With every row counted once it equals `compute`.
   */
  prepare(sample: MetricSample): ReplicateStatistic;
  /**
   * What a prediction that knows nothing of the row would score; absent where there is no such
   * convention. NaN when undefined.
   */
  noInformation?(sample: MetricSample): number;
  /** For a metric that is a plain mean over rows: the value of each row. NaN when undefined. */
  rowValues?(sample: MetricSample): Float64Array;
  /** What the rows of a sample allow to say of this metric by resampling; absent: no limits of its own. */
  limits?(sample: MetricSample): MetricLimits;
  /** How several metrics of one sample may be read from one pass; see `prepareTogether`. */
  readonly pass?: SharedPass;
  /** For a metric that is a share of rows which are right: those rows. Undefined when the metric is. */
  outcomes?(sample: MetricSample): RowOutcomes | undefined;
  /**
   * The derivative of the metric by the weight of each row, for metrics that change smoothly with it; they add
   * up to 0. Undefined when the metric is, or when rows are weighed.
   */
  influence?(sample: MetricSample): Float64Array | undefined;
};

/** What a metric reads where one pass over the rows of a binary sample serves several metrics. */
export type SharedPass =
  /** Rows in the cells 2 · label + decision, as counts or as shares. */
  | { readonly kind: 'confusion'; readonly read: (cells: Float64Array) => number }
  | { readonly kind: 'ranking'; readonly read: (curve: RankCurve) => number };

/** Where a metric rests on fewer rows than the sample has, or is wrong on average. */
export type MetricLimits = {
  /** Rows that carry its uncertainty, where they are fewer than those of either class. */
  readonly units?: number;
  /** Why no interval of it may be given. */
  readonly refusal?: string;
  /** Why a model's own value may have no interval; the difference of two models may. */
  readonly valueRefusal?: string;
};

/** Rows that a metric counts as right or wrong. */
export type RowOutcomes = {
  /** Positions of the rows that are looked at; absent: all of them. */
  readonly rows?: Uint32Array;
  /** 1 where the row is right, else 0; one for each row that is looked at. */
  readonly right: Uint8Array;
};

/** A metric of any task that is measured on the model and not on the rows. */
export type MeasuredMetric = {
  readonly kind: 'measured';
  readonly name: 'latency_p95_ms' | 'size_bytes';
  readonly direction: 'lower';
};

export type Metric = SampleMetric | MeasuredMetric;

/** The number of rows of a sample. */
export function sampleRowCount(sample: MetricSample): number {
  switch (sample.task) {
    case 'regression':
      return sample.targets.length;
    case 'ranking':
      return sample.relevance.length;
    default:
      return sample.labels.length;
  }
}
