import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openRepository } from '../../../src/adapters/git/repository.ts';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import type { Repository } from '../../../src/ports/repository.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import { commit, ENVIRONMENT, git, initialize, write } from './scratch-repository.ts';

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
const BINARY = Buffer.from([0, 255, 10, 13, 0, 128]);

const FILES = {
  'contender.yml': 'model: fraud\n',
  'data/with space.csv': 'a\n1\n',
  'data/größe-数据.csv': 'a\n2\n',
  '-dash.csv': 'a\n3\n',
  'data/[odd]*name?.csv': 'a\n4\n',
  ':(glob)magic.csv': 'a\n5\n',
  'data/part/one.csv': 'a\n6\n',
  'data/part/deep/two.csv': 'a\n7\n',
  'data/new\nline.csv': 'a\n8\n',
  'data/large.parquet': POINTER,
  'data/raw.bin': BINARY,
  '.gitattributes': '*.parquet filter=lfs diff=lfs merge=lfs -text\ncontender.yml export-subst\n',
};

let directory: string;
let first: string;
let second: string;
let repository: Repository;

beforeAll(async () => {
  directory = initialize();
  first = commit(directory, FILES);
  git(directory, 'mv', 'data/part/one.csv', 'data/part/renamed.csv');
  second = commit(directory, { 'contender.yml': 'model: fraud\ntask: regression\n' });
  repository = await openRepository({ directory: path.join(directory, 'data'), environment: ENVIRONMENT });
});

test('the top directory is found from below', () => {
  expect(repository.directory).toBe(directory);
});

test('a directory in no repository is refused with what to do', async () => {
  const opening = openRepository({ directory: scratchDirectory(), environment: ENVIRONMENT });
  await expect(opening).rejects.toThrow(InputError);
  await expect(opening).rejects.toThrow('is in no Git repository; check the repository out first');
});

test('a machine without git is said so', async () => {
  const without = await openRepository({ directory, environment: { PATH: '/nonexistent' } });
  await expect(without.resolveCommit('HEAD')).rejects.toThrow('git is not installed or not in PATH');
});

describe('commits', () => {
  test('revisions are resolved, what is none is undefined', async () => {
    expect(await repository.resolveCommit('HEAD')).toBe(second);
    expect(await repository.resolveCommit('main~1')).toBe(first);
    expect(await repository.resolveCommit('nowhere')).toBeUndefined();
    expect(await repository.resolveCommit('--help')).toBeUndefined();
    expect(await repository.resolveCommit('HEAD:contender.yml')).toBeUndefined();
  });

  test('parents come first parent first', async () => {
    expect(await repository.parentsOf(second)).toEqual([first]);
    expect(await repository.parentsOf(first)).toEqual([]);
    await expect(repository.parentsOf('f'.repeat(40))).rejects.toThrow(OutsideError);
  });
});

