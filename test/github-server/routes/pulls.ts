import { type Answer, created, GitHubError, NO_CONTENT, notFound, ok, validationFailed } from '../answers.ts';
import { readChangedFiles, readCommits } from '../commit-reader.ts';
import { checkIssueText, closeIssue, reopenIssue } from '../issues.ts';
import { changedFileJson, commitJson } from '../json/commit.ts';
import { pullJson, pullSummaryJson } from '../json/pull-request.ts';
import { answerPage } from '../pagination.ts';
import { synchronizePull, synchronizePulls } from '../pull-synchronization.ts';
import { findPull, mergePull, openPull } from '../pulls.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { PullRequestIssue } from '../state.ts';

const READ = read('pull-requests');
const WRITE = write('pull-requests');

export const PULL_ROUTES = [
  route('pulls/list', READ, listPulls),
  route('pulls/create', WRITE, postPull),
  route('pulls/get', READ, getPull),
  route('pulls/update', WRITE, patchPull),
  route('pulls/list-files', READ, listFiles),
  route('pulls/list-commits', READ, listCommits),
  route('pulls/merge', write('contents'), putMerge),
  route('pulls/check-if-merged', read('contents'), checkMerged),
  route('pulls/request-reviewers', WRITE, requestReviewers),
];

function listPulls(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, query } = exchange;
  const state = query.get('state') ?? 'open';
  const base = query.get('base');
  // GitHub ignores a head that does not say whose branch it is.
  const head = query.get('head')?.includes(':') ? query.get('head') : null;
  const pulls = repository.pulls.filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      (base === null || issue.pull.baseBranch === base) &&
      (head === null || headLabel(issue) === head),
  );
  const sort = query.get('sort') ?? 'created';
  const direction = (query.get('direction') ?? (sort === 'created' ? 'desc' : 'asc')) === 'asc' ? 1 : -1;
  const date = (issue: PullRequestIssue) =>
    (sort === 'updated' ? issue.updatedAt : issue.createdAt).getTime();
  pulls.sort((left, right) => direction * (date(left) - date(right) || left.number - right.number));
  return answerPage(exchange, pulls, (issue) => pullSummaryJson(links, repository, issue));
}

async function postPull({ state, links, repository, caller, body }: RepositoryExchange): Promise<Answer> {
  if (caller.token?.kind === 'actions' && !repository.settings.allowActionsToCreatePullRequests) {
    throw new GitHubError(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  }
  if (typeof body.title !== 'string') {
    throw validationFailed({ resource: 'PullRequest', code: 'missing_field', field: 'title' });
  }
  const issue = await openPull(state, repository, {
    author: caller.author,
    title: body.title,
    body: (body.body as string | null | undefined) ?? null,
    head: body.head as string,
    base: body.base as string,
    draft: body.draft === true,
  });
  return created(await pullJson(links, repository, issue));
}

async function getPull({ links, repository, path }: RepositoryExchange): Promise<Answer> {
  return ok(await pullJson(links, repository, findPull(repository, Number(path.pull_number))));
}

async function patchPull({
  state,
  links,
  repository,
  path,
  caller,
  body,
}: RepositoryExchange): Promise<Answer> {
  const issue = findPull(repository, Number(path.pull_number));
  const change = body as { title?: string; body?: string | null; state?: string; base?: string };
  checkIssueText({ title: change.title ?? issue.title, body: change.body ?? null });
  if (change.base !== undefined && change.base !== issue.pull.baseBranch) await changeBase(change.base);
  if (change.title !== undefined) issue.title = change.title;
  if (change.body !== undefined) issue.body = change.body;
  issue.updatedAt = state.now();
  if (change.state === 'closed' && issue.state === 'open') closeIssue(state, issue, caller.author, null);
  if (change.state === 'open' && issue.state === 'closed') {
    if (issue.pull.mergedAt !== null)
      throw cannotReopen('The pull request is merged and cannot be reopened.');
    const head = await issue.pull.headRepository.git.reference(`refs/heads/${issue.pull.headBranch}`);
    if (head === undefined) throw cannotReopen('state cannot be changed. The head branch was deleted.');
    reopenIssue(state, issue);
    issue.stateReason = null;
  }
  if (issue.state === 'open') await synchronizePull(state, repository, issue, caller.author);
  return ok(await pullJson(links, repository, issue));

  async function changeBase(branch: string): Promise<void> {
    const base = await repository.git.reference(`refs/heads/${branch}`);
    if (base === undefined)
      throw validationFailed({ resource: 'PullRequest', code: 'invalid', field: 'base' });
    issue.pull.baseBranch = branch;
    issue.pull.baseSha = base;
  }
}

async function listFiles(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const { pull } = findPull(repository, Number(path.pull_number));
  const mergeBase = await repository.git.mergeBase(pull.baseSha, pull.headSha);
  const files = await readChangedFiles(repository.git, mergeBase, pull.headSha);
  return answerPage(exchange, files, (file) =>
    changedFileJson({ links, repository, revision: pull.headSha }, file),
  );
}

async function listCommits(exchange: RepositoryExchange): Promise<Answer> {
  const { repository, path } = exchange;
  const { pull } = findPull(repository, Number(path.pull_number));
  const shas = await repository.git.commits(['--reverse', `${pull.baseSha}..${pull.headSha}`]);
  const commits = await readCommits(repository.git, shas);
  return answerPage(exchange, commits, (commit) => commitJson(exchange, commit));
}

async function putMerge({ state, repository, path, caller, body }: RepositoryExchange): Promise<Answer> {
  const issue = findPull(repository, Number(path.pull_number));
  const method = (body.merge_method as string | undefined) ?? 'merge';
  if (method === 'rebase') throw new GitHubError(405, 'Rebase merges are not allowed on this repository.');
  const sha = await mergePull(
    state,
    { repository, issue },
    {
      by: caller.author,
      method: method === 'squash' ? 'squash' : 'merge',
      title: body.commit_title as string | undefined,
      message: body.commit_message as string | undefined,
      expectedHead: body.sha as string | undefined,
    },
  );
  await synchronizePulls(state, repository, caller.author);
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

function checkMerged({ repository, path }: RepositoryExchange): Answer {
  if (findPull(repository, Number(path.pull_number)).pull.mergedAt === null) throw notFound();
  return NO_CONTENT;
}

function requestReviewers({ state, links, repository, path, body }: RepositoryExchange): Answer {
  const issue = findPull(repository, Number(path.pull_number));
  if (((body.team_reviewers as string[] | undefined) ?? []).length > 0) {
    throw new GitHubError(422, 'Could not resolve to a node with the global id of a team.');
  }
  for (const login of (body.reviewers as string[] | undefined) ?? []) {
    const reviewer = state.findUser(login);
    const isCollaborator =
      login.toLowerCase() === repository.owner.login.toLowerCase() ||
      repository.collaborators.has(login.toLowerCase());
    if (reviewer === undefined || !isCollaborator) {
      throw new GitHubError(
        422,
        'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a ' +
          `collaborator of the ${repository.fullName} repository.`,
      );
    }
    if (reviewer === issue.author) {
      throw new GitHubError(422, 'Review cannot be requested from pull request author.');
    }
    if (!issue.pull.requestedReviewers.includes(reviewer)) issue.pull.requestedReviewers.push(reviewer);
  }
  return created(pullSummaryJson(links, repository, issue));
}

function headLabel({ pull }: PullRequestIssue): string {
  return `${pull.headRepository.owner.login}:${pull.headBranch}`;
}

function cannotReopen(message: string): GitHubError {
  return validationFailed({ resource: 'PullRequest', code: 'invalid', field: 'state', message });
}
