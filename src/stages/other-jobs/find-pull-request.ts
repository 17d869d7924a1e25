import { OutsideError } from '../../core/errors.ts';
import type { CodeHost, PullRequest } from '../../ports/code-host.ts';
import type { Repository } from '../../ports/repository.ts';
import type { UpstreamRun } from '../../ports/runner.ts';

/**
 * The open pull request that a run was for, by the repository, branch and commit the platform names: nothing
 * that the run itself left is asked, since it could name another one.
 * @returns undefined when there is none any more: it was closed, or has a newer commit.
 */
export async function findPullRequestOf(
  upstream: UpstreamRun,
  host: Pick<CodeHost, 'pulls' | 'defaultBranch'>,
): Promise<PullRequest | undefined> {
  const { headRepository, headBranch, headCommit } = upstream;
  const [owner] = headRepository?.split('/') ?? [];
  if (owner === undefined || headRepository === undefined) return undefined;
  const open = await host.pulls.findByHead(`${owner}:${headBranch}`, 'open');
  const found = open.filter(
    (pull) =>
      pull.headCommit === headCommit && pull.headRepository?.toLowerCase() === headRepository.toLowerCase(),
  );
  if (found.length <= 1) return found[0];
  // One commit may be proposed to several branches, and has one status: the strictest place to ask is the default
  // branch, since a passing word of another one's rules would stand for it, too.
  const branch = await host.defaultBranch();
  const oldest = found.toSorted((left, right) => left.number - right.number);
  return oldest.find(({ baseBranch }) => baseBranch === branch) ?? oldest[0];
}

/**
 * The commits that a pull request is judged between: the host's test merge of this head and the base it was merged
 * into, since what the base gained meanwhile is no change of the pull request; else head and base themselves.
 */
export async function findSides(
  { testMerge, headCommit, baseCommit }: PullRequest,
  repository: Repository,
): Promise<{ readonly head: string; readonly base: string }> {
  const parents = testMerge === undefined ? [] : await readParents(testMerge, repository);
  const [base, merged] = parents;
  if (testMerge !== undefined && base !== undefined && merged === headCommit)
    return { head: testMerge, base };
  return { head: headCommit, base: baseCommit };
}

async function readParents(commit: string, repository: Repository): Promise<readonly string[]> {
  try {
    await repository.fetchCommit(commit);
    return await repository.parentsOf(commit);
  } catch (error) {
    // The host may have thrown it away for a newer one.
    if (error instanceof OutsideError) return [];
    throw error;
  }
}
