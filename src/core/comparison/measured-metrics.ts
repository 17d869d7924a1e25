import type { Margin } from '../configuration/configuration.ts';
import type { Interval } from '../documents/common.ts';
import type { MetricComparison } from '../documents/comparison.ts';
import { binomialCdf } from '../statistics/binomial.ts';
import { ascending } from '../statistics/ordering.ts';
import { quantileOfSorted } from '../statistics/quantiles.ts';
import { DEFAULT_CONFIDENCE } from './defaults.ts';
import type { GateEvidence } from './gates.ts';
import { type ResolvedMargin, resolveMargin } from './margin.ts';

/** A metric that is measured on the models themselves: described, and ready for gates. */
export type MeasuredComparison = {
  readonly described: MetricComparison;
  evidenceFor(request: MeasuredRequest): GateEvidence;
};

/** What a gate says of a measured metric besides its bound. */
export type MeasuredRequest = { readonly confidence: number; readonly margin: Margin | undefined };

/** Exact sizes of the model files in bytes; there is no uncertainty in them. */
export function compareSizes(sizes: {
  readonly champion?: number;
  readonly challenger: number;
}): MeasuredComparison {
  const challenger = { value: sizes.challenger, interval: pointInterval(sizes.challenger) };
  const gain = sizes.champion === undefined ? undefined : sizes.champion - sizes.challenger;
  const difference =
    gain === undefined ? {} : { difference: { value: gain, interval: pointInterval(gain), method: 'exact' } };
  return {
    described: {
      name: 'size_bytes',
      direction: 'lower',
      ...(sizes.champion === undefined ? {} : { champion: { value: sizes.champion } }),
      challenger: { value: sizes.challenger },
      ...difference,
    },
    evidenceFor: ({ margin }) => ({
      ...measuredEvidence(1, marginOf(margin, sizes.champion)),
      challenger,
      ...difference,
    }),
  };
}

const LATENCY_QUANTILE = 0.95;
/** A two-sided 95 % bound above the 95 % quantile exists only from 72 runs on (0.95^n <= 0.025). */
export const LATENCY_RUNS = 100;

/**
 * The 95 % quantile of the milliseconds of one batch, with the order-statistic interval that holds whatever
 * the distribution. Runs of the two models were interleaved.
 */
export function compareLatencies(runs: {
  readonly champion?: Float64Array;
  readonly challenger: Float64Array;
}): MeasuredComparison {
  return {
    described: {
      name: 'latency_p95_ms',
      direction: 'lower',
      ...(runs.champion ? { champion: latencyQuantile(runs.champion, DEFAULT_CONFIDENCE) } : {}),
      challenger: latencyQuantile(runs.challenger, DEFAULT_CONFIDENCE),
      note: 'measured on this machine; differs from run to run',
    },
    evidenceFor: ({ confidence }) => ({
      ...measuredEvidence(runs.challenger.length, {
        defined: false,
        reason: 'latencies of two models are not compared; use at-most',
      }),
      challenger: latencyQuantile(runs.challenger, confidence),
      note: `${runs.challenger.length} runs give no interval at this confidence, and latencies of two models are not compared; use at-most`,
    }),
  };
}

function latencyQuantile(
  milliseconds: Float64Array,
  confidence: number,
): { value: number; interval?: Interval } {
  const sorted = ascending(milliseconds);
  const value = quantileOfSorted(sorted, LATENCY_QUANTILE);
  const positions = orderStatistics(sorted.length, (1 - confidence) / 2);
  if (positions === undefined) return { value };
  return { value, interval: [sorted[positions.low]!, sorted[positions.high]!] };
}

/**
 * Positions (from 0) of the runs between which the quantile lies, each end missed with at most the tail
 * probability; undefined when so few runs have no such ends. A run at position i lies above the quantile when
 * at most i runs lie below it, and below it when more than i do.
 */
function orderStatistics(
  runs: number,
  tail: number,
): { readonly low: number; readonly high: number } | undefined {
  const cdf = (below: number) => binomialCdf(below, runs, LATENCY_QUANTILE);
  if (cdf(0) > tail || 1 - cdf(runs - 1) > tail) return undefined;
  let low = 0;
  while (cdf(low + 1) <= tail) low++;
  let high = runs - 1;
  while (1 - cdf(high - 1) <= tail) high--;
  return { low, high };
}

function pointInterval(value: number): Interval {
  return [value, value];
}

/** Sizes have no value of knowing nothing to take a share of, so that a margin has to be configured. */
function marginOf(margin: Margin | undefined, championValue: number | undefined): ResolvedMargin {
  if (championValue === undefined) return { defined: false, reason: 'there is no champion to lose against' };
  return resolveMargin({ margin, championValue, noInformation: undefined, direction: 'lower' });
}

function measuredEvidence(units: number, margin: ResolvedMargin) {
  return { margin, direction: 'lower', units, unitName: 'rows' } as const;
}
