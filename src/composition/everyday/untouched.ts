import { posix, relative, resolve, sep } from 'node:path';
import { lockFileNameOf } from '../../core/configuration/lock-file-name.ts';
import { FETCH_PATTERNS, isTransfer, wordsOf } from '../../core/fetching/fetch-command.ts';
import type { Repository } from '../../ports/repository.ts';
import type { ModelRun } from '../../stages/model-run.ts';

/** What a pull request means for one model, from its changed files alone. */
export type Touch =
  /** Something the model depends on changed, or nobody can tell. */
  | 'touched'
  /** Nothing that the model depends on changed. */
  | 'untouched'
  /** Only the lock file changed: the candidate was judged before, and its status stands. */
  | 'lock only';

/** Compares the files that a pull request changes with those that the model is made from and judged by. */
export async function findTouch(run: ModelRun, repository: Repository | undefined): Promise<Touch> {
  const { setup } = run;
  const exam = await run.rules();
  const head = await repository?.resolveCommit('HEAD');
  if (repository === undefined || head === undefined || exam.commit === undefined || exam.commit === head)
    return 'touched';
  if (setup.configFile === undefined) return 'touched';
  const changed = await repository.changedFiles(exam.commit, head);
  const inRepository = (path: string) =>
    posix.normalize(relative(repository.directory, resolve(setup.baseDirectory, path)).split(sep).join('/'));
  const config = posix.basename(setup.configFile.split(sep).join('/'));
  if (changed.length === 1 && changed[0] === inRepository(lockFileNameOf(config))) return 'lock only';
  // A command of the user may read any file.
  if (exam.configuration.training?.kind === 'command' || !exam.coversData) return 'touched';
  const { fetch } = exam.configuration.data;
  if (fetch !== undefined && !(await isToldByPointers(fetch, exam.commit, repository))) return 'touched';
  const { data, contract } = exam.proposed;
  const sources = [data.training, data.holdout, data.source, data.reference].flatMap(
    (source) => source?.paths ?? [],
  );
  const own = [
    config,
    lockFileNameOf(config),
    ...sources,
    data.features,
    contract,
    exam.configuration.contract,
    ...(fetch === undefined ? [] : wordsOf(fetch)),
  ];
  const patterns = [
    ...own.flatMap((path) => (path === undefined ? [] : [inRepository(path)])),
    ...(fetch === undefined ? [] : FETCH_PATTERNS),
  ];
  const touched = changed.some((path) =>
    patterns.some((pattern) => path === pattern || posix.matchesGlob(path, pattern)),
  );
  return touched ? 'touched' : 'untouched';
}

/** Whether Git knows when a command would fetch other data than before. */
async function isToldByPointers(command: string, commit: string, repository: Repository): Promise<boolean> {
  return isTransfer(command) && (await repository.listFilesAt(commit, FETCH_PATTERNS)).length > 0;
}
