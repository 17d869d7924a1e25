import { join, resolve } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { isLockFileName } from '../../core/configuration/lock-file-name.ts';
import { parseConfiguration } from '../../core/configuration/parse-configuration.ts';
import { InputError } from '../../core/errors.ts';
import type { Files } from '../../ports/files.ts';
import type { Repository } from '../../ports/repository.ts';
import { pathInRepository, readTextAt, repositoryPath } from '../exam/repository-path.ts';

export type HeadRequest = {
  readonly head: string;
  readonly base: string;
  /** Paths and globs of configs, from the working directory. */
  readonly configs: readonly string[];
  readonly workingDirectory: string;
};

/** The part of a change that judging it needs, laid out as files where nothing of it can run. */
export type VisitedHead = {
  /** Stands for the top of the repository. */
  readonly root: string;
  /** Stands for the working directory. */
  readonly workingDirectory: string;
  /** The repository as if the change were checked out. */
  readonly repository: Repository;
};

/**
 * Lays out the configs of a commit that is not checked out, with the files they bring for the model. Git writes
 * them as bytes: no filter, hook or link of the change has a say.
 * @throws OutsideError when the commit cannot be fetched, InputError when one of the files is a link.
 */
export async function visitHead(
  request: HeadRequest,
  { repository, files }: { readonly repository: Repository; readonly files: Files },
): Promise<VisitedHead> {
  const { head, base, workingDirectory } = request;
  await repository.fetchCommit(head);
  await repository.fetchCommit(base);
  const root = await files.temporaryDirectory('head');
  const patterns = request.configs.map((pattern) =>
    repositoryPath(repository, resolve(workingDirectory, pattern)),
  );
  const configs = (await repository.listFilesAt(head, patterns)).filter((path) => !isLockFileName(path));
  for (const config of configs) {
    const own = await filesOf(config, { head, base, repository });
    await repository.exportFiles(head, [config, ...own], root);
  }
  return {
    root,
    workingDirectory: join(root, repositoryPath(repository, resolve(workingDirectory))),
    repository: lookAt(head, repository),
  };
}

type Places = { readonly head: string; readonly base: string; readonly repository: Repository };

/** What the head decides; where the base has no rules, also what the head's own rules read. */
async function filesOf(config: string, { head, base, repository }: Places): Promise<readonly string[]> {
  const configuration = await readConfiguration(config, head, repository);
  if (configuration === undefined) return [];
  const { data, contract } = configuration;
  const isNew = (await repository.readFileAt(base, config)) === undefined;
  const judging = [data.holdout, data.source, data.reference].flatMap((source) => source?.paths ?? []);
  const paths = [data.features, ...(isNew ? [contract, ...judging] : [])].filter(
    (path) => path !== undefined,
  );
  const directory = config.split('/').slice(0, -1).join('/');
  const patterns = paths.flatMap((path) => pathInRepository(repository, directory, path) ?? []);
  return patterns.length === 0 ? [] : await repository.listFilesAt(head, patterns);
}

/** A config that cannot be read is told about by whoever loads the models. */
async function readConfiguration(
  config: string,
  head: string,
  repository: Repository,
): Promise<Configuration | undefined> {
  try {
    return parseConfiguration((await readTextAt(repository, head, config)) ?? '', config);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function lookAt(head: string, repository: Repository): Repository {
  const at = (revision: string) => (revision === 'HEAD' ? head : revision);
  return {
    ...repository,
    resolveCommit: (revision) => repository.resolveCommit(at(revision)),
    parentsOf: (commit) => repository.parentsOf(at(commit)),
    readFileAt: (commit, path) => repository.readFileAt(at(commit), path),
    listFilesAt: (commit, patterns) => repository.listFilesAt(at(commit), patterns),
    identifyFiles: (commit, patterns) => repository.identifyFiles(at(commit), patterns),
    exportFiles: (commit, paths, directory) => repository.exportFiles(at(commit), paths, directory),
    changedFiles: (from, to) => repository.changedFiles(at(from), at(to)),
  };
}
