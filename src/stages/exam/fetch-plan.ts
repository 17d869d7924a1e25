import { posix } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { lockFileNameOf } from '../../core/configuration/lock-file-name.ts';
import type { ExamChange } from '../../core/documents/comparison.ts';
import {
  FETCH_PATTERNS,
  mayFetchOther,
  mayRunChange,
  type TouchedFiles,
  wordsOf,
} from '../../core/fetching/fetch-command.ts';
import type { Repository } from '../../ports/repository.ts';
import { configPathOf } from './base-config.ts';
import type { ExamData } from './exam-data.ts';
import type { BaseRequest } from './exam-request.ts';
import { pathInRepository } from './repository-path.ts';
import { describeTouched, findTouchedBy, type TouchedByChange } from './touched-files.ts';

/** How the data of a pull request's exam are fetched. */
export type FetchPlan = {
  readonly command: string;
  /** Whether the command must run beside the files of the base, since beside the change it may fetch other data. */
  readonly apart: boolean;
  /** Whether the command, run beside the change, may run files that it touches. */
  readonly runsChange: boolean;
  readonly changed: readonly ExamChange[];
};

/** Patterns of the files in Git that decide what a command fetches, from the top of the repository. */
export function decidingPatterns(
  repository: Repository,
  directory: string,
  command: string,
): readonly string[] {
  const named = wordsOf(command).flatMap((word) => pathInRepository(repository, directory, word) ?? []);
  return [...FETCH_PATTERNS, ...named];
}

/** Undefined where the base has no command. */
export async function planFetch(
  request: BaseRequest,
  rules: { readonly configuration: Configuration; readonly configPath: string },
  facts: { readonly data: ExamData; readonly touched: TouchedByChange },
): Promise<FetchPlan | undefined> {
  const command = rules.configuration.data.fetch;
  if (command === undefined) return undefined;
  const { data, touched } = facts;
  const patterns = decidingPatterns(request.repository, data.configDirectory, command);
  const deciding = await findTouchedBy(request, patterns, touched);
  const own = ownFiles(request, rules.configPath);
  const files: TouchedFiles = {
    changed: touched.changed,
    deciding: deciding.filter((path) => !own.includes(path)),
    own,
  };
  const inTheWay = await findTouchedBy(request, data.patterns, touched);
  return {
    command,
    apart: request.headRoot !== undefined || inTheWay.length > 0 || mayFetchOther(command, files),
    runsChange: mayRunChange(command, files),
    changed: await describePointers(request, { data, touched, deciding: files.deciding }),
  };
}

function ownFiles(request: BaseRequest, configPath: string): readonly string[] {
  const head = configPathOf(request);
  return [configPath, lockFileNameOf(configPath), head, lockFileNameOf(head)];
}

/** Pointers of training data alone are the change's own; every other one says which rows judge. */
async function describePointers(
  request: BaseRequest,
  facts: {
    readonly data: ExamData;
    readonly touched: TouchedByChange;
    readonly deciding: readonly string[];
  },
): Promise<readonly ExamChange[]> {
  const { data, touched, deciding } = facts;
  const ofExam = deciding.filter((path) => !path.endsWith('.dvc') || standsFor(path, data.patterns));
  const present = new Set(await request.repository.listFilesAt(request.base, ofExam));
  return describeTouched(ofExam, {
    deleted: touched.deleted,
    present,
    role: 'says which data judge',
  });
}

/** Whether a pointer lies beside a file, a folder or a glob of the exam. */
function standsFor(pointer: string, patterns: readonly string[]): boolean {
  const path = pointer.slice(0, -'.dvc'.length);
  return patterns.some(
    (pattern) =>
      pattern === path ||
      pattern.startsWith(`${path}/`) ||
      (/[*?[{]/.test(pattern) && posix.dirname(pattern) === posix.dirname(path)),
  );
}
