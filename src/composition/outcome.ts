import { EXIT_CODE, type ExitCode } from '../core/errors.ts';

/** How one stage ended for one model, whatever stage it was. */
export type Outcome = {
  readonly model: string;
  readonly exitCode: ExitCode;
  /** Path of the document that was written or read. */
  readonly evidence?: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The document, for `--json`. */
  readonly document?: unknown;
  /** Why it stopped, where no document says so. */
  readonly failure?: string;
};

/** From best to worst, over all stages; what is not listed is worse than all. */
const VERDICTS_BEST_FIRST = [
  'unchanged',
  'pass',
  'trained',
  'cached',
  'published',
  'draft',
  'stable',
  'better',
  'equivalent',
  'not-worse',
  'no-champion',
  'warn',
  'no-data',
  'insufficient-data',
  'inconclusive',
  'drift',
  'worse',
  'fail',
  'refused',
  'error',
];

/** The exit code of a job: a bug of ours first, then trouble outside, wrong input, and failed verdicts. */
export function worstExitCode(outcomes: readonly { readonly exitCode: ExitCode }[]): ExitCode {
  return outcomes.reduce<ExitCode>(
    (worst, { exitCode }) => (exitCode > worst ? exitCode : worst),
    EXIT_CODE.passed,
  );
}

/**
 * Outputs of an action: those of its one model, or the worst verdict and JSON objects by model. Outcomes
 * without a model, such as the report's, concern all of them.
 */
export function combineOutputs(outcomes: readonly Outcome[]): Record<string, string> {
  const ofModels = outcomes.filter((outcome) => outcome.model !== '');
  const ofAll = Object.assign({}, ...outcomes.filter((outcome) => outcome.model === '').map(outputsOf));
  if (ofModels.length === 0) return ofAll;
  return { ...ofAll, ...combineModels(ofModels) };
}

function combineModels(outcomes: readonly Outcome[]): Record<string, string> {
  const models = new Set(outcomes.map((outcome) => outcome.model));
  if (models.size === 1) return mergeStages(outcomes);
  const names = new Set(outcomes.flatMap((outcome) => Object.keys(outputsOf(outcome))));
  const combined = Object.fromEntries(
    [...names].map((name) => [name, JSON.stringify(byModel(outcomes, name))]),
  );
  return { ...combined, verdict: worstVerdict(outcomes.flatMap((outcome) => outcome.outputs.verdict ?? [])) };
}

/** Several stages of one model: each adds its outputs; the verdict is the comparison's where there is one. */
function mergeStages(outcomes: readonly Outcome[]): Record<string, string> {
  const merged: Record<string, string> = Object.assign({}, ...outcomes.map(outputsOf));
  const comparison = outcomes.find((outcome) => outcome.outputs.promote !== undefined);
  const verdicts = outcomes.flatMap((outcome) => outcome.outputs.verdict ?? []);
  const verdict = verdicts.includes('error')
    ? 'error'
    : (comparison?.outputs.verdict ?? worstVerdict(verdicts));
  return { ...merged, ...(comparison ? outputsOf(comparison) : {}), verdict };
}

export function worstVerdict(verdicts: readonly string[]): string {
  const rank = (verdict: string) => {
    const index = VERDICTS_BEST_FIRST.indexOf(verdict);
    return index < 0 ? VERDICTS_BEST_FIRST.length : index;
  };
  return verdicts.reduce(
    (worst, verdict) => (rank(verdict) > rank(worst) ? verdict : worst),
    verdicts[0] ?? '',
  );
}

function outputsOf(outcome: Outcome): Record<string, string> {
  return { ...outcome.outputs, ...(outcome.evidence === undefined ? {} : { evidence: outcome.evidence }) };
}

function byModel(outcomes: readonly Outcome[], name: string): Record<string, string> {
  return Object.fromEntries(
    outcomes.flatMap((outcome) => {
      const value = outputsOf(outcome)[name];
      return value === undefined ? [] : [[outcome.model, value]];
    }),
  );
}
