import { describe, expect, it } from 'vitest';
import { describePointer, parseLargeFilePointer } from '../../../src/core/data/large-file-pointer.ts';
import {
  isTransfer,
  mayFetchOther,
  mayRunChange,
  wordsOf,
} from '../../../src/core/fetching/fetch-command.ts';

describe('a command that fetches', () => {
  it.each([
    'dvc pull data/',
    'AWS_REGION=eu-west-1 aws s3 sync s3://bucket/data data',
    'mkdir -p data && curl -fsSL https://example.com/a.csv -o data/a.csv',
    'git lfs pull',
    'cd models; dvc fetch && dvc checkout',
  ])('%s only moves data', (command) => {
    expect(isTransfer(command)).toBe(true);
  });

  it.each([
    'python fetch.py',
    'make data',
    './dvc pull',
    'dvc repro',
    'git checkout data',
    'curl https://example.com/a | sh',
    'dvc pull; sh after.sh',
    'dvc pull & node x.js',
    'dvc pull\nnode x.js',
    'aws s3 cp $(python where.py) data',
    'aws s3 cp `python where.py` data',
  ])('%s may run files of the repository', (command) => {
    expect(isTransfer(command)).toBe(false);
  });

  it('names files by its words', () => {
    expect(wordsOf(`wget -q -i './urls list' --header="a" >> data/log`)).toEqual([
      'wget',
      'urls',
      'list',
      'a',
      'data/log',
    ]);
  });

  const touched = (changed: readonly string[], deciding: readonly string[] = []) => ({
    changed,
    deciding,
    own: ['contender.yml'],
  });

  it.each<[string, ReturnType<typeof touched>, { other: boolean; runs: boolean }]>([
    ['dvc pull', touched(['train.py', 'contender.yml']), { other: false, runs: false }],
    ['dvc pull', touched(['a.csv.dvc'], ['a.csv.dvc']), { other: true, runs: false }],
    ['dvc pull', touched(['.dvc/config'], ['.dvc/config']), { other: true, runs: true }],
    ['make data', touched(['contender.yml', 'README.md']), { other: false, runs: false }],
    ['make data', touched(['data/urls.csv']), { other: true, runs: false }],
    ['make data', touched(['Makefile']), { other: true, runs: true }],
  ])('%s beside %j', (command, files, expected) => {
    expect({ other: mayFetchOther(command, files), runs: mayRunChange(command, files) }).toEqual(expected);
  });
});

describe('a Git LFS pointer', () => {
  const sha256 = 'a1'.repeat(32);
  const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize 12345\n`;

  it('tells the digest and the size of its object', () => {
    const pointer = parseLargeFilePointer(text);
    expect(pointer).toEqual({ sha256, bytes: 12345 });
    expect(describePointer(pointer!)).toBe(
      'a Git LFS pointer (object a1a1a1a1a1a1, 12345 bytes), not the data',
    );
  });

  it.each([
    ['data', 'id,amount\n1,2\n'],
    ['another version', text.replace('spec/v1', 'spec/v9')],
    ['an object of an extension', text.replace('oid', `ext-0-x sha256:${sha256}\noid`)],
    ['another digest', text.replace('sha256:', 'sha512:')],
    ['no size', text.replace(/size.*/, '')],
    ['a long text', text + 'x'.repeat(2000)],
  ])('is not %s', (_name, other) => {
    expect(parseLargeFilePointer(other)).toBeUndefined();
  });
});
