import { InputError } from '../../core/errors.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { RunContext } from '../../ports/runner.ts';

/**
 * Number of the pull request that a run judges: that of the event; on a push the one that was merged by it, or
 * is open with this head; undefined where there is none, or the token may not look it up.
 * @throws OutsideError
 */
export async function findJudgedPull(
  { event, pullRequest, headCommit }: RunContext,
  host: Pick<CodeHost, 'pulls'> | undefined,
): Promise<number | undefined> {
  if (pullRequest !== undefined) return pullRequest;
  const isOfCommit = event === 'push' || event === 'workflow_run';
  if (!isOfCommit || host === undefined || headCommit === undefined) return undefined;
  try {
    const pulls = await host.pulls.findByCommit(headCommit);
    const found = pulls.find((pull) => pull.headCommit === headCommit) ?? pulls.find(({ merged }) => merged);
    return found?.number;
  } catch (error) {
    // The digest of what was judged stands in.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
