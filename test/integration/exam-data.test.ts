import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import {
  EXAM_CONFIG,
  EXAM_FILES,
  ExamRepository,
  sha256Of,
  textOf,
  whatChanged,
} from '../support/exam-repository.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';
import { git, initialize, write } from './git/scratch-repository.ts';

const HOLDOUT = EXAM_FILES['data/holdout.csv'] ?? '';

let repository: ExamRepository;
beforeEach(() => {
  repository = new ExamRepository();
});

describe('a holdout in Git LFS', () => {
  const pointer = (content: string) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256Of(content)}\nsize ${content.length}\n`;
  const files = { ...EXAM_FILES, 'data/holdout.csv': pointer(HOLDOUT) };

  it('is taken from the checked-out file when it has the bytes that the base names', async () => {
    const request = repository.propose({}, files);
    write(repository.directory, { 'data/holdout.csv': HOLDOUT });
    const exam = await repository.examOf(repository.contextOf(request));
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(exam).toMatchObject({ coversData: true, changed: [] });
  });

  it('is taken from the objects of the clone when the change moves the pointer', async () => {
    const request = repository.propose({ write: { 'data/holdout.csv': pointer('easy\n') } }, files);
    const digest = sha256Of(HOLDOUT);
    const object = `.git/lfs/objects/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`;
    write(repository.directory, { 'data/holdout.csv': 'easy\n', [object]: HOLDOUT });
    const exam = await repository.examOf(repository.contextOf(request));
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(whatChanged(exam)).toEqual(['data/holdout.csv']);
  });

  it('is refused when nobody has it, with what would fetch it', async () => {
    const request = repository.propose({ write: { 'data/holdout.csv': pointer('easy\n') } }, files);
    write(repository.directory, { 'data/holdout.csv': 'easy\n' });
    const examining = repository.examOf(repository.contextOf(request));
    await expect(examining).rejects.toThrow(InputError);
    await expect(examining).rejects.toThrow(
      `data/holdout.csv of the base branch is a Git LFS pointer (object ${sha256Of(HOLDOUT).slice(0, 12)}, ${HOLDOUT.length} bytes), not the data, and its object is not here; set \`lfs: true\` on actions/checkout, or run \`git lfs fetch origin ${request.base.slice(0, 12)}\``,
    );
  });

  it.each([
    ['other bytes of the same size', HOLDOUT.replace('0', '1')],
    ['a part of it', HOLDOUT.slice(1)],
  ])('never takes %s', async (_name, content) => {
    const request = repository.propose({}, files);
    write(repository.directory, { 'data/holdout.csv': content });
    await expect(repository.examOf(repository.contextOf(request))).rejects.toThrow(/is a Git LFS pointer/);
  });

  it.each([
    ['takes', HOLDOUT],
    ['checks', HOLDOUT.replace('0', '1')],
  ])('asks Git LFS where it is installed, and %s what it says', async (_name, answer) => {
    // Git LFS itself cannot be installed here; this program answers to its two commands.
    writeFileSync(join(repository.bin, 'answer'), answer);
    const script = `#!/bin/sh\n[ "$1" = smudge ] && [ "$2" = data/holdout.csv ] && grep -q ${sha256Of(HOLDOUT)} && cat ${repository.bin}/answer || [ "$1" = version ]\n`;
    writeFileSync(join(repository.bin, 'git-lfs'), script);
    chmodSync(join(repository.bin, 'git-lfs'), 0o755);
    const examining = repository.examOf(repository.contextOf(repository.propose({}, files)));
    if (answer === HOLDOUT) expect(textOf(await examining, 'data/holdout.csv')).toBe(HOLDOUT);
    else await expect(examining).rejects.toThrow(/is a Git LFS pointer/);
  });

  it('is fetched by the base’s command', async () => {
    const digest = sha256Of(HOLDOUT);
    const folder = `${repository.directory}/.git/lfs/objects/${digest.slice(0, 2)}/${digest.slice(2, 4)}`;
    write(repository.bin, { object: HOLDOUT });
    const fetch = `mkdir -p ${folder} && cp ${repository.bin}/object ${folder}/${digest}`;
    const config = EXAM_CONFIG.replace('id: id', `id: id, fetch: '${fetch}'`);
    const request = repository.propose({}, { ...files, 'contender.yml': config });
    const exam = await repository.examOf(repository.contextOf(request));
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
  });
});

