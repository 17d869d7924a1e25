import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLocalFiles } from '../../src/adapters/filesystem/local-files.ts';
import { openRepository } from '../../src/adapters/git/repository.ts';
import type { CodeHost, PullRequest } from '../../src/ports/code-host.ts';
import { findPullRequestOf, findSides } from '../../src/stages/other-jobs/find-pull-request.ts';
import { visitHead } from '../../src/stages/other-jobs/visit-head.ts';
import { EXAM_CONFIG, EXAM_FILES, ExamRepository } from '../support/exam-repository.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';
import { commit, ENVIRONMENT, git } from './git/scratch-repository.ts';

/** A pull request of which nothing is checked out, as in the run that judges a fork. */

let place: ExamRepository;
beforeEach(() => {
  place = new ExamRepository();
});

const WITH_FEATURES = EXAM_CONFIG.replace('holdout:', 'features: sql/features.sql, holdout:');

async function visit(sides: { head: string; base: string }, configs = ['contender.yml']) {
  const { directory } = place;
  git(directory, 'checkout', '--quiet', sides.base);
  const repository = await openRepository({ directory, environment: ENVIRONMENT });
  const files = createLocalFiles(scratchDirectory());
  return visitHead({ ...sides, configs, workingDirectory: directory }, { repository, files });
}

describe('visitHead', () => {
  it('lays out the config and the features query of the head, and nothing else', async () => {
    const { merge, base } = place.propose({
      write: { 'contender.yml': WITH_FEATURES, 'sql/features.sql': 'SELECT 1', 'train.py': 'exit()' },
    });
    const { root, workingDirectory } = await visit({ head: merge, base });
    expect(workingDirectory).toBe(root);
    expect(readFileSync(join(root, 'contender.yml'), 'utf8')).toBe(WITH_FEATURES);
    expect(readFileSync(join(root, 'sql/features.sql'), 'utf8')).toBe('SELECT 1');
    for (const absent of ['train.py', 'data/holdout.csv', 'contract.yml'])
      expect(existsSync(join(root, absent)), absent).toBe(false);
    expect(existsSync(join(place.directory, 'sql'))).toBe(false);
  });

  it('answers for HEAD with the change, whatever is checked out', async () => {
    const { merge, base } = place.propose({ write: { 'new.txt': 'x' } });
    const { repository } = await visit({ head: merge, base });
    expect(await repository.resolveCommit('HEAD')).toBe(merge);
    expect(await repository.listFilesAt('HEAD', ['new.txt'])).toEqual(['new.txt']);
    expect(await repository.changedFiles(base, 'HEAD')).toEqual(['new.txt']);
  });

  it('brings data and contract of a config that the base does not have', async () => {
    const { merge, base } = place.propose({
      write: { 'other.yml': EXAM_CONFIG.replace('fraud', 'other') },
    });
    const { root } = await visit({ head: merge, base }, ['*.yml']);
    expect(readFileSync(join(root, 'data/holdout.csv'), 'utf8')).toBe(EXAM_FILES['data/holdout.csv']);
    expect(existsSync(join(root, 'contract.yml'))).toBe(true);
  });

  it('refuses a link in the place of a file', async () => {
    const { directory } = place;
    const base = commit(directory, EXAM_FILES);
    git(directory, 'rm', '--quiet', 'contender.yml');
    symlinkSync('/etc/passwd', join(directory, 'contender.yml'));
    const head = commit(directory, {});
    await expect(visit({ head, base })).rejects.toThrow(/contender\.yml is a symbolic link/);
  });

  it('leaves a path out that leads out of the repository', async () => {
    const config = EXAM_CONFIG.replace('holdout:', 'features: ../../../etc/hostname, holdout:');
    const { merge, base } = place.propose({ write: { 'contender.yml': config } });
    const { root } = await visit({ head: merge, base });
    expect(existsSync(join(root, 'contender.yml'))).toBe(true);
  });
});

describe('findSides', () => {
  const pull = (fields: Partial<PullRequest>) => ({ testMerge: undefined, ...fields }) as PullRequest;

  async function sides(fields: Partial<PullRequest>) {
    const repository = await openRepository({ directory: place.directory, environment: ENVIRONMENT });
    return findSides(pull(fields), repository);
  }

  it('takes the test merge of this head', async () => {
    const { merge, head, base } = place.propose({});
    expect(await sides({ testMerge: merge, headCommit: head, baseCommit: 'old' })).toEqual({
      head: merge,
      base,
    });
  });

  it('takes head and base where the test merge is of another head, or gone', async () => {
    const { merge, head, base } = place.propose({});
    const own = { headCommit: base, baseCommit: head };
    expect(await sides({ ...own, testMerge: merge })).toEqual({ head: base, base: head });
    expect(await sides({ ...own, testMerge: 'f'.repeat(40) })).toEqual({ head: base, base: head });
  });
});

describe('findPullRequestOf', () => {
  const upstream = {
    ...{ run: '7', event: 'pull_request', headRepository: 'Eve/model' },
    ...{ headBranch: 'topic', headCommit: 'head' },
  };
  const pull = (number: number, fields: Partial<PullRequest> = {}) =>
    ({
      ...{ number, headRepository: 'eve/model', headCommit: 'head', baseBranch: 'main' },
      ...fields,
    }) as PullRequest;
  const find = (found: readonly PullRequest[]) =>
    findPullRequestOf(upstream, {
      pulls: { findByHead: async () => found } as unknown as CodeHost['pulls'],
      defaultBranch: async () => 'main',
    });

  it('is the one of this very head, in this very repository', async () => {
    const others = [pull(1, { headCommit: 'other' }), pull(2, { headRepository: 'mallory/model' })];
    expect((await find([...others, pull(3)]))?.number).toBe(3);
    expect(await find(others)).toBeUndefined();
  });

  it('is the one to the default branch where a commit is proposed to several', async () => {
    const lenient = pull(1, { baseBranch: 'lenient' });
    expect((await find([lenient, pull(2)]))?.number).toBe(2);
    expect((await find([pull(3, { baseBranch: 'old' }), lenient]))?.number).toBe(1);
  });
});
