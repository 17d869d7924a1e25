import type { MetricSample, MetricValue, SampleMetric } from '../../metrics/metric.ts';
import type { Interval } from '../../statistics/interval.ts';

/** What an interval is asked of: a model's own value, or the difference between the two. */
export type Estimand = 'champion' | 'challenger' | 'difference';

/** What is known of one metric on one set of rows; intervals at any confidence. */
export type EstimatedMetric = {
  readonly metric: Pick<SampleMetric, 'name' | 'direction' | 'noInformation'>;
  readonly challenger: MetricValue;
  readonly champion?: MetricValue;
  /** Challenger minus champion, turned so that more is better; undefined when either value is. */
  readonly difference?: number;
  /** Two-sided, of "there is no difference". */
  readonly pValue?: number;
  /** The p-value stands for itself: it comes from a permutation test, of rows too few for an interval. */
  readonly pValueAlone?: true;
  readonly method: string;
  /** Why there is no interval, or a caution about it. */
  readonly note?: string;
  intervalOf(what: Estimand, confidence: number): IntervalEstimate;
};

export type IntervalEstimate =
  | { readonly defined: true; readonly interval: [number, number]; readonly method: string }
  | { readonly defined: false; readonly reason: string };

export type EstimationRequest = {
  readonly challenger: MetricSample;
  /** The same rows scored by the champion; absent for a first model. */
  readonly champion?: MetricSample;
  /** Codes of rows that depend on each other; every metric then takes whole groups for its units. */
  readonly groups?: Int32Array;
  readonly metrics: readonly SampleMetric[];
  readonly seed: number;
  readonly replicates: number;
  /** One of many parts of a holdout: smooth metrics take the infinitesimal jackknife instead of resamples. */
  readonly isPart?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
};

/** The values of a metric on both models, and how far apart they are. */
export type PairedValues = {
  readonly challenger: MetricValue;
  readonly champion?: MetricValue;
  readonly difference?: number;
  /** Why a value is undefined. */
  readonly note?: string;
};

/** Computes a metric on both models. */
export function computeValues(metric: SampleMetric, request: EstimationRequest): PairedValues {
  const champion = request.champion && metric.compute(request.champion);
  return pairValues(metric, metric.compute(request.challenger), champion);
}

/** Values of both models and their difference; a value that is undefined leaves none, and says why. */
export function pairValues(
  metric: Pick<SampleMetric, 'direction'>,
  challenger: MetricValue,
  champion: MetricValue | undefined,
): PairedValues {
  if (!challenger.defined) return { challenger, ...(champion ? { champion } : {}), note: challenger.reason };
  if (champion === undefined) return { challenger };
  if (!champion.defined) return { challenger, champion, note: `champion: ${champion.reason}` };
  return { challenger, champion, difference: gainOf(metric, challenger.value, champion.value) };
}

/** How much better the challenger is: more is better, whichever direction the metric has. */
export function gainOf(
  { direction }: Pick<SampleMetric, 'direction'>,
  challenger: number,
  champion: number,
): number {
  return direction === 'higher' ? challenger - champion : champion - challenger;
}

/** Turns the ends of an interval like its difference. */
export function benefitInterval(metric: Pick<SampleMetric, 'direction'>, { low, high }: Interval): Interval {
  return metric.direction === 'higher' ? { low, high } : { low: -high, high: -low };
}

/** An interval as the documents write it. */
export function known({ low, high }: Interval, method: string): IntervalEstimate {
  return { defined: true, interval: [low, high], method };
}

export function unknown(reason: string): IntervalEstimate {
  return { defined: false, reason };
}

/** A metric without a value on one of the models: nothing can be compared. */
export function withoutValue(metric: SampleMetric, values: PairedValues, method: string): EstimatedMetric {
  const reason = values.note ?? 'the metric is undefined';
  return { metric, ...values, method, intervalOf: () => unknown(reason) };
}
