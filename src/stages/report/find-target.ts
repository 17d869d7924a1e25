import { InputError } from '../../core/errors.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import { findPullRequestOf } from '../other-jobs/find-pull-request.ts';
import type { StageWorld } from '../stage.ts';

/** The pull request that is told; without a number there is none. */
export type ReportTarget = { readonly number: number | undefined };

/**
 * The pull request to tell: the one given or of the event. A run that follows another looks it up by the head
 * that the platform names, and a number that is given must be that one's.
 * @returns `gone` when that pull request was closed or has a newer commit, so that there is nobody to tell.
 * @throws InputError when another number is given.
 */
export async function findTarget(
  given: number | undefined,
  { world, host }: { readonly world: StageWorld; readonly host: Pick<CodeHost, 'pulls'> | undefined },
): Promise<ReportTarget | 'gone'> {
  const { context, log } = world;
  const { upstream } = context;
  if (upstream?.event !== 'pull_request' || host === undefined)
    return { number: given ?? context.pullRequest };
  const pull = await findPullRequestOf(upstream, host);
  if (pull === undefined) {
    log.info(
      `no open pull request has the head ${upstream.headCommit.slice(0, 12)} any more; nobody is told`,
    );
    return 'gone';
  }
  if (given !== undefined && given !== pull.number) {
    throw new InputError(
      `the input pull-request is ${given}, but the run ${upstream.run} was for #${pull.number}; leave it out, since the pull request is found by its head`,
    );
  }
  return { number: pull.number };
}
