import type { Margin } from '../configuration/configuration.ts';
import type { Interval } from '../documents/common.ts';
import type { MetricComparison } from '../documents/comparison.ts';
import type { MetricSample, MetricValue } from '../metrics/metric.ts';
import { twoSidedZ } from '../statistics/normal.ts';
import type { EstimatedMetric } from './estimation/estimated-metric.ts';
import { detectableDifference, type GateEvidence, type Precision } from './gates.ts';
import { type ResolvedMargin, resolveMargin } from './margin.ts';
import { decideVerdict } from './verdict.ts';

/** Independent units of a holdout: groups where rows depend on each other, else rows. */
export type UnitCount = { readonly count: number; readonly name: 'rows' | 'groups' };

export type DescribeOptions = {
  /** Rows that the value of knowing nothing is taken from, with the champion's decisions where there is one. */
  readonly sample: MetricSample;
  readonly confidence: number;
  readonly margin?: Margin;
  /** Why no interval may be given. */
  readonly refusal?: string;
};

/** One metric as the document tells it: values, difference, intervals, margin and its own verdict. */
export function describeMetric(estimate: EstimatedMetric, options: DescribeOptions): MetricComparison {
  const { metric } = estimate;
  const difference = intervalOf(estimate, 'difference', options);
  const margin = marginOf(estimate, options);
  const known = estimate.difference !== undefined;
  const verdict = known ? verdictOf(difference.interval, margin) : undefined;
  const notes = [
    estimate.note,
    known && difference.interval === undefined ? difference.note : undefined,
    estimate.challenger.defined && !known ? intervalOf(estimate, 'challenger', options).note : undefined,
    // Without a margin nothing but `better` can be said; where that is the verdict, there is nothing to add.
    verdict === 'inconclusive' && !margin.defined ? margin.reason : undefined,
  ].filter((note) => note !== undefined);
  return {
    name: metric.name,
    direction: metric.direction,
    ...valueWithInterval(estimate, 'champion', options),
    ...valueWithInterval(estimate, 'challenger', options),
    ...(known ? { difference: describeDifference(estimate, difference) } : {}),
    ...(verdict ? { verdict } : {}),
    ...(margin.defined ? { margin: margin.value } : {}),
    ...noInformationOf(estimate, options.sample),
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
    ...(difference.interval
      ? { detectable: detectableDifference(precisionOf(difference.interval, options.confidence)) }
      : {}),
  };
}

/** What a gate on this metric is decided from. */
export function gateEvidence(
  estimate: EstimatedMetric,
  options: DescribeOptions & { readonly units: UnitCount },
): GateEvidence {
  const described = describeMetric(estimate, options);
  const interval = described.difference?.interval;
  return {
    ...(described.difference ? { difference: withoutUndefined(described.difference) } : {}),
    ...(described.challenger ? { challenger: withoutUndefined(described.challenger) } : {}),
    margin: marginOf(estimate, options),
    ...(described.note === undefined ? {} : { note: described.note }),
    direction: estimate.metric.direction,
    ...(interval ? { precision: precisionOf(interval, options.confidence) } : {}),
    ...ownPrecision(estimate, options),
    units: options.units.count,
    unitName: options.units.name,
  };
}

/** How well the challenger's own value is known, or why it is not. */
function ownPrecision(
  estimate: EstimatedMetric,
  options: DescribeOptions,
): Pick<GateEvidence, 'challengerPrecision' | 'challengerNote'> {
  if (!estimate.challenger.defined) return {};
  const { interval, note } = intervalOf(estimate, 'challenger', options);
  if (interval) return { challengerPrecision: precisionOf(interval, options.confidence) };
  return note === undefined ? {} : { challengerNote: note };
}

type Known = { readonly value: number; readonly interval?: Interval };

function withoutUndefined({ value, interval }: { value: number; interval?: Interval | undefined }): Known {
  return interval === undefined ? { value } : { value, interval };
}

function verdictOf(interval: Interval | undefined, margin: ResolvedMargin) {
  if (interval === undefined) return 'inconclusive';
  return decideVerdict(interval, margin.defined ? margin.value : undefined);
}

function describeDifference(
  estimate: EstimatedMetric,
  known: KnownInterval,
): NonNullable<MetricComparison['difference']> {
  return {
    value: estimate.difference ?? Number.NaN,
    ...(known.interval ? { interval: known.interval } : {}),
    ...pValueOf(estimate, known),
    method: known.method ?? estimate.method,
  };
}

/** A p-value stands beside its interval; only that of a permutation test may stand alone. */
function pValueOf(
  { pValue, pValueAlone }: EstimatedMetric,
  { interval }: KnownInterval,
): { pValue?: number } {
  return pValue !== undefined && (interval !== undefined || pValueAlone === true) ? { pValue } : {};
}

type KnownInterval = { readonly interval?: Interval; readonly method?: string; readonly note?: string };

function intervalOf(
  estimate: EstimatedMetric,
  what: 'champion' | 'challenger' | 'difference',
  { confidence, refusal }: DescribeOptions,
): KnownInterval {
  if (refusal !== undefined) return { note: refusal };
  const result = estimate.intervalOf(what, confidence);
  if (!result.defined) return { note: result.reason };
  return {
    interval: result.interval,
    method: `${estimate.method}${suffixOf(result.method, estimate.method)}`,
  };
}

/** `paired bootstrap` and `bootstrap (bca)` read as one: `paired bootstrap (bca)`. */
function suffixOf(detail: string, method: string): string {
  const inBrackets = /\(.*\)$/.exec(detail)?.[0];
  return inBrackets === undefined || method.includes(inBrackets) ? '' : ` ${inBrackets}`;
}

function valueWithInterval(
  estimate: EstimatedMetric,
  what: 'champion' | 'challenger',
  options: DescribeOptions,
): Partial<Pick<MetricComparison, 'champion' | 'challenger'>> {
  const value: MetricValue | undefined = estimate[what];
  if (!value?.defined) return {};
  const { interval } = intervalOf(estimate, what, options);
  return { [what]: { value: value.value, ...(interval ? { interval } : {}) } };
}

function marginOf(estimate: EstimatedMetric, { sample, margin }: DescribeOptions): ResolvedMargin {
  if (!estimate.champion?.defined) return { defined: false, reason: 'there is no champion to lose against' };
  return resolveMargin({
    margin,
    championValue: estimate.champion.value,
    noInformation: noInformationOf(estimate, sample).noInformation,
    direction: estimate.metric.direction,
  });
}

function noInformationOf(estimate: EstimatedMetric, sample: MetricSample): { noInformation?: number } {
  const value = estimate.metric.noInformation?.(sample);
  return value === undefined || !Number.isFinite(value) ? {} : { noInformation: value };
}

function precisionOf([low, high]: Interval, confidence: number): Precision {
  return { standardError: (high - low) / (2 * twoSidedZ(confidence)), confidence };
}
