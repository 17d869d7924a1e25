import { InputError } from '../../core/errors.ts';
import type { ArtifactReference } from '../../ports/artifact-store.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import { findPullRequestOf } from '../other-jobs/find-pull-request.ts';
import type { StageWorld } from '../stage.ts';
import { type Discussion, findShownEvidence, readDiscussion } from './sticky-comment.ts';

/** The pull request that is told; without a number there is none. */
export type ReportTarget = {
  readonly number: number | undefined;
  /** What was read of the pull request to find out. */
  readonly discussion?: Discussion;
  /** Where the evidence is that the comment of the pull request shows; elsewhere the request names it. */
  readonly shown?: readonly ArtifactReference[];
};

/**
 * The pull request to tell: the one given or of the event. A run that follows another looks it up by the head
 * that the platform names, and a number that is given must be that one's.
 * Of a comment on a pull request it is that one, with the evidence that its report shows.
 * @returns `gone` when that pull request was closed or has a newer commit, so that there is nobody to tell.
 * @throws InputError when another number is given.
 */
export async function findTarget(
  { given, key }: { readonly given: number | undefined; readonly key: string | undefined },
  { world, host }: { readonly world: StageWorld; readonly host: CodeHost | undefined },
): Promise<ReportTarget | 'gone'> {
  const { context, log } = world;
  if (context.event === 'issue_comment') return await findShown(key, { world, host });
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

async function findShown(
  key: string | undefined,
  { world, host }: { readonly world: StageWorld; readonly host: CodeHost | undefined },
): Promise<ReportTarget | 'gone'> {
  const { context, log, sha256 } = world;
  if (context.pullRequest === undefined || host === undefined) {
    log.info('the comment is on no pull request; there is nothing to report');
    return 'gone';
  }
  const discussion = await readDiscussion(context.pullRequest, host);
  const shown = findShownEvidence(discussion, key, sha256);
  if (shown !== undefined) return { number: context.pullRequest, discussion, shown };
  log.info(
    `pull request ${context.pullRequest} has no report of its head whose evidence is kept; the next run will see what was accepted`,
  );
  return 'gone';
}
