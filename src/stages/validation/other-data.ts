import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { PREVIOUS } from '../../core/contract/contract.ts';
import { InputError } from '../../core/errors.ts';
import type { DataEngine, DataSet } from '../../ports/data-engine.ts';
import type { Files } from '../../ports/files.ts';
import type { Repository } from '../../ports/repository.ts';
import { repositoryPath } from '../exam/repository-path.ts';
import { type DeclaredData, openDeclared } from './checked-data.ts';

/** Another data set that a rule looks at, or why there is none. */
export type OtherData = { readonly data: DataSet } | { readonly missing: string };

/** Opens the data sets that rules compare with; they are closed together. */
export type OtherDataSets = AsyncDisposable & {
  /** @param path file of an object of the contract, where the name is one. */
  open(name: string, path?: string): Promise<OtherData>;
};

export type OtherDataRequest = {
  readonly engine: DataEngine;
  readonly files: Files;
  /** The data set that is checked, and all of the run. */
  readonly own: DeclaredData;
  readonly declared: readonly DeclaredData[];
  /** Directory that paths of objects of the contract start from. */
  readonly directory: string;
  /** Where the previous version is looked for. */
  readonly history: DataHistory | undefined;
};

/** The commit that holds the previous version of the data. */
export type DataHistory = {
  readonly repository: Repository;
  readonly commit: string;
  /** Directory of the checked-out files that paths of data start from. */
  readonly directory: string;
  /** Whether it is the commit whose rules judge a change. */
  readonly isExam: boolean;
};

export function createOtherDataSets(request: OtherDataRequest): OtherDataSets {
  const opened = new Map<string, Promise<OtherData>>();
  return {
    open(name, path) {
      const key = JSON.stringify([name, path]);
      const known = opened.get(key) ?? openOther(request, name, path);
      opened.set(key, known);
      return known;
    },
    async [Symbol.asyncDispose]() {
      for (const other of opened.values()) {
        const found = await other.catch(() => undefined);
        if (found && 'data' in found) await found.data[Symbol.asyncDispose]();
      }
    },
  };
}

async function openOther(request: OtherDataRequest, name: string, path?: string): Promise<OtherData> {
  const { engine, declared, directory } = request;
  const known = declared.find((data) => data.name === name);
  if (known) return { data: await openDeclared(engine, known) };
  if (name === PREVIOUS) return await openPrevious(request);
  if (path === undefined) {
    const names = declared.map((data) => data.name).join(', ');
    return { missing: `there is no data set ${name} in this run, which has ${names}` };
  }
  const source = { paths: [path] };
  const place = (await exportChanged(request, path)) ?? directory;
  return { data: await openDeclared(engine, { name, source, directory: place, labelsExpected: false }) };
}

/**
 * A table that a rule of the base branch refers to is part of the rule: where the change touches it, the base's
 * rows count. Undefined where it does not, and where the base has no such file to be read instead.
 */
async function exportChanged(
  { history, files, directory }: OtherDataRequest,
  path: string,
): Promise<string | undefined> {
  if (history === undefined || !history.isExam || isAbsolute(path)) return undefined;
  const { repository, commit } = history;
  const shown = repositoryPath(repository, resolve(directory, path));
  if (shown.startsWith('..')) return undefined;
  const [base, head] = await Promise.all(
    [commit, 'HEAD'].map((revision) => repository.identifyFiles(revision, [shown])),
  );
  if (base === undefined || base.size === 0 || sameFiles(base, head)) return undefined;
  const target = await files.temporaryDirectory('reference');
  await repository.exportFiles(commit, [...base.keys()], target);
  return join(target, relative(repository.directory, resolve(directory)));
}

function sameFiles(
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string> | undefined,
): boolean {
  return left.size === right?.size && [...left].every(([path, id]) => right.get(path) === id);
}

/** The files of the data set as the commit has them. What a commit cannot hand out is said, and is no error. */
async function openPrevious(request: OtherDataRequest): Promise<OtherData> {
  const { history, own, engine, files } = request;
  if (history === undefined)
    return { missing: 'there is no earlier commit to take the previous version from' };
  const { repository, commit, directory } = history;
  const paths = own.source.paths.map((path) =>
    relative(repository.directory, resolve(directory, path)).split(sep).join('/'),
  );
  const short = commit.slice(0, 7);
  if (paths.some((path) => path.startsWith('..'))) return { missing: 'the data are not in the repository' };
  const found = await repository.listFilesAt(commit, paths);
  if (found.length === 0) return { missing: `commit ${short} has no ${own.source.paths.join(', ')}` };
  const target = await files.temporaryDirectory('previous');
  await repository.exportFiles(commit, found, target);
  const source = { ...own.source, paths: found.map((path) => join(target, path)), sha256: undefined };
  try {
    const { sha256: _, ...unpinned } = source;
    return { data: await openDeclared(engine, { ...own, source: unpinned, directory: target }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { missing: `the data of commit ${short} cannot be read (a pointer file, or another layout)` };
  }
}
