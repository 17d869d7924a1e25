import type { ComparisonVerdict, Gate, MetricComparison, SliceComparison } from '../documents/comparison.ts';
import { spentConfidence } from './confidence.ts';
import { DEFAULT_CONFIDENCE } from './defaults.ts';
import { estimateMetrics } from './estimate-metrics.ts';
import { checkGroups } from './group-floor.ts';
import { type ComparisonInput, describeOnHoldout, type JudgeContext } from './judge-context.ts';
import { judgeGates } from './judge-gates.ts';
import { judgeSlices } from './judge-slices.ts';

export type Judgement = {
  readonly verdict: ComparisonVerdict;
  readonly promote: boolean;
  /** Two-sided confidence of the intervals that decide, where a gate does not ask for another. */
  readonly confidence: number;
  readonly metrics: readonly MetricComparison[];
  readonly gates: readonly Gate[];
  readonly slices: readonly SliceComparison[];
};

/** Judges a challenger: values with intervals, the verdict of the primary metric, and every gate. */
export function compareModels(input: ComparisonInput): Judgement {
  const floor = checkGroups(input.challenger, input.groups);
  const computed = estimateMetrics({
    challenger: input.challenger,
    ...(input.champion ? { champion: input.champion } : {}),
    ...(input.groups ? { groups: input.groups } : {}),
    metrics: input.metrics,
    seed: input.seed,
    replicates: input.replicates,
    ...(input.onProgress ? { onProgress: input.onProgress } : {}),
  });
  const estimates = [...computed, ...(input.provided ?? []).map(({ whole }) => whole)];
  const context: JudgeContext = { input, estimates, units: floor.units, refusal: floor.refusal };
  const metrics = [
    ...estimates.map((estimate) => describeOnHoldout(context, estimate, DEFAULT_CONFIDENCE)),
    ...input.measured.map((measured) => measured.described),
  ];
  const gates = judgeGates(context);
  const primary = metrics.find((metric) => metric.name === input.rules.primary);
  const verdict = input.champion === undefined ? 'no-champion' : (primary?.verdict ?? 'inconclusive');
  return {
    verdict,
    promote: mayPromote(verdict, gates),
    confidence: spentConfidence(DEFAULT_CONFIDENCE, input.holdoutUse),
    metrics,
    gates,
    slices: judgeSlices(context),
  };
}

/** Metrics of the file and the machine, not of the answers. */
const MEASURED: readonly string[] = ['size_bytes', 'latency_p95_ms'];

/** The outcome table of the product: success needs a verdict that is no worse and every gate passing. */
function mayPromote(verdict: ComparisonVerdict, gates: readonly Gate[]): boolean {
  if (verdict === 'worse' || verdict === 'inconclusive') return false;
  if (verdict === 'no-champion') {
    // A small or quick model that knows nothing is no model: only what is measured on rows can speak for it.
    const decisive = gates.filter((gate) => gate.role !== 'guardrail' && !MEASURED.includes(gate.metric));
    return gates.every((gate) => gate.outcome !== 'fail') && decisive.some((gate) => gate.outcome === 'pass');
  }
  return gates.every((gate) => gate.outcome === 'pass');
}
