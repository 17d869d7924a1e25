import { type Answer, created, GitHubError, NO_CONTENT, ok } from '../answers.ts';
import { createComment, editComment, findComment, findIssue } from '../issues.ts';
import { commentJson, commentsOf } from '../json/issue.ts';
import { answerPage } from '../pagination.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { Comment, Issue } from '../state.ts';

const READ = read('issues', 'pull-requests');
const WRITE = write('issues', 'pull-requests');

export const COMMENT_ROUTES = [
  route('issues/list-comments', READ, listComments),
  route('issues/create-comment', WRITE, postComment),
  route('issues/get-comment', READ, getComment),
  route('issues/update-comment', WRITE, patchComment),
  route('issues/delete-comment', WRITE, deleteComment),
];

function listComments(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path, query } = exchange;
  const issue = findIssue(repository, Number(path.issue_number));
  const since = new Date(query.get('since') ?? 0);
  const comments = commentsOf(repository, issue.number).filter(({ updatedAt }) => updatedAt >= since);
  return answerPage(exchange, comments, (comment) => commentJson(links, repository, comment));
}

function postComment(exchange: RepositoryExchange): Answer {
  const { state, links, repository, path, caller, body } = exchange;
  const issue = findIssue(repository, Number(path.issue_number));
  requireDiscussion(exchange, issue);
  const author = caller.author;
  const fields = { author, body: body.body as string, issueNumber: issue.number };
  return created(commentJson(links, repository, createComment(state, repository, fields)));
}

function getComment({ links, repository, path }: RepositoryExchange): Answer {
  return ok(commentJson(links, repository, findComment(repository, Number(path.comment_id))));
}

function patchComment(exchange: RepositoryExchange): Answer {
  const { state, links, repository, body } = exchange;
  const comment = findChangeableComment(exchange);
  editComment(state, comment, body.body as string);
  return ok(commentJson(links, repository, comment));
}

function deleteComment(exchange: RepositoryExchange): Answer {
  exchange.repository.comments.delete(findChangeableComment(exchange).id);
  return NO_CONTENT;
}

function findChangeableComment(exchange: RepositoryExchange): Comment {
  const { repository, path, caller } = exchange;
  const comment = findComment(repository, Number(path.comment_id));
  requireDiscussion(exchange, findIssue(repository, comment.issueNumber));
  const { token } = caller;
  const isOwn = comment.author.login === token?.login;
  const role = token?.kind === 'user' ? repository.roleOf(token.login) : 'write';
  if (!isOwn && (role === 'read' || role === 'triage')) {
    throw new GitHubError(403, 'Must have admin rights to Repository.');
  }
  return comment;
}

/** Pull requests are discussed with `pull-requests: write`, issues with `issues: write`. */
export function requireDiscussion({ caller, repository }: RepositoryExchange, issue: Issue): void {
  caller.require(repository, write(issue.pull === undefined ? 'issues' : 'pull-requests'));
}
