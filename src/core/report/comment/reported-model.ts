import type { ModelEvidence } from '../evidence.ts';
import { isUnchanged, judge, type Outcome } from '../judgement.ts';
import { DETAIL_STEPS, type Detail } from './detail.ts';
import { renderModelPart } from './model-part.ts';
import { type ModelSnapshot, renderHeadline, takeSnapshot } from './snapshot.ts';

/** What a comment says about one model below its line. */
export type ModelPart = { readonly sentence: string; readonly rest: string };

/** The run that reported a model. */
export type ReportRun = {
  readonly run?: string | undefined;
  readonly attempt?: string | undefined;
  /** Tells jobs apart that report to the same comment: hexadecimal digits. */
  readonly writer?: string | undefined;
};

/** A model in a comment: judged by this run, or taken over from what another job wrote. */
export type ReportedModel = {
  readonly snapshot: ModelSnapshot;
  /** Mentioned only when no model changed. */
  readonly unchanged: boolean;
  /** Of everything that a reader learns about it; 16 hexadecimal digits. */
  readonly digest: string;
  readonly from: ReportRun;
  /** Undefined when only its line is left. */
  readonly render: ((detail: Detail) => ModelPart) | undefined;
};

export type Hash = (text: string) => string;

/** A model by its evidence. */
export function reportModel(evidence: ModelEvidence, from: ReportRun, sha256: Hash): ReportedModel {
  const judgement = judge(evidence);
  const snapshot = takeSnapshot(evidence.model, judgement);
  const render = (detail: Detail) => renderModelPart({ evidence, judgement }, detail);
  return {
    snapshot,
    unchanged: isUnchanged(judgement),
    digest: digestOf(evidence, sha256),
    from,
    render,
  };
}

// Latencies differ at every push of a button; only what a reader learns counts as new.
function digestOf(evidence: ModelEvidence, sha256: Hash): string {
  const steady = withoutLatency(evidence);
  const judgement = judge(steady);
  const { sentence, rest } = renderModelPart({ evidence: steady, judgement }, DETAIL_STEPS[0]);
  const line = renderHeadline(takeSnapshot(evidence.model, judgement));
  return sha256([line, sentence, rest].join('\n\n')).slice(0, 16);
}

/** What a reader has to look at first: errors, failures, what is undecided, what has a catch; then by name. */
export function worstReportedFirst(models: readonly ReportedModel[]): ReportedModel[] {
  const rank: Record<Outcome, number> = { error: 0, failure: 1, pending: 2, success: 4 };
  const rankOf = ({ snapshot }: ReportedModel) =>
    snapshot.headline?.cautious === true ? Math.min(3, rank[snapshot.outcome]) : rank[snapshot.outcome];
  return [...models].sort(
    (left, right) => rankOf(left) - rankOf(right) || (left.snapshot.model < right.snapshot.model ? -1 : 1),
  );
}

function withoutLatency(evidence: ModelEvidence): ModelEvidence {
  const { comparison } = evidence;
  if (comparison === undefined || comparison.verdict === 'error') return evidence;
  const { latency: _latency, ...measured } = comparison.measured;
  const isSteady = (name: string) => !name.startsWith('latency_');
  return {
    ...evidence,
    comparison: {
      ...comparison,
      measured,
      metrics: comparison.metrics.filter((metric) => isSteady(metric.name)),
      slices: comparison.slices.filter((slice) => isSteady(slice.name)),
      gates: comparison.gates.map((gate) => (isSteady(gate.metric) ? gate : { ...gate, reason: '' })),
    },
  };
}
