import { EXIT_CODE, InputError, messageOf } from '../core/errors.ts';
import { renderStageSummary, type StageEnding } from '../core/report/stage-summary.ts';
import type { RunContext } from '../ports/runner.ts';
import { type Outcome, worstVerdict } from './outcome.ts';

/** How an action that runs one stage tells what it did on the page of its run. */
export type SummaryPlan = {
  /** Name of the action. */
  readonly stage: string;
  /** More about the document of one model, as Markdown; without it outputs are all there is. */
  readonly describe?: (outcome: Outcome, context: RunContext) => string | undefined;
};

/** The summary of a stage that ran, whether or not its models came through. */
export function summarizeOutcomes(
  { stage, describe }: SummaryPlan,
  outcomes: readonly Outcome[],
  context: RunContext,
): string {
  const endings = outcomes.map((outcome): StageEnding => {
    const { model, outputs, evidence } = outcome;
    const message = findMessage(outcome);
    const shown = evidence === undefined ? outputs : { ...outputs, evidence };
    const details = message === undefined ? describe?.(outcome, context) : undefined;
    return { model, outputs: shown, message, details };
  });
  const verdict = worstVerdict(outcomes.map(verdictOf));
  return renderStageSummary({ stage, verdict: verdict === '' ? 'done' : verdict, endings });
}

/** The summary of a stage that ended before it got to any model. */
export function summarizeFailure({ stage }: SummaryPlan, error: unknown): string {
  const ending = { model: '', outputs: {}, message: locate(error) };
  return renderStageSummary({ stage, verdict: 'error', endings: [ending] });
}

function verdictOf(outcome: Outcome): string {
  const { outputs, exitCode } = outcome;
  if (findMessage(outcome) !== undefined) return 'error';
  return outputs.verdict ?? outputs.operation ?? (exitCode === EXIT_CODE.passed ? 'done' : 'error');
}

function findMessage({ failure, document }: Outcome): string | undefined {
  if (failure !== undefined) return failure;
  if (typeof document !== 'object' || document === null || !('error' in document)) return undefined;
  const { error } = document as { readonly error: unknown };
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return String(error.message);
}

function locate(error: unknown): string {
  const location = error instanceof InputError ? error.location : undefined;
  if (location === undefined) return messageOf(error);
  const line = location.line === undefined ? '' : `:${location.line}`;
  return `${location.file}${line}: ${messageOf(error)}`;
}
