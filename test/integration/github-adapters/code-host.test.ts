import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCodeHost } from '../../../src/adapters/github/code-host.ts';
import { createOctokit } from '../../../src/adapters/github/octokit.ts';
import {
  InputError,
  isMissingPermission,
  isPullRequestForbidden,
  OutsideError,
} from '../../../src/core/errors.ts';
import type { CodeHost } from '../../../src/ports/code-host.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import type { Repository } from '../../github-server/state.ts';
import { connect, createTestRepository, FULL, USER_AGENT } from './local-github.ts';

let server: GitHubServer;
let repository: Repository;
let main: string;
let host: CodeHost;

beforeAll(async () => {
  server = await startGitHub();
});

afterAll(() => server.close());

beforeEach(async () => {
  const world = await createTestRepository(server, { allowActionsToCreatePullRequests: true });
  repository = world.repository;
  main = world.commit;
  host = createCodeHost(connect(server, { repository }), repository.fullName);
});

async function openPull(branch = 'topic'): Promise<{ number: number; head: string }> {
  const ada = server.as('ada');
  const head = await ada.push(repository, {
    branch,
    from: 'main',
    message: 'change',
    files: { [branch]: 'a' },
  });
  const { number } = await ada.openPullRequest(repository, { title: `Add ${branch}`, head: branch });
  return { number, head };
}

describe('comments', () => {
  test('are created, listed across pages, changed and deleted', async () => {
    const { number } = await openPull();
    for (let index = 0; index < 101; index += 1)
      server.as('ada').comment(repository, number, `comment ${index}`);
    const own = await host.comments.create(number, '<!-- marker -->\nfirst');
    expect(own).toMatchObject({ author: 'github-actions[bot]', body: '<!-- marker -->\nfirst' });
    await host.comments.update(own.id, 'second');
    const listed = await host.comments.list(number);
    expect(listed).toHaveLength(102);
    expect(listed[0]).toMatchObject({ author: 'ada', body: 'comment 0' });
    expect(listed.at(-1)).toEqual({ ...own, body: 'second' });
    await host.comments.delete(own.id);
    await host.comments.delete(own.id);
    expect(await host.comments.list(number)).toHaveLength(101);
  });
});

describe('pull requests', () => {
  test('are found by head and by commit, from here and from forks', async () => {
    const { number, head } = await openPull();
    const fork = await server.forkRepository(repository, 'eve');
    await server
      .as('eve')
      .push(fork, { branch: 'topic', from: 'main', message: 'mine', files: { eve: 'e' } });
    const forked = await server.as('eve').openPullRequest(repository, { title: 'Mine', head: 'eve:topic' });

    expect((await host.pulls.findByHead('octo:topic', 'open')).map((pull) => pull.number)).toEqual([number]);
    const [foreign] = await host.pulls.findByHead('eve:topic', 'all');
    expect(foreign).toMatchObject({
      number: forked.number,
      author: 'eve',
      headRepository: fork.fullName,
      headBranch: 'topic',
      baseBranch: 'main',
      merged: false,
      mergeCommit: undefined,
    });
    expect((await host.pulls.findByCommit(head)).map((pull) => pull.number)).toEqual([number]);
    expect(await host.pulls.get(number)).toMatchObject({ headCommit: head, baseCommit: main, state: 'open' });
  });

  test('a merged one names its merge commit, which finds it again', async () => {
    const { number } = await openPull();
    const merged = await server.as('ada').mergePullRequest(repository, number);
    expect(await host.pulls.get(number)).toMatchObject({
      merged: true,
      state: 'closed',
      mergeCommit: merged,
    });
    expect((await host.pulls.findByCommit(merged)).map((pull) => pull.number)).toEqual([number]);
    expect((await host.pulls.get(number)).closedAt).toBeDefined();
  });

  test('creating one that is open already gives that one', async () => {
    const request = { title: 'Retrain', body: 'evidence', head: 'contender/retrain-fraud', base: 'main' };
    const files = { 'contender.lock.yml': 'a\n' };
    await host.branches.commit({
      branch: request.head,
      parent: main,
      expected: undefined,
      message: 'm',
      files,
    });
    const first = await host.pulls.create(request);
    expect(await host.pulls.create(request)).toEqual(first);
    expect(await host.pulls.update(first.number, { title: 'Again', state: 'closed' })).toMatchObject({
      title: 'Again',
      state: 'closed',
    });
  });

  test('a lost answer does not make a second one', async () => {
    const files = { 'contender.lock.yml': 'a\n' };
    await host.branches.commit({ branch: 'b', parent: main, expected: undefined, message: 'm', files });
    server.failNext({ route: 'pulls/create', status: 502, performed: true });
    const pull = await host.pulls.create({ title: 'Retrain', body: '', head: 'b', base: 'main' });
    expect(repository.pulls.map(({ number }) => number)).toEqual([pull.number]);
  });

  test('where actions may not open them, that is told apart from a missing permission', async () => {
    const files = { 'contender.lock.yml': 'a\n' };
    await host.branches.commit({ branch: 'b', parent: main, expected: undefined, message: 'm', files });
    repository.settings.allowActionsToCreatePullRequests = false;
    const error = await host.pulls
      .create({ title: 'Retrain', body: '', head: 'b', base: 'main' })
      .catch((e) => e);
    expect(isPullRequestForbidden(error)).toBe(true);
    expect(error.message).toContain('"Allow GitHub Actions to create and approve pull requests"');
  });

  test('reviewers are asked', async () => {
    const { number } = await openPull();
    await host.pulls.requestReviewers(number, ['tim']);
    const pull = repository.pulls.find((candidate) => candidate.number === number);
    expect(pull?.pull.requestedReviewers.map(({ login }) => login)).toEqual(['tim']);
  });
});

