import { apiUrl, htmlUrl, type Links, nodeId, timestamp } from '../links.ts';
import type { Comment, Issue, Label, Repository } from '../state.ts';
import { authorAssociation, userJson } from './user.ts';

export function labelJson(links: Links, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${apiUrl(links, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: false,
  };
}

export function labelsOf(links: Links, repository: Repository, issue: Issue) {
  return issue.labels.map((name) => labelJson(links, repository, repository.labels.get(name.toLowerCase())!));
}

export function issueJson(links: Links, repository: Repository, issue: Issue) {
  const api = apiUrl(links, repository);
  const url = `${api}/issues/${issue.number}`;
  const html = issueHtmlUrl(links, repository, issue);
  return {
    id: issue.id,
    node_id: nodeId('Issue', issue.id),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: userJson(links, issue.author),
    author_association: authorAssociation(repository, issue.author),
    labels: labelsOf(links, repository, issue),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: commentsOf(repository, issue.number).length,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : timestamp(issue.closedAt),
    closed_by: issue.closedBy === null ? null : userJson(links, issue.closedBy),
    ...(issue.pull === undefined
      ? {}
      : {
          draft: issue.pull.draft,
          pull_request: {
            url: `${api}/pulls/${issue.number}`,
            html_url: html,
            diff_url: `${html}.diff`,
            patch_url: `${html}.patch`,
            merged_at: issue.pull.mergedAt === null ? null : timestamp(issue.pull.mergedAt),
          },
        }),
  };
}

export function commentJson(links: Links, repository: Repository, comment: Comment) {
  const api = apiUrl(links, repository);
  const issue = repository.issues.get(comment.issueNumber)!;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${issueHtmlUrl(links, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issueNumber}`,
    body: comment.body,
    user: userJson(links, comment.author),
    author_association: authorAssociation(repository, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
  };
}

/** Comments of an issue in ascending order of their ids. */
export function commentsOf(repository: Repository, issueNumber: number): Comment[] {
  return [...repository.comments.values()].filter((comment) => comment.issueNumber === issueNumber);
}

export function issueHtmlUrl(links: Links, repository: Repository, issue: Issue): string {
  return `${htmlUrl(links, repository)}/${issue.pull === undefined ? 'issues' : 'pull'}/${issue.number}`;
}
