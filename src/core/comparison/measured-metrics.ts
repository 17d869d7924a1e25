import type { GateConfiguration, Margin } from '../configuration/configuration.ts';
import type { Interval } from '../documents/common.ts';
import type { LatencyMeasurement, MetricComparison } from '../documents/comparison.ts';
import type { GateDecision, GateEvidence } from './gates.ts';
import { type ResolvedMargin, resolveMargin } from './margin.ts';

/** A metric that is measured on the models themselves: described, and ready for gates. */
export type MeasuredComparison = {
  readonly described: MetricComparison;
  evidenceFor(request: MeasuredRequest): GateEvidence;
  /** Decides a gate that asks for more than one difference; undefined where the evidence decides it. */
  decide?(gate: GateConfiguration, margin: Margin | undefined): GateDecision | undefined;
  /** What was timed, for what the document says under `measured`. */
  readonly latency?: LatencyMeasurement;
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
