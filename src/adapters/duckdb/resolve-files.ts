import { glob, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { InputError } from '../../core/errors.ts';

/** A declared file that exists. */
export type ResolvedFile = {
  /** As messages and evidence show it: relative to the base directory where it lies beneath. */
  readonly shownPath: string;
  /** Without symbolic links, as the database is told. */
  readonly realPath: string;
  readonly bytes: number;
  /** Directories `key=value` that a pattern matched, outermost first; null for the value that means missing. */
  readonly partitions?: readonly Partition[];
};

export type Partition = { readonly key: string; readonly value: string | null };

export type ResolveFilesRequest = {
  /** How messages call the data. */
  readonly name: string;
  readonly baseDirectory: string;
  readonly paths: readonly string[];
  /** Directory that no file may lie outside of, symbolic links followed. */
  readonly rootDirectory?: string;
};

/**
 * The files that paths and globs name: globs in sorted order, each file once.
 * @throws InputError for a path without a file (naming near ones), a pointer without its data, a directory,
 *   a glob without a match, and a file outside the root directory.
 */
export async function resolveFiles(request: ResolveFilesRequest): Promise<readonly ResolvedFile[]> {
  const found = new Map<string, ResolvedFile>();
  for (const path of request.paths) {
    for (const file of await expandPath(request, path)) {
      const resolved = { ...(await resolveFile(request, file)), ...partitionsOf(request, path, file) };
      found.set(resolved.realPath, resolved);
    }
  }
  if (found.size === 0) throw new InputError(`${request.name}: no file is declared`);
  return [...found.values()];
}

async function expandPath(request: ResolveFilesRequest, path: string): Promise<readonly string[]> {
  refuseAddress(request.name, path);
  const absolute = resolve(request.baseDirectory, path);
  // A file whose name has brackets in it is that file, not a pattern.
  if (!/[*?[{]/.test(path) || (await exists(absolute))) return [absolute];
  const pattern = isAbsolute(path) ? path : join(request.baseDirectory, path);
  const matches: string[] = [];
  for await (const entry of glob(pattern, { withFileTypes: true })) {
    if (!entry.isDirectory()) matches.push(resolve(entry.parentPath, entry.name));
  }
  // A pointer lies beside its data and is not data itself.
  const files = matches.filter((file) => !file.endsWith('.dvc'));
  if (files.length > 0) return files.sort();
  if (matches.length > 0)
    throw missingBehindPointer(request.name, `${path}.dvc`.replace('.dvc.dvc', '.dvc'), path);
  throw new InputError(`${request.name}: no file matches "${path}"; correct the pattern or add the files`);
}

/** Only files of the machine are read: the engine is locked, and no extension of it is ever fetched. */
function refuseAddress(name: string, path: string): void {
  // A drive of Windows is one letter.
  const address = /^([a-z][a-z0-9+.-]+):\/\/([^?#]*)/i.exec(path);
  if (address === null) return;
  const shown = `${address[1]}://${address[2]!.replace(/^[^/@]*@/, '')}`;
  // Data given on the command line are called by their path, which may hold a secret.
  const subject = name === path ? shown : `${name}: ${shown}`;
  throw new InputError(
    `${subject} is on the network, and the engine has no extension to read from there (it is never fetched at run time); download the file in a step before, or by data.fetch, and name the file`,
  );
}

async function resolveFile(request: ResolveFilesRequest, path: string): Promise<ResolvedFile> {
  const shownPath = shownPathOf(request.baseDirectory, path);
  const status = await statusOf(request.name, path, shownPath);
  if (status === undefined) throw await missingFile(request, path, shownPath);
  if (status.isDirectory()) {
    throw new InputError(
      `${request.name}: ${shownPath} is a directory; name its files, for instance ${shownPath}/*.parquet`,
    );
  }
  if (!status.isFile()) throw new InputError(`${request.name}: ${shownPath} is not a regular file`);
  const realPath = await realpath(path);
  if (request.rootDirectory !== undefined && !isBeneath(await realpath(request.rootDirectory), realPath)) {
    throw new InputError(
      `${request.name}: ${shownPath} lies outside the directory whose files may be read; move it there or name another file`,
    );
  }
  return { shownPath, realPath, bytes: status.size };
}

async function statusOf(name: string, path: string, shownPath: string) {
  try {
    return await stat(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw new InputError(`${name}: ${shownPath} cannot be read (${code}); check its permissions`, {
      cause: error,
    });
  }
}

async function missingFile(
  request: ResolveFilesRequest,
  path: string,
  shownPath: string,
): Promise<InputError> {
  if (await exists(`${path}.dvc`)) return missingBehindPointer(request.name, `${shownPath}.dvc`, shownPath);
  const near = await nearNames(path);
  const hint =
    near.length > 0
      ? `did you mean ${near.map((name) => shownPathOf(request.baseDirectory, join(dirname(path), name))).join(' or ')}?`
      : 'correct the path or add the file';
  return new InputError(`${request.name}: ${shownPath} does not exist; ${hint}`);
}

function missingBehindPointer(name: string, pointer: string, path: string): InputError {
  return new InputError(
    `${name}: ${path} is not here, only its DVC pointer ${pointer}; run \`dvc pull\` before this stage (data.fetch does it)`,
  );
}

/** Up to three files of the directory whose names are like the missing one's. */
async function nearNames(path: string): Promise<readonly string[]> {
  const wanted = basename(path);
  const names = await readdir(dirname(path)).catch(() => []);
  return names
    .map((name) => ({ name, edits: distance(name.toLowerCase(), wanted.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(2, Math.floor(Math.max(name.length, wanted.length) / 3)))
    .sort((left, right) => left.edits - right.edits || (left.name < right.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

function shownPathOf(baseDirectory: string, path: string): string {
  const base = resolve(baseDirectory);
  return isBeneath(base, path) ? relative(base, path).split(sep).join('/') : path;
}

function isBeneath(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Directories that are written out in the path are a choice of the user, and no values of the data. */
function partitionsOf(
  { baseDirectory }: ResolveFilesRequest,
  pattern: string,
  file: string,
): { readonly partitions?: readonly Partition[] } {
  const written = resolve(baseDirectory, pattern).split(sep);
  const firstMatched = written.findIndex((segment) => /[*?[{]/.test(segment));
  const segments = file.split(sep);
  if (firstMatched < 0 || file === written.join(sep)) return {};
  const partitions = segments.slice(firstMatched, -1).flatMap((segment) => {
    const match = /^([^=]+)=(.*)$/.exec(segment);
    return match === null ? [] : [{ key: decoded(match[1]!), value: partitionValue(match[2]!) }];
  });
  return partitions.length === 0 ? {} : { partitions };
}

function partitionValue(text: string): string | null {
  return text === '' || text === '__HIVE_DEFAULT_PARTITION__' ? null : decoded(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
