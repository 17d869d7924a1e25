import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFolderHistory } from '../../../src/adapters/folder-registry/folder-history.ts';
import { createFolderRegistry } from '../../../src/adapters/folder-registry/folder-registry.ts';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { OutsideError } from '../../../src/core/errors.ts';
import { parseChecksums } from '../../../src/core/release/checksums.ts';
import type { History } from '../../../src/ports/history.ts';
import {
  type ReleasePorts,
  type ReleaseRequest,
  type ReleaseResult,
  runReleaseModel,
} from '../../../src/stages/release/release-model.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { CHALLENGER_DIGEST, failedDocument, gate } from '../../support/documents.ts';
import { dyingClient, GithubStage, MODEL, sha256 } from './github-stage.ts';

let server: GitHubServer;
let stage: GithubStage;

beforeAll(async () => {
  server = await startGitHub();
});
afterAll(() => server.close());
beforeEach(async () => {
  stage = await GithubStage.open(server);
});
afterEach(() => stage.close());

function release(
  overrides: Partial<ReleaseRequest> = {},
  ports: Partial<ReleasePorts> = {},
): Promise<ReleaseResult> {
  return runReleaseModel(
    {
      ...{ setup: stage.setup, model: undefined, evidence: undefined, version: 'auto', draft: false },
      ...overrides,
    },
    { world: stage.world, repository: undefined, ...stage.ports(), ...ports },
  );
}

const releases = () => [...stage.repository.releases.values()];
const tags = () => releases().map(({ tagName, draft }) => `${tagName}${draft ? ' (draft)' : ''}`);
const assetOf = (tag: string, name: string) =>
  releases()
    .find(({ tagName }) => tagName === tag)
    ?.assets.find((asset) => asset.name === name)
    ?.data.toString();
const issues = () => [...stage.repository.issues.values()].filter((issue) => issue.pull === undefined);

/** Judged against the release that is there. */
function against(version: string, digest: string) {
  return {
    champion: { digest, bytes: 1, version, origin: `release ${version}` },
    verdict: 'better',
    promote: true,
  } as const;
}

const WORSE: Partial<CompletedComparison> = {
  ...{ verdict: 'worse', promote: false, gates: [gate({ outcome: 'fail' })] },
};

test('the first model is published whole as 1.0.0', async () => {
  const digest = stage.judged('first weights');
  const result = await release();
  expect(result).toMatchObject({
    exitCode: 0,
    next: undefined,
    document: { kind: 'release', verdict: 'published', version: '1.0.0', digest },
    outputs: { verdict: 'published', tag: `${MODEL}@v1.0.0`, version: '1.0.0', digest, published: 'true' },
  });
  expect(tags()).toEqual([`${MODEL}@v1.0.0`]);
  const names = releases()[0]
    ?.assets.map(({ name }) => name)
    .sort();
  expect(names).toEqual([
    ...['MODEL_CARD.md', 'SHA256SUMS', 'comparison.json', 'contract.yml', 'manifest.json', 'model.onnx'],
    ...['reference-profile.json', 'training.json', 'validation.json'],
  ]);
  expect(assetOf(`${MODEL}@v1.0.0`, 'model.onnx')).toBe('first weights');
  const sums = parseChecksums(assetOf(`${MODEL}@v1.0.0`, 'SHA256SUMS') ?? '', 'SHA256SUMS');
  expect(sums).toHaveLength(8);
  expect(JSON.parse(assetOf(`${MODEL}@v1.0.0`, 'manifest.json') ?? '')).toMatchObject({
    ...{ version: '1.0.0', digest, commit: stage.main, run: '9041', verdict: 'no-champion' },
  });
  const profile = JSON.parse(assetOf(`${MODEL}@v1.0.0`, 'reference-profile.json') ?? '');
  expect(profile).toMatchObject({ schemaVersion: 1, name: 'holdout', rows: 18_420 });
  expect(await stage.repository.git.reference(`refs/tags/${MODEL}@v1.0.0`)).toBe(stage.main);
  if (result.document.verdict === 'error') throw new Error(result.document.error.message);
  expect(result.document.assets.map(({ name }) => name).sort()).toEqual(names);
  expect(result.document.assets.find(({ name }) => name === 'model.onnx')?.sha256).toBe(digest);
});

