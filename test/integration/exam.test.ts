import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLocalFiles } from '../../src/adapters/filesystem/local-files.ts';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { createModelReader } from '../../src/adapters/model-files/read-model-file.ts';
import { parseConfiguration } from '../../src/core/configuration/parse-configuration.ts';
import { InputError, OutsideError } from '../../src/core/errors.ts';
import { renderLock } from '../../src/core/release/lock-file.ts';
import type { RunContext } from '../../src/ports/runner.ts';
import { type Exam, layOutExam } from '../../src/stages/exam.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';
import { completed, csvOf, makeRows, useStages } from '../support/stage-harness.ts';
import { commit, ENVIRONMENT, git, initialize, write } from './git/scratch-repository.ts';

const CONFIG = `model: fraud
task: binary-classification
data: {training: data/train.csv, holdout: data/holdout.csv, target: is_fraud, positive-class: 1, id: id}
contract: contract.yml
training: {learner: gradient-boosting, parameters: {iterations: 20}}
comparison: {primary: roc_auc, margins: {roc_auc: 0.01}}
`;

const FILES = {
  'contender.yml': CONFIG,
  'contract.yml': 'version: 1.0.0\n',
  'data/train.csv': csvOf(makeRows(300, 1)),
  'data/holdout.csv': csvOf(makeRows(300, 2)),
};

type PullRequest = {
  readonly directory: string;
  readonly base: string;
  readonly head: string;
  readonly merge: string;
};

let directory: string;
beforeEach(() => {
  directory = initialize();
});

