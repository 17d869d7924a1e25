import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { DataUnavailableError, InputError, OutsideError } from '../../src/core/errors.ts';
import {
  EXAM_CONFIG,
  EXAM_FILES,
  ExamRepository,
  sha256Of,
  textOf,
  whatChanged,
} from '../support/exam-repository.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';
import { commit, git, write } from './git/scratch-repository.ts';

const { 'data/train.csv': TRAIN = '', 'data/holdout.csv': HOLDOUT = '', ...RULES } = EXAM_FILES;
const CONFIG = EXAM_CONFIG.replace('id: id', 'id: id, fetch: dvc pull data/');
const pointer = (content: string) => `outs:\n- sha256: ${sha256Of(content)}\n  path: data\n`;
const FILES = {
  ...RULES,
  'contender.yml': CONFIG,
  'data/.gitignore': '*.csv\n',
  'data/train.csv.dvc': pointer(TRAIN),
  'data/holdout.csv.dvc': pointer(HOLDOUT),
};

let repository: ExamRepository;
let store: string;
beforeEach(() => {
  repository = new ExamRepository();
  store = scratchDirectory();
  for (const content of [TRAIN, HOLDOUT, 'other\n']) write(store, { [sha256Of(content)]: content });
  program(
    'dvc',
    `echo "$PWD" >> ${store}/runs
for file in data/*.dvc; do cp ${store}/$(sed -n 's/.*sha256: //p' "$file") "\${file%.dvc}" || exit 7; done
env | grep -E '^(GITHUB_TOKEN|AWS_SECRET)' > ${store}/secrets
echo pulled`,
  );
});

