import { canPush } from '../access.ts';
import { type Answer, created, ok } from '../answers.ts';
import { checkIssueText, closeIssue, createIssue, ensureLabel, findIssue, reopenIssue } from '../issues.ts';
import { commentsOf, issueJson } from '../json/issue.ts';
import { answerPage } from '../pagination.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { Issue } from '../state.ts';
import { requireDiscussion } from './comments.ts';

export const ISSUE_ROUTES = [
  route('issues/list-for-repo', read('issues', 'pull-requests'), listIssues),
  route('issues/create', write('issues'), postIssue),
  route('issues/get', read('issues', 'pull-requests'), getIssue),
  route('issues/update', write('issues', 'pull-requests'), patchIssue),
];

/** As on GitHub pull requests are in the list too. */
function listIssues(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, query } = exchange;
  const issues = [...repository.issues.values()].filter((issue) => matches(issue, query));
  const value = ORDERS[query.get('sort') ?? 'created'] ?? ORDERS.created!;
  const direction = query.get('direction') === 'asc' ? 1 : -1;
  const weigh = (issue: Issue) => value(issue, commentsOf(repository, issue.number).length);
  issues.sort((left, right) => direction * (weigh(left) - weigh(right) || left.number - right.number));
  return answerPage(exchange, issues, (issue) => issueJson(links, repository, issue));
}

const ORDERS: Readonly<Record<string, (issue: Issue, comments: number) => number>> = {
  created: (issue) => issue.createdAt.getTime(),
  updated: (issue) => issue.updatedAt.getTime(),
  comments: (_, comments) => comments,
};

function matches(issue: Issue, query: URLSearchParams): boolean {
  const state = query.get('state') ?? 'open';
  const creator = query.get('creator');
  const labels = query.get('labels')?.split(',') ?? [];
  const since = new Date(query.get('since') ?? 0);
  const names = issue.labels.map((name) => name.toLowerCase());
  return (
    (state === 'all' || issue.state === state) &&
    (creator === null || creator.toLowerCase() === issue.author.login.toLowerCase()) &&
    labels.every((label) => names.includes(label.trim().toLowerCase())) &&
    issue.updatedAt >= since
  );
}

function postIssue(exchange: RepositoryExchange): Answer {
  const { state, links, repository, caller, body } = exchange;
  const request = {
    author: caller.author,
    title: String(body.title),
    body: (body.body as string | null | undefined) ?? null,
    // Only those who may push set labels; for others GitHub drops them silently.
    labels: setsLabels(exchange) ? labelNames(body.labels) : [],
  };
  return created(issueJson(links, repository, createIssue(state, repository, request)));
}

function getIssue({ links, repository, path }: RepositoryExchange): Answer {
  return ok(issueJson(links, repository, findIssue(repository, Number(path.issue_number))));
}

function patchIssue(exchange: RepositoryExchange): Answer {
  const { state, links, repository, path, caller, body } = exchange;
  const issue = findIssue(repository, Number(path.issue_number));
  requireDiscussion(exchange, issue);
  const change = body as {
    title?: string | number;
    body?: string | null;
    state?: string;
    state_reason?: string;
  };
  const title = change.title === undefined ? issue.title : String(change.title);
  checkIssueText({ title, body: change.body ?? null });
  issue.title = title;
  if (change.body !== undefined) issue.body = change.body;
  if (body.labels !== undefined && setsLabels(exchange)) {
    issue.labels = labelNames(body.labels).map((name) => ensureLabel(state, repository, name).name);
  }
  issue.updatedAt = state.now();
  if (change.state === 'closed' && issue.state === 'open') {
    closeIssue(state, issue, caller.author, (change.state_reason as Issue['stateReason']) ?? 'completed');
  } else if (change.state === 'open' && issue.state === 'closed') {
    reopenIssue(state, issue);
  }
  return ok(issueJson(links, repository, issue));
}

function setsLabels({ caller, repository }: RepositoryExchange): boolean {
  return caller.token?.kind === 'actions' || canPush(repository.roleOf(caller.author.login));
}

/** Labels are given as names or as objects with a name. */
export function labelNames(value: unknown): string[] {
  const labels = (Array.isArray(value) ? value : []) as (string | { name?: string })[];
  return labels
    .map((label) => (typeof label === 'string' ? label : (label.name ?? '')))
    .filter((name) => name !== '');
}
