import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { InputError, OutsideError } from '../../core/errors.ts';
import type { Repository } from '../../ports/repository.ts';
import { fetchCommit } from './fetch-commit.ts';
import { gitEnvironment } from './git-environment.ts';
import { type GitProcess, gitFailed, readGit, runGit, runGitToFile, splitNulls } from './git-process.ts';
import { writeLargeFile } from './large-file.ts';
import { repositoryOfAddress } from './origin.ts';
import { pathMatcher } from './path-pattern.ts';
import { addWorkTree, removeWorkTree } from './work-tree.ts';

export type RepositoryOptions = {
  /** Any directory inside the work tree. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Used for fetching only where the checkout brings no credentials of its own. */
  readonly token?: string;
  /** Where the Git host is; `https://github.com` by default. */
  readonly serverUrl?: string;
};

/**
 * Opens the repository that a directory belongs to, through the git of the machine.
 * @throws InputError when the directory is in no work tree.
 */
export async function openRepository(options: RepositoryOptions): Promise<Repository> {
  const directory = await findTopDirectory(options.directory);
  const git: GitProcess = { directory, environment: gitEnvironment(options.environment, directory) };
  const serverUrl = options.serverUrl ?? 'https://github.com';
  return {
    directory,
    resolveCommit: (revision) => resolveCommit(git, revision),
    fetchCommit: (commit) => fetchCommit(git, commit, options.token),
    parentsOf: (commit) => parentsOf(git, commit),
    readFileAt: (commit, file) => readFileAt(git, commit, file),
    listFilesAt: (commit, patterns) => listFilesAt(git, commit, patterns),
    exportFiles: (commit, paths, target) => exportFiles(git, { commit, paths, directory: target }),
    identifyFiles: (commit, patterns) => identifyFiles(git, commit, patterns),
    writeLargeFile: (request) => writeLargeFile(git, request, options.token),
    addWorkTree: async (commit, target) => addWorkTree(git, await requireCommit(git, commit), target),
    removeWorkTree: (target) => removeWorkTree(git, target),
    changedFiles: (from, to) => changedFiles(git, from, to),
    isTracked: (file) => isTracked(git, file),
    originRepository: () => originRepository(git, serverUrl),
  };
}

/** The lowest directory upwards that has a `.git`, which in a linked work tree is a file. */
async function findTopDirectory(start: string): Promise<string> {
  let directory = await realpath(path.resolve(start)).catch(() => path.resolve(start));
  while (!existsSync(path.join(directory, '.git'))) {
    const parent = path.dirname(directory);
    if (parent === directory) {
      throw new InputError(
        `${path.resolve(start)} is in no Git repository; check the repository out first (actions/checkout), or start in a clone`,
      );
    }
    directory = parent;
  }
  return directory;
}

async function resolveCommit(git: GitProcess, revision: string): Promise<string | undefined> {
  const result = await runGit(git, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  const id = result.stdout.toString('utf8').trim();
  return result.exitCode === 0 && id !== '' ? id : undefined;
}

/** Read from the commit itself: in a shallow checkout git pretends that its last commits have no parents. */
async function parentsOf(git: GitProcess, commit: string): Promise<readonly string[]> {
  const id = await requireCommit(git, commit);
  const text = await readGit(git, ['cat-file', 'commit', id]);
  const header = text.slice(0, text.indexOf('\n\n'));
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]!);
}

async function readFileAt(git: GitProcess, commit: string, file: string): Promise<Uint8Array | undefined> {
  const entry = await findEntry(git, await requireCommit(git, commit), relativePath(git, file));
  if (entry?.type !== 'blob') return undefined;
  const commandArguments = ['cat-file', 'blob', entry.id];
  const result = await runGit(git, commandArguments);
  if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
  return result.stdout;
}

async function listFilesAt(
  git: GitProcess,
  commit: string,
  patterns: readonly string[],
): Promise<readonly string[]> {
  const id = await requireCommit(git, commit);
  const listing = await readGit(git, ['ls-tree', '-r', '-z', '--full-tree', '--name-only', id]);
  return splitNulls(listing).filter(pathMatcher(patterns.map((pattern) => relativePath(git, pattern))));
}

