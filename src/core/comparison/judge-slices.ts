import type { GateConfiguration, Margin } from '../configuration/configuration.ts';
import type { Gate, SliceComparison } from '../documents/comparison.ts';
import type { MetricSample } from '../metrics/metric.ts';
import { simultaneousConfidence } from '../statistics/interval.ts';
import { benjaminiHochberg, holm } from '../statistics/multiple-testing.ts';
import { spentConfidence } from './confidence.ts';
import { DEFAULT_CONFIDENCE, MINIMUM_SLICE_ROWS } from './defaults.ts';
import { type DescribeOptions, describeMetric, gateEvidence } from './describe-metric.ts';
import { evaluateGate } from './gates.ts';
import type { JudgeContext } from './judge-context.ts';
import { estimateSlice, type Slice } from './slice-estimates.ts';

/**
 * The primary metric on every slice that is large enough, at a confidence corrected for their number: all
 * intervals hold together (Bonferroni), and they decide. p-values are corrected by Holm; the false discovery
 * rate (Benjamini and Hochberg) beside them tells which slices are worth a look although nothing is proved.
 */
export function judgeSlices(context: JudgeContext): readonly SliceComparison[] {
  const { input } = context;
  const large = input.slices.filter(isLarge);
  const confidence = simultaneousConfidence(
    spentConfidence(DEFAULT_CONFIDENCE, input.holdoutUse),
    Math.max(1, large.length),
  );
  const described = input.slices.flatMap((slice) => describeSlice(context, slice, confidence) ?? []);
  return correctForNumber(described);
}

function isLarge(slice: Slice): boolean {
  return slice.rows.length >= MINIMUM_SLICE_ROWS;
}

function describeSlice(context: JudgeContext, slice: Slice, confidence: number): SliceComparison | undefined {
  const { primary, margins } = context.input.rules;
  const metric = context.estimates.find((estimate) => estimate.metric.name === primary)?.metric;
  if (metric === undefined) return undefined;
  const rows = { slice: slice.name, rows: slice.rows.length };
  if (!isLarge(slice)) {
    const { name, direction } = metric;
    return { ...rows, name, direction, note: `fewer than ${MINIMUM_SLICE_ROWS} rows` };
  }
  const found = estimateSlice(context, primary, slice);
  if (found === undefined) return undefined;
  const described = describeMetric(found.estimate, optionsOf(found, confidence, margins[primary]));
  return { ...rows, ...positivesOf(found.sample), ...described };
}

function optionsOf(
  { sample, champion, floor }: NonNullable<ReturnType<typeof estimateSlice>>,
  confidence: number,
  margin: Margin | undefined,
): DescribeOptions {
  return {
    sample: champion ?? sample,
    confidence,
    ...(margin ? { margin } : {}),
    ...(floor.refusal === undefined ? {} : { refusal: floor.refusal }),
  };
}

/** Corrects the p-values of the slices that have one, among each other. */
function correctForNumber(slices: readonly SliceComparison[]): readonly SliceComparison[] {
  const tested = slices.filter((slice) => slice.difference?.pValue !== undefined);
  const pValues = tested.map((slice) => slice.difference!.pValue!);
  const familywise = holm(pValues);
  const discovery = benjaminiHochberg(pValues);
  return slices.map((slice) => {
    const position = tested.indexOf(slice);
    if (position < 0) return slice;
    const difference = { ...slice.difference!, pValue: familywise[position]! };
    return { ...slice, difference, falseDiscoveryRate: discovery[position]! };
  });
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
  const judged = wanted.filter(isLarge);
  const confidence = simultaneousConfidence(
    spentConfidence(gate.confidence, context.input.holdoutUse),
    judged.length,
  );
  const decisions = judged.flatMap((slice) => {
    const found = estimateSlice(context, gate.metric, slice);
    if (found === undefined) return [];
    const evidence = gateEvidence(found.estimate, {
      ...optionsOf(found, confidence, margin),
      units: found.floor.units,
    });
    return [{ name: slice.name, decision: evaluateGate(gate, evidence) }];
  });
  if (decisions.length === 0) {
    return { outcome: 'inconclusive', reason: `no slice has ${MINIMUM_SLICE_ROWS} rows` } as const;
  }
  const decisive =
    decisions.find(({ decision }) => decision.outcome === 'fail') ??
    decisions.find(({ decision }) => decision.outcome === 'inconclusive');
  if (decisive === undefined)
    return { outcome: 'pass', reason: `holds on each of ${decisions.length} slices` } as const;
  return { ...decisive.decision, reason: `${decisive.name}: ${decisive.decision.reason}` };
}

/** A gate names a slice, or the column whose values are the slices. */
function sliceMatches(slice: string, wanted: string | undefined): boolean {
  return slice === wanted || slice.startsWith(`${wanted} = `);
}
