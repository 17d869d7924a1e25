import { readChangedFiles } from '../commit-reader.ts';
import { apiUrl, type Links, nodeId, timestamp } from '../links.ts';
import type { PullRequestIssue, Repository } from '../state.ts';
import { issueHtmlUrl, labelsOf } from './issue.ts';
import { repositoryJson } from './repository.ts';
import { authorAssociation, userJson } from './user.ts';

/** GitHub's `pull-request-simple`, of lists. */
export function pullSummaryJson(links: Links, repository: Repository, issue: PullRequestIssue) {
  const { pull } = issue;
  const api = apiUrl(links, repository);
  const url = `${api}/pulls/${issue.number}`;
  const html = issueHtmlUrl(links, repository, issue);
  const comments = `${api}/issues/${issue.number}/comments`;
  const href = (address: string) => ({ href: address });
  return {
    id: issue.id,
    node_id: nodeId('PullRequest', issue.id),
    number: issue.number,
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${api}/issues/${issue.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: comments,
    statuses_url: `${api}/statuses/${pull.headSha}`,
    _links: {
      self: href(url),
      html: href(html),
      issue: href(`${api}/issues/${issue.number}`),
      comments: href(comments),
      review_comments: href(`${url}/comments`),
      review_comment: href(`${api}/pulls/comments{/number}`),
      commits: href(`${url}/commits`),
      statuses: href(`${api}/statuses/${pull.headSha}`),
    },
    state: issue.state,
    locked: false,
    active_lock_reason: null,
    title: issue.title,
    body: issue.body,
    user: userJson(links, issue.author),
    author_association: authorAssociation(repository, issue.author),
    labels: labelsOf(links, repository, issue),
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.requestedReviewers.map((reviewer) => userJson(links, reviewer)),
    requested_teams: [],
    draft: pull.draft,
    auto_merge: null,
    merge_commit_sha: pull.mergeCommitSha,
    head: sideJson(links, pull.headRepository, { branch: pull.headBranch, sha: pull.headSha }),
    base: sideJson(links, repository, { branch: pull.baseBranch, sha: pull.baseSha }),
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : timestamp(issue.closedAt),
    merged_at: pull.mergedAt === null ? null : timestamp(pull.mergedAt),
  };
}

/** GitHub's `pull-request`, with what only the page of one pull request says. */
export async function pullJson(links: Links, repository: Repository, issue: PullRequestIssue) {
  const { pull } = issue;
  const mergeBase = await repository.git.mergeBase(pull.baseSha, pull.headSha);
  const files = await readChangedFiles(repository.git, mergeBase, pull.headSha);
  const commits = await repository.git.commits([`${pull.baseSha}..${pull.headSha}`]);
  const isOpen = issue.state === 'open';
  return {
    ...pullSummaryJson(links, repository, issue),
    merged: pull.mergedAt !== null,
    merged_by: pull.mergedBy === null ? null : userJson(links, pull.mergedBy),
    mergeable: isOpen ? pull.mergeable : null,
    rebaseable: isOpen ? pull.mergeable : null,
    mergeable_state: isOpen ? (pull.mergeable ? 'clean' : 'dirty') : 'unknown',
    maintainer_can_modify: false,
    comments: [...repository.comments.values()].filter((comment) => comment.issueNumber === issue.number)
      .length,
    review_comments: 0,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

function sideJson(links: Links, repository: Repository, { branch, sha }: { branch: string; sha: string }) {
  return {
    label: `${repository.owner.login}:${branch}`,
    ref: branch,
    sha,
    user: userJson(links, repository.owner),
    repo: repositoryJson(links, repository),
  };
}