test('the next one takes the next version, and the same again changes nothing', async () => {
  const first = stage.judged('first weights');
  await release();
  const second = stage.judged('second weights', against('1.0.0', first));
  expect(await release()).toMatchObject({ outputs: { version: '1.1.0', digest: second } });
  const before = server.requests.length;
  expect(await release()).toMatchObject({
    exitCode: 0,
    document: { verdict: 'unchanged', version: '1.1.0' },
    outputs: { published: 'false', digest: second },
  });
  expect(stage.writesSince(before)).toEqual([]);
  expect(tags()).toEqual([`${MODEL}@v1.0.0`, `${MODEL}@v1.1.0`]);
});

test.each([
  ['classes that a caller does not know', 'classes removed: travel', true, '2.0.0'],
  ['an operator more', 'operators added: Cast', false, '1.1.0'],
])('%s', async (_name, change, breaking, version) => {
  const first = stage.judged('first weights');
  await release();
  stage.judged('other weights', {
    ...against('1.0.0', first),
    modelContract: { changes: [{ change, breaking }] },
  });
  expect(await release()).toMatchObject({ outputs: { version } });
});

test('the fingerprint of the training rows goes out with the model, draft and release alike', async () => {
  const bytes = 'which rows it saw';
  stage.write(`.contender/${MODEL}/model/training-fingerprint.bin`, bytes);
  const path = 'model/training-fingerprint.bin';
  const first = stage.judged('first weights', {}, { fingerprint: { path, sha256: sha256(bytes) } });
  expect(await release({ draft: true })).toMatchObject({ document: { verdict: 'draft' } });
  await release();
  const tag = `${MODEL}@v1.0.0`;
  expect(assetOf(tag, 'training-fingerprint.bin')).toBe(bytes);
  expect(JSON.parse(assetOf(tag, 'manifest.json') ?? '')).toMatchObject({
    fingerprint: 'training-fingerprint.bin',
  });
  stage.judged('other weights', against('1.0.0', first), { fingerprint: { path, sha256: sha256('forged') } });
  expect(await release()).toMatchObject({ exitCode: 1, document: { verdict: 'refused' } });
  expect(tags()).toEqual([tag]);
});

test('another features query with the same weights is another model', async () => {
  const features = (sql: string) => {
    stage.write(`.contender/${MODEL}/model/features.sql`, sql);
    return { features: 'model/features.sql' };
  };
  const first = stage.judged('weights', {}, features('SELECT amt FROM source'));
  await release();
  stage.judged('weights', against('1.0.0', first), features('SELECT 2 * amt AS amt FROM source'));
  expect(await release()).toMatchObject({ outputs: { verdict: 'published', version: '1.0.1' } });
  expect(assetOf(`${MODEL}@v1.0.1`, 'features.sql')).toContain('2 * amt');
});

test('a model that is no ONNX file is published under its own name with its scores', async () => {
  const weights = 'a pickle, never opened';
  stage.write(`.contender/${MODEL}/model/model.pkl`, weights);
  stage.write(`.contender/${MODEL}/scores/challenger.parquet`, 'scores');
  const scores = { by: 'command', path: 'scores/challenger.parquet', sha256: sha256('scores') } as const;
  const digest = sha256(weights);
  const challenger = { digest, bytes: weights.length, origin: 'training of this run', scores };
  stage.judged(weights, { challenger }, { path: 'model/model.pkl', signature: undefined });
  expect(await release({ draft: true })).toMatchObject({ outputs: { verdict: 'draft' } });
  expect(await release()).toMatchObject({ outputs: { verdict: 'published', version: '1.0.0', digest } });
  expect(tags()).toEqual([`${MODEL}@v1.0.0`]);
  expect(assetOf(`${MODEL}@v1.0.0`, 'model.pkl')).toBe(weights);
  expect(assetOf(`${MODEL}@v1.0.0`, 'scores.parquet')).toBe('scores');
  expect(JSON.parse(assetOf(`${MODEL}@v1.0.0`, 'manifest.json') ?? '')).toMatchObject({
    ...{ file: 'model.pkl', digest, scores: 'scores.parquet' },
  });
});