describe('a holdout outside of Git', () => {
  const { 'data/holdout.csv': _holdout, ...files } = EXAM_FILES;
  const ignored = { ...files, 'data/.gitignore': 'holdout*\n' };

  it('is protected by nothing', async () => {
    const request = repository.propose({}, ignored);
    write(repository.directory, { 'data/holdout.csv': HOLDOUT });
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam).toMatchObject({ coversData: false, directory: repository.directory, changed: [] });
  });

  it('is covered by the base’s pin, which a change cannot move', async () => {
    const pinned = (digest: string) =>
      EXAM_CONFIG.replace(
        'holdout: data/holdout.csv',
        `holdout: {path: data/holdout.csv, sha256: ${digest}}`,
      );
    const request = repository.propose(
      { write: { 'contender.yml': pinned('b'.repeat(64)) } },
      { ...ignored, 'contender.yml': pinned('a'.repeat(64)) },
    );
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam.coversData).toBe(true);
    expect(exam.configuration.data.holdout?.sha256).toBe('a'.repeat(64));
    expect(exam.changed).toEqual([
      { what: 'data.holdout.sha256', before: 'a'.repeat(64), after: 'b'.repeat(64) },
    ]);
  });

  it('is read beside the part that is in Git', async () => {
    const config = EXAM_CONFIG.replace('data/holdout.csv', '[data/rest.csv, data/holdout-*.csv]');
    const request = repository.propose(
      {},
      { ...ignored, 'contender.yml': config, 'data/rest.csv': 'rest\n' },
    );
    write(repository.directory, { 'data/holdout-1.csv': 'one\n', 'data/rest.csv': 'mine\n' });
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam.coversData).toBe(false);
    expect([textOf(exam, 'data/rest.csv'), textOf(exam, 'data/holdout-1.csv')]).toEqual(['rest\n', 'one\n']);
  });

  it.each([
    ['above the repository', '../../outside.csv'],
    ['at an absolute path', '/nonexistent/outside.csv'],
  ])('may lie %s, where the exam writes nothing', async (_name, path) => {
    const config = EXAM_CONFIG.replace('data/holdout.csv', path);
    const request = repository.propose({}, { ...ignored, 'contender.yml': config });
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam).toMatchObject({ coversData: false, directory: repository.directory });
  });

  it('is refused above the repository beside a part in Git', async () => {
    const config = EXAM_CONFIG.replace('data/holdout.csv', '[data/rest.csv, ../outside.csv]');
    const request = repository.propose(
      {},
      { ...ignored, 'contender.yml': config, 'data/rest.csv': 'rest\n' },
    );
    await expect(repository.examOf(repository.contextOf(request))).rejects.toThrow(
      /\.\.\/outside\.csv lies outside of the repository/,
    );
  });
});

describe('a change of the exam', () => {
  it('is told in words: what was added, changed and deleted', async () => {
    const config = EXAM_CONFIG.replace('data/holdout.csv', '"data/{hold,more}*.csv"');
    const files = { ...EXAM_FILES, 'contender.yml': config, 'data/more.csv': 'more\n' };
    const request = repository.propose(
      {
        write: { 'data/holdout.csv': 'mine\n', 'data/hold-new\nline --x.csv': 'easy\n' },
        remove: ['data/more.csv'],
      },
      files,
    );
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam.changed).toEqual([
      {
        what: 'data/hold-new\nline --x.csv',
        after: 'added by this pull request, and no part of what judges',
      },
      {
        what: 'data/holdout.csv',
        before: 'the file of the base branch, which judges',
        after: 'changed by this pull request',
      },
      {
        what: 'data/more.csv',
        before: 'the file of the base branch, which judges',
        after: 'deleted by this pull request',
      },
    ]);
    expect([textOf(exam, 'data/holdout.csv'), textOf(exam, 'data/more.csv')]).toEqual([HOLDOUT, 'more\n']);
    expect(existsSync(join(exam.directory, 'data/hold-new\nline --x.csv'))).toBe(false);
  });

  it.each([
    ['slices', 'slices: [kind]', 'slices: [hour]', 'comparison.slices'],
    ['gates', 'gates: [{metric: roc_auc, require: better}]', 'gates: []', 'comparison.gates'],
  ])('of %s is listed', async (_name, before, after, key) => {
    const config = (rule: string) => EXAM_CONFIG.replace('primary: roc_auc,', `primary: roc_auc, ${rule},`);
    const files = { ...EXAM_FILES, 'contender.yml': config(before) };
    const request = repository.propose({ write: { 'contender.yml': config(after) } }, files);
    const exam = await repository.examOf(repository.contextOf(request));
    expect(whatChanged(exam)).toEqual([key]);
  });

  it.each([
    ['renamed', ['contender.yml'], EXAM_CONFIG],
    ['copied', [], EXAM_CONFIG],
    ['renamed with its model', ['contender.yml'], EXAM_CONFIG.replace('model: fraud', 'model: other')],
  ])('by a config that is %s frees nobody from the rules', async (_name, remove, text) => {
    const mine = text.replace('roc_auc: 0.01', 'roc_auc: 0.9').replaceAll('data/', '../data/');
    const request = repository.propose({ remove, write: { 'models/mine.yml': mine } });
    const exam = await repository.examOf(repository.contextOf(request), { configFile: 'models/mine.yml' });
    expect(exam.configuration.comparison.margins).toEqual({ roc_auc: { kind: 'absolute', value: 0.01 } });
    expect(exam.championModel).toBe('fraud');
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(exam.headDirectory).toBe(join(repository.directory, 'models'));
    expect(exam.changed).toContainEqual({
      what: 'models/mine.yml',
      before: 'contender.yml',
      after: 'a new file; contender.yml of the base branch judges',
    });
  });

  it('by a deleted config of another model is listed', async () => {
    const files = { ...EXAM_FILES, 'old.yml': EXAM_CONFIG.replace('model: fraud', 'model: old') };
    const request = repository.propose({ remove: ['old.yml'] }, files);
    const exam = await repository.examOf(repository.contextOf(request));
    expect(exam.changed).toEqual([
      { what: 'old.yml', before: 'the config of the model old', after: expect.stringMatching(/^deleted/) },
    ]);
  });

  it('by a link in the place of the folder is listed, and leads nowhere', async () => {
    const { directory } = repository;
    repository.propose({});
    git(directory, 'checkout', '--quiet', '-B', 'change', 'HEAD^1');
    git(directory, 'rm', '--quiet', '-r', 'data');
    write(directory, { 'easy/holdout.csv': 'easy\n', 'easy/train.csv': 'easy\n' });
    symlinkSync('easy', join(directory, 'data'));
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message=link');
    const head = git(directory, 'rev-parse', 'HEAD');
    const base = git(directory, 'rev-parse', 'HEAD^');
    const exam = await repository.examOf(repository.contextOf({ head }, { baseCommit: base }));
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(whatChanged(exam)).toEqual(['data', 'data/holdout.csv']);
  });
});

