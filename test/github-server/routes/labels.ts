import { type Answer, created, GitHubError, notFound, ok, validationFailed } from '../answers.ts';
import { createLabel, ensureLabel, findIssue } from '../issues.ts';
import { labelJson, labelsOf } from '../json/issue.ts';
import { answerPage } from '../pagination.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { Label } from '../state.ts';
import { requireDiscussion } from './comments.ts';
import { labelNames } from './issues.ts';

const READ = read('issues', 'pull-requests');
const WRITE = write('issues', 'pull-requests');
const LONGEST_DESCRIPTION = 100;

export const LABEL_ROUTES = [
  route('issues/list-labels-for-repo', READ, listLabels),
  route('issues/get-label', READ, getLabel),
  route('issues/create-label', WRITE, postLabel),
  route('issues/list-labels-on-issue', READ, listIssueLabels),
  route('issues/add-labels', WRITE, addLabels),
  route('issues/remove-label', WRITE, removeLabel),
];

function listLabels(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository } = exchange;
  return answerPage(exchange, [...repository.labels.values()], (label) =>
    labelJson(links, repository, label),
  );
}

function getLabel({ links, repository, path }: RepositoryExchange): Answer {
  const label = repository.labels.get(path.name!.toLowerCase());
  if (label === undefined) throw notFound();
  return ok(labelJson(links, repository, label));
}

function postLabel({ state, links, repository, body }: RepositoryExchange): Answer {
  const fields: Omit<Label, 'id'> = {
    name: body.name as string,
    color: (body.color as string | undefined) ?? 'ededed',
    description: (body.description as string | undefined) ?? null,
  };
  if (repository.labels.has(fields.name.toLowerCase())) {
    throw validationFailed({ resource: 'Label', code: 'already_exists', field: 'name' });
  }
  if (!/^[0-9a-f]{6}$/i.test(fields.color)) {
    throw validationFailed({ resource: 'Label', code: 'invalid', field: 'color' });
  }
  if ((fields.description?.length ?? 0) > LONGEST_DESCRIPTION) {
    throw validationFailed({ resource: 'Label', code: 'invalid', field: 'description' });
  }
  return created(labelJson(links, repository, createLabel(state, repository, fields)));
}

function listIssueLabels(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const issue = findIssue(repository, Number(path.issue_number));
  return answerPage(exchange, labelsOf(links, repository, issue), (label) => label);
}

function addLabels(exchange: RepositoryExchange): Answer {
  const { state, links, repository, path, body } = exchange;
  const issue = findIssue(repository, Number(path.issue_number));
  requireDiscussion(exchange, issue);
  const names = labelNames(Array.isArray(body) ? body : body.labels);
  const added = names.map((name) => ensureLabel(state, repository, name).name);
  issue.labels = [...new Set([...issue.labels, ...added])];
  issue.updatedAt = state.now();
  return ok(labelsOf(links, repository, issue));
}

function removeLabel(exchange: RepositoryExchange): Answer {
  const { state, links, repository, path } = exchange;
  const issue = findIssue(repository, Number(path.issue_number));
  requireDiscussion(exchange, issue);
  const wanted = path.name!.toLowerCase();
  if (!issue.labels.some((name) => name.toLowerCase() === wanted)) {
    throw new GitHubError(404, 'Label does not exist');
  }
  issue.labels = issue.labels.filter((name) => name.toLowerCase() !== wanted);
  issue.updatedAt = state.now();
  return ok(labelsOf(links, repository, issue));
}
