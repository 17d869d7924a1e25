import type { MetricComparison } from '../documents/comparison.ts';
import { binomialCdf } from '../statistics/binomial.ts';
import { ascending } from '../statistics/ordering.ts';
import { quantileOfSorted } from '../statistics/quantiles.ts';
import type { GateEvidence } from './gates.ts';

/** A metric that is measured on the models themselves: described, and ready for a gate. */
export type MeasuredComparison = { readonly described: MetricComparison; readonly evidence: GateEvidence };

/** Exact sizes of the model files in bytes; there is no uncertainty in them. */
export function compareSizes(sizes: {
  readonly champion?: number;
  readonly challenger: number;
}): MeasuredComparison {
  const challenger = {
    value: sizes.challenger,
    interval: [sizes.challenger, sizes.challenger] as [number, number],
  };
  const gain = sizes.champion === undefined ? undefined : sizes.champion - sizes.challenger;
  const difference =
    gain === undefined
      ? undefined
      : { value: gain, interval: [gain, gain] as [number, number], method: 'exact' };
  return {
    described: {
      name: 'size_bytes',
      direction: 'lower',
      ...(sizes.champion === undefined ? {} : { champion: { value: sizes.champion } }),
      challenger: { value: sizes.challenger },
      ...(difference ? { difference } : {}),
    },
    evidence: measuredEvidence({ challenger, ...(difference ? { difference } : {}), units: 1 }),
  };
}

const LATENCY_QUANTILE = 0.95;
/** A two-sided 95 % bound above the 95 % quantile exists only from this many runs on (0.95^n <= 0.025). */
export const LATENCY_RUNS = 100;

/**
 * The 95 % quantile of the milliseconds of one batch, with the order-statistic interval that holds whatever
 * the distribution. Runs of the two models were interleaved.
 */
export function compareLatencies(runs: {
  readonly champion?: Float64Array;
  readonly challenger: Float64Array;
}): MeasuredComparison {
  const challenger = latencyQuantile(runs.challenger);
  return {
    described: {
      name: 'latency_p95_ms',
      direction: 'lower',
      ...(runs.champion ? { champion: latencyQuantile(runs.champion) } : {}),
      challenger,
      note: 'measured on this machine; differs from run to run',
    },
    evidence: measuredEvidence({ challenger, units: runs.challenger.length }),
  };
}

function latencyQuantile(milliseconds: Float64Array): { value: number; interval: [number, number] } {
  const sorted = ascending(milliseconds);
  const runs = sorted.length;
  let low = 0;
  while (low + 1 < runs && binomialCdf(low, runs, LATENCY_QUANTILE) <= 0.025) low++;
  let high = runs - 1;
  while (high > low && binomialCdf(high - 1, runs, LATENCY_QUANTILE) >= 0.975) high--;
  return { value: quantileOfSorted(sorted, LATENCY_QUANTILE), interval: [sorted[low]!, sorted[high]!] };
}

type Measured = Pick<GateEvidence, 'challenger' | 'difference' | 'units'>;

function measuredEvidence(measured: Measured): GateEvidence {
  return {
    ...measured,
    margin: { defined: false, reason: 'set an explicit margin for this metric' },
    direction: 'lower',
    unitName: 'rows',
  };
}