describe('a model with weights beside it', () => {
  const TAG = `${MODEL}@v1.0.0`;

  test('is published with them, and other weights of the same graph are another model', async () => {
    const first = stage.judgedWithWeights('graph', 'first weights').digest;
    expect(await release()).toMatchObject({ outputs: { verdict: 'published', digest: first } });
    expect(assetOf(TAG, 'weights.bin')).toBe('first weights');
    expect(JSON.parse(assetOf(TAG, 'manifest.json') ?? '')).toMatchObject({
      ...{ file: 'model.onnx', digest: first },
      files: [{ name: 'weights.bin', sha256: sha256('first weights'), bytes: 13 }],
    });
    expect(releases()[0]?.body).toContain(
      `needs \`weights.bin\` in the same folder. Together they have the digest \`sha256:${first}\``,
    );
    expect(await release()).toMatchObject({ outputs: { verdict: 'unchanged', digest: first } });
    const { digest } = stage.judgedWithWeights('graph', 'second weights', against('1.0.0', first));
    expect(await release()).toMatchObject({ outputs: { verdict: 'published', version: '1.1.0', digest } });
    expect(assetOf(`${MODEL}@v1.1.0`, 'model.onnx')).toBe('graph');
    expect(assetOf(`${MODEL}@v1.1.0`, 'weights.bin')).toBe('second weights');
  });

  test('waits in a draft, which goes once the release is there', async () => {
    const { digest } = stage.judgedWithWeights('graph', 'weights');
    expect(await release({ draft: true })).toMatchObject({ outputs: { verdict: 'draft', digest } });
    stage.context = { ...stage.context, run: '9042' };
    expect(await release()).toMatchObject({ outputs: { verdict: 'published', digest } });
    expect(tags()).toEqual([TAG]);
  });

  test('is not published when they are not those that were judged', async () => {
    const { digest } = stage.judgedWithWeights('graph', 'weights');
    stage.write(`.contender/${MODEL}/model/weights.bin`, 'others');
    expect(await release()).toMatchObject({
      exitCode: 1,
      document: {
        verdict: 'refused',
        reason: expect.stringMatching(
          new RegExp(`weights\\.bin beside it has the digest [0-9a-f]{64}, .* ${digest} was judged`),
        ),
      },
    });
    expect(releases()).toEqual([]);
  });
});

describe('the version', () => {
  test('is the one that was asked for', async () => {
    stage.judged('weights');
    expect(await release({ version: '3.0.0' })).toMatchObject({ outputs: { version: '3.0.0' } });
  });

  test.each([
    ['v1', 'write auto or a semantic version'],
    ['1.0.0', 'not higher than its champion'],
  ])('%s is refused when it cannot be', async (version, message) => {
    const first = stage.judged('first weights');
    await release({ version: '1.0.0' });
    stage.judged('second weights', against('1.0.0', first));
    expect(await release({ version })).toMatchObject({
      exitCode: 2,
      document: { verdict: 'error', error: { message: expect.stringContaining(message) } },
    });
  });

  test('passes over one that was taken back', async () => {
    const first = stage.judged('first weights');
    await release();
    stage.judged('second weights', against('1.0.0', first));
    await release();
    await server.as('ada').markPrerelease(stage.repository, `${MODEL}@v1.1.0`);
    stage.judged('third weights', against('1.0.0', first));
    expect(await release()).toMatchObject({ outputs: { version: '1.2.0' } });
  });
});

test('a draft stays one, and publishing later takes it up', async () => {
  stage.judged('weights');
  expect(await release({ draft: true })).toMatchObject({ outputs: { verdict: 'draft', published: 'false' } });
  expect(tags()).toEqual([`${MODEL}@v1.0.0 (draft)`]);
  expect(await release()).toMatchObject({ outputs: { verdict: 'published' } });
  expect(tags()).toEqual([`${MODEL}@v1.0.0`]);
});

// Before every even request and after every odd one: each gap between two requests is met once.
test.each([
  ['before', 0],
  ['after', 1],
] as const)('killed %s a request, the next run ends in one whole release', async (moment, start) => {
  for (let survives: number = start; ; survives += 2) {
    stage.close();
    stage = await GithubStage.open(server);
    stage.judged('weights');
    const dying = stage.ports({ octokit: dyingClient(stage, { survives, moment }) });
    const first = await release({}, dying);
    // The next attempt trains and compares again: the same model, other times in its documents.
    stage.judged('weights', { measured: { seconds: 7 } });
    stage.context = { ...stage.context, run: '9042' };
    const second = await release();
    expect(second.exitCode).toBe(0);
    expect(second.document.verdict).toMatch(/published|unchanged/);
    expect(tags()).toEqual([`${MODEL}@v1.0.0`]);
    expect(releases()[0]?.assets).toHaveLength(9);
    expect(assetOf(`${MODEL}@v1.0.0`, 'model.onnx')).toBe('weights');
    if (first.exitCode === 0) {
      expect(survives).toBeGreaterThan(15);
      return;
    }
    expect(first.document).toMatchObject({ verdict: 'error', error: { message: 'killed' } });
  }
});

