/** Artifacts against a local GitHub: the real library uploads, the store finds, checks and unpacks. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findRuntime } from '../../../src/adapters/artifacts/runtime/find-runtime.ts';
import type { ArtifactReference, ArtifactStore } from '../../../src/ports/artifact-store.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import type { WorkflowRun } from '../../github-server/workflow-runs.ts';
import { zipOf } from '../../support/zip.ts';
import { createTestRepository } from '../github-adapters/local-github.ts';
import { makeScratch, openJob } from './artifact-fixture.ts';

const LIMITS = { files: 20, archiveBytes: 1_000_000, bytes: 5_000_000 };
const NAME = 'contender-fraud-detector-judge-1';
const FILES = {
  'fraud-detector/comparison.json': '{"verdict":"better"}',
  'fraud-detector/model/model.onnx': Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 251),
  'fraud-detector/empty.json': '',
};

let server: GitHubServer;
let scratch: Awaited<ReturnType<typeof makeScratch>>;
let run: WorkflowRun;

beforeAll(async () => {
  server = await startGitHub();
});
afterAll(() => server.close());
beforeEach(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  scratch = await makeScratch();
  const { repository, commit } = await createTestRepository(server);
  run = server.actions.run({ repository, headSha: commit });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await scratch[Symbol.asyncDispose]();
});

async function writeFiles(files: Readonly<Record<string, string | Uint8Array>> = FILES) {
  const root = join(scratch.path, 'evidence');
  const paths = Object.keys(files).map((name) => join(root, name));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  return { name: NAME, root, files: paths };
}

const target = () => join(scratch.path, 'unpacked');

function unpack(store: ArtifactStore, reference: ArtifactReference, limits = LIMITS) {
  return store.unpack(reference, target(), limits);
}

/** Nothing is left in the folder, and nothing of the archive elsewhere. */
async function expectNothingLeft(): Promise<void> {
  expect(await readdir(target()).catch(() => [])).toEqual([]);
  expect((await readdir(scratch.path)).filter((name) => name.startsWith('archive-'))).toEqual([]);
}

describe('artifacts of the own run', () => {
  it('are uploaded, found and unpacked byte for byte, without any permission', async () => {
    const store = openJob(server, run, { scratch: scratch.path });
    const reference = await store.upload(await writeFiles());
    const description = {
      ...reference,
      name: NAME,
      run: String(run.id),
      bytes: expect.any(Number),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    };
    expect(await store.find(reference.id)).toEqual(description);
    expect(await store.listOfRun(String(run.id))).toEqual([description]);
    const other = openJob(server, run, { job: 'report', scratch: scratch.path });
    expect(await unpack(other, reference)).toEqual(Object.keys(FILES).sort());
    for (const [name, content] of Object.entries(FILES)) {
      expect(await readFile(join(target(), name))).toEqual(Buffer.from(content as string));
    }
    expect((await readdir(scratch.path)).filter((name) => name.startsWith('archive-'))).toEqual([]);
    expect(server.requests.every(({ login }) => login === undefined)).toBe(true);
  });

  it('replace what the same job uploaded under the name', async () => {
    const store = openJob(server, run, { scratch: scratch.path });
    const first = await store.upload(await writeFiles());
    const second = await store.upload(await writeFiles({ 'fraud-detector/release.json': '{}' }));
    expect(second.id).not.toBe(first.id);
    expect(run.artifacts.map(({ id, name }) => ({ id, name }))).toEqual([{ id: second.id, name: NAME }]);
    expect(await store.listOfRun(String(run.id))).toHaveLength(1);
  });

  it('never replace those of another job of the same matrix', async () => {
    const files = await writeFiles();
    for (const instance of ['linux', 'windows', 'linux', 'windows', 'macos']) {
      await openJob(server, run, { instance, scratch: scratch.path }).upload(files);
    }
    expect(run.artifacts.map(({ name }) => name).sort()).toEqual([NAME, `${NAME}-2`, `${NAME}-3`]);
  });

  it('take the next name when another job is quicker', async () => {
    const store = openJob(server, run, { scratch: scratch.path });
    server.failNext({
      route: 'CreateArtifact',
      status: 409,
      body: { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' },
    });
    await store.upload(await writeFiles());
    expect(run.artifacts.map(({ name }) => name)).toEqual([`${NAME}-2`]);
  });

  it('are read although the service fails now and then', async () => {
    const store = openJob(server, run, { scratch: scratch.path });
    const reference = run.uploadArtifact({ name: NAME, files: { 'a.json': '1' } });
    server.failNext({ route: 'ListArtifacts', status: 503 });
    server.failNext({ route: 'GetSignedArtifactURL', status: 'drop' });
    expect(await unpack(store, reference)).toEqual(['a.json']);
    server.failNext({ route: 'ListArtifacts', status: 500, times: 4 });
    await expect(store.listOfRun(String(run.id))).rejects.toMatchObject({
      name: 'OutsideError',
      message: expect.stringMatching(
        /^GitHub's artifact service failed to list the artifacts of this run: 500/,
      ),
    });
  });

  it('hold no links, since a link could bring files from elsewhere', async () => {
    const store = openJob(server, run, { scratch: scratch.path });
    const upload = await writeFiles();
    const elsewhere = join(scratch.path, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'secret'), 'x');
    const [file, folder] = [join(upload.root, 'fraud-detector/secret'), join(upload.root, 'linked')];
    await symlink(join(elsewhere, 'secret'), file);
    await symlink(elsewhere, folder);
    for (const link of [file, join(folder, 'secret'), folder, join(upload.root, 'nowhere')]) {
      await expect(store.upload({ ...upload, files: [...upload.files, link] })).rejects.toThrow(
        'is no plain file that can be read',
      );
    }
    expect(run.artifacts).toEqual([]);
  });
});