describe('issues', () => {
  test('are opened, found by label without pull requests, changed and labelled', async () => {
    const { number } = await openPull();
    await host.issues.addLabels(number, ['contender']);
    await host.issues.addLabels(number, []);
    const issue = await host.issues.create({ title: 'Models', body: 'text', labels: ['contender'] });
    expect(await host.issues.findByLabel('contender')).toEqual([issue]);
    expect((await host.pulls.get(number)).labels).toEqual(['contender']);
    await host.issues.update(issue.number, { body: 'new', state: 'closed' });
    expect(await host.issues.findByLabel('contender')).toEqual([]);
  });

  test('a repository without issues says so', async () => {
    repository.settings.hasIssues = false;
    const opening = host.issues.create({ title: 'Models', body: '', labels: [] });
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow('switched off in this repository');
  });
});

test('a status keeps 140 characters and never half of one', async () => {
  await host.statuses.set(main, { context: 'contender', state: 'pending', description: '🙂'.repeat(100) });
  await host.statuses.set(main, {
    context: 'contender',
    state: 'success',
    description: 'better',
    targetUrl: 'https://x.example',
  });
  const [first, second] = repository.statuses;
  expect(first?.description).toBe(`${'🙂'.repeat(69)}…`);
  expect(second).toMatchObject({ state: 'success', description: 'better', targetUrl: 'https://x.example' });
});

