import type { GateConfiguration, Margin } from '../configuration/configuration.ts';
import type { Estimate, Interval } from '../documents/common.ts';
import type { LatencyMeasurement, MetricComparison } from '../documents/comparison.ts';
import { binomialCdf } from '../statistics/binomial.ts';
import { hodgesLehmannRatio } from '../statistics/hodges-lehmann.ts';
import { ascending } from '../statistics/ordering.ts';
import { median, quantileOfSorted } from '../statistics/quantiles.ts';
import { DEFAULT_CONFIDENCE } from './defaults.ts';
import { decideLatencyGate, describeRatio } from './latency-gate.ts';
import type { MeasuredComparison } from './measured-metrics.ts';

const LATENCY_QUANTILE = 0.95;
/** A two-sided 95 % bound above the 95 % quantile exists only from 72 runs on (0.95^n <= 0.025). */
export const LATENCY_RUNS = 100;

/** Milliseconds of scoring the same rows over and over, one value a run; the models took turns. */
export type LatencyRuns = {
  readonly champion?: Float64Array;
  readonly challenger: Float64Array;
  /** Rows of the batch that a run scores. */
  readonly batchRows: number;
};

/**
 * The 95 % quantile of the milliseconds of one batch, with the order-statistic interval that holds whatever
 * the distribution, and how many times as long as the champion the challenger takes.
 */
export function compareLatencies(runs: LatencyRuns): MeasuredComparison {
  const { champion, challenger } = runs;
  const count = challenger.length;
  const tooSure = `${count} runs give no interval at this confidence`;
  return {
    described: describeLatency(runs),
    latency: measurementOf(runs),
    evidenceFor: ({ confidence }) => ({
      margin: { defined: false, reason: 'latencies are compared as a ratio, by a gate of their own' },
      direction: 'lower',
      units: count,
      unitName: 'rows',
      challenger: latencyQuantile(challenger, confidence),
      note: champion === undefined ? `${tooSure}, or there is no champion to compare with` : tooSure,
    }),
    decide: (gate: GateConfiguration, margin: Margin | undefined) =>
      champion &&
      decideLatencyGate(gate, margin, {
        runs: count,
        ratio: ratioOf(champion, challenger, gate.confidence),
        champion: latencyQuantile(champion, gate.confidence),
        challenger: latencyQuantile(challenger, gate.confidence),
      }),
  };
}

/**
 * Without a difference and a verdict of its own: two 95 % quantiles of one machine tell little, and speed alone
 * makes no model better.
 */
function describeLatency({ champion, challenger }: LatencyRuns): MetricComparison {
  const ratio = champion && ratioOf(champion, challenger, DEFAULT_CONFIDENCE);
  const notes = [
    ...(ratio ? [`it takes ${describeRatio(ratio)} times the champion's time`] : []),
    'measured on this machine; differs from run to run',
  ];
  return {
    name: 'latency_p95_ms',
    direction: 'lower',
    ...(champion ? { champion: latencyQuantile(champion, DEFAULT_CONFIDENCE) } : {}),
    challenger: latencyQuantile(challenger, DEFAULT_CONFIDENCE),
    note: notes.join('; '),
  };
}

function measurementOf({ champion, challenger, batchRows }: LatencyRuns): LatencyMeasurement {
  const describe = (milliseconds: Float64Array) => {
    const middle = median(milliseconds);
    return {
      median: middle,
      p95: latencyQuantile(milliseconds, DEFAULT_CONFIDENCE).value,
      rowsPerSecond: (1000 * batchRows) / middle,
    };
  };
  return {
    unit: 'ms',
    batchRows,
    runs: challenger.length,
    ...(champion ? { champion: describe(champion) } : {}),
    challenger: describe(challenger),
    ...(champion
      ? {
          ratio: {
            ...ratioOf(champion, challenger, DEFAULT_CONFIDENCE),
            confidence: DEFAULT_CONFIDENCE,
            method: 'Hodges-Lehmann',
          },
        }
      : {}),
  };
}

function ratioOf(champion: Float64Array, challenger: Float64Array, confidence: number): Estimate {
  const { value, interval } = hodgesLehmannRatio(champion, challenger, confidence);
  return interval === undefined ? { value } : { value, interval: [interval.low, interval.high] };
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