/** A program of the machine, outside of the repository. */
function program(name: string, script: string): void {
  writeFileSync(join(repository.bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(repository.bin, name), 0o755);
}

const runs = (): readonly string[] =>
  existsSync(join(store, 'runs')) ? readFileSync(join(store, 'runs'), 'utf8').trim().split('\n') : [];

describe('data that a command fetches, on a pull request', () => {
  it('are fetched once, beside the change, when it touches nothing that decides them', async () => {
    const request = repository.propose({ write: { 'model.py': 'x = 1' } }, FILES);
    const { exam, provide, provideHead } = await repository.prepare(repository.contextOf(request));
    await provide();
    await provideHead();
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(exam).toMatchObject({ coversData: true, changed: [], fetchRunsChange: false });
    expect(runs()).toEqual([repository.directory]);
    expect(git(repository.directory, 'status', '--porcelain')).toBe('');
    expect(readFileSync(join(store, 'secrets'), 'utf8')).toBe('AWS_SECRET_ACCESS_KEY=of-the-cloud\n');
  });

  it('are skipped by the next stage, and fetched again once a pointer changes', async () => {
    const request = repository.propose({ write: { 'model.py': 'x = 1' } }, FILES);
    const context = repository.contextOf(request, { run: '1', attempt: '1' });
    await repository.examOf(context);
    await repository.examOf(context);
    expect(runs()).toHaveLength(1);
    expect(repository.said.join('\n')).toMatch(/data\.fetch is skipped/);
    write(repository.directory, { 'data/train.csv.dvc': pointer('other\n') });
    const { provideHead } = await repository.prepare(context);
    await provideHead();
    expect(runs()).toHaveLength(2);
    await repository.examOf({ ...context, run: '2' });
    expect(runs()).toHaveLength(3);
  });

  it('are fetched again where they are gone, though no pointer changed', async () => {
    const request = repository.propose({ write: { 'model.py': 'x = 1' } }, FILES);
    const context = repository.contextOf(request, { run: '1', attempt: '1' });
    await repository.examOf(context);
    rmSync(join(repository.directory, 'data/holdout.csv'));
    const { exam, provide } = await repository.prepare(context);
    await provide();
    expect(runs()).toHaveLength(2);
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
  });

  it('are the base’s when the change moves a pointer, and the change trains on its own', async () => {
    const change = { 'data/holdout.csv.dvc': pointer('other\n'), 'data/train.csv.dvc': pointer('other\n') };
    const request = repository.propose({ write: change }, FILES);
    const { exam, provide, provideHead } = await repository.prepare(repository.contextOf(request));
    await provide();
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(existsSync(join(repository.directory, 'data/train.csv'))).toBe(false);
    await provideHead();
    expect(readFileSync(join(exam.headDirectory, 'data/train.csv'), 'utf8')).toBe('other\n');
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(exam.changed).toEqual([
      {
        what: 'data/holdout.csv.dvc',
        before: 'the file of the base branch, which says which data judge',
        after: 'changed by this pull request',
      },
    ]);
    expect(exam.coversData).toBe(true);
    expect(git(repository.directory, 'status', '--porcelain')).toBe('');
  });

  it('are the base’s when the change commits a file in their place', async () => {
    const request = repository.propose(
      { write: { 'data/.gitignore': '', 'data/holdout.csv': 'other\n' } },
      FILES,
    );
    const exam = await repository.examOf(repository.contextOf(request));
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(exam.changed).toContainEqual({
      what: 'data/holdout.csv',
      after: 'added by this pull request, and no part of what judges',
    });
  });

  it('survive a run that was killed while it checked the base out', async () => {
    const request = repository.propose({ write: { 'data/holdout.csv.dvc': pointer('other\n') } }, FILES);
    const context = repository.contextOf(request);
    const exam = await repository.examOf(context);
    const tree = join(exam.directory);
    // What a killed `git worktree add` leaves: metadata with a lock, and half a directory without a record.
    git(repository.directory, 'worktree', 'lock', tree);
    rmSync(tree, { recursive: true });
    mkdirSync(tree);
    writeFileSync(join(tree, 'half'), '');
    const again = await repository.examOf(context);
    expect(textOf(again, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(existsSync(join(tree, 'half'))).toBe(false);
    expect(runs()).toHaveLength(2);
  });

  it('leave no work tree behind where none is needed any more', async () => {
    const moved = repository.propose({ write: { 'data/holdout.csv.dvc': pointer('other\n') } }, FILES);
    const exam = await repository.examOf(repository.contextOf(moved));
    git(repository.directory, 'checkout', '--quiet', '-b', 'inert', moved.base);
    const head = commit(repository.directory, { 'contender.yml': EXAM_CONFIG, 'data/holdout.csv': HOLDOUT });
    await repository.examOf(repository.contextOf({ head }, { baseCommit: head }));
    expect(existsSync(exam.directory)).toBe(false);
    expect(git(repository.directory, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('are never fetched by the command of the change', async () => {
    const mine = CONFIG.replace('dvc pull data/', `touch ${store}/taken`);
    const request = repository.propose({ write: { 'contender.yml': mine } }, FILES);
    const { exam, provide, provideHead } = await repository.prepare(repository.contextOf(request));
    await provide();
    await provideHead();
    expect(exam.changed).toEqual([
      { what: 'data.fetch', before: 'dvc pull data/', after: `touch ${store}/taken` },
    ]);
    expect(existsSync(join(store, 'taken'))).toBe(false);
    expect(runs()).toEqual([repository.directory]);
  });

  it('are not fetched by a command that the base does not have, and this is said', async () => {
    const mine = EXAM_CONFIG.replace('id: id', `id: id, fetch: touch ${store}/taken`);
    const files = { ...FILES, 'contender.yml': EXAM_CONFIG };
    const examining = repository.examOf(
      repository.contextOf(repository.propose({ write: { 'contender.yml': mine } }, files)),
    );
    await expect(examining).rejects.toThrow(InputError);
    await expect(examining).rejects.toThrow(
      /data\/holdout\.csv is not here; data\.fetch of this pull request/,
    );
    expect(existsSync(join(store, 'taken'))).toBe(false);
  });

  it('are not fetched by a config that is new', async () => {
    const { 'contender.yml': _config, ...files } = FILES;
    const mine = CONFIG.replace('dvc pull data/', `touch ${store}/taken`);
    const context = repository.contextOf(repository.propose({ write: { 'contender.yml': mine } }, files));
    await expect(repository.examOf(context)).rejects.toThrow(/merge the config first/);
    expect(existsSync(join(store, 'taken'))).toBe(false);
  });
});

describe('a command that runs a script of the repository', () => {
  const scripted = {
    ...FILES,
    'contender.yml': EXAM_CONFIG.replace('id: id', 'id: id, fetch: sh tools/fetch.sh'),
    'tools/fetch.sh': 'dvc pull data/\n',
  };

  it('runs the base’s script for the exam, and what trains beside the change is its own word', async () => {
    const mine = {
      'tools/fetch.sh': 'printf "easy\\n" > data/holdout.csv; printf "easy\\n" > data/train.csv\n',
    };
    const request = repository.propose({ write: mine }, scripted);
    const { exam, provide, provideHead } = await repository.prepare(repository.contextOf(request));
    await provide();
    await provideHead();
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(readFileSync(join(exam.headDirectory, 'data/train.csv'), 'utf8')).toBe('easy\n');
    expect(exam).toMatchObject({ fetchRunsChange: true, coversData: true });
    expect(whatChanged(exam)).toEqual(['tools/fetch.sh']);
  });

  it('is run beside the base for files that it does not name too, since it may read any', async () => {
    const request = repository.propose({ write: { 'tools/helper.sh': 'x' } }, scripted);
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam.directory).toMatch(/work-tree$/);
    expect(exam.fetchRunsChange).toBe(true);
  });

  it('is run beside a change of the config alone', async () => {
    const config = scripted['contender.yml'].replace('iterations: 20', 'iterations: 5');
    const request = repository.propose({ write: { 'contender.yml': config } }, scripted);
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam.directory).toBe(repository.directory);
    expect(exam.fetchRunsChange).toBe(false);
  });
});

describe('a command that fails', () => {
  const failing = { ...FILES, 'data/holdout.csv.dvc': pointer('nobody has this') };

  it('stops the stage as something outside, with its code and last words', async () => {
    const context = repository.contextOf(repository.propose({}, failing));
    const examining = repository.examOf(context);
    await expect(examining).rejects.toThrow(OutsideError);
    await expect(examining).rejects.toThrow(
      /data\.fetch ended with code 7: dvc pull data\/; its last words: .*cp: /s,
    );
    program('dvc', `cp ${store}/${sha256Of(HOLDOUT)} data/holdout.csv`);
    expect(textOf(await repository.examOf(context), 'data/holdout.csv')).toBe(HOLDOUT);
  });

  it('means data that cannot be had where secrets are withheld', async () => {
    const context = repository.contextOf(repository.propose({}, failing), { untrusted: true });
    await expect(repository.examOf(context)).rejects.toThrow(DataUnavailableError);
  });
});

it('data that lie outside of Git cannot be had either where secrets are withheld', async () => {
  const files = { ...RULES, 'contender.yml': EXAM_CONFIG };
  const request = repository.propose({}, files);
  const context = repository.contextOf(request, { untrusted: true });
  await expect(repository.examOf(context)).rejects.toThrow(DataUnavailableError);
  await expect(repository.examOf(context)).rejects.toThrow(
    /data\/holdout\.csv is not here; it is not in Git/,
  );
});

describe('elsewhere than on a pull request', () => {
  it.each([true, false])('the config’s own command is run (in Git: %s)', async (inGit) => {
    commit(repository.directory, FILES);
    const context = repository.contextOf({}, { event: 'local' });
    const exam = await repository.examOf(context, { inGit });
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    await repository.examOf(context, { inGit });
    expect(runs()).toHaveLength(1);
    write(repository.directory, { 'data/holdout.csv.dvc': pointer('other\n') });
    expect(textOf(await repository.examOf(context, { inGit }), 'data/holdout.csv')).toBe('other\n');
  });
});
