import { closeIssue } from './issues.ts';
import type { GitHubState, PullRequestIssue, Repository, User } from './state.ts';

/** Brings every open pull request that concerns the repository up to date after its branches have moved. */
export async function synchronizePulls(state: GitHubState, changed: Repository, by?: User): Promise<void> {
  for (const repository of state.repositories) {
    for (const issue of repository.pulls) {
      const concerns = repository === changed || issue.pull.headRepository === changed;
      if (concerns && issue.state === 'open') await synchronizePull(state, repository, issue, by);
    }
  }
}

/**
 * Follows the head branch with `refs/pull/N/head` and makes `refs/pull/N/merge` again when head or base
 * moved. A head that is gone or brings nothing closes the pull request, one that arrived on the base branch
 * marks it merged.
 * As on GitHub `base.sha` stays what it was when the head last moved, and a conflict leaves the old test merge.
 */
export async function synchronizePull(
  state: GitHubState,
  repository: Repository,
  issue: PullRequestIssue,
  by: User = issue.author,
): Promise<void> {
  const { git } = repository;
  const { pull, number } = issue;
  const head = await pull.headRepository.git.reference(`refs/heads/${pull.headBranch}`);
  const base = await git.reference(`refs/heads/${pull.baseBranch}`);
  if (head === undefined || base === undefined) {
    closeIssue(state, issue, by, null);
    return;
  }
  if (head !== pull.headSha) {
    if (pull.headRepository !== repository) {
      await git.git(['fetch', '--quiet', pull.headRepository.git.directory, head]);
    }
    await git.updateReference(`refs/pull/${number}/head`, head);
    pull.headSha = head;
    pull.baseSha = base;
    issue.updatedAt = state.now();
    if (await git.isAncestor(head, base)) {
      closeIssue(state, issue, by, null);
      return;
    }
  }
  if (await git.isAncestor(head, base)) {
    await markMerged(state, { repository, issue }, { sha: base, by });
    return;
  }
  await renewTestMerge(state, repository, { issue, base });
}

/** Records a merge: by this server, or found because the head arrived on the base branch by a push. */
export async function markMerged(
  state: GitHubState,
  { repository, issue }: { readonly repository: Repository; readonly issue: PullRequestIssue },
  { sha, by }: { readonly sha: string; readonly by: User },
): Promise<void> {
  closeIssue(state, issue, by, null);
  issue.pull.mergedAt = state.now();
  issue.pull.mergedBy = by;
  issue.pull.mergeCommitSha = sha;
  await repository.git.deleteReference(`refs/pull/${issue.number}/merge`);
  if (issue.pull.baseBranch !== repository.defaultBranch) return;
  for (const [, number] of (issue.body ?? '').matchAll(CLOSING_KEYWORD)) {
    const closed = repository.issues.get(Number(number));
    if (closed?.state === 'open' && closed.pull === undefined) closeIssue(state, closed, by, 'completed');
  }
}

const CLOSING_KEYWORD = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)/gi;

async function renewTestMerge(
  state: GitHubState,
  repository: Repository,
  { issue, base }: { readonly issue: PullRequestIssue; readonly base: string },
): Promise<void> {
  const { git } = repository;
  const name = `refs/pull/${issue.number}/merge`;
  const head = issue.pull.headSha;
  const current = await git.reference(name);
  if (current !== undefined && issue.pull.mergeable) {
    const { text } = await git.git(['rev-parse', `${current}^1`, `${current}^2`]);
    if (text === `${base}\n${head}`) return;
  }
  const tree = await git.mergeTree(base, head);
  issue.pull.mergeable = tree !== undefined;
  if (tree === undefined) {
    issue.pull.mergeCommitSha = null;
    return;
  }
  const signature = { name: 'GitHub', email: 'noreply@github.com', date: state.now() };
  const author = { name: issue.author.name, email: issue.author.email, date: state.now() };
  issue.pull.mergeCommitSha = await git.createCommit({
    ...{ tree, parents: [base, head], message: `Merge ${head} into ${base}` },
    ...{ author, committer: signature },
  });
  await git.updateReference(name, issue.pull.mergeCommitSha);
}
