import type { DocumentError } from '../documents/common.ts';
import type { CompletedComparison, Gate } from '../documents/comparison.ts';
import type { CompletedValidation } from '../documents/validation.ts';
import { findCaution } from './cautions.ts';
import type { ModelEvidence } from './evidence.ts';
import { findPrimary, isBelowZero } from './metric-text.ts';

/** What a commit status can be, and so what every report of a judgement says at first glance. */
export type Outcome = 'success' | 'failure' | 'pending' | 'error';

/** Every way a judgement reads; each has its own words in `headline.ts`. */
export type JudgementState =
  | 'better'
  | 'equivalent'
  | 'slightly-worse'
  | 'not-worse'
  | 'worse'
  | 'inconclusive'
  | 'gate-failed'
  | 'gate-undecided'
  | 'first-model'
  | 'unchanged'
  | 'accepted';

export type CompletedJudgement = {
  readonly kind: 'completed';
  readonly state: JudgementState;
  readonly outcome: Outcome;
  readonly comparison: CompletedComparison;
  /** The first gate that failed or, when none did, that is undecided. */
  readonly decisiveGate: Gate | undefined;
  readonly selfReported: boolean;
  /** Why it has to be looked at even where it passes, in two words. */
  readonly caution: string | undefined;
};

export type FailedJudgement = {
  readonly kind: 'failed';
  readonly outcome: 'error';
  /** The action that died, or that left no document. */
  readonly stage: string;
  readonly error: DocumentError;
};

/** There are checked data and nothing else: no model was trained or judged, so that it is never a success. */
export type DataJudgement = {
  readonly kind: 'data';
  /** `failure` where the data fail, else undecided. */
  readonly outcome: 'failure' | 'pending';
  readonly validation: CompletedValidation;
};

export type Judgement = CompletedJudgement | FailedJudgement | DataJudgement;

/**
 * What the documents of a model amount to, by the outcome table of the product specification. A stage that
 * died outweighs every other document, and a document that is missing is an error: neither is ever green.
 */
export function judge(evidence: ModelEvidence): Judgement {
  const died = findDeadStage(evidence);
  if (died !== undefined) return died;
  const { comparison, training, validation } = evidence;
  if (comparison === undefined && training === undefined && isCompleted(validation)) {
    return { kind: 'data', outcome: validation.verdict === 'fail' ? 'failure' : 'pending', validation };
  }
  if (comparison === undefined || comparison.verdict === 'error') return missingComparison();
  const decisiveGate = findDecisiveGate(comparison);
  const selfReported = evidence.selfReported === true || comparison.selfReported === true;
  const outcome = decideOutcome(comparison, decisiveGate);
  return {
    kind: 'completed',
    state: decideState(comparison, outcome, decisiveGate),
    outcome: selfReported && outcome === 'success' ? 'pending' : outcome,
    comparison,
    decisiveGate,
    selfReported,
    caution: findCaution(comparison, evidence.validation),
  };
}

/** Whether nothing had to be judged, so that a comment need not mention the model. */
export function isUnchanged(judgement: Judgement): boolean {
  return (
    judgement.kind === 'completed' &&
    judgement.state === 'unchanged' &&
    // Rules that change have to be seen, whatever they do to the model.
    judgement.comparison.exam.changed.length === 0
  );
}

/** The judgement a reader has to look at first: errors, then failures, then what is undecided. */
export function worstFirst<Item extends { readonly judgement: Judgement }>(items: readonly Item[]): Item[] {
  const rank: Record<Outcome, number> = { error: 0, failure: 1, pending: 2, success: 3 };
  return [...items].sort((left, right) => rank[left.judgement.outcome] - rank[right.judgement.outcome]);
}

/** The acceptance, where it is of these very bytes. */
export function validAcceptance(comparison: CompletedComparison): CompletedComparison['accepted'] {
  return comparison.accepted?.digest === comparison.challenger.digest ? comparison.accepted : undefined;
}

function findDeadStage(evidence: ModelEvidence): FailedJudgement | undefined {
  const stages = [
    { stage: 'validate-data', document: evidence.validation },
    { stage: 'train-model', document: evidence.training },
    { stage: 'compare-models', document: evidence.comparison },
  ];
  for (const { stage, document } of stages) {
    if (document?.verdict === 'error') {
      return { kind: 'failed', outcome: 'error', stage, error: document.error };
    }
  }
  return undefined;
}

function isCompleted(document: ModelEvidence['validation']): document is CompletedValidation {
  return document !== undefined && document.verdict !== 'error';
}

function missingComparison(): FailedJudgement {
  const error = { code: 'outside' as const, message: 'it left no comparison; look at the log of the run' };
  return { kind: 'failed', outcome: 'error', stage: 'compare-models', error };
}

function findDecisiveGate(comparison: CompletedComparison): Gate | undefined {
  const { gates } = comparison;
  return (
    gates.find((gate) => gate.outcome === 'fail') ?? gates.find((gate) => gate.outcome === 'inconclusive')
  );
}

function decideOutcome(comparison: CompletedComparison, gate: Gate | undefined): Outcome {
  if (comparison.verdict === 'unchanged' || validAcceptance(comparison) !== undefined) return 'success';
  if (comparison.verdict === 'no-champion') return comparison.promote ? 'success' : 'pending';
  if (comparison.verdict === 'worse' || gate?.outcome === 'fail') return 'failure';
  if (comparison.verdict === 'inconclusive' || gate !== undefined) return 'pending';
  // The stage that decided may know more than its gates say; it never counts for less.
  return comparison.promote ? 'success' : 'pending';
}

function decideState(
  comparison: CompletedComparison,
  outcome: Outcome,
  gate: Gate | undefined,
): JudgementState {
  const { verdict } = comparison;
  if (verdict === 'unchanged') return 'unchanged';
  if (validAcceptance(comparison) !== undefined) return 'accepted';
  if (verdict === 'no-champion') return 'first-model';
  if (verdict === 'worse') return 'worse';
  if (outcome === 'failure') return 'gate-failed';
  if (verdict === 'inconclusive') return 'inconclusive';
  const primary = findPrimary(comparison);
  if (verdict === 'equivalent' && primary !== undefined && isBelowZero(primary)) return 'slightly-worse';
  return outcome === 'pending' && gate !== undefined ? 'gate-undecided' : verdict;
}