describe('bytes that were not judged', () => {
  test('a model file that changed after the judgement is refused', async () => {
    const digest = stage.judged('weights');
    stage.write(`.contender/${MODEL}/model/model.onnx`, 'other weights');
    expect(await release()).toMatchObject({
      ...{ exitCode: 1, next: undefined },
      document: { verdict: 'refused', digest, reason: expect.stringContaining('only judged bytes') },
      outputs: { published: 'false' },
    });
    expect(tags()).toEqual([]);
  });

  test('a judgement of another model than was trained is refused', async () => {
    stage.judged('weights', { challenger: { digest: CHALLENGER_DIGEST, bytes: 1, origin: 'elsewhere' } });
    expect(await release()).toMatchObject({ exitCode: 1, document: { verdict: 'refused' } });
    expect(tags()).toEqual([]);
  });

  test('a model that is given is published when it is the judged one, else compared first', async () => {
    stage.judged('weights');
    const same = stage.write('given.onnx', 'weights');
    const other = stage.write('other.onnx', 'other weights');
    expect(await release({ model: other })).toMatchObject({
      ...{ exitCode: 1, next: 'compare' },
      document: { verdict: 'refused', digest: sha256('other weights') },
    });
    expect(await release({ model: same })).toMatchObject({ outputs: { verdict: 'published' } });
    expect(await release({ model: same })).toMatchObject({ outputs: { verdict: 'unchanged' } });
    expect(await release({ model: 'missing.onnx' })).toMatchObject({ exitCode: 2 });
  });

  test('without a judgement, training comes first', async () => {
    expect(await release()).toMatchObject({ exitCode: 1, next: 'train', document: { verdict: 'refused' } });
  });

  test('a champion that moved meanwhile makes the judgement stale', async () => {
    const first = stage.judged('first weights');
    await release();
    stage.judged('second weights', against('1.0.0', first));
    await release();
    stage.judged('third weights', against('1.0.0', first));
    expect(await release()).toMatchObject({
      ...{ exitCode: 1, next: 'train' },
      document: { reason: expect.stringContaining('judged against the champion 1.0.0, which is 1.1.0') },
    });
    expect(tags()).toHaveLength(2);
  });

  test.each([
    ['comparison', 'ended with an error'],
    ['training', 'ended with an error'],
  ] as const)('a %s that died publishes nothing', async (kind, message) => {
    stage.judged('weights');
    stage.evidence(failedDocument(kind));
    expect(await release()).toMatchObject({
      exitCode: 2,
      document: { verdict: 'error', error: { message: expect.stringContaining(message) } },
    });
  });
});

describe('a judgement that does not pass', () => {
  test('publishes nothing and opens one issue, which the next release closes', async () => {
    stage.judged('weights', WORSE);
    const result = await release();
    expect(result).toMatchObject({ exitCode: 0, next: undefined, document: { verdict: 'refused' } });
    expect(stage.warnings().join()).toContain('does not let it pass');
    expect(tags()).toEqual([]);
    const [issue] = issues();
    expect(issue).toMatchObject({ state: 'open', labels: ['contender'] });
    expect(issue?.body).toContain(sha256('weights').slice(0, 12));
    const before = server.requests.length;
    await release();
    expect(stage.writesSince(before)).toEqual([]);
    stage.judged('other weights', WORSE);
    await release();
    expect(issues()).toHaveLength(1);
    expect(issue?.body).toContain(sha256('other weights').slice(0, 12));
    stage.judged('good weights');
    await release();
    expect(issue?.state).toBe('closed');
  });

  test('a token that may open no issue leaves a warning', async () => {
    stage.judged('weights', WORSE);
    const ports = stage.ports({ permissions: { contents: 'write', 'pull-requests': 'read' } });
    expect(await release({}, ports)).toMatchObject({ exitCode: 0, document: { verdict: 'refused' } });
    expect(stage.warnings().join('\n')).toContain('issues: write');
  });

  test('is published when a maintainer accepted these bytes on the merged pull request', async () => {
    const digest = sha256('weights');
    await server
      .as('ada')
      .push(stage.repository, { branch: 'topic', message: 'change', files: { 'a.sql': 'x' } });
    const { number } = await server
      .as('ada')
      .openPullRequest(stage.repository, { title: 't', head: 'topic' });
    server.as('eve').comment(stage.repository, number, `/contender accept ${digest.slice(0, 12)} please`);
    const commit = await server.as('ada').mergePullRequest(stage.repository, number);
    stage.context = { ...stage.context, commit, headCommit: commit, beforeCommit: stage.main };
    stage.judged('weights', WORSE);
    expect(await release()).toMatchObject({ document: { verdict: 'refused' } });
    expect(issues()[0]?.body).toContain(`comment on #${number}`);
    server
      .as('octo')
      .comment(stage.repository, number, `/contender accept ${digest.slice(0, 12)} law asks for it`);
    expect(await release()).toMatchObject({ outputs: { verdict: 'published', digest } });
    const accepted = { by: 'octo', reason: 'law asks for it', digest };
    expect(JSON.parse(assetOf(`${MODEL}@v1.0.0`, 'manifest.json') ?? '')).toMatchObject({ accepted });
    expect(JSON.parse(assetOf(`${MODEL}@v1.0.0`, 'comparison.json') ?? '')).toMatchObject({
      ...{ accepted, promote: true, verdict: 'worse' },
    });
    expect(assetOf(`${MODEL}@v1.0.0`, 'MODEL_CARD.md')).toContain('law asks for it');
    expect(releases()[0]?.body).toContain('law asks for it');
  });

  test('an acceptance that only the document claims publishes nothing', async () => {
    const digest = sha256('weights');
    stage.judged('weights', { ...WORSE, accepted: { by: 'ada', reason: 'trust me', digest } });
    expect(await release()).toMatchObject({ document: { verdict: 'refused' } });
    expect(tags()).toEqual([]);
  });
});

