import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../core/configuration/configuration.ts';
import { mergeExamConfiguration } from '../core/configuration/exam-configuration.ts';
import { lockFileNameOf } from '../core/configuration/lock-file-name.ts';
import { parseConfiguration } from '../core/configuration/parse-configuration.ts';
import type { ExamChange } from '../core/documents/comparison.ts';
import type { Lock } from '../core/documents/manifest.ts';
import { InputError, OutsideError } from '../core/errors.ts';
import { parseLock } from '../core/release/lock-file.ts';
import type { Repository } from '../ports/repository.ts';
import type { ModelSetup } from './load-models.ts';
import type { StageWorld } from './stage.ts';

/** Where exams are laid out; never uploaded, never committed. */
const EXAM_ROOT = '.contender-exam';

/**
 * What decides a comparison, fixed before anything of the change is run: rules, holdout and contract of the
 * base branch, and the list of what the change would alter in them.
 */
export type Exam = {
  /** Rules of the base; training, features, columns and exclusions of the head. */
  readonly configuration: Configuration;
  /** Name under which the champion is looked up: that of the base, so that a new name escapes no comparison. */
  readonly championModel: string;
  /** The configuration as the change has it. */
  readonly proposed: Configuration;
  /** Directory that paths of holdout and reference start from. */
  readonly directory: string;
  /** Directory that the path of the contract starts from; it is in Git even where the data are not. */
  readonly contractDirectory: string;
  /** Directory that paths of training data and features start from. */
  readonly headDirectory: string;
  /** Commit the exam was taken from; undefined outside of Git. */
  readonly commit: string | undefined;
  readonly changed: readonly ExamChange[];
  /** False when the data are not in Git, so that only the config is protected by the base branch. */
  readonly coversData: boolean;
  /** Lock file of the base, which freezes the windows. */
  readonly lock: Lock | undefined;
};

type ExamRequest = {
  readonly setup: ModelSetup;
  readonly world: StageWorld;
  readonly repository: Repository | undefined;
  readonly workingDirectory: string;
};

/** Lays out the exam of one model: from the base branch on a pull request, else from what is checked out. */
export async function layOutExam(request: ExamRequest): Promise<Exam> {
  const { setup, repository } = request;
  const base = repository && setup.configFile !== undefined ? await findBase(request, repository) : undefined;
  if (base === undefined || repository === undefined || setup.configFile === undefined)
    return ownExam(request);
  await repository.fetchCommit(base);
  return takeFromBase({ ...request, repository, configFile: setup.configFile, base });
}

/** Nothing to protect from: the exam is the working tree itself. */
async function ownExam({ setup, world, repository }: ExamRequest): Promise<Exam> {
  const lockFile =
    setup.configFile && lockFileNameOf(resolve(setup.baseDirectory, baseName(setup.configFile)));
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
    lock: text === undefined || lockFile === undefined ? undefined : parseLock(text, lockFile),
  };
}

/** First parent of the merge commit that a pull request checks out, else the base that the event names. */
async function findBase({ world }: ExamRequest, repository: Repository): Promise<string | undefined> {
  const { context } = world;
  if (context.event !== 'pull_request' && context.event !== 'merge_group') return undefined;
  const head = await repository.resolveCommit('HEAD');
  const parents = head === undefined ? [] : await repository.parentsOf(head);
  if (parents.length === 2 && parents[1] === context.headCommit) return parents[0];
  if (context.baseCommit !== undefined) return context.baseCommit;
  throw new OutsideError(
    'the base commit of this pull request is not known; check out the merge commit of the pull request',
  );
}

type BaseRequest = ExamRequest & {
  readonly repository: Repository;
  readonly configFile: string;
  readonly base: string;
};

