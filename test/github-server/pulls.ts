import { GitHubError, validationFailed } from './answers.ts';
import { findIssue, newIssueRecord } from './issues.ts';
import { markMerged, synchronizePull } from './pull-synchronization.ts';
import type { GitHubState, PullRequestIssue, Repository, User } from './state.ts';

export type NewPullRequest = {
  readonly author: User;
  readonly title: string;
  readonly body: string | null;
  /** `branch` or `owner:branch`. */
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
};

export function findPull(repository: Repository, number: number): PullRequestIssue {
  const issue = findIssue(repository, number);
  if (issue.pull === undefined) throw new GitHubError(404, 'Not Found');
  return issue as PullRequestIssue;
}

export async function openPull(
  state: GitHubState,
  repository: Repository,
  request: NewPullRequest,
): Promise<PullRequestIssue> {
  const { headRepository, headBranch } = findHead(state, repository, request.head);
  const headSha = await headRepository?.git.reference(`refs/heads/${headBranch}`);
  if (headRepository === undefined || headSha === undefined) throw invalidField('head');
  const baseSha = await repository.git.reference(`refs/heads/${request.base}`);
  if (baseSha === undefined) throw invalidField('base');
  refuseDuplicate(repository, { headRepository, headBranch, base: request.base });
  if (headRepository !== repository) {
    await repository.git.git(['fetch', '--quiet', headRepository.git.directory, headSha]);
  }
  if (await repository.git.isAncestor(headSha, baseSha)) {
    throw pullError(`No commits between ${request.base} and ${request.head}`);
  }
  const pull = {
    ...{ headRepository, headBranch, headSha, baseSha, baseBranch: request.base, draft: request.draft },
    ...{ requestedReviewers: [], mergeCommitSha: null, mergeable: true, mergedAt: null, mergedBy: null },
  };
  const issue = { ...newIssueRecord(state, repository, request), pull };
  repository.issues.set(issue.number, issue);
  await repository.git.updateReference(`refs/pull/${issue.number}/head`, headSha);
  await synchronizePull(state, repository, issue);
  return issue;
}

export type Merge = {
  readonly by: User;
  readonly method: 'merge' | 'squash';
  readonly title?: string | undefined;
  readonly message?: string | undefined;
  /** The head that was seen; the merge is refused when it has moved. */
  readonly expectedHead?: string | undefined;
};

/** Merges with a real commit on the base branch and returns its SHA. */
export async function mergePull(
  state: GitHubState,
  place: { readonly repository: Repository; readonly issue: PullRequestIssue },
  merge: Merge,
): Promise<string> {
  const { repository, issue } = place;
  const { pull, number } = issue;
  if (issue.state !== 'open' || !pull.mergeable) throw new GitHubError(405, 'Pull Request is not mergeable');
  if (pull.draft) throw new GitHubError(405, 'Pull Request is still a draft');
  if (merge.expectedHead !== undefined && merge.expectedHead !== pull.headSha) {
    throw new GitHubError(409, 'Head branch was modified. Review and try the merge again.');
  }
  const base = (await repository.git.reference(`refs/heads/${pull.baseBranch}`))!;
  const tree = await repository.git.mergeTree(base, pull.headSha);
  if (tree === undefined) throw new GitHubError(405, 'Pull Request is not mergeable');
  const from = `${pull.headRepository.owner.login}/${pull.headBranch}`;
  const isSquash = merge.method === 'squash';
  const title =
    merge.title ?? (isSquash ? `${issue.title} (#${number})` : `Merge pull request #${number} from ${from}`);
  const message = merge.message ?? (isSquash ? '' : issue.title);
  const sha = await repository.git.createCommit({
    tree,
    parents: isSquash ? [base] : [base, pull.headSha],
    message: message === '' ? title : `${title}\n\n${message}`,
    author: { name: merge.by.name, email: merge.by.email, date: state.now() },
    committer: { name: 'GitHub', email: 'noreply@github.com', date: state.now() },
  });
  pull.baseSha = base;
  await markMerged(state, place, { sha, by: merge.by });
  await repository.git.updateReference(`refs/heads/${pull.baseBranch}`, sha);
  if (repository.settings.deleteBranchOnMerge) {
    await pull.headRepository.git.deleteReference(`refs/heads/${pull.headBranch}`);
  }
  return sha;
}

function findHead(state: GitHubState, repository: Repository, head: string) {
  const separator = head.indexOf(':');
  if (separator < 0) return { headRepository: repository, headBranch: head };
  const owner = head.slice(0, separator).toLowerCase();
  const headRepository = state.repositories.find(
    (candidate) =>
      candidate.owner.login.toLowerCase() === owner &&
      (candidate === repository || candidate.parent === repository),
  );
  return { headRepository, headBranch: head.slice(separator + 1) };
}

type Head = { readonly headRepository: Repository; readonly headBranch: string; readonly base: string };

function refuseDuplicate(repository: Repository, { headRepository, headBranch, base }: Head): void {
  const exists = repository.pulls.some(
    ({ state, pull }) =>
      state === 'open' &&
      pull.headRepository === headRepository &&
      pull.headBranch === headBranch &&
      pull.baseBranch === base,
  );
  if (exists)
    throw pullError(`A pull request already exists for ${headRepository.owner.login}:${headBranch}.`);
}

function invalidField(field: string): GitHubError {
  return validationFailed({ resource: 'PullRequest', code: 'invalid', field });
}

function pullError(message: string): GitHubError {
  return validationFailed({ resource: 'PullRequest', code: 'custom', message });
}
