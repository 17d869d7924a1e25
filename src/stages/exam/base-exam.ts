import { join, resolve } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { mergeExamConfiguration } from '../../core/configuration/exam-configuration.ts';
import { lockFileNameOf } from '../../core/configuration/lock-file-name.ts';
import type { ExamChange } from '../../core/documents/comparison.ts';
import { InputError } from '../../core/errors.ts';
import { parseLock } from '../../core/release/lock-file.ts';
import { isWithoutSecrets } from '../without-secrets.ts';
import {
  type BaseConfig,
  describeDeleted,
  describeRenaming,
  findBaseConfig,
  readBaseConfiguration,
} from './base-config.ts';
import { type ExamData, findExamData } from './exam-data.ts';
import { examFolderOf } from './exam-folder.ts';
import type { BaseRequest } from './exam-request.ts';
import { type FetchPlan, planFetch } from './fetch-plan.ts';
import { COMMAND_OF_CHANGE, fetchHere, prepareWithoutBase } from './own-exam.ts';
import type { Exam, PreparedExam } from './prepared-exam.ts';
import { digestExposed, provideBaseData } from './provide-data.ts';
import { readTextAt } from './repository-path.ts';
import { refuseMissing } from './run-fetch.ts';
import { describeTouched, findTouched, findTouchedBy, type TouchedByChange } from './touched-files.ts';

/** The exam of a pull request: the base branch's, wherever it has rules. */
export async function prepareBaseExam(request: BaseRequest): Promise<PreparedExam> {
  const touched = await findTouched(request);
  const config = await findBaseConfig(request, touched.deleted);
  const deleted = await describeDeleted(request, touched.deleted, config?.path);
  const unruled = (after: string) => {
    // What a fork would be judged by is then its own word, which must not pass anything.
    if (request.headRoot !== undefined) {
      throw new InputError(
        `${request.configFile} is ${after}; a pull request from a fork is judged by the base branch's rules alone, so merge its config first`,
      );
    }
    return prepareWithoutBase(request, [{ what: request.configFile, after }, ...deleted]);
  };
  if (config === undefined) return unruled('new: the base branch has no such config');
  const rules = readBaseConfiguration(config);
  if (rules instanceof InputError)
    return unruled(`the base branch has no rules that can be read: ${rules.message}`);
  const data = await findExamData(request, rules, config.path);
  const place = { configuration: rules, configPath: config.path };
  const fetch = await planFetch(request, place, { data, touched });
  const changed = [
    ...describeRenaming(request, config),
    ...(await describeFiles(request, data, touched)),
    ...(fetch?.changed ?? []),
    ...deleted,
  ];
  return assemble(request, { config, rules, data, fetch, changed });
}

export type BaseFacts = {
  readonly config: BaseConfig;
  readonly rules: Configuration;
  readonly data: ExamData;
  readonly fetch: FetchPlan | undefined;
  readonly changed: readonly ExamChange[];
};

async function assemble(request: BaseRequest, facts: BaseFacts): Promise<PreparedExam> {
  const { setup } = request;
  const { data, fetch } = facts;
  const exam = await describeExam(request, facts);
  const provided = { data, fetch, exam };
  const isUnrun = fetch === undefined && setup.configuration.data.fetch !== undefined;
  const untracked = { paths: data.untracked, directory: exam.directory };
  return {
    exam,
    async provide() {
      await provideBaseData(request, provided);
      if (isUnrun) await refuseMissing(request, { ...untracked, why: COMMAND_OF_CHANGE });
      else if (isWithoutSecrets(request.world.context))
        await refuseMissing(request, { ...untracked, why: WITHOUT_SECRETS });
    },
    async provideHead() {
      if (fetch !== undefined) await fetchHere(request, exam);
      else if (isUnrun) {
        const { training } = exam.configuration.data;
        const paths = training?.paths ?? [];
        await refuseMissing(request, { paths, directory: exam.headDirectory, why: COMMAND_OF_CHANGE });
      }
    },
    digestExposed: () => digestExposed(request, provided),
  };
}

const WITHOUT_SECRETS =
  'it is not in Git, and runs for forks and Dependabot get no secrets to fetch it with: a run on the default branch has to judge';

async function describeExam(request: BaseRequest, facts: BaseFacts): Promise<Exam> {
  const { setup, repository, base } = request;
  const { config, rules, data, fetch, changed } = facts;
  const merged = mergeExamConfiguration(rules, setup.configuration);
  const lockPath = lockFileNameOf(config.path);
  const lockText = await readTextAt(repository, base, lockPath);
  const ofConfig: ExamChange[] = merged.changes
    .filter((change) => change.decidedBy === 'base')
    .map((change) => ({
      what: change.key,
      ...(change.base === undefined ? {} : { before: change.base }),
      ...(change.head === undefined ? {} : { after: change.head }),
    }));
  const directory = directoryOf(request, data, fetch);
  const laidOut = join(examFolderOf(request).base, data.configDirectory);
  return {
    // The name stays that of the change, so that all its documents are found by it; the change is listed.
    configuration: { ...merged.configuration, model: setup.configuration.model },
    championModel: rules.model,
    proposed: setup.configuration,
    directory,
    contractDirectory: data.contractInGit ? laidOut : directory,
    headDirectory: setup.baseDirectory,
    commit: base,
    changed: [...ofConfig, ...changed],
    coversData: data.coversData,
    fetchRunsChange: fetch?.runsChange ?? false,
    lock: lockText === undefined ? undefined : parseLock(lockText, `${lockPath} (base branch)`),
  };
}

/** Where the holdout is read: laid out from Git as soon as a part of it is there, else where it is fetched or lies. */
function directoryOf(request: BaseRequest, data: ExamData, fetch: FetchPlan | undefined): string {
  const folder = examFolderOf(request);
  if (data.tracksRows) return join(folder.base, data.configDirectory);
  if (fetch?.apart === true) return join(folder.workTree, data.configDirectory);
  return resolve(request.repository.directory, data.configDirectory);
}

async function describeFiles(
  request: BaseRequest,
  data: ExamData,
  touched: TouchedByChange,
): Promise<readonly ExamChange[]> {
  const files = (await findTouchedBy(request, data.watched, touched)).filter(
    (path) => !path.endsWith('.dvc'),
  );
  const present = new Set(await request.repository.listFilesAt(request.base, files));
  return describeTouched(files, { deleted: touched.deleted, present, role: 'judges' });
}
