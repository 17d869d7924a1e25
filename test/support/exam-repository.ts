import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createLocalFiles } from '../../src/adapters/filesystem/local-files.ts';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { createModelReader } from '../../src/adapters/model-files/read-model-file.ts';
import { createCommandRunner } from '../../src/adapters/terminal/command-runner.ts';
import { parseConfiguration } from '../../src/core/configuration/parse-configuration.ts';
import type { RunContext } from '../../src/ports/runner.ts';
import { type Exam, type PreparedExam, prepareExam } from '../../src/stages/exam.ts';
import { commit, ENVIRONMENT, git, initialize } from '../integration/git/scratch-repository.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';
import { csvOf, makeRows } from './stage-harness.ts';

export const EXAM_CONFIG = `model: fraud
task: binary-classification
data: {training: data/train.csv, holdout: data/holdout.csv, target: is_fraud, positive-class: 1, id: id}
contract: contract.yml
training: {learner: gradient-boosting, parameters: {iterations: 20}}
comparison: {primary: roc_auc, margins: {roc_auc: 0.01}}
`;

export const EXAM_FILES: Readonly<Record<string, string>> = {
  'contender.yml': EXAM_CONFIG,
  'contract.yml': 'version: 1.0.0\n',
  'data/train.csv': csvOf(makeRows(300, 1)),
  'data/holdout.csv': csvOf(makeRows(300, 2)),
};

export type PullRequest = {
  readonly directory: string;
  readonly base: string;
  readonly head: string;
  readonly merge: string;
};

/** What a pull request does: files it writes, and files it deletes. */
export type Change = {
  readonly write?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
};

/** A repository with a pull request, checked out as the merge commit that the host makes. */
export class ExamRepository {
  readonly directory = initialize();
  readonly bin = scratchDirectory();
  readonly said: string[] = [];
  readonly environment = {
    ...ENVIRONMENT,
    PATH: `${this.bin}${delimiter}${ENVIRONMENT.PATH}`,
    GITHUB_TOKEN: 'ghs_secret',
    AWS_SECRET_ACCESS_KEY: 'of-the-cloud',
  };

  propose(change: Change, files: Readonly<Record<string, string>> = EXAM_FILES): PullRequest {
    const { directory } = this;
    const base = commit(directory, files);
    git(directory, 'checkout', '--quiet', '-b', 'change');
    if (change.remove?.length) git(directory, 'rm', '--quiet', '-r', '--', ...change.remove);
    const head = commit(directory, change.write ?? { 'note.md': 'x' });
    git(directory, 'checkout', '--quiet', 'main');
    git(directory, 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
    return { directory, base, head, merge: git(directory, 'rev-parse', 'HEAD') };
  }

  contextOf(request: Partial<PullRequest>, more: Partial<RunContext> = {}): RunContext {
    return {
      event: 'pull_request',
      serverUrl: 'https://github.com',
      untrusted: false,
      defaultBranch: false,
      pullRequest: 1,
      ...(request.head ? { headCommit: request.head } : {}),
      ...more,
    };
  }

  async prepare(
    context: RunContext,
    { configFile = 'contender.yml', directory = this.directory, inGit = true } = {},
  ): Promise<PreparedExam> {
    const say = (message: string) => void this.said.push(message);
    const repository = inGit ? await openRepository({ directory, environment: this.environment }) : undefined;
    return prepareExam({
      setup: {
        configuration: parseConfiguration(readFileSync(join(directory, configFile), 'utf8'), configFile),
        configFile,
        baseDirectory: join(directory, configFile, '..'),
        evidenceDirectory: join(directory, '.contender/fraud'),
      },
      world: {
        log: {
          ...{ info: say, warning: say, error: say, debug: say, progress: () => undefined },
          group: (_title, work) => work(),
        },
        files: createLocalFiles(scratchDirectory()),
        models: createModelReader(),
        context,
        tool: { name: 'contender', version: '0' },
        now: () => 0,
        sha256: sha256Of,
      },
      repository,
      workingDirectory: directory,
      commands: createCommandRunner({ environment: this.environment }),
    });
  }

  async examOf(context: RunContext, options: Parameters<ExamRepository['prepare']>[1] = {}): Promise<Exam> {
    const { exam, provide } = await this.prepare(context, options);
    await provide();
    return exam;
  }
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export const whatChanged = (exam: Exam) => exam.changed.map(({ what }) => what).sort();
export const textOf = (exam: Exam, path: string) => readFileSync(join(exam.directory, path), 'utf8');
