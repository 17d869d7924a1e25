import { nearestName } from '../../core/configuration/nearest-name.ts';
import { InputError } from '../../core/errors.ts';
import type { RunContext } from '../../ports/runner.ts';

/** Stages in the order in which they lean on each other. */
export const STAGES = [
  'validate-data',
  'check-drift',
  'train-model',
  'compare-models',
  'report-metrics',
  'release-model',
  'open-retraining-pr',
] as const;
export type StageName = (typeof STAGES)[number];

/** What fits an event: a pull request is judged, a push to the default branch published, a schedule watches, a comment answered. */
const STAGES_OF_EVENT: Readonly<Record<'judge' | 'publish' | 'watch' | 'answer', readonly StageName[]>> = {
  judge: ['validate-data', 'train-model', 'compare-models', 'report-metrics'],
  publish: ['validate-data', 'train-model', 'compare-models', 'report-metrics', 'release-model'],
  answer: ['report-metrics'],
  watch: [
    'validate-data',
    'check-drift',
    'train-model',
    'compare-models',
    'report-metrics',
    'open-retraining-pr',
  ],
};

/**
 * The stages to run: those asked for, in their order, or for `auto` those that fit the event.
 * @throws InputError for a stage that is not known.
 */
export function planStages(asked: readonly string[], context: RunContext): ReadonlySet<StageName> {
  const named = asked.length === 0 ? ['auto'] : asked;
  return new Set(named.flatMap((name) => (name === 'auto' ? fittingStages(context) : [findStage(name)])));
}

function fittingStages(context: RunContext): readonly StageName[] {
  switch (context.event) {
    case 'push':
      return context.defaultBranch ? STAGES_OF_EVENT.publish : STAGES_OF_EVENT.judge;
    case 'schedule':
    case 'workflow_dispatch':
      return STAGES_OF_EVENT.watch;
    case 'issue_comment':
      return STAGES_OF_EVENT.answer;
    default:
      return STAGES_OF_EVENT.judge;
  }
}

function findStage(name: string): StageName {
  const found = STAGES.find((stage) => stage === name);
  if (found) return found;
  const near = nearestName(name, [...STAGES, 'auto']);
  throw new InputError(
    `the input stages has ${JSON.stringify(name)}; ${near ? `did you mean ${near}? ` : ''}allowed: auto, ${STAGES.join(', ')}`,
  );
}