/** A pull request that changes files, checked out as the merge commit that GitHub makes. */
function pullRequest(
  change: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = FILES,
  afterwards: Readonly<Record<string, string>> = {},
): PullRequest {
  commit(directory, files);
  git(directory, 'checkout', '--quiet', '-b', 'change');
  const head = commit(directory, change);
  git(directory, 'checkout', '--quiet', 'main');
  const base =
    Object.keys(afterwards).length > 0 ? commit(directory, afterwards) : git(directory, 'rev-parse', 'main');
  git(directory, 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
  return { directory, base, head, merge: git(directory, 'rev-parse', 'HEAD') };
}

function contextOf(request: Partial<PullRequest>, more: Partial<RunContext> = {}): RunContext {
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

async function examOf(
  context: RunContext,
  options: { folder?: string; directory?: string } = {},
): Promise<Exam> {
  const top = options.directory ?? directory;
  const folder = options.folder ?? '.';
  const files = createLocalFiles(scratchDirectory());
  const configFile = join(folder, 'contender.yml');
  const repository = await openRepository({
    directory: top,
    environment: ENVIRONMENT,
    serverUrl: context.serverUrl,
  });
  return layOutExam({
    setup: {
      configuration: parseConfiguration(readFileSync(join(top, configFile), 'utf8'), configFile),
      configFile,
      baseDirectory: join(top, folder),
      evidenceDirectory: join(top, '.contender/fraud'),
    },
    world: {
      log: undefined as never,
      files,
      models: createModelReader(),
      context,
      tool: { name: 'contender', version: '0' },
      now: () => 0,
      sha256: () => '',
    },
    repository,
    workingDirectory: top,
  });
}

const whatChanged = (exam: Exam) => exam.changed.map(({ what }) => what).sort();
const textOf = (exam: Exam, path: string) => readFileSync(join(exam.directory, path), 'utf8');

describe('the exam of a pull request', () => {
  it('scores by the command of the base branch', async () => {
    const config = (command: string) =>
      CONFIG.replace(
        /training: \{learner.*\n/,
        `training: {command: make, model: model.pkl}\nscoring: {command: ${command}}\n`,
      );
    const files = { ...FILES, 'contender.yml': config('python score.py') };
    const exam = await examOf(contextOf(pullRequest({ 'contender.yml': config('python mine.py') }, files)));
    expect(exam.configuration.scoring).toEqual({ command: 'python score.py', timeLimitSeconds: 600 });
    expect(exam.proposed.scoring?.command).toBe('python mine.py');
    expect(whatChanged(exam)).toEqual(['scoring.command']);
  });

  it('is the base branch as it is now: rules, holdout and contract', async () => {
    const request = pullRequest({ 'model.py': 'x = 1' }, FILES, { 'data/holdout.csv': 'later\n1\n' });
    const exam = await examOf(contextOf(request));
    expect(exam).toMatchObject({ commit: request.base, changed: [], coversData: true });
    expect(textOf(exam, 'data/holdout.csv')).toBe('later\n1\n');
    expect(readFileSync(join(exam.contractDirectory, 'contract.yml'), 'utf8')).toBe(FILES['contract.yml']);
    expect(exam.headDirectory).toBe(join(directory, '.'));
    expect(git(directory, 'status', '--porcelain')).toBe('');
  });

  it('lets the base decide gates and lists what the change would alter in them', async () => {
    const changed = CONFIG.replace('roc_auc: 0.01', 'roc_auc: 0.9').replace(
      'iterations: 20',
      'iterations: 5',
    );
    const exam = await examOf(contextOf(pullRequest({ 'contender.yml': changed })));
    expect(exam.changed).toEqual([{ what: 'comparison.margins.roc_auc', before: '0.01', after: '0.9' }]);
    expect(exam.configuration.comparison.margins).toEqual({ roc_auc: { kind: 'absolute', value: 0.01 } });
    expect(exam.configuration.training?.parameters).toEqual({ iterations: 5 });
    expect(exam.proposed.comparison.margins).toEqual({ roc_auc: { kind: 'absolute', value: 0.9 } });
  });

  it.each([
    ['the holdout', 'data/holdout.csv'],
    ['the contract', 'contract.yml'],
  ])('judges with %s of the base and says that it was edited', async (_name, file) => {
    const exam = await examOf(contextOf(pullRequest({ [file]: 'mine\n' })));
    expect(whatChanged(exam)).toEqual([file]);
    expect(textOf(exam, file)).toBe(FILES[file as keyof typeof FILES]);
  });

  it('judges with a holdout that the change removed', async () => {
    commit(directory, FILES);
    git(directory, 'checkout', '--quiet', '-b', 'change');
    git(directory, 'rm', '--quiet', 'data/holdout.csv');
    const head = commit(directory, { 'other.txt': 'x' });
    git(directory, 'checkout', '--quiet', 'main');
    git(directory, 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
    const exam = await examOf(contextOf({ head }));
    expect(whatChanged(exam)).toEqual(['data/holdout.csv']);
    expect(textOf(exam, 'data/holdout.csv')).toBe(FILES['data/holdout.csv']);
  });

  it('pays no heed to training data and features, which are the change’s own', async () => {
    const exam = await examOf(contextOf(pullRequest({ 'data/train.csv': 'other\n' })));
    expect(exam.changed).toEqual([]);
  });

  it('lists files that a glob of the base would newly read, without reading them', async () => {
    const files = { ...FILES, 'contender.yml': CONFIG.replace('data/holdout.csv', 'data/hold*.csv') };
    const exam = await examOf(contextOf(pullRequest({ 'data/holdout-easy.csv': 'easy\n' }, files)));
    expect(whatChanged(exam)).toEqual(['data/holdout-easy.csv']);
    expect(existsSync(join(exam.directory, 'data/holdout-easy.csv'))).toBe(false);
    expect(existsSync(join(exam.directory, 'data/holdout.csv'))).toBe(true);
  });

  it('keeps the holdout when the change points at another', async () => {
    const changed = CONFIG.replace('holdout: data/holdout.csv', 'holdout: data/train.csv');
    const exam = await examOf(contextOf(pullRequest({ 'contender.yml': changed })));
    expect(exam.configuration.data.holdout?.paths).toEqual(['data/holdout.csv']);
    expect(whatChanged(exam)).toEqual(['data.holdout']);
  });

  it('refuses to hand the answer to the model', async () => {
    const changed = CONFIG.replace('target: is_fraud', 'target: kind').replace(
      'id: id',
      'id: id, columns: [amount, is_fraud]',
    );
    const context = contextOf(pullRequest({ 'contender.yml': changed }));
    await expect(examOf(context)).rejects.toThrow(InputError);
    await expect(examOf(context)).rejects.toThrow(/a model must not see its answer/);
  });

  it('names a renamed model as the change does, judged by the base’s rules', async () => {
    const changed = CONFIG.replace('model: fraud', 'model: renamed').replace(
      'primary: roc_auc',
      'primary: accuracy',
    );
    const exam = await examOf(contextOf(pullRequest({ 'contender.yml': changed })));
    expect(exam.configuration.model).toBe('renamed');
    expect(exam.configuration.comparison.primary).toBe('roc_auc');
    expect(whatChanged(exam)).toEqual(['comparison.primary', 'model']);
  });

  it('takes a new config at its word and says that it is new', async () => {
    const { 'contender.yml': config, ...others } = FILES;
    const exam = await examOf(contextOf(pullRequest({ 'contender.yml': config }, others)));
    expect(exam.changed).toEqual([{ what: 'contender.yml', after: expect.stringMatching(/^new/) }]);
    expect(exam.directory).toBe(join(directory, '.'));
  });

  it('protects the config, and the contract, where the data are not in Git', async () => {
    const { 'data/holdout.csv': holdout, 'data/train.csv': train, ...files } = FILES;
    const ignored = { ...files, '.gitignore': 'data/\n' };
    const request = pullRequest(
      { 'contract.yml': 'mine\n', 'contender.yml': CONFIG.replace('0.01', '0.5') },
      ignored,
    );
    write(directory, { 'data/holdout.csv': holdout, 'data/train.csv': train });
    const exam = await examOf(contextOf(request));
    expect(exam.coversData).toBe(false);
    expect(exam.directory).toBe(join(directory, '.'));
    expect(readFileSync(join(exam.contractDirectory, 'contract.yml'), 'utf8')).toBe(FILES['contract.yml']);
    expect(exam.configuration.comparison.margins).toEqual({ roc_auc: { kind: 'absolute', value: 0.01 } });
    expect(whatChanged(exam)).toEqual(['comparison.margins.roc_auc', 'contract.yml']);
  });

  it('follows configs in folders, and data above them', async () => {
    const config = CONFIG.replace('data/holdout.csv', '../shared/holdout.csv');
    const files = { 'models/fraud/contender.yml': config, 'models/shared/holdout.csv': 'base\n' };
    const exam = await examOf(contextOf(pullRequest({ 'models/shared/holdout.csv': 'mine\n' }, files)), {
      folder: 'models/fraud',
    });
    expect(readFileSync(join(exam.directory, '../shared/holdout.csv'), 'utf8')).toBe('base\n');
    expect(whatChanged(exam)).toEqual(['models/shared/holdout.csv']);
  });

  it('takes the windows of the lock file on the base branch', async () => {
    const lock = (to: string) =>
      renderLock({
        schemaVersion: 1,
        model: 'fraud',
        version: '1.1.0',
        digest: 'a'.repeat(64),
        trainingData: 'digest',
        windows: { training: { to }, holdout: { from: to } },
        metrics: {},
      });
    const files = { ...FILES, 'contender.lock.yml': lock('2024-01-01T00:00:00.000Z') };
    const exam = await examOf(
      contextOf(pullRequest({ 'contender.lock.yml': lock('2020-01-01T00:00:00.000Z') }, files)),
    );
    expect(exam.lock?.windows.training.to).toBe('2024-01-01T00:00:00.000Z');
  });

  it('does not let a broken base keep away the change that mends it', async () => {
    const files = { ...FILES, 'contender.yml': CONFIG.replace('primary', 'primry') };
    const context = contextOf(pullRequest({ 'contender.yml': CONFIG }, files));
    const exam = await examOf(context);
    expect(exam.changed).toEqual([
      {
        what: 'contender.yml',
        after: expect.stringMatching(/no rules that can be read: contender\.yml \(base branch\)/),
      },
    ]);
  });

  it('does not guess a base', async () => {
    commit(directory, FILES);
    const context = contextOf({ head: 'f'.repeat(40) });
    await expect(examOf(context)).rejects.toThrow(OutsideError);
    await expect(examOf(context)).rejects.toThrow(/base commit of this pull request is not known/);
  });

  it('takes the base of the event when the head itself is checked out', async () => {
    const { base, head } = pullRequest({ 'data/holdout.csv': 'mine\n' });
    git(directory, 'checkout', '--quiet', head);
    const exam = await examOf(contextOf({ head }, { baseCommit: base }));
    expect(exam.commit).toBe(base);
    expect(textOf(exam, 'data/holdout.csv')).toBe(FILES['data/holdout.csv']);
  });

  it('fetches the base into a checkout of depth 1', async () => {
    const request = pullRequest({ 'data/holdout.csv': 'mine\n' });
    git(directory, 'update-ref', 'refs/pull/1/merge', request.merge);
    git(directory, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const shallow = initialize();
    git(shallow, 'remote', 'add', 'origin', `file://${directory}`);
    git(shallow, 'fetch', '--quiet', '--depth=1', 'origin', '+refs/pull/1/merge:refs/remotes/pull/1/merge');
    git(shallow, 'checkout', '--quiet', '--force', 'refs/remotes/pull/1/merge');
    const exam = await examOf(contextOf(request), { directory: shallow });
    expect(exam.commit).toBe(request.base);
    expect(textOf(exam, 'data/holdout.csv')).toBe(FILES['data/holdout.csv']);
    expect(whatChanged(exam)).toEqual(['data/holdout.csv']);
  });
});

it.each(['push', 'schedule', 'local'] as const)('on %s the exam is what is checked out', async (event) => {
  const head = commit(directory, FILES);
  const exam = await examOf(contextOf({}, { event }));
  expect(exam).toMatchObject({
    commit: head,
    changed: [],
    coversData: true,
    directory: join(directory, '.'),
  });
});

describe('a judgement by the exam', () => {
  const stages = useStages();

  it('scores the change on the base’s holdout and tells what the proposed rules would say', async () => {
    initialize(stages.directory);
    directory = stages.directory;
    const files = { ...FILES, '.gitignore': '.contender*\n.temporary\nreleases\nmanifest-*\n' };
    const easy = csvOf(makeRows(300, 2).map((row) => ({ ...row, isFraud: row.amount > 500 })));
    const changed = CONFIG.replace(
      'margins: {roc_auc: 0.01}',
      'gates: [{metric: roc_auc, require: at-least, value: 0.1}]',
    );
    const request = pullRequest({ 'data/holdout.csv': easy, 'contender.yml': changed }, files);
    stages.context = contextOf(request);
    const repository = await openRepository({
      directory,
      environment: ENVIRONMENT,
      serverUrl: 'https://github.com',
    });
    const setup = stages.setup(changed);
    await stages.train(setup, { repository });
    const document = completed(await stages.compare(setup, {}, repository));
    expect(document.holdout.positives).toBe(makeRows(300, 2).filter((row) => row.isFraud).length);
    expect(document.exam).toMatchObject({
      commit: request.base,
      proposed: { verdict: 'no-champion', note: 'would be promoted' },
    });
    expect(document.exam.changed.map(({ what }) => what)).toContain('data/holdout.csv');
    expect(document.source.headCommit).toBe(request.head);
    const area = document.metrics.find((metric) => metric.name === 'roc_auc')!.challenger!.value;
    expect(area).toBeLessThan(0.95);
    expect(document.inputs[0]!.path).toBe('data/holdout.csv');
  });

  it('is not stopped by proposed rules that cannot be followed', async () => {
    const changed = CONFIG.replace(
      'primary: roc_auc',
      'primary: roc_auc, metrics: [roc_auc, expected_cost], cost: {false-positive: 1, false-negative: kind}',
    );
    directory = stages.directory;
    git(directory, 'checkout', '--quiet', '-B', 'main', 'HEAD^1');
    git(directory, 'branch', '--quiet', '-D', 'change');
    const request = pullRequest({ 'contender.yml': changed }, { 'note.txt': '1' });
    stages.context = contextOf(request);
    const repository = await openRepository({
      directory,
      environment: ENVIRONMENT,
      serverUrl: 'https://github.com',
    });
    const setup = stages.setup(changed);
    await stages.train(setup, { repository });
    const document = completed(await stages.compare(setup, {}, repository));
    expect(document.exam.proposed).toMatchObject({
      verdict: 'error',
      note: expect.stringMatching(/kind.*no number/),
    });
  });
});
