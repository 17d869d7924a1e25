import type { GateConfiguration, Margin } from '../configuration/configuration.ts';
import type { Estimate } from '../documents/common.ts';
import {
  chooseStyle,
  formatInterval,
  formatNumber,
  formatPercent,
  formatValue,
} from '../report/format-number.ts';
import type { GateDecision } from './gates.ts';
import { type ResolvedMargin, resolveMargin } from './margin.ts';

/** How much longer a challenger may take, as a share of the champion's time, where the config does not say. */
export const DEFAULT_LATENCY_MARGIN = 0.1;

export type LatencyEvidence = {
  /** Runs of each model. */
  readonly runs: number;
  /** Of the challenger's time to the champion's, over all pairs of runs. */
  readonly ratio: Estimate;
  /** The slowest twentieth of either. */
  readonly champion: Estimate;
  readonly challenger: Estimate;
};

/** How much longer than the champion's 95 % quantile still counts as not slower, in milliseconds. */
export function latencyMargin(margin: Margin | undefined, championValue: number): ResolvedMargin {
  if (margin === undefined) {
    const words = `${formatPercent(DEFAULT_LATENCY_MARGIN)} of the champion's time, the default`;
    return { defined: true, value: DEFAULT_LATENCY_MARGIN * championValue, words };
  }
  return resolveMargin({ margin, championValue, noInformation: undefined, direction: 'lower' });
}

/**
 * `better` and `not-worse` between two models. Every run scores the same rows, so that what differs between runs
 * of one model is the machine, and both models had it in turn: what the challenger changes is a factor on the
 * time. It is estimated over all pairs of runs (Hodges-Lehmann), whose interval is several times narrower than
 * one of two 95 % quantiles, and the reason says so. `not-worse` passes when the whole interval lies below
 * 1 + margin and fails when it lies above; `better` likewise at 1.
 *
 * A factor does not see a challenger that only stalls more often. So the quantiles may say no: when even the low
 * end of the challenger's is above what the high end of the champion's allows, the gate fails.
 *
 * Runs are taken as independent. Noise that hits neighbouring runs hits both models, which makes the interval too
 * wide rather than too narrow.
 *
 * @returns undefined for gates on one model alone.
 */
export function decideLatencyGate(
  gate: GateConfiguration,
  margin: Margin | undefined,
  evidence: LatencyEvidence,
): GateDecision | undefined {
  if (gate.require === 'better') return decide(evidence, { factor: 1, words: '' });
  if (gate.require !== 'not-worse') return undefined;
  const { value } = evidence.champion;
  const allowed = latencyMargin(margin, value);
  if (!allowed.defined) return { outcome: 'inconclusive', reason: allowed.reason };
  const words =
    margin?.kind === 'absolute'
      ? `${formatNumber(allowed.value)} ms on ${formatNumber(value)} ms`
      : allowed.words;
  return decide(evidence, { factor: 1 + allowed.value / value, words: ` (margin: ${words})` });
}

type Bound = { readonly factor: number; readonly words: string };

function decide(evidence: LatencyEvidence, bound: Bound): GateDecision {
  const decision = decideByRatio(evidence, bound);
  const stalls = decision.outcome === 'fail' ? undefined : describeStalls(evidence, bound);
  return stalls === undefined ? decision : { outcome: 'fail', reason: stalls };
}

function decideByRatio({ ratio, runs }: LatencyEvidence, { factor, words }: Bound): GateDecision {
  if (ratio.interval === undefined)
    return { outcome: 'inconclusive', reason: `${runs} runs give no interval at this confidence` };
  const [low, high] = ratio.interval;
  const isBelow = high < factor;
  const isAbove = factor === 1 ? low >= 1 : low > factor;
  const relation = isBelow ? 'below' : isAbove ? 'not below' : 'around';
  return {
    outcome: isBelow ? 'pass' : isAbove ? 'fail' : 'inconclusive',
    reason: `it takes ${describeRatio(ratio, factor)} times the champion's time over all pairs of ${runs} runs of each (Hodges-Lehmann), ${relation} ${formatNumber(factor)}${words}`,
  };
}

function describeStalls({ champion, challenger }: LatencyEvidence, bound: Bound): string | undefined {
  if (champion.interval === undefined || challenger.interval === undefined) return undefined;
  const [before, after] = [champion.interval[1], challenger.interval[0]];
  if (!(after > before * bound.factor)) return undefined;
  const [own, other] = [formatNumber(after), formatNumber(before)];
  return `its 95 % quantile is at least ${own} ms, more than ${formatNumber(bound.factor)} times the champion's, which is at most ${other} ms${bound.words}`;
}

/** `1.14 [1.08, 1.21]`, with the digits that tell the ends from 1 and from a bound. */
export function describeRatio({ value, interval }: Estimate, bound = 1): string {
  const style = chooseStyle({ name: '', values: [value, bound], interval, bounds: [1, bound] });
  const text = formatValue(value, style);
  return interval === undefined ? text : `${text} ${formatInterval(interval, style)}`;
}
