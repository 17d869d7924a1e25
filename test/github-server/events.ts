import { commentJson, issueJson } from './json/issue.ts';
import { pullJson } from './json/pull-request.ts';
import { repositoryJson } from './json/repository.ts';
import { userJson } from './json/user.ts';
import type { Links } from './links.ts';
import { findPull } from './pulls.ts';
import type { GitHubState, Repository } from './state.ts';

/** The payload a workflow finds in `GITHUB_EVENT_PATH`, and the variables that go with it. */
export type WorkflowEvent = {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
};

export type EventContext = {
  readonly state: GitHubState;
  readonly links: Links;
  readonly repository: Repository;
};

/** `pull_request`: runs on the test merge, whose first parent is the base branch. */
export async function pullRequestEvent(
  { links, repository }: EventContext,
  { number, action = 'synchronize' }: { readonly number: number; readonly action?: string },
): Promise<WorkflowEvent> {
  const issue = findPull(repository, number);
  const { pull, author } = issue;
  return {
    payload: {
      ...{ action, number, pull_request: await pullJson(links, repository, issue) },
      ...{ repository: repositoryJson(links, repository), sender: userJson(links, author) },
    },
    environment: {
      ...{
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_ACTOR: author.login,
        GITHUB_SHA: pull.mergeCommitSha ?? '',
      },
      ...{
        GITHUB_REF: `refs/pull/${number}/merge`,
        GITHUB_REF_NAME: `${number}/merge`,
        GITHUB_REF_TYPE: 'branch',
      },
      ...{ GITHUB_HEAD_REF: pull.headBranch, GITHUB_BASE_REF: pull.baseBranch },
    },
  };
}

/** `push` of a branch, which now points at its present commit. */
export async function pushEvent(
  { state, links, repository }: EventContext,
  { branch, login, before }: { readonly branch: string; readonly login: string; readonly before?: string },
): Promise<WorkflowEvent> {
  const after = await repository.git.reference(`refs/heads/${branch}`);
  if (after === undefined) throw new Error(`${repository.fullName} has no branch ${branch}`);
  const sender = userJson(links, state.user(login));
  return {
    payload: {
      ...{ ref: `refs/heads/${branch}`, before: before ?? '0'.repeat(40), after, head_commit: { id: after } },
      ...{ repository: repositoryJson(links, repository), sender, pusher: { name: login } },
    },
    environment: branchEnvironment({ name: 'push', branch, sha: after, login }),
  };
}

/** `schedule`: runs on the default branch. */
export async function scheduleEvent(
  { links, repository }: EventContext,
  { cron, login }: { readonly cron: string; readonly login: string },
): Promise<WorkflowEvent> {
  const branch = repository.defaultBranch;
  const sha = (await repository.git.reference(`refs/heads/${branch}`)) ?? '';
  return {
    payload: { schedule: cron, repository: repositoryJson(links, repository) },
    environment: branchEnvironment({ name: 'schedule', branch, sha, login }),
  };
}

/** `workflow_run`: runs on the default branch after the run of a pull request, whose numbers it is given. */
export async function workflowRunEvent(
  { links, repository }: EventContext,
  request: {
    readonly number: number;
    readonly run: number;
    /** Of the run it follows; the head of the pull request by default. */
    readonly headCommit?: string;
  },
): Promise<WorkflowEvent> {
  const { number, run } = request;
  const { pull, author } = findPull(repository, number);
  const branch = repository.defaultBranch;
  const sha = (await repository.git.reference(`refs/heads/${branch}`)) ?? '';
  const isFork = pull.headRepository !== repository;
  return {
    payload: {
      action: 'completed',
      workflow_run: {
        ...{ id: run, name: 'model', event: 'pull_request', status: 'completed', conclusion: 'success' },
        ...{ head_branch: pull.headBranch, head_sha: request.headCommit ?? pull.headSha, run_attempt: 1 },
        head_repository: repositoryJson(links, pull.headRepository),
        // The platform leaves it empty for forks.
        pull_requests: isFork ? [] : [{ number }],
      },
      ...{ repository: repositoryJson(links, repository), sender: userJson(links, author) },
    },
    environment: branchEnvironment({ name: 'workflow_run', branch, sha, login: author.login }),
  };
}

/** `issue_comment`: runs on the default branch, also when the comment is on a pull request. */
export async function issueCommentEvent(
  { links, repository }: EventContext,
  { commentId, action = 'created' }: { readonly commentId: number; readonly action?: string },
): Promise<WorkflowEvent> {
  const comment = repository.comments.get(commentId);
  const issue = comment === undefined ? undefined : repository.issues.get(comment.issueNumber);
  if (comment === undefined || issue === undefined) throw new Error(`There is no comment ${commentId}`);
  const branch = repository.defaultBranch;
  const sha = (await repository.git.reference(`refs/heads/${branch}`)) ?? '';
  return {
    payload: {
      ...{
        action,
        issue: issueJson(links, repository, issue),
        comment: commentJson(links, repository, comment),
      },
      ...{ repository: repositoryJson(links, repository), sender: userJson(links, comment.author) },
    },
    environment: branchEnvironment({ name: 'issue_comment', branch, sha, login: comment.author.login }),
  };
}

type BranchRun = {
  readonly name: string;
  readonly branch: string;
  readonly sha: string;
  readonly login: string;
};

function branchEnvironment({ name, branch, sha, login }: BranchRun): Record<string, string> {
  return {
    ...{
      GITHUB_EVENT_NAME: name,
      GITHUB_ACTOR: login,
      GITHUB_SHA: sha,
      GITHUB_HEAD_REF: '',
      GITHUB_BASE_REF: '',
    },
    ...{ GITHUB_REF: `refs/heads/${branch}`, GITHUB_REF_NAME: branch, GITHUB_REF_TYPE: 'branch' },
  };
}
