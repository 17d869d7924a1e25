import { type Answer, checkLength, created, GitHubError, ok } from '../answers.ts';
import { statusJson } from '../json/release.ts';
import { repositoryJson } from '../json/repository.ts';
import { apiUrl } from '../links.ts';
import { answerPage, pageOf } from '../pagination.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { Repository, Status } from '../state.ts';
import { commitOrFail } from './commits.ts';

const LONGEST_DESCRIPTION = 140;
const MOST_STATUSES = 1000;

export const STATUS_ROUTES = [
  route('repos/create-commit-status', write('statuses'), postStatus),
  route('repos/list-commit-statuses-for-ref', read('statuses'), listStatuses),
  route('repos/get-combined-status-for-ref', read('statuses'), getCombinedStatus),
];

async function postStatus({
  state,
  links,
  repository,
  path,
  caller,
  body,
}: RepositoryExchange): Promise<Answer> {
  const sha = await commitOrFail(repository, path.sha!);
  const description = (body.description as string | null | undefined) ?? null;
  checkLength(description, { resource: 'Status', field: 'description', maximum: LONGEST_DESCRIPTION });
  const context = (body.context as string | undefined) ?? 'default';
  const before = repository.statuses.filter((status) => status.sha === sha && status.context === context);
  if (before.length >= MOST_STATUSES) {
    throw new GitHubError(422, 'This SHA and context has reached the maximum number of statuses.');
  }
  const status: Status = {
    ...{ id: state.nextId(), sha, context, description, creator: caller.author, createdAt: state.now() },
    state: body.state as Status['state'],
    targetUrl: (body.target_url as string | null | undefined) ?? null,
  };
  repository.statuses.push(status);
  return created(statusJson(links, repository, status));
}

async function listStatuses(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const sha = await commitOrFail(repository, path.ref!);
  return answerPage(exchange, newestFirst(repository, sha), (status) =>
    statusJson(links, repository, status),
  );
}

async function getCombinedStatus(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const sha = await commitOrFail(repository, path.ref!);
  const latest = new Map<string, Status>();
  for (const status of newestFirst(repository, sha)) {
    if (!latest.has(status.context)) latest.set(status.context, status);
  }
  const statuses = [...latest.values()];
  const { items, headers } = pageOf(exchange, statuses);
  const url = `${apiUrl(links, repository)}/commits/${sha}`;
  return ok(
    {
      ...{
        state: combinedState(statuses),
        sha,
        total_count: statuses.length,
        commit_url: url,
        url: `${url}/status`,
      },
      statuses: items.map((status) => {
        const { creator: _, ...simple } = statusJson(links, repository, status);
        return simple;
      }),
      repository: repositoryJson(links, repository),
    },
    headers,
  );
}

function newestFirst(repository: Repository, sha: string): Status[] {
  return repository.statuses.filter((status) => status.sha === sha).reverse();
}

function combinedState(statuses: readonly Status[]): string {
  if (statuses.some(({ state }) => state === 'error' || state === 'failure')) return 'failure';
  if (statuses.length === 0 || statuses.some(({ state }) => state === 'pending')) return 'pending';
  return 'success';
}
