import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGithubModelRegistry } from '../../../src/adapters/github/model-registry.ts';
import type { Octokit } from '../../../src/adapters/github/octokit.ts';
import { InputError, isMissingPermission, OutsideError } from '../../../src/core/errors.ts';
import type { ReleaseReference } from '../../../src/ports/model-registry.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import type { Repository, RepositorySettings } from '../../github-server/state.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import {
  describeRegistryContract,
  draftRequest,
  MODEL,
  type RegistryWorld,
  release,
} from '../folder-registry/registry-contract.ts';
import { connect, createTestRepository, USER_AGENT } from './local-github.ts';

let server: GitHubServer;

beforeAll(async () => {
  server = await startGitHub();
});

afterAll(() => server.close());

type World = RegistryWorld & { readonly repository: Repository; readonly octokit: Octokit };

async function openWorld(settings: Partial<RepositorySettings> = {}): Promise<World> {
  const { repository, commit } = await createTestRepository(server, settings);
  const octokit = connect(server, { repository });
  return {
    ...{ repository, octokit, commit },
    registry: registryOver(octokit, repository),
    async damage(damaged, name, content) {
      const { assets } = repository.releases.get(Number(damaged.id))!;
      const index = assets.findIndex((asset) => asset.name === name);
      if (content === undefined) {
        assets.splice(index, 1);
        return;
      }
      const data = Buffer.from(content);
      const sha256 = createHash('sha256').update(data).digest('hex');
      assets[index] = { ...assets[index]!, data, sha256 };
    },
  };
}

function registryOver(octokit: Octokit, repository: Repository) {
  return createGithubModelRegistry({
    octokit,
    repository: repository.fullName,
    userAgent: USER_AGENT,
    retryMilliseconds: 1,
  });
}

describeRegistryContract('the GitHub registry, assets by redirect', () => openWorld());
describeRegistryContract('the GitHub registry, assets from the API', () =>
  openWorld({ assetDownload: 'direct' }),
);

describe('killed at any point', () => {
  /** Lets that many requests through; then the process is as good as dead. */
  function dyingClient(repository: Repository, survives: number, moment: 'before' | 'after'): Octokit {
    const octokit = connect(server, { repository });
    let count = 0;
    const die = () => {
      count += 1;
      if (count > survives) throw new Error('killed');
    };
    if (moment === 'before') octokit.hook.before('request', die);
    else octokit.hook.after('request', die);
    return octokit;
  }

  test.each(['before', 'after'] as const)(
    '%s each request, the next run ends in one release',
    async (moment) => {
      for (let survived = 0; ; survived += 1) {
        const { repository, commit } = await createTestRepository(server);
        const request = draftRequest({ commit });
        const dying = registryOver(dyingClient(repository, survived, moment), repository);
        const first = await run(dying).catch((error: Error) => error);
        const second = await run(registryOver(connect(server, { repository }), repository));
        expectOneRelease(repository, second);
        if (!(first instanceof Error)) {
          expect(first.id).toBe(second.id);
          expect(survived).toBeGreaterThan(15);
          return;
        }
        expect(first.message).toBe('killed');

        async function run(registry: RegistryWorld['registry']): Promise<ReleaseReference> {
          return await registry.publish(await registry.createDraft(request), request);
        }
      }
    },
  );

  test('a broken upload is deleted and made again', async () => {
    const world = await openWorld();
    const request = draftRequest({ commit: world.commit });
    const draft = await world.registry.createDraft(request);
    const stored = world.repository.releases.get(Number(draft.id))!;
    stored.assets.push({ ...stored.assets[0]!, id: 999_999, name: 'leftover.bin' });
    const mended = await world.registry.createDraft(request);
    expect(mended.id).toBe(draft.id);
    expect(mended.assets).toHaveLength(5);
  });

  test('of two drafts that hold the same, the older stays', async () => {
    const world = await openWorld();
    const request = draftRequest({ commit: world.commit });
    const draft = await world.registry.createDraft(request);
    const stored = world.repository.releases.get(Number(draft.id))!;
    world.repository.releases.set(888_888, { ...stored, id: 888_888, assets: [] });
    expect((await world.registry.createDraft(request)).id).toBe(draft.id);
    expect([...world.repository.releases.keys()]).toEqual([Number(draft.id)]);
  });
});

function expectOneRelease(repository: Repository, published: ReleaseReference): void {
  expect([...repository.releases.values()]).toHaveLength(1);
  const [stored] = [...repository.releases.values()];
  expect(stored).toMatchObject({
    id: Number(published.id),
    draft: false,
    prerelease: false,
    makeLatest: 'false',
  });
  expect(stored!.assets.map(({ name }) => name).sort()).toEqual(
    published.assets.map(({ name }) => name).sort(),
  );
  expect(published.assets).toHaveLength(5);
}

