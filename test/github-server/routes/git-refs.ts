import { type Answer, created, GitHubError, NO_CONTENT, notFound, ok } from '../answers.ts';
import { apiUrl, escapePath, type Links, nodeId } from '../links.ts';
import { answerPage } from '../pagination.ts';
import { synchronizePulls } from '../pull-synchronization.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { Repository } from '../state.ts';

const READ = read('contents');
const WRITE = write('contents');

export const GIT_REFERENCE_ROUTES = [
  route('git/get-ref', READ, getReference),
  route('git/list-matching-refs', READ, listMatching),
  route('git/create-ref', WRITE, postReference),
  route('git/update-ref', WRITE, patchReference),
  route('git/delete-ref', WRITE, deleteReference),
];

async function getReference({ links, repository, path }: RepositoryExchange): Promise<Answer> {
  const name = `refs/${path.ref}`;
  const sha = await repository.git.reference(name);
  if (sha === undefined) throw notFound();
  return ok(await referenceJson(links, repository, { name, sha }));
}

async function listMatching(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const references = await repository.git.references(`refs/${path.ref}`);
  return answerPage(exchange, references, (reference) => referenceJson(links, repository, reference));
}

async function postReference(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, body } = exchange;
  const name = body.ref as string;
  const sha = body.sha as string;
  if (!/^refs\/[^/]+\/./.test(name) || !(await repository.git.isValidReferenceName(name))) {
    throw new GitHubError(422, `${name} is not a valid ref name.`);
  }
  if ((await repository.git.references('refs/heads/')).length === 0) {
    throw new GitHubError(409, 'Git Repository is empty.');
  }
  if ((await repository.git.reference(name)) !== undefined)
    throw new GitHubError(422, 'Reference already exists');
  await move(exchange, name, sha);
  return created(await referenceJson(links, repository, { name, sha }));
}

async function patchReference(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path, body } = exchange;
  const name = `refs/${path.ref}`;
  const sha = body.sha as string;
  const current = await repository.git.reference(name);
  if (current === undefined) throw new GitHubError(422, 'Reference does not exist');
  refuseLocked(repository, name);
  if (body.force !== true && !(await repository.git.isAncestor(current, sha))) {
    const exists = (await repository.git.objectType(sha)) !== undefined;
    throw new GitHubError(422, exists ? 'Update is not a fast forward' : 'Object does not exist');
  }
  await move(exchange, name, sha);
  return ok(await referenceJson(links, repository, { name, sha }));
}

async function deleteReference({ state, repository, path, caller }: RepositoryExchange): Promise<Answer> {
  const name = `refs/${path.ref}`;
  if ((await repository.git.reference(name)) === undefined)
    throw new GitHubError(422, 'Reference does not exist');
  refuseLocked(repository, name);
  if (name === `refs/heads/${repository.defaultBranch}`) {
    throw new GitHubError(422, 'Cannot delete the default branch');
  }
  await repository.git.deleteReference(name);
  await synchronizePulls(state, repository, caller.author);
  return NO_CONTENT;
}

/** Points a reference at an object, with the checks that creating and updating share. */
async function move(
  { state, repository, caller }: RepositoryExchange,
  name: string,
  sha: string,
): Promise<void> {
  const type = await repository.git.objectType(sha);
  if (type === undefined) throw new GitHubError(422, 'Object does not exist');
  if (name.startsWith('refs/heads/') && type !== 'commit') {
    throw new GitHubError(422, 'Reference update failed');
  }
  refuseLocked(repository, name);
  if (caller.token?.kind === 'actions' && type === 'commit') {
    const base = await repository.git.mergeBase(`refs/heads/${repository.defaultBranch}`, sha);
    if (base !== undefined && (await repository.git.changesWorkflows(base, sha))) {
      throw new GitHubError(403, 'Resource not accessible by integration');
    }
  }
  await repository.git.updateReference(name, sha);
  await synchronizePulls(state, repository, caller.author);
}

/** The tag of an immutable release stays, and pull request references belong to GitHub. */
function refuseLocked(repository: Repository, name: string): void {
  const tag = name.startsWith('refs/tags/') ? name.slice('refs/tags/'.length) : undefined;
  const isLocked =
    tag !== undefined &&
    [...repository.releases.values()].some((release) => release.immutable && release.tagName === tag);
  if (isLocked || name.startsWith('refs/pull/')) throw new GitHubError(422, 'Reference update failed');
}

async function referenceJson(
  links: Links,
  repository: Repository,
  { name, sha }: { readonly name: string; readonly sha: string },
) {
  const type = (await repository.git.objectType(sha)) ?? 'commit';
  const api = apiUrl(links, repository);
  return {
    ref: name,
    node_id: nodeId('Ref', `${repository.id}:${name}`),
    url: `${api}/git/${escapePath(name)}`,
    object: { sha, type, url: `${api}/git/${type}s/${sha}` },
  };
}
