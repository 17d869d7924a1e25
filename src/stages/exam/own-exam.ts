import { basename, resolve } from 'node:path';
import { lockFileNameOf } from '../../core/configuration/lock-file-name.ts';
import type { ExamChange } from '../../core/documents/comparison.ts';
import { parseLock } from '../../core/release/lock-file.ts';
import { openExamFolder } from './exam-folder.ts';
import type { BaseRequest, ExamRequest } from './exam-request.ts';
import { decidingPatterns } from './fetch-plan.ts';
import type { Exam, PreparedExam } from './prepared-exam.ts';
import { pathInRepository, repositoryPath } from './repository-path.ts';
import { digestFiles, digestPointers, pathsOf, refuseMissing, runFetch } from './run-fetch.ts';

/** Nothing to protect from: the exam is the working tree itself. */
export async function prepareOwnExam(request: ExamRequest): Promise<PreparedExam> {
  const exam = await describeOwnExam(request);
  const provide = () => fetchHere(request, exam);
  return { exam, provide, provideHead: provide, digestExposed: async () => new Map() };
}

/**
 * Where the base has no rules there is nothing to protect; that the change brings its own is said. A command it
 * brings is run by nobody: it would run with the secrets of this repository before anyone has read it.
 */
export async function prepareWithoutBase(
  request: BaseRequest,
  changed: readonly ExamChange[],
): Promise<PreparedExam> {
  const own = await describeOwnExam(request);
  const exam: Exam = { ...own, commit: request.base, changed };
  const { configuration, directory } = exam;
  const provide = async () => {
    if (configuration.data.fetch === undefined) return;
    await refuseMissing(request, { paths: pathsOf(configuration), directory, why: COMMAND_OF_CHANGE });
  };
  return { exam, provide, provideHead: provide, digestExposed: async () => new Map() };
}

/** Completes "data/a.csv is not here; …" where only the change has a command that would fetch it. */
export const COMMAND_OF_CHANGE =
  'data.fetch of this pull request is not run, since commands come from the base branch: merge the config first, or fetch the data in a step before this one';

async function describeOwnExam({ setup, world, repository }: ExamRequest): Promise<Exam> {
  const lockFile =
    setup.configFile && lockFileNameOf(resolve(setup.baseDirectory, basename(setup.configFile)));
  const text = lockFile === undefined ? undefined : await world.files.readText(lockFile);
  return {
    configuration: setup.configuration,
    championModel: setup.configuration.model,
    proposed: setup.configuration,
    directory: setup.baseDirectory,
    contractDirectory: setup.baseDirectory,
    headDirectory: setup.baseDirectory,
    commit: await repository?.resolveCommit('HEAD'),
    changed: [],
    coversData: true,
    fetchRunsChange: false,
    lock: text === undefined || lockFile === undefined ? undefined : parseLock(text, lockFile),
  };
}

/** Runs the command of a config, which is that of the base branch or the user's own, beside the checked-out files. */
export async function fetchHere(
  request: ExamRequest,
  { configuration, headDirectory }: Pick<Exam, 'configuration' | 'headDirectory'>,
): Promise<void> {
  const command = configuration.data.fetch;
  if (command === undefined) return;
  const folder = await openExamFolder(request);
  await runFetch(request, {
    command,
    directory: headDirectory,
    record: folder.records.head,
    facts: await findPointers(request, { configuration, headDirectory, command }),
    brings: { paths: pathsOf(configuration), directory: headDirectory },
  });
}

/** What decides the data of the checked-out directory; a pointer that was edited and not committed counts. */
async function findPointers(
  request: ExamRequest,
  exam: Pick<Exam, 'configuration' | 'headDirectory'> & { readonly command: string },
): Promise<readonly (readonly [string, string])[]> {
  const { repository, world } = request;
  const { configuration, headDirectory, command } = exam;
  const head = await repository?.resolveCommit('HEAD');
  if (repository === undefined || head === undefined)
    return await digestPointers(request, configuration, headDirectory);
  const directory = repositoryPath(repository, headDirectory);
  const tracked = await repository.listFilesAt(head, decidingPatterns(repository, directory, command));
  const here = await world.files.find(tracked, repository.directory);
  const data = await repository.identifyFiles(
    head,
    pathsOf(configuration).flatMap((path) => pathInRepository(repository, directory, path) ?? []),
  );
  return [...(await digestFiles(request, here, repository.directory)), ...data];
}
