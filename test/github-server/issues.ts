import { checkLength, GitHubError, notFound, validationFailed } from './answers.ts';
import type { Comment, GitHubState, Issue, Label, Repository, User } from './state.ts';

const LONGEST_BODY = 65_536;
const LONGEST_TITLE = 256;

export type NewIssue = {
  readonly author: User;
  readonly title: string;
  readonly body: string | null;
  readonly labels?: readonly string[];
};

export function findIssue(repository: Repository, number: number): Issue {
  const issue = repository.issues.get(number);
  if (issue === undefined) throw notFound();
  if (issue.pull === undefined && !repository.settings.hasIssues) {
    throw new GitHubError(410, 'Issues has been disabled in this repository.');
  }
  return issue;
}

/** The fields that issues and pull requests share, with the next number of the repository. */
export function newIssueRecord(state: GitHubState, repository: Repository, request: NewIssue): Issue {
  checkIssueText(request);
  const now = state.now();
  return {
    id: state.nextId(),
    number: repository.issues.size + 1,
    title: request.title,
    body: request.body,
    author: request.author,
    state: 'open',
    stateReason: null,
    labels: [...new Set((request.labels ?? []).map((name) => ensureLabel(state, repository, name).name))],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
  };
}

export function createIssue(state: GitHubState, repository: Repository, request: NewIssue): Issue {
  if (!repository.settings.hasIssues)
    throw new GitHubError(410, 'Issues has been disabled in this repository.');
  const issue = newIssueRecord(state, repository, request);
  repository.issues.set(issue.number, issue);
  return issue;
}

export function checkIssueText(text: { readonly title?: string; readonly body?: string | null }): void {
  if (text.title !== undefined && text.title.trim() === '') {
    throw validationFailed({ resource: 'Issue', code: 'missing_field', field: 'title' });
  }
  checkLength(text.title, { resource: 'Issue', field: 'title', maximum: LONGEST_TITLE });
  checkLength(text.body, { resource: 'Issue', field: 'body', maximum: LONGEST_BODY });
}

export function closeIssue(state: GitHubState, issue: Issue, by: User, reason: Issue['stateReason']): void {
  issue.state = 'closed';
  issue.stateReason = reason;
  issue.closedAt = state.now();
  issue.closedBy = by;
  issue.updatedAt = state.now();
}

export function reopenIssue(state: GitHubState, issue: Issue): void {
  issue.state = 'open';
  issue.stateReason = 'reopened';
  issue.closedAt = null;
  issue.closedBy = null;
  issue.updatedAt = state.now();
}

export type NewComment = { readonly author: User; readonly body: string };

export function createComment(
  state: GitHubState,
  repository: Repository,
  comment: NewComment & { readonly issueNumber: number },
): Comment {
  const issue = findIssue(repository, comment.issueNumber);
  checkCommentBody(comment.body);
  const now = state.now();
  const record: Comment = { id: state.nextId(), ...comment, createdAt: now, updatedAt: now };
  repository.comments.set(record.id, record);
  issue.updatedAt = now;
  return record;
}

export function findComment(repository: Repository, id: number): Comment {
  const comment = repository.comments.get(id);
  if (comment === undefined) throw notFound();
  return comment;
}

export function editComment(state: GitHubState, comment: Comment, body: string): void {
  checkCommentBody(body);
  comment.body = body;
  comment.updatedAt = state.now();
}

function checkCommentBody(body: string): void {
  if (body.trim() === '')
    throw validationFailed({ resource: 'IssueComment', code: 'missing_field', field: 'body' });
  checkLength(body, { resource: 'IssueComment', field: 'body', maximum: LONGEST_BODY });
}

/** Labels are found by name whatever the case; one that is put on an issue is made when it is new. */
export function ensureLabel(state: GitHubState, repository: Repository, name: string): Label {
  const known = repository.labels.get(name.toLowerCase());
  return known ?? createLabel(state, repository, { name, color: 'ededed', description: null });
}

export function createLabel(state: GitHubState, repository: Repository, fields: Omit<Label, 'id'>): Label {
  const label = { id: state.nextId(), ...fields };
  repository.labels.set(label.name.toLowerCase(), label);
  return label;
}
