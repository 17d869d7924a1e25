import type { GateConfiguration, Margin } from '../configuration/configuration.ts';
import type { Gate, MetricComparison, SliceComparison } from '../documents/comparison.ts';
import type { MetricSample, SampleMetric } from '../metrics/metric.ts';
import { simultaneousConfidence } from '../statistics/interval.ts';
import { spentConfidence } from './confidence.ts';
import { DEFAULT_CONFIDENCE, MINIMUM_SLICE_ROWS } from './defaults.ts';
import { describeMetric, gateEvidence } from './describe-metric.ts';
import { estimateMetrics } from './estimate-metrics.ts';
import { evaluateGate } from './gates.ts';
import { checkGroups } from './group-floor.ts';
import type { JudgeContext } from './judge-context.ts';
import { takeSample, takeValues } from './take-sample.ts';

/** The primary metric on every slice that is large enough, at a confidence corrected for their number. */
export function judgeSlices(context: JudgeContext): readonly SliceComparison[] {
  const { input } = context;
  const metric = input.metrics.find((candidate) => candidate.name === input.rules.primary);
  if (metric === undefined) return [];
  const large = input.slices.filter((slice) => slice.rows.length >= MINIMUM_SLICE_ROWS);
  const confidence = simultaneousConfidence(
    spentConfidence(DEFAULT_CONFIDENCE, input.holdoutUse),
    Math.max(1, large.length),
  );
  return input.slices.map((slice) => {
    const rows = { slice: slice.name, rows: slice.rows.length };
    if (slice.rows.length < MINIMUM_SLICE_ROWS) {
      return {
        ...rows,
        name: metric.name,
        direction: metric.direction,
        note: `fewer than ${MINIMUM_SLICE_ROWS} rows`,
      };
    }
    const { estimate, sample, floor } = estimateSlice(context, metric, slice.rows);
    const configured = input.rules.margins[metric.name];
    const described = describeMetric(estimate, {
      sample,
      confidence,
      ...(configured ? { margin: configured } : {}),
      ...(floor.refusal === undefined ? {} : { refusal: floor.refusal }),
    });
    return { ...rows, ...positivesOf(sample), ...correctP(described, large.length) };
  });
}

/** Bonferroni, like the interval beside it. */
function correctP(described: MetricComparison, slices: number): MetricComparison {
  const { difference } = described;
  if (difference?.pValue === undefined) return described;
  return { ...described, difference: { ...difference, pValue: Math.min(1, difference.pValue * slices) } };
}

function estimateSlice(context: JudgeContext, metric: SampleMetric, rows: Uint32Array) {
  const { input } = context;
  const sample = takeSample(input.challenger, rows);
  const groups = input.groups && takeValues(input.groups, rows);
  const [estimate] = estimateMetrics({
    challenger: sample,
    ...(input.champion ? { champion: takeSample(input.champion, rows) } : {}),
    ...(groups ? { groups } : {}),
    metrics: [metric],
    seed: input.seed,
    replicates: input.replicates,
  });
  return { estimate: estimate!, sample, floor: checkGroups(sample, groups) };
}

function positivesOf(sample: MetricSample): { positives?: number } {
  if (sample.task !== 'binary-classification') return {};
  return { positives: sample.labels.reduce((total, label) => total + label, 0) };
}

/** A gate on slices holds when it holds on each of them, at a confidence corrected for their number. */
export function judgeSliceGate(
  context: JudgeContext,
  gate: GateConfiguration,
  margin: Margin | undefined,
): Pick<Gate, 'outcome' | 'reason' | 'rowsNeeded' | 'rowsUnit'> {
  const wanted = context.input.slices.filter(
    (slice) => gate.slices === 'all' || sliceMatches(slice.name, gate.slices),
  );
  const judged = wanted.filter((slice) => slice.rows.length >= MINIMUM_SLICE_ROWS);
  const metric = context.input.metrics.find((candidate) => candidate.name === gate.metric);
  if (judged.length === 0 || metric === undefined) {
    return { outcome: 'inconclusive', reason: `no slice has ${MINIMUM_SLICE_ROWS} rows` } as const;
  }
  const confidence = simultaneousConfidence(
    spentConfidence(gate.confidence, context.input.holdoutUse),
    judged.length,
  );
  const decisions = judged.map((slice) => {
    const { estimate, sample, floor } = estimateSlice(context, metric, slice.rows);
    const evidence = gateEvidence(estimate, {
      sample,
      confidence,
      ...(margin ? { margin } : {}),
      ...(floor.refusal === undefined ? {} : { refusal: floor.refusal }),
      units: floor.units,
    });
    return { name: slice.name, decision: evaluateGate(gate, evidence) };
  });
  const decisive =
    decisions.find(({ decision }) => decision.outcome === 'fail') ??
    decisions.find(({ decision }) => decision.outcome === 'inconclusive');
  if (decisive === undefined)
    return { outcome: 'pass', reason: `holds on each of ${judged.length} slices` } as const;
  return { ...decisive.decision, reason: `${decisive.name}: ${decisive.decision.reason}` };
}

/** A gate names a slice, or the column whose values are the slices. */
function sliceMatches(slice: string, wanted: string | undefined): boolean {
  return slice === wanted || slice.startsWith(`${wanted} = `);
}
