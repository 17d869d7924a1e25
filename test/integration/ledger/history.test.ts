import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFolderHistory } from '../../../src/adapters/folder-registry/folder-history.ts';
import { createBranchHistory } from '../../../src/adapters/github/branch-history.ts';
import { createCodeHost } from '../../../src/adapters/github/code-host.ts';
import { InputError, isMissingPermission, OutsideError } from '../../../src/core/errors.ts';
import { HISTORY_NAME, MAXIMUM_HISTORY_BYTES } from '../../../src/core/history.ts';
import type { History } from '../../../src/ports/history.ts';
import type { Permissions } from '../../github-server/access.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import type { Repository } from '../../github-server/state.ts';
import { connect, createTestRepository } from '../github-adapters/local-github.ts';

const FILE = 'ledger/fraud.jsonl';
/** A last line without its end, and bytes that are no text. */
const BROKEN = Buffer.from([0x7b, 0xff, 0xfe, 0x0a, 0x7b, 0x22]);

describe('the branch', () => {
  let server: GitHubServer;
  let repository: Repository;
  let history: History;

  beforeAll(async () => {
    server = await startGitHub();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    repository = (await createTestRepository(server)).repository;
    history = open();
  });

  function open(permissions?: Permissions): History {
    const octokit = connect(server, { repository, ...(permissions && { permissions }) });
    const { branches } = createCodeHost(octokit, repository.fullName);
    return createBranchHistory({ branches, retryMilliseconds: 20 });
  }

  const stored = async (file = FILE) => await repository.git.readFile(HISTORY_NAME, file);
  const push = (files: Record<string, string | Buffer>) =>
    server.as('ada').push(repository, { branch: HISTORY_NAME, message: 'by hand', files });

  test('is made by the first line, with a history of its own', async () => {
    expect(await history.read(FILE)).toBeUndefined();
    await history.append(FILE, () => ['one']);
    await history.append(FILE, (text) => (text === 'one\n' ? ['two'] : []));
    expect(await history.read(FILE)).toBe('one\ntwo\n');
    expect(await repository.git.readFile(HISTORY_NAME, 'contender.yml')).toBeUndefined();
    expect(await history.read('ledger/other.jsonl')).toBeUndefined();
  });

  test('other files stay, and so does every byte of this one', async () => {
    await push({ 'drift/fraud.jsonl': 'drift\n', [FILE]: BROKEN });
    await history.append(FILE, () => ['one']);
    expect(String(await stored('drift/fraud.jsonl'))).toBe('drift\n');
    expect(Buffer.from((await stored())!)).toEqual(Buffer.concat([BROKEN, Buffer.from('\none\n')]));
  });

  test('appends at once lose nothing, the first ones too', async () => {
    const names = ['a', 'b', 'c'];
    await Promise.all(names.map((name) => open().append(FILE, () => [name])));
    expect((await history.read(FILE))?.trim().split('\n').sort()).toEqual(names);
  });

  test('of two that want the same line at once one writes it, and another file takes its own', async () => {
    await Promise.all([
      open().append(FILE, (text) => (text.includes('twice') ? [] : ['twice'])),
      open().append(FILE, (text) => (text.includes('twice') ? [] : ['twice'])),
      open().append('drift/fraud.jsonl', () => ['drift']),
    ]);
    expect((await history.read(FILE))?.match(/twice/g)).toHaveLength(1);
    expect(await history.read('drift/fraud.jsonl')).toBe('drift\n');
  });

  test('nothing is written when no line is wanted', async () => {
    const before = server.requests.length;
    await history.append(FILE, () => []);
    expect(server.requests.slice(before).every(({ method }) => method === 'GET')).toBe(true);
    expect(await repository.git.commitOf(HISTORY_NAME)).toBeUndefined();
  });

  test('a lost answer adds the line once', async () => {
    await history.append(FILE, () => ['one']);
    server.failNext({ route: 'git/update-ref', status: 'drop', performed: true });
    await history.append(FILE, (text) => (text.includes('two') ? [] : ['two']));
    expect(await history.read(FILE)).toBe('one\ntwo\n');
  });

  test('a token that may only read is told what it lacks', async () => {
    const appending = open({ contents: 'read' }).append(FILE, () => ['one']);
    await expect(appending).rejects.toSatisfy(isMissingPermission);
    await expect(appending).rejects.toThrow('contents: write');
  });

  test('a token that may not even read is an error, and no empty history', async () => {
    const closed = await server.createRepository({ owner: 'octo', name: 'closed', private: true });
    const octokit = connect(server, { repository: closed, permissions: { statuses: 'write' } });
    const { branches } = createCodeHost(octokit, closed.fullName);
    const reading = createBranchHistory({ branches }).read(FILE);
    await expect(reading).rejects.toThrow('contents: read');
  });

  test('a file that is too large is neither read nor written', async () => {
    await push({ [FILE]: Buffer.alloc(MAXIMUM_HISTORY_BYTES + 1, 'x') });
    await expect(history.read(FILE)).rejects.toThrow(InputError);
    await expect(history.append(FILE, () => ['one'])).rejects.toThrow(`${MAXIMUM_HISTORY_BYTES + 1} bytes`);
  });

  test('a branch that moves each time is given up on', async () => {
    const branches = { head: async () => 'a'.repeat(40), readFile: async () => undefined };
    const busy = createBranchHistory({
      branches: { ...branches, commit: async () => undefined },
      retryMilliseconds: 0,
    });
    await expect(busy.append(FILE, () => ['one'])).rejects.toThrow(OutsideError);
  });
});

describe('the folder', () => {
  let directory: string;
  let history: History;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'contender-history-'));
    history = createFolderHistory({ directory });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const path = (file = FILE) => join(directory, HISTORY_NAME, file);

  test('has the layout of the branch', async () => {
    expect(await history.read(FILE)).toBeUndefined();
    await history.append(FILE, () => ['one']);
    await history.append(FILE, (text) => (text === 'one\n' ? ['two'] : []));
    await history.append(FILE, () => []);
    expect(readFileSync(path(), 'utf8')).toBe('one\ntwo\n');
    expect(await history.read(FILE)).toBe('one\ntwo\n');
  });

  test('keeps every byte, and appends at once lose nothing', async () => {
    mkdirSync(join(directory, HISTORY_NAME, 'ledger'), { recursive: true });
    writeFileSync(path(), BROKEN);
    const names = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    await Promise.all(names.map((name) => history.append(FILE, () => [name])));
    const content = readFileSync(path());
    expect(content.subarray(0, BROKEN.length)).toEqual(BROKEN);
    const lines = content.subarray(BROKEN.length).toString().split('\n');
    expect(lines.filter((line) => line !== '').sort()).toEqual([...names].sort());
  });

  test('a file that is too large, or a folder that cannot be read, is said', async () => {
    mkdirSync(join(directory, HISTORY_NAME, 'ledger'), { recursive: true });
    writeFileSync(path(), Buffer.alloc(MAXIMUM_HISTORY_BYTES + 1));
    await expect(history.read(FILE)).rejects.toThrow(InputError);
    await expect(history.append(FILE, () => ['one'])).rejects.toThrow(InputError);
    mkdirSync(path('ledger/folder.jsonl'));
    await expect(history.read('ledger/folder.jsonl')).rejects.toThrow(OutsideError);
  });
});
