import { checkGroups } from '../comparison/group-floor.ts';
import type { ResolvedMargin } from '../comparison/margin.ts';
import type { Interval } from '../documents/common.ts';
import { type MetricSample, type SampleMetric, sampleRowCount } from '../metrics/metric.ts';
import { type ReplicateStatistic, runPairedBootstrap } from '../statistics/bootstrap.ts';
import { normalQuantile } from '../statistics/normal.ts';
import type { ResamplingDesign } from '../statistics/resampling.ts';
import { sampleVariance } from '../statistics/sums.ts';
import { MINIMUM_ROWS } from './minimum-effects.ts';

/** Labelled rows scored by the champion, with their groups where rows depend on each other. */
export type PerformanceSide = { readonly sample: MetricSample; readonly groups?: Int32Array };

export type PerformanceRequest = {
  readonly metric: SampleMetric;
  readonly reference: PerformanceSide;
  readonly current: PerformanceSide;
  /** How much worse still counts as no loss, given the champion's value on the reference. */
  readonly marginOf: (referenceValue: number) => ResolvedMargin;
  /** Probability of calling it degraded when nothing changed. */
  readonly level: number;
  readonly seed: number;
};

export type PerformanceChange =
  | {
      readonly measured: true;
      readonly reference: number;
      readonly current: number;
      /** Change of the metric, turned so that more is better. */
      readonly change: number;
      /** Interval of the change at confidence 1 - 2·level. */
      readonly interval: Interval;
      readonly confidence: number;
      /** Absent when none could be set; any certain loss then counts. */
      readonly margin?: number;
      readonly degraded: boolean;
    }
  | { readonly measured: false; readonly reason: string };

/** Enough for a standard error with 2 % error of its own. */
const REPLICATES = 1000;

/** With a larger share of replicates in which the metric is undefined no interval is given. */
const TOLERATED_UNDEFINED = 0.05;

/** Smaller class sizes below which single rows are resampled within their class. */
const STRATIFY_BELOW = 100;

/**
 * Whether one model does worse on current rows than on the reference rows. The two sets of rows are
 * independent, so each is resampled by itself (by whole groups where there are any), and the interval of the
 * difference follows from the two standard errors: the level of one check of many lies too far out for
 * quantiles of replicates. Degraded when the upper end lies below minus the margin.
 */
export function measurePerformanceChange(request: PerformanceRequest): PerformanceChange {
  const sides = [measureSide(request, 'reference'), measureSide(request, 'current')] as const;
  for (const side of sides) if (!side.measured) return side;
  const [reference, current] = sides;
  if (!reference.measured || !current.measured) throw new Error('a side without a value was let through');
  const sign = request.metric.direction === 'higher' ? 1 : -1;
  const change = sign * (current.value - reference.value);
  const standardError = Math.hypot(reference.standardError, current.standardError);
  const reach = -normalQuantile(request.level) * standardError;
  const interval: Interval = [change - reach, change + reach];
  const margin = request.marginOf(reference.value);
  return {
    measured: true,
    reference: reference.value,
    current: current.value,
    change,
    interval,
    confidence: 1 - 2 * request.level,
    ...(margin.defined ? { margin: margin.value } : {}),
    degraded: interval[1] < -(margin.defined ? margin.value : 0),
  };
}

type MeasuredSide =
  | { readonly measured: true; readonly value: number; readonly standardError: number }
  | { readonly measured: false; readonly reason: string };

function measureSide(request: PerformanceRequest, name: 'reference' | 'current'): MeasuredSide {
  const { metric, seed } = request;
  const { sample, groups } = request[name];
  const words = name === 'reference' ? 'the reference' : 'the current data';
  const rows = sampleRowCount(sample);
  if (rows < MINIMUM_ROWS) {
    return { measured: false, reason: `${words}: ${rows} labelled rows; ${MINIMUM_ROWS} are needed` };
  }
  const { refusal } = checkGroups(sample, groups);
  if (refusal !== undefined) return { measured: false, reason: `${words}: ${refusal}` };
  const value = metric.compute(sample);
  if (!value.defined) return { measured: false, reason: `${words}: ${value.reason}` };
  const [replicates] = runPairedBootstrap({
    design: chooseDesign(sample, groups),
    statistics: [metric.prepare(sample)] satisfies ReplicateStatistic[],
    replicates: REPLICATES,
    // The two sides must not share their draws.
    seed: name === 'reference' ? seed : seed ^ 0x5bd1e995,
  });
  const defined = replicates!.filter((replicate) => !Number.isNaN(replicate));
  if (defined.length < (1 - TOLERATED_UNDEFINED) * REPLICATES) {
    return { measured: false, reason: `${words}: too few rows of a class for ${metric.name}` };
  }
  return { measured: true, value: value.value, standardError: Math.sqrt(sampleVariance(defined)) };
}

function chooseDesign(sample: MetricSample, groups: Int32Array | undefined): ResamplingDesign {
  if (groups !== undefined) return { kind: 'groups', codes: groups };
  if (sample.task === 'ranking') return { kind: 'groups', codes: sample.queries };
  if (sample.task === 'binary-classification') {
    const positives = sample.labels.reduce((total, label) => total + label, 0);
    if (Math.min(positives, sample.labels.length - positives) < STRATIFY_BELOW)
      return { kind: 'strata', codes: sample.labels };
  }
  return { kind: 'rows', rowCount: sampleRowCount(sample) };
}