describe('artifacts of another run', () => {
  it('are found and unpacked with actions: read, and the storage sees no token', async () => {
    const store = openJob(server, run, { permissions: { actions: 'read' }, scratch: scratch.path });
    const earlier = server.actions.run({ repository: run.repository, id: 77, headSha: 'a'.repeat(40) });
    const first = earlier.uploadArtifact({ name: 'one', files: { 'a.json': '1' } });
    const second = earlier.uploadArtifact({ name: 'two', files: { 'b.json': '2' } });
    earlier.expireArtifact(earlier.uploadArtifact({ name: 'three', files: {} }).id);
    earlier.uploadArtifact({ name: 'without a digest', digest: null, files: { 'c.json': '3' } });
    const listed = await store.listOfRun('77');
    expect(listed.map(({ id, run: of }) => [id, of])).toEqual([
      [second.id, '77'],
      [first.id, '77'],
    ]);
    expect(await store.find(first.id)).toMatchObject({ ...first, name: 'one', run: '77' });
    expect(await unpack(store, first)).toEqual(['a.json']);
  });

  it('lists more than one page', async () => {
    const store = openJob(server, run, { permissions: { actions: 'read' }, scratch: scratch.path });
    const earlier = server.actions.run({ repository: run.repository });
    for (let index = 0; index < 130; index += 1) {
      earlier.uploadArtifact({ name: `a-${index}`, files: { 'a.json': '1' } });
    }
    expect(await store.listOfRun(String(earlier.id))).toHaveLength(130);
  });

  it('say which permission is missing', async () => {
    const repository = await server.createRepository({
      owner: 'octo',
      name: 'secret',
      private: true,
      files: {},
    });
    const own = server.actions.run({ repository });
    const earlier = server.actions.run({ repository });
    const reference = earlier.uploadArtifact({ name: 'one', files: { 'a.json': '1' } });
    const store = openJob(server, own, { permissions: { contents: 'read' }, scratch: scratch.path });
    const missing = { name: 'InputError', missingPermission: 'actions: read' };
    await expect(store.find(reference.id)).rejects.toMatchObject(missing);
    await expect(store.listOfRun(String(earlier.id))).rejects.toMatchObject(missing);
    await expect(unpack(store, reference)).rejects.toMatchObject(missing);
    const without = openJob(server, own, { scratch: scratch.path });
    await expect(without.find(reference.id)).rejects.toThrow('need a token with actions: read');
  });

  it('are refused when the download needs more than the listing', async () => {
    const store = openJob(server, run, { permissions: { contents: 'read' }, scratch: scratch.path });
    const earlier = server.actions.run({ repository: run.repository });
    const reference = earlier.uploadArtifact({ name: 'one', files: { 'a.json': '1' } });
    expect(await store.find(reference.id)).toMatchObject({ name: 'one' });
    await expect(unpack(store, reference)).rejects.toMatchObject({ missingPermission: 'actions: read' });
    await expectNothingLeft();
  });

  it('are gone when they have expired, also between finding and downloading', async () => {
    const store = openJob(server, run, { permissions: { actions: 'read' }, scratch: scratch.path });
    const earlier = server.actions.run({ repository: run.repository });
    const reference = earlier.uploadArtifact({ name: 'one', files: { 'a.json': '1' } });
    server.failNext({
      route: 'actions/download-artifact',
      status: 410,
      body: { message: 'Artifact has expired' },
    });
    await expect(unpack(store, reference)).rejects.toThrow(/does not exist or has expired; run the job/);
    earlier.expireArtifact(reference.id);
    expect(await store.find(reference.id)).toBeUndefined();
    expect(await store.find(999_999)).toBeUndefined();
    await expect(unpack(store, reference)).rejects.toMatchObject({ name: 'InputError' });
    await expectNothingLeft();
  });
});