describe('the folder of the exam', () => {
  it('is refused when the change commits files in it', async () => {
    const request = repository.propose({ write: { '.contender-exam/fraud/fetched.json': 'mine' } });
    const examining = repository.examOf(repository.contextOf(request));
    await expect(examining).rejects.toThrow(InputError);
    await expect(examining).rejects.toThrow(/^\.contender-exam has files in Git; remove it/);
  });

  it.each(['.contender-exam', '.contender-exam/fraud'])('is refused when %s is a link', async (link) => {
    const elsewhere = scratchDirectory();
    write(elsewhere, { 'base/precious': 'mine', 'fraud/base/precious': 'mine' });
    const request = repository.propose({});
    mkdirSync(dirname(join(repository.directory, link)), { recursive: true });
    symlinkSync(elsewhere, join(repository.directory, link));
    await expect(repository.examOf(repository.contextOf(request))).rejects.toThrow(/is a symbolic link/);
    expect(readFileSync(join(elsewhere, 'base/precious'), 'utf8')).toBe('mine');
    expect(readFileSync(join(elsewhere, 'fraud/base/precious'), 'utf8')).toBe('mine');
  });

  it('holds no link of the base', async () => {
    symlinkSync('/etc/passwd', join(repository.directory, 'secret.csv'));
    const config = EXAM_CONFIG.replace('data/holdout.csv', 'secret.csv');
    const request = repository.propose({}, { ...EXAM_FILES, 'contender.yml': config });
    await expect(repository.examOf(repository.contextOf(request))).rejects.toThrow(
      /secret\.csv is a symbolic link/,
    );
  });

  it('leaves nothing of an earlier exam behind', async () => {
    const request = repository.propose({});
    write(repository.directory, { '.contender-exam/fraud/base/data/holdout-old.csv': 'old\n' });
    const exam = await repository.examOf(repository.contextOf(request));
    expect(existsSync(join(exam.directory, 'data'))).toBe(true);
    expect(existsSync(join(exam.directory, 'data/holdout-old.csv'))).toBe(false);
  });
});

describe('a checkout of depth 1', () => {
  function shallowFrom(origin: string, merge: string): string {
    const shallow = initialize();
    git(shallow, 'remote', 'add', 'origin', `file://${origin}`);
    git(shallow, 'fetch', '--quiet', '--depth=1', 'origin', merge);
    git(shallow, 'checkout', '--quiet', '--force', merge);
    return shallow;
  }

  it('fetches the base commit alone from a bare origin', async () => {
    const request = repository.propose({ write: { 'data/holdout.csv': 'mine\n' } });
    git(repository.directory, 'update-ref', 'refs/pull/1/merge', request.merge);
    const origin = join(scratchDirectory(), 'origin.git');
    git(repository.directory, 'clone', '--quiet', '--mirror', repository.directory, origin);
    const directory = shallowFrom(origin, request.merge);
    const exam = await repository.examOf(repository.contextOf(request), { directory });
    expect(textOf(exam, 'data/holdout.csv')).toBe(HOLDOUT);
    expect(() => git(directory, 'cat-file', '-e', request.head)).toThrow();
  });

  it('says what to do when the origin cannot be reached', async () => {
    const request = repository.propose({});
    const directory = shallowFrom(repository.directory, request.merge);
    git(directory, 'remote', 'set-url', 'origin', 'file:///nonexistent');
    await expect(repository.examOf(repository.contextOf(request), { directory })).rejects.toThrow(
      new RegExp(`${request.base} could not be fetched from origin .*github-token.*fetch-depth: 0`),
    );
  });
});