async function identifyFiles(
  git: GitProcess,
  commit: string,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const id = await requireCommit(git, commit);
  const matches = pathMatcher(patterns.map((pattern) => relativePath(git, pattern)));
  const listing = splitNulls(await readGit(git, ['ls-tree', '-r', '-z', '--full-tree', id]));
  const entries = listing.map((line): [string, string] => {
    const end = line.indexOf('\t');
    return [line.slice(end + 1), line.slice(0, end).split(' ')[2] ?? ''];
  });
  return new Map(entries.filter(([file]) => matches(file)));
}

type ExportRequest = {
  readonly commit: string;
  readonly paths: readonly string[];
  readonly directory: string;
};

async function exportFiles(git: GitProcess, request: ExportRequest): Promise<readonly string[]> {
  const commit = await requireCommit(git, request.commit);
  const written: string[] = [];
  for (const file of request.paths.map((wanted) => relativePath(git, wanted))) {
    const entry = await findEntry(git, commit, file);
    if (entry?.type !== 'blob') continue;
    if (entry.mode === '120000') {
      throw new InputError(
        `${file} is a symbolic link at ${commit.slice(0, 12)}, which could point anywhere; commit the file itself`,
        { location: { file } },
      );
    }
    const target = path.join(request.directory, ...file.split('/'));
    await mkdir(path.dirname(target), { recursive: true });
    const commandArguments = ['cat-file', 'blob', entry.id];
    const result = await runGitToFile(git, commandArguments, target);
    if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
    written.push(file);
  }
  return written;
}

async function changedFiles(git: GitProcess, from: string, to: string): Promise<readonly string[]> {
  const [start, end] = await Promise.all([requireCommit(git, from), requireCommit(git, to)]);
  // Without rename detection a renamed file is two changed paths, as a reader by path sees it.
  const listing = await readGit(git, ['diff-tree', '-r', '-z', '--no-renames', '--name-only', start, end]);
  return splitNulls(listing);
}

async function isTracked(git: GitProcess, file: string): Promise<boolean> {
  const wanted = relativePath(git, file);
  const listing = await readGit(git, ['ls-files', '-z', '--', wanted]);
  return splitNulls(listing).includes(wanted);
}

/** The address as it is written in the config, before `insteadOf` changes it. */
async function originRepository(git: GitProcess, serverUrl: string): Promise<string | undefined> {
  const result = await runGit(git, ['config', '--get', 'remote.origin.url']);
  if (result.exitCode !== 0) return undefined;
  return repositoryOfAddress(result.stdout.toString('utf8'), serverUrl);
}

type TreeEntry = { readonly mode: string; readonly type: string; readonly id: string };

async function findEntry(git: GitProcess, commit: string, file: string): Promise<TreeEntry | undefined> {
  const listing = await readGit(git, ['ls-tree', '-z', '--full-tree', commit, '--', file]);
  for (const line of splitNulls(listing)) {
    const [mode = '', type = '', id = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    if (line.slice(line.indexOf('\t') + 1) === file) return { mode, type, id };
  }
  return undefined;
}

async function requireCommit(git: GitProcess, commit: string): Promise<string> {
  const id = await resolveCommit(git, commit);
  if (id !== undefined) return id;
  throw new OutsideError(`the commit ${commit} is not in this checkout; fetch it first (fetch-depth: 0)`);
}

/** From the top of the repository, with slashes; an absolute path must lie inside. */
function relativePath(git: GitProcess, file: string): string {
  const relative = path.isAbsolute(file) ? path.relative(git.directory, file) : file;
  const normal = path.posix.normalize(relative.split(path.sep).join('/'));
  if (normal === '..' || normal.startsWith('../') || path.posix.isAbsolute(normal)) {
    throw new InputError(`${file} is outside the repository ${git.directory}`, { location: { file } });
  }
  return normal;
}