test('a folder stands in for GitHub', async () => {
  const registry = createFolderRegistry({ directory: `${stage.directory}/registry` });
  const folder = { registry, host: undefined };
  const { commit: _commit, ...context } = stage.context;
  stage.context = { ...context, event: 'local' };
  const first = stage.judged('first weights');
  expect(await release({}, folder)).toMatchObject({ outputs: { verdict: 'published', version: '1.0.0' } });
  stage.judged('second weights', { ...against('1.0.0', first), ...WORSE });
  expect(await release({}, folder)).toMatchObject({ exitCode: 0, document: { verdict: 'refused' } });
  expect(stage.read(`registry/${MODEL}@v1.0.0/model.onnx`)).toBe('first weights');
});

test('a missing permission names the line to add', async () => {
  stage.judged('weights');
  const ports = stage.ports({ permissions: { contents: 'read' } });
  expect(await release({}, ports)).toMatchObject({
    exitCode: 2,
    document: { verdict: 'error', error: { message: expect.stringContaining('contents: write') } },
  });
});

describe('the holdout ledger', () => {
  test('counts a model that main judged, once, whether it is published or not', async () => {
    const first = stage.judged('first weights');
    await release({}, { history: stage.history() });
    await release({}, { history: stage.history() });
    const second = stage.judged('second weights', { ...against('1.0.0', first), ...WORSE });
    expect(await release({}, { history: stage.history() })).toMatchObject({
      document: { verdict: 'refused' },
    });
    expect((await stage.ledger()).map(({ challenger }) => challenger)).toEqual([first, second]);
  });

  test('that may not or cannot be written is a warning, and the release stands', async () => {
    stage.judged('first weights');
    const { host } = stage.ports({ permissions: { contents: 'read' } });
    expect(await release({}, { history: stage.history(host) })).toMatchObject({ exitCode: 0 });
    expect(stage.warnings().at(-1)).toContain('contents: write');
    expect(tags()).toEqual([`${MODEL}@v1.0.0`]);
    stage.judged('second weights', against('1.0.0', sha256('first weights')));
    const down: History = { isLocal: false, read: failing, append: failing };
    expect(await release({}, { history: down })).toMatchObject({ exitCode: 0 });
    expect(stage.warnings().at(-1)).toBe('this use of the holdout was not counted: GitHub is down');
  });

  async function failing(): Promise<never> {
    throw new OutsideError('GitHub is down');
  }

  test('lies in the folder that stands in the place of releases', async () => {
    const directory = await stage.files.temporaryDirectory('registry');
    const digest = stage.judged('first weights');
    stage.context = { ...stage.context, event: 'local' };
    const [registry, history] = [createFolderRegistry({ directory }), createFolderHistory({ directory })];
    expect(await release({}, { registry, host: undefined, history })).toMatchObject({ exitCode: 0 });
    const file = `${directory}/contender-history/ledger/${MODEL}.jsonl`;
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ challenger: digest });
    expect((await registry.findChampion(MODEL))?.version).toBe('1.0.0');
  });
});