describe('branches', () => {
  const write = (wanted: Partial<Parameters<CodeHost['branches']['commit']>[0]> = {}) =>
    host.branches.commit({
      ...{ branch: 'contender/retrain-fraud', parent: main, expected: undefined, message: 'Retrain' },
      ...{ files: { 'contender.lock.yml': 'digest: a\n', 'größe dir/file name.txt': 'text' } },
      ...wanted,
    });

  test('a new branch holds the parent and the files, and its commit is verified', async () => {
    const commit = await write();
    expect(await host.branches.head('contender/retrain-fraud')).toBe(commit);
    expect(await text('contender/retrain-fraud', 'contender.lock.yml')).toBe('digest: a\n');
    expect(await text(commit!, 'größe dir/file name.txt')).toBe('text');
    expect(await text(commit!, 'contender.yml')).toBe('model: fraud-detector\n');
    expect(await host.branches.readFile(commit!, 'missing')).toBeUndefined();
    expect(await host.branches.readFile(commit!, 'größe dir')).toBeUndefined();
    expect(await host.branches.readFile('nowhere', 'contender.yml')).toBeUndefined();
    expect(repository.signedCommits.has(commit!)).toBe(true);
  });

  test('a branch of its own history holds its files alone', async () => {
    const commit = await write({
      branch: 'contender-history',
      parent: undefined,
      files: { 'drift/fraud.jsonl': '{}\n' },
    });
    expect(await host.branches.readFile(commit!, 'contender.yml')).toBeUndefined();
    const next = await write({
      ...{ branch: 'contender-history', parent: commit, expected: commit },
      files: { 'ledger/fraud.jsonl': '{}\n' },
    });
    expect(await text(next!, 'drift/fraud.jsonl')).toBe('{}\n');
    expect(await host.branches.head('contender-history')).toBe(next);
  });

  test('a branch that was made or moved meanwhile is left alone', async () => {
    const first = await write();
    expect(await write({ message: 'Retrain by another run' })).toBeUndefined();
    const human = await server.as('ada').push(repository, {
      ...{ branch: 'contender/retrain-fraud', message: 'by hand' },
      files: { 'notes.md': 'mine' },
    });
    expect(await write({ expected: first })).toBeUndefined();
    expect(await host.branches.head('contender/retrain-fraud')).toBe(human);
    expect(await write({ branch: 'gone', expected: main })).toBeUndefined();
  });

  test('moving to a newer base keeps what was there, and the difference is the lock file alone', async () => {
    const first = await write({ files: { 'contender.lock.yml': 'digest: a\n' } });
    const newer = await server
      .as('ada')
      .push(repository, { branch: 'main', message: 'docs', files: { 'a.md': 'a' } });
    const second = await write({
      parent: newer,
      expected: first,
      files: { 'contender.lock.yml': 'digest: b\n' },
    });
    expect(await host.branches.head('contender/retrain-fraud')).toBe(second);
    expect(await text(second!, 'a.md')).toBe('a');
    expect((await host.branches.commitsBetween(newer, second!)).map(({ id }) => id)).toEqual([second, first]);
    expect(repository.signedCommits.has(second!)).toBe(true);
  });

  test('a lost answer is no conflict', async () => {
    server.failNext({ route: 'git/create-ref', status: 'drop', performed: true });
    const commit = await write();
    expect(await host.branches.head('contender/retrain-fraud')).toBe(commit);
  });

  test('of two at once one wins', async () => {
    const results = await Promise.all([write({ message: 'one' }), write({ message: 'two' })]);
    expect(results.filter((commit) => commit !== undefined)).toHaveLength(1);
  });

  test('large and binary files are read whole', async () => {
    const large = Buffer.alloc(1_500_000, 'línea\n');
    const binary = Buffer.from([0, 255, 254, 10]);
    const commit = await server
      .as('ada')
      .push(repository, { branch: 'data', message: 'data', files: { large, binary, empty: '' } });
    expect(Buffer.from((await host.branches.readFile(commit, 'large'))!).equals(large)).toBe(true);
    expect(Buffer.from((await host.branches.readFile(commit, 'binary'))!)).toEqual(binary);
    expect(Buffer.from((await host.branches.readFile(commit, 'empty'))!)).toHaveLength(0);
  });

  test('many commits are listed newest first with who made them', async () => {
    let head = main;
    for (let index = 0; index < 101; index += 1) {
      head = await server
        .as('ada')
        .push(repository, { branch: 'long', message: `c${index}`, files: { n: `${index}` } });
    }
    const commits = await host.branches.commitsBetween('main', head);
    expect(commits).toHaveLength(101);
    expect(commits[0]).toEqual({ id: head, message: 'c100', author: 'ada' });
    expect(commits.at(-1)?.message).toBe('c0');
  });

  test('deleting twice is fine', async () => {
    await write();
    await host.branches.delete('contender/retrain-fraud');
    await host.branches.delete('contender/retrain-fraud');
    expect(await host.branches.head('contender/retrain-fraud')).toBeUndefined();
  });

  async function text(revision: string, path: string): Promise<string> {
    return Buffer.from((await host.branches.readFile(revision, path))!).toString('utf8');
  }
});

test('permissions, default branch and the owner of the token', async () => {
  expect(await host.permissionOf('octo')).toBe('admin');
  expect(await host.permissionOf('ada')).toBe('write');
  expect(await host.permissionOf('tim')).toBe('read');
  expect(await host.permissionOf('nobody-known')).toBe('none');
  expect(await host.defaultBranch()).toBe('main');
  expect(await host.viewer()).toBeUndefined();
  const personal = createCodeHost(connect(server, { repository, login: 'ada' }), repository.fullName);
  expect(await personal.viewer()).toBe('ada');
});