describe('faults', () => {
  test.each<[string, Parameters<GitHubServer['failNext']>[0]]>([
    ['the release cannot be created at first', { route: 'repos/create-release', status: 500, times: 2 }],
    ['the answer of a creation is lost', { route: 'repos/create-release', status: 'drop', performed: true }],
    ['uploads fail', { route: 'repos/upload-release-asset', status: 502, times: 3 }],
    ['an upload is dropped', { route: 'repos/upload-release-asset', status: 'drop' }],
    [
      'the answer of an upload is lost',
      { route: 'repos/upload-release-asset', status: 502, performed: true, times: 2 },
    ],
    ['a download fails', { route: 'repos/get-release-asset', status: 503, times: 2 }],
    ['a download is dropped', { route: 'repos/get-release-asset', status: 'drop' }],
    [
      'the answer of the publication is lost',
      { route: 'repos/update-release', status: 'drop', performed: true },
    ],
    ['the listing fails', { route: 'repos/list-releases', status: 500 }],
    [
      'a secondary limit asks to wait',
      { route: 'repos/upload-release-asset', status: 403, headers: { 'retry-after': '1' } },
    ],
  ])('%s: one release all the same', async (_, fault) => {
    const world = await openWorld();
    server.failNext(fault);
    const published = await release(world, {});
    expect(server.pendingFaults).toEqual([]);
    expectOneRelease(world.repository, published);
  });

  test('uploads that never succeed are an outside error with the request id', async () => {
    const world = await openWorld();
    server.failNext({ route: 'repos/upload-release-asset', status: 502, times: 25 });
    const making = world.registry.createDraft(draftRequest({ commit: world.commit }));
    await expect(making).rejects.toThrow(OutsideError);
    await expect(making).rejects.toThrow(/upload the assets of a release: 502 .*request id/);
    expect(server.pendingFaults).toEqual([]);
  });
});

describe('what GitHub enforces', () => {
  test('a token that only reads sees the champion and may not release', async () => {
    const world = await openWorld();
    await release(world, {});
    const octokit = connect(server, { repository: world.repository, permissions: { contents: 'read' } });
    const reading = registryOver(octokit, world.repository);
    const champion = await reading.findChampion(MODEL);
    expect(champion?.version).toBe('1.0.0');
    await reading.download(champion!, scratchDirectory());
    const making = reading.createDraft(draftRequest({ commit: world.commit, version: '1.1.0' }));
    const error = await making.catch((reason: unknown) => reason);
    expect(isMissingPermission(error)).toBe(true);
    expect((error as Error).message).toContain('add under "permissions:" of the job: contents: write');
  });

  test('releases that become immutable are whole, and their tag stays taken', async () => {
    const world = await openWorld({ immutableReleases: true });
    const published = await release(world, {});
    expectOneRelease(world.repository, published);
    world.repository.releases.clear();
    const again = world.registry.createDraft(draftRequest({ commit: world.commit, weights: 'other' }));
    await expect(again).rejects.toThrow(InputError);
    await expect(again).rejects.toThrow('was used by an immutable release; leave the version to auto');
  });

  test('a tag without a release, and one whose release was taken back, are passed over', async () => {
    const world = await openWorld();
    await release(world, {});
    await release(world, { version: '1.1.0' });
    await server.as('octo').markPrerelease(world.repository, `${MODEL}@v1.1.0`);
    await world.repository.git.updateReference(`refs/tags/${MODEL}@v9.0.0`, world.commit);
    expect((await world.registry.findChampion(MODEL))?.version).toBe('1.0.0');
  });

  test('the tag points at the commit that was asked for, and the model never becomes Latest', async () => {
    const world = await openWorld();
    const before = world.commit;
    await server
      .as('ada')
      .push(world.repository, { branch: 'main', message: 'docs', files: { 'a.md': 'a' } });
    await release(world, {});
    expect(await world.repository.git.commitOf(`refs/tags/${MODEL}@v1.0.0`)).toBe(before);
    expect(world.repository.latestReleaseId).toBeUndefined();
  });

  test('notes of any length keep the mark by which the draft is found', async () => {
    const world = await openWorld();
    const request = { ...draftRequest({ commit: world.commit }), notes: 'long '.repeat(40_000) };
    const draft = await world.registry.createDraft(request);
    expect((await world.registry.createDraft(request)).id).toBe(draft.id);
  });

  test('drafts are found behind a page of other releases', async () => {
    const world = await openWorld();
    for (let number = 0; number < 101; number += 1) {
      await server.as('octo').release(world.repository, { tagName: `app-v${number}`, draft: true });
    }
    const request = draftRequest({ commit: world.commit });
    const draft = await world.registry.createDraft(request);
    expect(await world.registry.listDrafts(MODEL)).toEqual([draft]);
  });
});

test('the number of requests of each operation', async () => {
  const world = await openWorld();
  const request = draftRequest({ commit: world.commit });
  const count = async <Result>(work: () => Promise<Result>): Promise<[Result, number]> => {
    const before = server.requests.length;
    return [await work(), server.requests.length - before];
  };
  const [draft, making] = await count(() => world.registry.createDraft(request));
  const [published, publishing] = await count(() => world.registry.publish(draft, request));
  const [, finding] = await count(() => world.registry.findChampion(MODEL));
  const [, downloading] = await count(() => world.registry.download(published, scratchDirectory()));
  // Five files: one request each to upload and to read back, and seven around them.
  expect({ making, publishing, finding, downloading }).toEqual({
    making: 17,
    publishing: 6,
    finding: 2,
    downloading: 6,
  });
});
