import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openRepository } from '../../../src/adapters/git/repository.ts';
import { OutsideError } from '../../../src/core/errors.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import { commit, ENVIRONMENT, git, initialize } from './scratch-repository.ts';

let origin: string;
let base: string;
let head: string;
let merge: string;

/** A pull request as a runner meets it: a test merge of base and head that no branch holds. */
beforeAll(() => {
  origin = initialize();
  commit(origin, { 'contender.yml': 'model: fraud\n', 'old.txt': 'old' });
  git(origin, 'switch', '--quiet', '--create', 'feature');
  head = commit(origin, { 'contender.yml': 'model: fraud\nseed: 2\n' });
  git(origin, 'switch', '--quiet', 'main');
  base = commit(origin, { 'contract.yml': 'apiVersion: v3\n' });
  git(origin, 'switch', '--quiet', '--detach');
  git(origin, 'merge', '--quiet', '--no-ff', '--message=merge', 'feature');
  merge = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'update-ref', 'refs/pull/1/merge', merge);
  git(origin, 'switch', '--quiet', 'main');
});

/** What actions/checkout leaves behind with its default depth of 1. */
function shallowCheckout(reference: string, ...settings: readonly [string, string][]): string {
  const directory = initialize();
  git(directory, 'remote', 'add', 'origin', `file://${origin}`);
  git(directory, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', `+${reference}:refs/remotes/work`);
  git(directory, 'checkout', '--quiet', '--detach', 'refs/remotes/work');
  for (const [key, value] of settings) git(directory, 'config', key, value);
  return directory;
}

describe('a shallow checkout of a test merge', () => {
  test('names both parents and fetches the base alone', async () => {
    const directory = shallowCheckout('refs/pull/1/merge');
    const repository = await openRepository({ directory, environment: ENVIRONMENT });
    expect(await repository.parentsOf('HEAD')).toEqual([base, head]);
    expect(await repository.resolveCommit(base)).toBeUndefined();
    await expect(repository.readFileAt(base, 'contract.yml')).rejects.toThrow('is not in this checkout');

    await repository.fetchCommit(base);
    expect(String(Buffer.from((await repository.readFileAt(base, 'contender.yml'))!))).toBe('model: fraud\n');
    expect(await repository.changedFiles(base, 'HEAD')).toEqual(['contender.yml']);
    expect(await repository.resolveCommit(head)).toBeUndefined();
  });

  test('fetching again does nothing, even without a server', async () => {
    const directory = shallowCheckout('refs/pull/1/merge');
    const repository = await openRepository({ directory, environment: ENVIRONMENT });
    await repository.fetchCommit(base);
    git(directory, 'remote', 'set-url', 'origin', 'file:///nonexistent');
    await repository.fetchCommit(base);
  });

  test('deepens where the server refuses a commit by its id', async () => {
    const directory = shallowCheckout('refs/pull/1/merge', ['protocol.version', '0']);
    const oldest = git(origin, 'rev-list', '--max-parents=0', 'main');
    const repository = await openRepository({ directory, environment: ENVIRONMENT });
    await repository.fetchCommit(oldest);
    expect(await repository.readFileAt(oldest, 'old.txt')).toBeDefined();
  });
});

test('a full clone stays full', async () => {
  const directory = path.join(scratchDirectory(), 'clone');
  git(origin, 'clone', '--quiet', '--no-local', `file://${origin}`, directory);
  const repository = await openRepository({ directory, environment: ENVIRONMENT });
  await repository.fetchCommit(merge);
  expect(await repository.resolveCommit(merge)).toBe(merge);
  expect(git(directory, 'rev-parse', '--is-shallow-repository')).toBe('false');
});

test('a commit that origin does not have is said so', async () => {
  const directory = shallowCheckout('refs/heads/main');
  const repository = await openRepository({ directory, environment: ENVIRONMENT });
  const fetching = repository.fetchCommit('0123456789'.repeat(4));
  await expect(fetching).rejects.toThrow(OutsideError);
  await expect(fetching).rejects.toThrow('set fetch-depth: 0');
});

test.each(['main', '--upload-pack=touch /tmp/x', 'abc'])(
  '%s is no commit id and never reaches git',
  async (text) => {
    const repository = await openRepository({
      directory: shallowCheckout('refs/heads/main'),
      environment: ENVIRONMENT,
    });
    await expect(repository.fetchCommit(text)).rejects.toThrow('is no full commit id');
  },
);

describe('credentials', () => {
  const token = 'ghs_secret.token_1';
  const proof = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;

  test('the token is proved to origin by a header and stands in no message', async () => {
    const { headers, error } = await fetchFromRecorder({});
    expect(headers[0]).toEqual([proof]);
    expect(error.message).not.toContain(token);
    expect(error.message).not.toContain(proof);
  });

  test("the checkout's own header is used alone", async () => {
    const { headers } = await fetchFromRecorder({ own: 'AUTHORIZATION: basic b3duOm93bg==' });
    expect(headers[0]).toEqual(['basic b3duOm93bg==']);
  });

  /** Fetches from a server that refuses and notes every Authorization header. */
  async function fetchFromRecorder(options: { own?: string }) {
    const headers: (readonly string[])[] = [];
    const server = createServer((request, response) => {
      const pairs = request.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 && name.toLowerCase() === 'authorization' ? [all[index + 1]!] : [],
      );
      headers.push(pairs);
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const directory = shallowCheckout('refs/heads/main');
    git(directory, 'remote', 'set-url', 'origin', `${address}/octo/model`);
    if (options.own) git(directory, 'config', `http.${address}/.extraheader`, options.own);
    const repository = await openRepository({ directory, environment: ENVIRONMENT, token });
    const error = await repository.fetchCommit(head).then(
      () => new Error('it was fetched'),
      (reason: Error) => reason,
    );
    server.close();
    return { headers, error };
  }
});
