import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { TrainingDocument } from '../../core/documents/training.ts';
import type { ModelEvidence } from '../../core/report/evidence.ts';
import { hasOutsideScores } from '../../core/report/scores-note.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { RunContext } from '../../ports/runner.ts';
import { applyAcceptance, findAcceptance } from '../acceptance.ts';
import type { StageWorld } from '../stage.ts';
import type { Discussion } from './sticky-comment.ts';
import type { Troubles } from './troubles.ts';

type Settling = {
  readonly discussion: Discussion | undefined;
  readonly host: CodeHost | undefined;
  readonly troubles: Troubles;
  readonly world: StageWorld;
};

/** Events of which a pull request is the subject. */
const ABOUT_PULL_REQUESTS: readonly RunContext['event'][] = ['pull_request', 'workflow_run', 'issue_comment'];

/** The evidence with what a person accepted, and with a note where only code of the pull request vouches for it. */
export async function settleEvidence(
  evidence: ModelEvidence,
  { discussion, host, troubles, world }: Settling,
): Promise<ModelEvidence> {
  const { comparison, training } = evidence;
  if (comparison === undefined || comparison.verdict === 'error') return evidence;
  const acceptance =
    discussion === undefined || host === undefined || comparison.promote
      ? undefined
      : await troubles.survive(() => findAcceptance(discussion.comments, comparison.challenger.digest, host));
  const ownWord = isOwnWord(comparison, training) && ABOUT_PULL_REQUESTS.includes(world.context.event);
  return {
    ...evidence,
    comparison: applyAcceptance(comparison, acceptance),
    ...(ownWord ? { selfReported: true } : {}),
  };
}

/** Whether code of the change ran in the job that judged, or made what was judged. */
function isOwnWord(comparison: CompletedComparison, training: TrainingDocument | undefined): boolean {
  const byCommand = training !== undefined && training.verdict !== 'error' && training.command !== undefined;
  const ranChange = byCommand || (training !== undefined && comparison.exam.fetchRunsChange === true);
  const trainedHere = ranChange && comparison.challenger.origin === 'training of this run';
  return trainedHere || hasOutsideScores(comparison);
}
