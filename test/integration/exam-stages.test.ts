import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { exitCodeOf, InputError } from '../../src/core/errors.ts';
import { EXAM_CONFIG, EXAM_FILES } from '../support/exam-repository.ts';
import { runCommand } from '../support/runner.ts';
import { completed, failure, useStages } from '../support/stage-harness.ts';
import { commit, ENVIRONMENT, git, initialize, write } from './git/scratch-repository.ts';

const { 'data/train.csv': TRAIN = '', 'data/holdout.csv': HOLDOUT = '', ...RULES } = EXAM_FILES;

/** The folder that a test's command copies from stands for the storage of a cloud. */
const fetching = (store: string, more = '') =>
  EXAM_CONFIG.replace('id: id', `id: id, fetch: 'mkdir -p data && cp ${store}/*.csv data${more}'`);

describe('contender on a laptop without Git', () => {
  const COMMAND = resolve(import.meta.dirname, '../../src/entries/contender.ts');
  const RUNTIME = resolve(import.meta.dirname, '../../node_modules');
  const directory = mkdtempSync(join(tmpdir(), 'contender-laptop-'));
  const store = mkdtempSync(join(tmpdir(), 'contender-store-'));
  beforeAll(() => {
    write(store, { 'train.csv': TRAIN, 'holdout.csv': HOLDOUT });
    const config = fetching(store).replace('contract: contract.yml\n', '');
    write(directory, { 'contender.yml': config.replace('id: id', 'id: id, current: data/train.csv') });
  });
  afterAll(() => {
    for (const path of [directory, store]) rmSync(path, { recursive: true, force: true });
  });

  it.each([
    ['validate-data', 0],
    ['train-model', 0],
    ['compare-models --champion none', 0],
    ['check-drift', 0],
  ])('%s fetches what it reads', async (words, expected) => {
    rmSync(join(directory, 'data'), { recursive: true, force: true });
    rmSync(join(directory, '.contender-exam'), { recursive: true, force: true });
    const given = [...words.split(' '), '--runtime-directory', RUNTIME];
    const { exitCode, standardError } = await runCommand(COMMAND, given, { directory });
    expect(exitCode, standardError).toBe(expected);
    expect(existsSync(join(directory, 'data/holdout.csv'))).toBe(true);
  });

  it('ends with code 3 when the command fails', async () => {
    rmSync(join(directory, '.contender-exam'), { recursive: true, force: true });
    rmSync(store, { recursive: true, force: true });
    const given = ['train-model', '--runtime-directory', RUNTIME];
    const { exitCode, standardError } = await runCommand(COMMAND, given, { directory });
    expect(exitCode).toBe(3);
    expect(standardError).toMatch(/data\.fetch ended with code 1: mkdir .* its last words: .*cp: /s);
  });
});

describe('a judgement', () => {
  const stages = useStages();
  const IGNORED = { ...RULES, '.gitignore': 'data/\nstore/\n.contender*\n.temporary\n' };

  /** A pull request in a repository of its own, with the data in a folder that Git does not see. */
  async function propose(base: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>) {
    const { directory } = stages;
    for (const path of ['.git', '.contender', '.contender-exam', 'data', 'tools'])
      rmSync(join(directory, path), { recursive: true, force: true });
    initialize(directory);
    commit(directory, base);
    git(directory, 'checkout', '--quiet', '-b', 'change');
    const head = commit(directory, change);
    git(directory, 'checkout', '--quiet', 'main');
    git(directory, 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
    write(directory, { 'store/train.csv': TRAIN, 'store/holdout.csv': HOLDOUT });
    stages.context = {
      ...{ event: 'pull_request', serverUrl: 'https://github.com', untrusted: false },
      ...{ defaultBranch: false, pullRequest: 1, headCommit: head },
    };
    return openRepository({ directory, environment: ENVIRONMENT });
  }

  it('of data that a script of the change fetched is its own word', async () => {
    const config = EXAM_CONFIG.replace('id: id', 'id: id, fetch: sh tools/fetch.sh').replace(
      'margins:',
      'gates: [{metric: roc_auc, require: at-least, value: 0.1}], margins:',
    );
    const script = `mkdir -p data && cp ${stages.path('store')}/*.csv data\n`;
    const base = { ...IGNORED, 'contender.yml': config, 'tools/fetch.sh': script };
    const setup = stages.setup(config);
    const harmless = await propose(base, { 'README.md': 'x' });
    await stages.train(setup, { repository: harmless });
    expect(completed(await stages.compare(setup, {}, harmless))).toMatchObject({
      promote: true,
      exam: { changed: [] },
    });
    const repository = await propose(base, { 'tools/fetch.sh': `${script}# mine\n` });
    await stages.train(setup, { repository });
    const document = completed(await stages.compare(setup, {}, repository));
    expect(document).toMatchObject({ promote: false, exam: { fetchRunsChange: true } });
    expect(document.exam.coversData).toBeUndefined();
    expect(document.exam.changed.map(({ what }) => what)).toEqual(['tools/fetch.sh']);
  });

  it('says both digests when the data are not those that the base pins', async () => {
    const config = EXAM_CONFIG.replace(
      'holdout: data/holdout.csv',
      `holdout: {path: data/holdout.csv, sha256: ${'a'.repeat(64)}}`,
    );
    const repository = await propose({ ...IGNORED, 'contender.yml': config }, { 'note.txt': '1' });
    write(stages.directory, { 'data/train.csv': TRAIN, 'data/holdout.csv': HOLDOUT });
    const setup = stages.setup(config);
    await stages.train(setup, { repository });
    const { code, message } = failure(await stages.compare(setup, {}, repository));
    expect(code).toBe('input');
    expect(message).toMatch(/has SHA-256 [0-9a-f]{64}, but a{64} is pinned; fetch the pinned version/);
  });

  it('is refused when the training command altered rows that Git does not have', async () => {
    const config = EXAM_CONFIG.replace(
      /training: \{learner.*\n/,
      'training: {command: make, model: m.onnx}\n',
    );
    const repository = await propose({ ...IGNORED, 'contender.yml': config }, { 'other.txt': '1' });
    write(stages.directory, { 'data/train.csv': TRAIN, 'data/holdout.csv': HOLDOUT });
    const run = stages.run(stages.setup(config), repository);
    await run.exam();
    await run.renewExam();
    write(stages.directory, { 'data/holdout.csv': 'easy\n' });
    const error = await run.renewExam().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(exitCodeOf(error)).toBe(2);
    expect((error as Error).message).toMatch(
      /training\.command altered data\/holdout\.csv, whose rows judge/,
    );
    expect(readFileSync(stages.path('data/holdout.csv'), 'utf8')).toBe('easy\n');
  });
});
