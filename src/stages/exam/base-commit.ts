import { OutsideError } from '../../core/errors.ts';
import type { Repository } from '../../ports/repository.ts';
import type { ExamRequest } from './exam-request.ts';

/** First parent of the merge commit that a pull request checks out, else the base that the event names. */
export async function findBase({ world }: ExamRequest, repository: Repository): Promise<string | undefined> {
  const { context } = world;
  // The pull request was looked up, and nothing of it is checked out.
  if (context.event === 'workflow_run' && context.pullRequest !== undefined) return context.baseCommit;
  if (context.event !== 'pull_request' && context.event !== 'merge_group') return undefined;
  const head = await repository.resolveCommit('HEAD');
  const parents = head === undefined ? [] : await repository.parentsOf(head);
  if (parents.length === 2 && parents[1] === context.headCommit) return parents[0];
  if (context.baseCommit !== undefined) return context.baseCommit;
  throw new OutsideError(
    'the base commit of this pull request is not known; check out the merge commit of the pull request',
  );
}
