import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type GitHubState, Repository, type RepositorySettings, type Role } from './state.ts';

export type NewRepository = {
  readonly owner: string;
  readonly name: string;
  readonly private?: boolean;
  /** `main` when left out. */
  readonly defaultBranch?: string;
  /** Content of the first commit by path; the repository is empty without `files` and `directory`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** A directory on disk that the first commit holds. */
  readonly directory?: string;
  readonly settings?: Partial<RepositorySettings>;
  readonly collaborators?: Readonly<Record<string, Role>>;
};

const NEW_REPOSITORY_SETTINGS: RepositorySettings = {
  allowActionsToCreatePullRequests: false,
  immutableReleases: false,
  hasIssues: true,
  deleteBranchOnMerge: false,
  assetDownload: 'redirect',
};

/** Makes a repository under `root` with its first commit, by the owner. */
export async function createRepository(
  state: GitHubState,
  root: string,
  request: NewRepository,
): Promise<Repository> {
  const repository = await register(state, root, { ...request, parent: undefined });
  await repository.git.initialize(repository.defaultBranch);
  for (const [login, role] of Object.entries(request.collaborators ?? {})) {
    repository.collaborators.set(state.user(login).login.toLowerCase(), role);
  }
  if (request.files === undefined && request.directory === undefined) return repository;
  const fromDirectory =
    request.directory === undefined
      ? undefined
      : await repository.git.createTreeFromDirectory(request.directory);
  const files = Object.entries(request.files ?? {});
  const changes = files.map(([file, content]) => ({ path: file, mode: '100644', content }));
  const { name, email } = repository.owner;
  const signature = { name, email, date: state.now() };
  const commit = await repository.git.createCommit({
    ...{
      tree: await repository.git.createTree(fromDirectory, changes),
      parents: [],
      message: 'Initial commit',
    },
    ...{ author: signature, committer: signature },
  });
  await repository.git.updateReference(`refs/heads/${repository.defaultBranch}`, commit);
  return repository;
}

/** A fork with the branches and tags of its parent. */
export async function forkRepository(
  state: GitHubState,
  root: string,
  { parent, owner }: { readonly parent: Repository; readonly owner: string },
): Promise<Repository> {
  const { name, private: isPrivate, defaultBranch, settings } = parent;
  const fork = await register(state, root, {
    owner,
    name,
    private: isPrivate,
    defaultBranch,
    settings,
    parent,
  });
  await fork.git.initializeFrom(parent.git);
  return fork;
}

async function register(
  state: GitHubState,
  root: string,
  request: NewRepository & { readonly parent: Repository | undefined },
): Promise<Repository> {
  if (state.findRepository(request.owner, request.name) !== undefined) {
    throw new Error(`There already is a repository ${request.owner}/${request.name}`);
  }
  const directory = path.join(root, request.owner, `${request.name}.git`);
  await mkdir(directory, { recursive: true });
  const repository = new Repository({
    id: state.nextId(),
    owner: state.user(request.owner),
    name: request.name,
    private: request.private ?? false,
    defaultBranch: request.defaultBranch ?? 'main',
    directory,
    settings: { ...NEW_REPOSITORY_SETTINGS, ...request.settings },
    createdAt: state.now(),
    parent: request.parent,
  });
  state.repositories.push(repository);
  return repository;
}