async function takeFromBase(request: BaseRequest): Promise<Exam> {
  const { setup, repository, base } = request;
  const configPath = repositoryPath(repository, resolve(setup.baseDirectory, baseName(request.configFile)));
  const baseText = await readTextAt(repository, base, configPath);
  if (baseText === undefined) return withoutBaseRules(request, 'new: the base branch has no such config');
  const baseConfiguration = readBaseConfiguration(baseText, request);
  if (baseConfiguration instanceof InputError) {
    return withoutBaseRules(
      request,
      `the base branch has no rules that can be read: ${baseConfiguration.message}`,
    );
  }
  const merged = mergeExamConfiguration(baseConfiguration, setup.configuration);
  const exported = await exportData(request, baseConfiguration, posix.dirname(configPath));
  const lockPath = lockFileNameOf(configPath);
  const lockText = await readTextAt(repository, base, lockPath);
  const changes: ExamChange[] = merged.changes
    .filter((change) => change.decidedBy === 'base')
    .map((change) => ({
      what: change.key,
      ...(change.base === undefined ? {} : { before: change.base }),
      ...(change.head === undefined ? {} : { after: change.head }),
    }));
  return {
    // The name stays that of the change, so that all its documents are found by it; the change is listed.
    configuration: { ...merged.configuration, model: setup.configuration.model },
    championModel: baseConfiguration.model,
    proposed: setup.configuration,
    directory: exported.directory,
    contractDirectory: exported.contractDirectory,
    headDirectory: setup.baseDirectory,
    commit: base,
    changed: [...changes, ...exported.changed],
    coversData: exported.coversData,
    lock: lockText === undefined ? undefined : parseLock(lockText, `${lockPath} (base branch)`),
  };
}

/** Where the base has no rules there is nothing to protect; that the change brings its own is said. */
async function withoutBaseRules(request: BaseRequest, after: string): Promise<Exam> {
  const exam = await ownExam(request);
  return { ...exam, commit: request.base, changed: [{ what: request.configFile, after }] };
}

/** A base that is broken must not keep the change that mends it from being judged. */
function readBaseConfiguration(text: string, { configFile }: BaseRequest): Configuration | InputError {
  try {
    return parseConfiguration(text, `${configFile} (base branch)`);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Copies the base's holdout and contract out of Git; data outside of Git stay where they are, and this is said. */
async function exportData(
  request: BaseRequest,
  configuration: Configuration,
  configDirectory: string,
): Promise<{
  readonly directory: string;
  readonly contractDirectory: string;
  readonly changed: readonly ExamChange[];
  readonly coversData: boolean;
}> {
  const { repository, base, world, setup, workingDirectory } = request;
  const { data, contract } = configuration;
  const toRepository = (path: string) => posix.normalize(posix.join(configDirectory, path));
  const sources = [data.holdout, data.source].flatMap((source) => source?.paths ?? []).map(toRepository);
  const others = [...(data.reference?.paths ?? []), ...(contract === undefined ? [] : [contract])];
  const patterns = [...sources, ...others.map(toRepository)];
  const paths = await repository.listFilesAt(base, patterns);
  const root = resolve(workingDirectory, EXAM_ROOT, setup.configuration.model);
  await world.files.remove(root);
  await world.files.write(join(workingDirectory, EXAM_ROOT, '.gitignore'), '*\n');
  await repository.exportFiles(base, paths, root);
  const head = await repository.resolveCommit('HEAD');
  const altered = head === undefined ? [] : await repository.changedFiles(base, head);
  const changed = altered
    .filter((path) => paths.includes(path) || matchesNew(path, patterns))
    .map(
      (path): ExamChange => ({
        what: path,
        before: 'the file of the base branch, which judges',
        after: 'changed by this pull request',
      }),
    );
  const coversData = paths.some((path) => sources.includes(path) || matchesNew(path, sources));
  const examDirectory = join(root, configDirectory);
  const directory = coversData ? examDirectory : setup.baseDirectory;
  const contractInGit = contract !== undefined && paths.includes(toRepository(contract));
  const contractDirectory = contractInGit ? examDirectory : directory;
  return { directory, contractDirectory, changed, coversData };
}

/** Whether a file that the base does not have would be read by one of its patterns. */
function matchesNew(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => posix.matchesGlob(path, pattern));
}

async function readTextAt(repository: Repository, commit: string, path: string): Promise<string | undefined> {
  const content = await repository.readFileAt(commit, path);
  return content === undefined ? undefined : new TextDecoder().decode(content);
}

function repositoryPath(repository: Repository, path: string): string {
  return relative(repository.directory, path).split(sep).join('/');
}

function baseName(path: string): string {
  return relative(dirname(path), path);
}