describe('an artifact that is not what was handed over', () => {
  it('is refused when another took its name, its bytes or its digest', async () => {
    const store = openJob(server, run, { permissions: { actions: 'read' }, scratch: scratch.path });
    const reference = run.uploadArtifact({ name: NAME, files: { 'a.json': 'true' } });
    run.replaceArtifact(reference.id, { files: { 'a.json': 'false' } });
    await expect(unpack(store, reference)).rejects.toThrow('does not exist or has expired');
    const [forged] = run.artifacts;
    await expect(unpack(store, { ...reference, id: forged!.id })).rejects.toThrow(
      /its SHA-256 is [0-9a-f]{64} and not [0-9a-f]{64}/,
    );
    const honest = run.uploadArtifact({ name: 'other', files: { 'a.json': 'true' } });
    run.corruptArtifact(honest.id, zipOf({ 'a.json': 'false' }));
    await expect(unpack(store, honest)).rejects.toThrow('so it is not what was handed over');
    await expectNothingLeft();
  });

  it('is refused by the size that the service tells, and by the one that arrives', async () => {
    const store = openJob(server, run, { scratch: scratch.path });
    const limits = { ...LIMITS, archiveBytes: 2_000 };
    const countSigned = () => server.requests.filter(({ route }) => route === 'GetSignedArtifactURL').length;
    const signed = countSigned();
    const large = run.uploadArtifact({ name: 'large', archive: Buffer.alloc(2_001) });
    await expect(unpack(store, large, limits)).rejects.toThrow('its archive has 2001 bytes or more');
    expect(countSigned()).toBe(signed);
    const lying = run.uploadArtifact({ name: 'lying', archive: Buffer.alloc(500_000), size: 10 });
    await expect(unpack(store, lying, limits)).rejects.toThrow('at most 2000 are read');
    await expectNothingLeft();
  });
});

describe('a runner', () => {
  const run1 = 'Actions.Results:run-1:job-1';
  const token = (scope: unknown) =>
    `a.${Buffer.from(JSON.stringify({ scp: scope })).toString('base64url')}.c`;
  const variables = { ACTIONS_RESULTS_URL: 'https://results.example/x/', ACTIONS_RUNTIME_TOKEN: token(run1) };

  it.each(['https://github.com', 'https://acme.ghe.com', 'http://github.localhost:99', ''])(
    'with the server %j has a service',
    (GITHUB_SERVER_URL) => {
      expect(findRuntime({ ...variables, GITHUB_SERVER_URL })).toEqual({
        url: 'https://results.example',
        token: variables.ACTIONS_RUNTIME_TOKEN,
        runId: 'run-1',
        jobId: 'job-1',
      });
    },
  );

  it.each([
    [{ ...variables, GITHUB_SERVER_URL: 'https://github.acme.com' }, 'GitHub Enterprise Server'],
    [{ ...variables, GITHUB_SERVER_URL: 'https://github.com.acme.com' }, 'GitHub Enterprise Server'],
    [{ ...variables, ACTIONS_RUNTIME_TOKEN: '' }, 'no ACTIONS_RUNTIME_TOKEN'],
    [{ ...variables, ACTIONS_RESULTS_URL: undefined }, 'no ACTIONS_RESULTS_URL'],
    [{ ...variables, ACTIONS_RUNTIME_TOKEN: token('Actions.Other:1:2') }, 'for no artifact service'],
    [{ ...variables, ACTIONS_RUNTIME_TOKEN: token(7) }, 'for no artifact service'],
    [{ ...variables, ACTIONS_RUNTIME_TOKEN: 'opaque' }, 'for no artifact service'],
  ])('without one says why (%#)', (environment, reason) => {
    expect(findRuntime(environment)).toEqual({ missing: expect.stringContaining(reason) });
  });
});