describe('faults', () => {
  test.each<[string, Parameters<GitHubServer['failNext']>[0]]>([
    ['500 three times', { status: 500, times: 3 }],
    ['502', { status: 502 }],
    ['503 with retry-after', { status: 503, headers: { 'retry-after': '1' } }],
    ['a dropped connection', { status: 'drop', times: 2 }],
    ['a secondary limit', { status: 403, headers: { 'retry-after': '1' } }],
    ['429', { status: 429, headers: { 'retry-after': '1' } }],
    [
      '429 in other words',
      { status: 429, headers: { 'retry-after': '1' }, body: { message: 'Too many requests' } },
    ],
  ])('%s is tried again', async (_, fault) => {
    server.failNext({ route: 'repos/get', ...fault });
    expect(await host.defaultBranch()).toBe('main');
    expect(server.pendingFaults).toEqual([]);
  });

  test('a server that stays broken is an outside error with the request id', async () => {
    server.failNext({
      route: 'repos/get',
      status: 500,
      times: 4,
      headers: { 'x-github-request-id': 'AB:12' },
    });
    const reading = host.defaultBranch();
    await expect(reading).rejects.toThrow(OutsideError);
    await expect(reading).rejects.toThrow(
      'GitHub failed after retries to read the repository: 500 Server Error (request id AB:12)',
    );
    expect(server.pendingFaults).toEqual([]);
  });

  test('a server that cannot be reached is an outside error', async () => {
    const octokit = createOctokit({
      ...{ token: 'x', userAgent: USER_AGENT, apiUrl: 'http://127.0.0.1:9', retryMilliseconds: 1 },
    });
    const reading = createCodeHost(octokit, 'octo/model').defaultBranch();
    await expect(reading).rejects.toThrow(OutsideError);
    await expect(reading).rejects.toThrow('GitHub could not be reached to read the repository');
  });

  test('a wait beyond the bound is not waited for', async () => {
    const impatient = createCodeHost(
      connect(server, { repository, maximumWaitSeconds: 5 }),
      repository.fullName,
    );
    server.failNext({ route: 'repos/get', status: 403, headers: { 'retry-after': '3600' } });
    const reading = impatient.defaultBranch();
    await expect(reading).rejects.toThrow(OutsideError);
    await expect(reading).rejects.toThrow('secondary rate limit');
  });

  test('a used-up budget that is renewed too late is an outside error', async () => {
    const impatient = createCodeHost(
      connect(server, { repository, maximumWaitSeconds: 5 }),
      repository.fullName,
    );
    server.failNext({
      ...{ route: 'repos/get', status: 403, body: { message: 'API rate limit exceeded' } },
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3000),
      },
    });
    await expect(impatient.defaultBranch()).rejects.toThrow(OutsideError);
  });

  test.each([
    [401, 'give a github-token that is valid'],
    [404, 'it does not exist, or the token may not'],
  ])('%i is not tried again', async (status, message) => {
    server.failNext({ route: 'repos/get', status, body: { message: 'No' } });
    const reading = host.defaultBranch();
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
  });

  test('every request says who asks and which version of the API it means', async () => {
    const octokit = connect(server, { repository });
    const sent: Record<string, unknown>[] = [];
    octokit.hook.wrap('request', (request, options) => {
      sent.push(options.headers);
      return request(options);
    });
    await createCodeHost(octokit, repository.fullName).defaultBranch();
    expect(sent).toEqual([
      expect.objectContaining({
        'x-github-api-version': '2022-11-28',
        'user-agent': expect.stringContaining(USER_AGENT),
      }),
    ]);
  });
});

describe('permissions', () => {
  const cases: [string, string, (limited: CodeHost) => Promise<unknown>][] = [
    ['pull-requests', 'pull-requests: write', (limited) => limited.comments.create(1, 'text')],
    [
      'statuses',
      'statuses: write',
      (limited) => limited.statuses.set(main, { context: 'c', state: 'success', description: '' }),
    ],
    ['issues', 'issues: write', (limited) => limited.issues.create({ title: 't', body: '', labels: [] })],
    [
      'contents',
      'contents: write',
      (limited) =>
        limited.branches.commit({
          branch: 'b',
          parent: main,
          expected: undefined,
          message: 'm',
          files: { a: 'a' },
        }),
    ],
  ];

  test.each(cases)('without %s the message names the line to add', async (name, line, act) => {
    await openPull();
    const permissions = Object.fromEntries(Object.keys(FULL).map((key) => [key, 'read']));
    if (name === 'pull-requests') permissions.issues = 'read';
    const limited = createCodeHost(connect(server, { repository, permissions }), repository.fullName);
    const error = await act(limited).catch((reason: unknown) => reason);
    expect(isMissingPermission(error)).toBe(true);
    expect(isPullRequestForbidden(error)).toBe(false);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(`add under "permissions:" of the job: ${line}`);
    expect(error).toMatchObject({ missingPermission: line });
  });

  test('no message holds the token', async () => {
    const token = server.createToken({ repository, permissions: {} });
    const octokit = createOctokit({
      token: token.value,
      userAgent: USER_AGENT,
      apiUrl: server.apiUrl,
      retryMilliseconds: 1,
    });
    const error = await createCodeHost(octokit, repository.fullName)
      .comments.create(1, 'x')
      .catch((e) => e);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 10 })).not.toContain(token.value);
  });

  test.each(['', 'octo', 'octo/model/x', 'octo/ model'])('%j names no repository', (name) => {
    expect(() => createCodeHost(connect(server, { repository }), name)).toThrow('write owner/name');
  });

  test('an empty token is said so', () => {
    expect(() => createOctokit({ token: ' ', userAgent: USER_AGENT })).toThrow('the GitHub token is empty');
  });
});