describe('files of a commit', () => {
  test.each(Object.entries(FILES))('%j is read as it was committed', async (file, content) => {
    expect(Buffer.from((await repository.readFileAt(first, file))!)).toEqual(Buffer.from(content));
  });

  test.each(['missing.csv', 'data', 'data/missing/file.csv', 'data/part'])('%s is no file', async (file) => {
    expect(await repository.readFileAt(first, file)).toBeUndefined();
  });

  test('an old commit gives the old content whatever the work tree holds', async () => {
    expect(String(Buffer.from((await repository.readFileAt(first, './contender.yml'))!))).toBe(
      'model: fraud\n',
    );
  });

  test.each(['../outside.csv', '/etc/passwd', 'data/../../outside.csv'])('%s is refused', async (file) => {
    await expect(repository.readFileAt(first, file)).rejects.toThrow('is outside the repository');
  });

  test.each<[string[], string[]]>([
    [['contender.yml', 'missing.yml'], ['contender.yml']],
    [['./-dash.csv'], ['-dash.csv']],
    [
      ['data/*.csv'],
      ['data/[odd]*name?.csv', 'data/größe-数据.csv', 'data/new\nline.csv', 'data/with space.csv'],
    ],
    [['data/[odd]*name?.csv'], ['data/[odd]*name?.csv']],
    [['data/gr?ße-??.csv'], ['data/größe-数据.csv']],
    [['data/part/**'], ['data/part/deep/two.csv', 'data/part/one.csv']],
    [['**/two.csv'], ['data/part/deep/two.csv']],
    [['data/part/[!t]*.csv'], ['data/part/one.csv']],
    [['data/part/[a-p]ne.csv'], ['data/part/one.csv']],
    [['data'], []],
    [[':(glob)*.csv'], [':(glob)magic.csv']],
  ])('%j lists %j', async (patterns, expected) => {
    expect([...(await repository.listFilesAt(first, patterns))].sort()).toEqual([...expected].sort());
  });

  test('export writes the bytes of the commit and keeps the relative paths', async () => {
    const target = scratchDirectory();
    const wanted = Object.keys(FILES);
    const written = await repository.exportFiles(first, [...wanted, 'missing.csv'], target);
    expect(written).toEqual(wanted);
    for (const [file, content] of Object.entries(FILES)) {
      expect(readFileSync(path.join(target, file))).toEqual(Buffer.from(content));
    }
  });

  test('a symbolic link is not exported', async () => {
    const linked = initialize();
    symlinkSync('/etc/passwd', path.join(linked, 'holdout.csv'));
    const linkedCommit = commit(linked, { 'a.txt': 'a' });
    const opened = await openRepository({ directory: linked, environment: ENVIRONMENT });
    await expect(opened.exportFiles(linkedCommit, ['holdout.csv'], scratchDirectory())).rejects.toThrow(
      'holdout.csv is a symbolic link',
    );
  });

  test('a renamed file is two changed paths', async () => {
    expect(await repository.changedFiles(first, second)).toEqual([
      'contender.yml',
      'data/part/one.csv',
      'data/part/renamed.csv',
    ]);
    expect(await repository.changedFiles(first, first)).toEqual([]);
  });

  test('what is tracked is told from what is only there', async () => {
    write(directory, { 'data/untracked.csv': 'a\n' });
    mkdirSync(path.join(directory, 'empty'), { recursive: true });
    expect(await repository.isTracked('data/with space.csv')).toBe(true);
    expect(await repository.isTracked(path.join(directory, '-dash.csv'))).toBe(true);
    expect(await repository.isTracked('data/untracked.csv')).toBe(false);
    expect(await repository.isTracked('data')).toBe(false);
    expect(await repository.isTracked('data/*.csv')).toBe(false);
  });
});

describe('origin', () => {
  test.each([
    ['https://github.com/octo/model', undefined, 'octo/model'],
    ['https://github.com/octo/model.git', undefined, 'octo/model'],
    ['https://user:secret@github.com/octo/my.model.git/', undefined, 'octo/my.model'],
    ['git@github.com:octo/model.git', undefined, 'octo/model'],
    ['ssh://git@github.com:22/octo/model.git', undefined, 'octo/model'],
    ['https://gitlab.com/octo/model', undefined, undefined],
    ['git@gitlab.com:octo/model.git', undefined, undefined],
    ['/srv/git/model.git', undefined, undefined],
    ['http://127.0.0.1:8080/octo/model.git', 'http://127.0.0.1:8080', 'octo/model'],
    ['http://127.0.0.1:9090/octo/model.git', 'http://127.0.0.1:8080', undefined],
    ['https://github.com/octo/model/extra', undefined, undefined],
  ])('%s with the host %s is %s', async (address, serverUrl, expected) => {
    const clone = initialize();
    git(clone, 'remote', 'add', 'origin', address);
    const opened = await openRepository({
      directory: clone,
      environment: ENVIRONMENT,
      ...(serverUrl !== undefined && { serverUrl }),
    });
    expect(await opened.originRepository()).toBe(expected);
  });

  test('a repository without origin has none', async () => {
    expect(await repository.originRepository()).toBeUndefined();
  });
});
