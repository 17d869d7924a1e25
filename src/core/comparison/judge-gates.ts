import type { GateConfiguration, Margin } from '../configuration/configuration.ts';
import type { Gate } from '../documents/comparison.ts';
import { spentConfidence } from './confidence.ts';
import { DEFAULT_CONFIDENCE } from './defaults.ts';
import { gateEvidence } from './describe-metric.ts';
import { evaluateBaselineGate, evaluateDefaultGate, evaluateGate, type GateEvidence } from './gates.ts';
import { describeOnHoldout, type JudgeContext } from './judge-context.ts';
import { judgeSliceGate } from './judge-slices.ts';

/** Every gate of the rules: the configured ones or the default, then the guardrails. */
export function judgeGates(context: JudgeContext): readonly Gate[] {
  const { rules, champion } = context.input;
  if (champion === undefined) return judgeFirstModel(context);
  const own = rules.gates?.map((gate) => judgeConfigured(context, gate, 'gate')) ?? [judgeDefault(context)];
  const guardrails = rules.guardrails.map((metric) =>
    judgeConfigured(context, { metric, require: 'not-worse', confidence: DEFAULT_CONFIDENCE }, 'guardrail'),
  );
  return [...own, ...guardrails];
}

/** Without a champion only absolute gates and the gain over knowing nothing can be asked. */
function judgeFirstModel(context: JudgeContext): readonly Gate[] {
  const absolute = (context.input.rules.gates ?? []).filter(
    (gate) => gate.require === 'at-least' || gate.require === 'at-most',
  );
  const { primary } = context.input.rules;
  const estimate = context.estimates.find((candidate) => candidate.metric.name === primary);
  if (estimate === undefined) return absolute.map((gate) => judgeConfigured(context, gate, 'gate'));
  const described = describeOnHoldout(context, estimate, DEFAULT_CONFIDENCE);
  const baseline: Gate = {
    description: `${primary} above what knowing nothing gives`,
    metric: primary,
    role: 'baseline',
    ...evaluateBaselineGate({
      challenger: described.challenger,
      noInformation: described.noInformation,
      direction: estimate.metric.direction,
    }),
  };
  return [...absolute.map((gate) => judgeConfigured(context, gate, 'gate')), baseline];
}

function judgeDefault(context: JudgeContext): Gate {
  const { primary, margins } = context.input.rules;
  const evidence = evidenceFor(context, {
    metric: primary,
    confidence: DEFAULT_CONFIDENCE,
    margin: margins[primary],
  });
  const decision = evidence
    ? evaluateDefaultGate(evidence)
    : ({ outcome: 'inconclusive', reason: 'the metric was not computed' } as const);
  return { description: `${primary} not worse and not lower`, metric: primary, role: 'primary', ...decision };
}

function judgeConfigured(context: JudgeContext, gate: GateConfiguration, role: Gate['role']): Gate {
  const description = describeGate(gate);
  const own = gate.require === 'not-worse' ? gate.margin : undefined;
  const margin = own ?? context.input.rules.margins[gate.metric];
  if (gate.slices !== undefined) {
    return { description, metric: gate.metric, role, ...judgeSliceGate(context, gate, margin) };
  }
  const measured = context.input.measured.find((candidate) => candidate.described.name === gate.metric);
  const decided = measured?.decide?.(gate, margin);
  if (decided) return { description, metric: gate.metric, role, ...decided };
  const evidence = evidenceFor(context, { metric: gate.metric, confidence: gate.confidence, margin });
  const decision = evidence
    ? evaluateGate(gate, evidence)
    : ({ outcome: 'inconclusive', reason: 'the metric was not computed' } as const);
  return { description, metric: gate.metric, role, ...decision };
}

type EvidenceRequest = {
  readonly metric: string;
  readonly confidence: number;
  readonly margin: Margin | undefined;
};

function evidenceFor(context: JudgeContext, request: EvidenceRequest): GateEvidence | undefined {
  const measured = context.input.measured.find((candidate) => candidate.described.name === request.metric);
  if (measured) return measured.evidenceFor(request);
  const estimate = context.estimates.find((candidate) => candidate.metric.name === request.metric);
  if (estimate === undefined) return undefined;
  return gateEvidence(estimate, {
    sample: context.input.champion ?? context.input.challenger,
    confidence: spentConfidence(request.confidence, context.input.holdoutUse),
    ...(request.margin ? { margin: request.margin } : {}),
    ...(context.refusal === undefined ? {} : { refusal: context.refusal }),
    units: context.units,
  });
}

function describeGate(gate: GateConfiguration): string {
  const where =
    gate.slices === undefined ? '' : gate.slices === 'all' ? ' on all slices' : ` on ${gate.slices}`;
  const bound = gate.require === 'at-least' || gate.require === 'at-most' ? ` ${gate.value}` : '';
  return `${gate.metric} ${gate.require.replace('-', ' ')}${bound}${where}`;
}
