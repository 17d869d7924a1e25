import { InputError } from '../../core/errors.ts';
import { DEFAULT_CONFIG } from '../../stages/load-models.ts';
import { findPullRequestOf, findSides } from '../../stages/other-jobs/find-pull-request.ts';
import { visitHead } from '../../stages/other-jobs/visit-head.ts';
import type { Invocation } from '../invocation.ts';

/**
 * Of a run that follows the run of a pull request: the same invocation as if it were that pull request's own,
 * without anything of it being checked out.
 * @returns undefined when the pull request has moved on, so that there is nothing to judge.
 * @throws InputError where there is no checkout of the base branch, or no token.
 */
export async function followRun(invocation: Invocation): Promise<Invocation | undefined> {
  const { world, inputs, workingDirectory } = invocation;
  const { upstream } = world.context;
  if (upstream?.event !== 'pull_request') return invocation;
  const [repository, host] = [await invocation.repository(), await invocation.host()];
  if (repository === undefined || host === undefined) {
    throw new InputError(
      'a run that judges the pull request of another run needs the base branch checked out and a token; add actions/checkout with persist-credentials: false before this step',
    );
  }
  const pull = await findPullRequestOf(upstream, host);
  if (pull === undefined) {
    world.log.info(
      `no open pull request has the head ${upstream.headCommit.slice(0, 12)} any more; nothing is judged`,
    );
    return undefined;
  }
  const { head, base } = await findSides(pull, repository);
  const named = inputs.list('config');
  const visited = await visitHead(
    { head, base, configs: named.length === 0 ? [DEFAULT_CONFIG] : named, workingDirectory },
    { repository, files: world.files },
  );
  return {
    ...invocation,
    world: {
      ...world,
      context: {
        ...world.context,
        pullRequest: pull.number,
        commit: head,
        headCommit: pull.headCommit,
        baseCommit: base,
      },
    },
    repository: async () => visited.repository,
    head: { root: visited.root, workingDirectory: visited.workingDirectory },
  };
}
