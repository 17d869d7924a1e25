import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRepository } from '../../../src/adapters/git/repository.ts';
import { InputError } from '../../../src/core/errors.ts';
import { parseLock } from '../../../src/core/release/lock-file.ts';
import { runReleaseModel } from '../../../src/stages/release/release-model.ts';
import {
  type RetrainingPorts,
  type RetrainingRequest,
  runOpenRetrainingPr,
} from '../../../src/stages/retraining/open-retraining-pr.ts';
import { createLabel } from '../../github-server/issues.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { drift, failedDocument, gate } from '../../support/documents.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import { ENVIRONMENT } from '../git/scratch-repository.ts';
import { dyingClient, GithubStage, MODEL, sha256 } from './github-stage.ts';

const BRANCH = `contender/retrain-${MODEL}`;
const LOCK = 'contender.lock.yml';
const DAY = 86_400_000;

let server: GitHubServer;
let stage: GithubStage;
let champion: string;

beforeAll(async () => {
  server = await startGitHub();
});
afterAll(() => server.close());
beforeEach(() => open());
afterEach(() => stage.close());

/** A repository whose champion is 1.0.0, and a check that found drift with a better candidate. */
async function open(settings: Parameters<typeof GithubStage.open>[1] = {}): Promise<void> {
  stage = await GithubStage.open(server, settings);
  for (const name of ['retraining', 'contender:snooze']) {
    const fields = { name, color: 'ededed', description: 'made by a maintainer' };
    createLabel(server.state, stage.repository, fields);
  }
  champion = stage.judged('champion weights');
  await release();
  stage.context = { ...stage.context, event: 'schedule' };
  candidate('candidate weights');
  stage.evidence(drift());
}

function candidate(weights: string, overrides: Parameters<GithubStage['judged']>[1] = {}): string {
  return stage.judged(weights, {
    champion: { digest: champion, bytes: 1, version: '1.0.0', origin: 'release 1.0.0' },
    ...overrides,
  });
}

function retrain(overrides: Partial<RetrainingRequest> = {}, ports: Partial<RetrainingPorts> = {}) {
  return runOpenRetrainingPr(
    {
      ...{ setup: stage.setup, workingDirectory: stage.directory, evidence: undefined, base: undefined },
      ...{ labels: [], reviewers: [], cooldownDays: undefined },
      ...overrides,
    },
    { world: stage.world, repository: undefined, ...stage.ports(), ...ports },
  );
}

async function release(repositoryDirectory?: string) {
  const repository =
    repositoryDirectory === undefined
      ? undefined
      : await openRepository({ directory: repositoryDirectory, environment: ENVIRONMENT });
  const setup =
    repositoryDirectory === undefined
      ? stage.setup
      : {
          ...stage.setup,
          baseDirectory: repositoryDirectory,
          evidenceDirectory: join(repositoryDirectory, '.contender', MODEL),
        };
  return runReleaseModel(
    { setup, model: undefined, evidence: undefined, version: 'auto', draft: false },
    { world: stage.world, repository, ...stage.ports() },
  );
}

const pulls = () => stage.repository.pulls;
const issues = () => [...stage.repository.issues.values()].filter((issue) => issue.pull === undefined);
const drafts = () => [...stage.repository.releases.values()].filter((one) => one.draft);
const lockAt = async (revision: string) =>
  parseLock(String(await stage.repository.git.readFile(revision, LOCK)), LOCK);
const changedFiles = async (from: string, to: string) =>
  (await stage.repository.git.git(['diff', '--name-only', from, to])).text.trim().split('\n');

describe('a better candidate', () => {
  test('waits in a draft, and its pull request changes the lock file alone', async () => {
    const result = await retrain();
    const [pull] = pulls();
    expect(result).toMatchObject({
      ...{ operation: 'created', exitCode: 0 },
      outputs: { operation: 'created', 'pull-request': String(pull?.number), verdict: 'drift' },
    });
    expect(result.outputs.url).toContain(`/pull/${pull?.number}`);
    expect(drafts().map(({ tagName }) => tagName)).toEqual([`${MODEL}@v1.1.0`]);
    expect(drafts()[0]?.assets).toHaveLength(9);
    const changed = await stage.ports().host.branches.commitsBetween('main', BRANCH);
    expect(changed).toHaveLength(1);
    expect(await changedFiles(stage.main, BRANCH)).toEqual([LOCK]);
    expect(await lockAt(BRANCH)).toMatchObject({
      ...{ model: MODEL, version: '1.1.0', digest: sha256('candidate weights') },
      champion: { version: '1.0.0', digest: champion },
    });
    expect(pull).toMatchObject({ state: 'open', labels: ['retraining'] });
    expect(pull?.title).toContain('Retrain fraud-detector 1.1.0');
    expect(pull?.pull.requestedReviewers.map(({ login }) => login)).toEqual(['ada']);
    expect(pull?.body).toContain('opened with the token of the job');
    expect(stage.repository.statuses.at(-1)).toMatchObject({
      ...{ sha: pull?.pull.headSha, context: `contender/${MODEL}`, state: 'success' },
    });
    const [dashboard] = issues();
    expect(dashboard?.labels).toEqual(['contender-dashboard']);
    expect(dashboard?.body).toContain(`/pull/${pull?.number}`);
  });

  test('checked again, in another run and judged again, changes nothing', async () => {
    await retrain();
    stage.context = { ...stage.context, run: '9100' };
    candidate('candidate weights', { measured: { seconds: 99 }, source: { run: '9100' } });
    const before = server.requests.length;
    expect(await retrain()).toMatchObject({ operation: 'unchanged', outputs: { 'pull-request': '1' } });
    expect(stage.writesSince(before)).toEqual([]);
  });

  test('that is a newer one rewrites the pull request', async () => {
    await retrain();
    const first = pulls()[0]?.pull.headSha;
    await server
      .as('ada')
      .push(stage.repository, { branch: 'main', message: 'docs', files: { 'a.md': 'a' } });
    const digest = candidate('newer weights');
    expect(await retrain()).toMatchObject({ operation: 'updated' });
    expect(pulls()).toHaveLength(1);
    expect(pulls()[0]?.pull.headSha).not.toBe(first);
    expect((await lockAt(BRANCH)).digest).toBe(digest);
    expect(await changedFiles('main', BRANCH)).toEqual([LOCK]);
    expect(stage.repository.statuses.at(-1)?.sha).toBe(pulls()[0]?.pull.headSha);
    expect(drafts()).toHaveLength(2);
    stage.now = Date.now() + 31 * DAY;
    await retrain();
    expect(drafts().map(({ assets }) => assets.find(({ name }) => name === 'model.onnx')?.sha256)).toEqual([
      digest,
    ]);
  });

  test('with weights beside it waits with them, is found again and published by its merge', async () => {
    const { digest } = stage.judgedWithWeights('candidate graph', 'candidate weights', {
      champion: { digest: champion, bytes: 1, version: '1.0.0', origin: 'release 1.0.0' },
    });
    expect(await retrain()).toMatchObject({ operation: 'created' });
    expect((await lockAt(BRANCH)).digest).toBe(digest);
    const before = server.requests.length;
    expect(await retrain()).toMatchObject({ operation: 'unchanged' });
    expect(stage.writesSince(before)).toEqual([]);
    const commit = await server.as('ada').mergePullRequest(stage.repository, pulls()[0]!.number);
    const clone = await checkOut();
    stage.context = { ...stage.context, event: 'push', commit, headCommit: commit, beforeCommit: stage.main };
    expect(await release(clone)).toMatchObject({
      ...{ exitCode: 0, next: undefined },
      outputs: { verdict: 'published', version: '1.1.0', digest },
    });
    expect(drafts()).toEqual([]);
  });

  test('with weights beside it is told from a newer one that has the same graph', async () => {
    const against = { champion: { digest: champion, bytes: 1, version: '1.0.0', origin: 'release 1.0.0' } };
    stage.judgedWithWeights('graph', 'older weights', against);
    await retrain();
    const { digest } = stage.judgedWithWeights('graph', 'newer weights', against);
    expect(await retrain()).toMatchObject({ operation: 'updated' });
    expect((await lockAt(BRANCH)).digest).toBe(digest);
    expect(drafts()).toHaveLength(2);
    stage.now = Date.now() + 31 * DAY;
    await retrain();
    expect(drafts().map(({ assets }) => assets.find(({ name }) => name === 'weights.bin')?.sha256)).toEqual([
      sha256('newer weights'),
    ]);
  });

  test('merged, is published byte for byte', async () => {
    await retrain();
    const stored = drafts()[0]?.assets.map(({ name, sha256: digest }) => [name, digest]);
    const commit = await server.as('ada').mergePullRequest(stage.repository, pulls()[0]!.number);
    const clone = await checkOut();
    stage.context = { ...stage.context, event: 'push', commit, headCommit: commit, beforeCommit: stage.main };
    const result = await release(clone);
    expect(result).toMatchObject({
      ...{ exitCode: 0, next: undefined },
      outputs: { verdict: 'published', version: '1.1.0', digest: sha256('candidate weights') },
    });
    const published = [...stage.repository.releases.values()].find(
      ({ tagName }) => tagName === `${MODEL}@v1.1.0`,
    );
    expect(published?.draft).toBe(false);
    expect(published?.assets.map(({ name, sha256: digest }) => [name, digest])).toEqual(stored);
    expect(await stage.repository.git.reference(`refs/tags/${MODEL}@v1.1.0`)).toBe(commit);
    expect(drafts()).toEqual([]);
    expect(await release(clone)).toMatchObject({ outputs: { verdict: 'unchanged', published: 'false' } });
  });

  test.each([
    ['the training data changed', async (clone: string) => changeTrainingData(clone), 'training data'],
    ['the draft is gone', async () => drafts().map(({ id }) => stage.repository.releases.delete(id)), 'gone'],
    ['the champion moved', () => publishAnother(), 'champion moved'],
  ])('merged after %s, is trained and judged again', async (_, spoil, reason) => {
    await retrain();
    const commit = await server.as('ada').mergePullRequest(stage.repository, pulls()[0]!.number);
    const clone = await checkOut();
    await spoil(clone);
    stage.context = { ...stage.context, event: 'push', commit, headCommit: commit, beforeCommit: stage.main };
    expect(await release(clone)).toMatchObject({
      next: 'train',
      document: { verdict: 'refused', reason: expect.stringContaining(reason) },
    });
  });

  test('a push that did not touch the lock file publishes no candidate', async () => {
    await retrain();
    const merged = await server.as('ada').mergePullRequest(stage.repository, pulls()[0]!.number);
    const after = await server
      .as('ada')
      .push(stage.repository, { branch: 'main', message: 'docs', files: { 'a.md': 'a' } });
    const clone = await checkOut();
    stage.context = {
      ...stage.context,
      event: 'push',
      commit: after,
      headCommit: after,
      beforeCommit: merged,
    };
    expect(await release(clone)).toMatchObject({
      next: 'train',
      document: { reason: expect.stringContaining('did not change the digest in the lock file') },
    });
  });

  async function checkOut(): Promise<string> {
    const clone = join(scratchDirectory(), 'clone');
    const address = `${server.loopbackUrl}/${stage.repository.fullName}.git`;
    // Not by a synchronous call: the server answers from this very process.
    await promisify(execFile)('git', ['clone', '--quiet', address, clone], {
      env: ENVIRONMENT as NodeJS.ProcessEnv,
      timeout: 20_000,
    });
    await stage.files.write(join(clone, 'data/train.csv'), stage.read('data/train.csv'));
    return clone;
  }

  async function changeTrainingData(clone: string): Promise<void> {
    await stage.files.write(join(clone, 'data/train.csv'), 'amt,is_fraud\n1,0\n2,1\n');
  }

  async function publishAnother(): Promise<void> {
    candidate('weights of somebody else');
    await release();
  }
});

describe('nothing is opened', () => {
  test.each([
    ['is not better', { verdict: 'equivalent' }, 'the candidate is equivalent'],
    ['fails a gate', { promote: false, gates: [gate({ outcome: 'fail' })] }, 'not every gate passes'],
    [
      'was judged against another champion',
      { champion: { digest: sha256('x'), bytes: 1, origin: 'elsewhere' } },
      'another champion',
    ],
  ] as const)('for a candidate that %s, and the dashboard says so', async (_, overrides, reason) => {
    candidate('candidate weights', overrides as Parameters<typeof candidate>[1]);
    expect(await retrain()).toMatchObject({
      ...{ operation: 'unchanged', reason: expect.stringContaining(reason) },
      outputs: { 'pull-request': '', url: '' },
    });
    expect(pulls()).toEqual([]);
    expect(drafts()).toEqual([]);
    expect(issues()[0]?.body).toContain(reason);
  });

  test('when the comparison died', async () => {
    stage.evidence(failedDocument('comparison'));
    expect(await retrain()).toMatchObject({ operation: 'unchanged' });
    expect(pulls()).toEqual([]);
  });

  test('for broken data, and an open one stays', async () => {
    await retrain();
    stage.evidence(drift({ verdict: 'no-data', recommendation: 'fix-data' }));
    expect(await retrain()).toMatchObject({ operation: 'unchanged', outputs: { 'pull-request': '1' } });
    expect(pulls()[0]?.state).toBe('open');
  });

  test('without a drift check, or with one that died', async () => {
    stage.evidence(failedDocument('drift'));
    await expect(retrain()).rejects.toThrow(InputError);
    await stage.files.remove(`${stage.directory}/.contender/${MODEL}/drift.json`);
    await expect(retrain()).rejects.toThrow('run check-drift before');
  });

  test('for bytes that are not the judged ones', async () => {
    stage.write(`.contender/${MODEL}/model/model.onnx`, 'swapped');
    await expect(retrain()).rejects.toThrow('was judged; train and compare again');
    expect(pulls()).toEqual([]);
  });
});

test('drift that is gone closes it, says why once, and is no refusal', async () => {
  await retrain();
  stage.evidence(drift({ verdict: 'stable', recommendation: 'none', reason: 'performance holds' }));
  server.failNext({ route: 'pulls/update', status: 500, times: 4 });
  await expect(retrain()).rejects.toThrow('500');
  expect(await retrain()).toMatchObject({ operation: 'closed' });
  expect(pulls()[0]?.state).toBe('closed');
  const comments = [...stage.repository.comments.values()].filter(
    ({ issueNumber }) => issueNumber === pulls()[0]?.number,
  );
  expect(comments.map(({ body }) => body.includes('performance holds'))).toEqual([true]);
  expect(await retrain()).toMatchObject({ operation: 'unchanged' });
  stage.evidence(drift());
  expect(await retrain()).toMatchObject({ operation: 'created' });
  expect(pulls()).toHaveLength(2);
});

describe('pauses', () => {
  test('a declined one is not opened again before the cooldown, its draft goes when it is old', async () => {
    stage.now = Date.now();
    await retrain();
    server.as('ada').close(stage.repository, pulls()[0]!.number);
    expect(await retrain()).toMatchObject({ operation: 'snoozed' });
    expect(pulls()).toHaveLength(1);
    expect(issues()[0]?.body).toContain('snoozed until');
    expect(await retrain({ cooldownDays: 0 })).toMatchObject({ operation: 'created' });
    server.as('ada').close(stage.repository, pulls()[1]!.number);
    stage.now += 8 * DAY;
    expect(await retrain()).toMatchObject({ operation: 'created' });
    server.as('ada').close(stage.repository, pulls()[2]!.number);
    stage.evidence(drift({ verdict: 'stable', recommendation: 'none' }));
    stage.now = Date.now() + 29 * DAY;
    await retrain();
    expect(drafts()).toHaveLength(1);
    stage.now = Date.now() + 31 * DAY;
    await retrain();
    expect(drafts()).toEqual([]);
  });

  test('the draft of somebody else stays however old it is', async () => {
    await server.as('ada').release(stage.repository, { tagName: `${MODEL}@v9.0.0`, draft: true });
    await retrain();
    server.as('ada').close(stage.repository, pulls()[0]!.number);
    stage.now = Date.now() + 400 * DAY;
    stage.evidence(drift({ verdict: 'stable', recommendation: 'none' }));
    await retrain();
    expect(drafts().map(({ tagName }) => tagName)).toEqual([`${MODEL}@v9.0.0`]);
  });

  test('the label leaves it as it is', async () => {
    await retrain();
    pulls()[0]?.labels.push('contender:snooze');
    candidate('newer weights');
    expect(await retrain()).toMatchObject({ operation: 'snoozed', outputs: { 'pull-request': '1' } });
    expect((await lockAt(BRANCH)).digest).toBe(sha256('candidate weights'));
  });
});

test('commits of a person are never overwritten, nor is their pull request closed', async () => {
  await retrain();
  const human = await server
    .as('ada')
    .push(stage.repository, { branch: BRANCH, message: 'by hand', files: { 'notes.md': 'mine' } });
  candidate('newer weights');
  expect(await retrain()).toMatchObject({
    ...{ operation: 'unchanged', reason: expect.stringContaining('ada has committed') },
    outputs: { 'pull-request': '1' },
  });
  stage.evidence(drift({ verdict: 'stable', recommendation: 'none' }));
  expect(await retrain()).toMatchObject({ operation: 'unchanged' });
  expect(await stage.repository.git.reference(`refs/heads/${BRANCH}`)).toBe(human);
  expect(pulls()[0]?.state).toBe('open');
});

test('where actions may open no pull request, the branch waits and the dashboard opens it', async () => {
  stage.close();
  await open({ allowActionsToCreatePullRequests: false });
  const result = await retrain();
  expect(result).toMatchObject({ operation: 'unchanged', exitCode: 0 });
  expect(result.outputs.url).toContain(`/compare/main...${BRANCH}?quick_pull=1&title=`);
  expect((await lockAt(BRANCH)).digest).toBe(sha256('candidate weights'));
  expect(issues()[0]?.body).toContain(`/compare/main...${BRANCH}`);
  expect(stage.warnings().join()).toContain('Allow GitHub Actions to create and approve pull requests');
  await server.as('ada').openPullRequest(stage.repository, { title: 'by click', head: BRANCH });
  expect(await retrain()).toMatchObject({ operation: 'updated' });
  expect(pulls()[0]?.body).toContain('What waiting costs');
});

test('a missing permission names the line to add', async () => {
  const ports = stage.ports({ permissions: { contents: 'write', issues: 'write', statuses: 'write' } });
  await expect(retrain({}, ports)).rejects.toThrow('pull-requests: write');
});

test('issues that are switched off keep nobody from retraining', async () => {
  stage.repository.settings.hasIssues = false;
  expect(await retrain()).toMatchObject({ operation: 'created' });
  expect(stage.warnings().join()).toContain('the dashboard issue was not written');
});

test('models share one dashboard, and what a stranger writes into it is not believed', async () => {
  await retrain();
  const [dashboard] = issues();
  const other = { model: 'churn', champion: { version: '2.0.0' } };
  const state = (models: unknown) =>
    `<!-- contender-models ${encodeURIComponent(JSON.stringify(models)).replaceAll('-', '%2D')} -->`;
  const written = dashboard?.body ?? '';
  dashboard!.body = written.replace(/<!-- contender-models .* -->/, state([other, { model: 7 }, null]));
  await retrain();
  expect(issues()).toHaveLength(1);
  expect(dashboard?.body).toContain('churn');
  expect(dashboard?.body).toContain(MODEL);
  dashboard!.body = written.replace(/<!-- contender-models .* -->/, '<!-- contender-models %E0%A4%A -->');
  await retrain();
  expect(dashboard?.body).toBe(written);
});

test('killed after some request, the next run ends in one pull request that is finished', {
  timeout: 240_000,
}, async () => {
  for (let survives = 1; ; survives += 5) {
    stage.close();
    await open();
    const octokit = dyingClient(stage, { survives, moment: 'after' });
    const first = await retrain({}, stage.ports({ octokit })).catch((error: Error) => error);
    await retrain();
    expect(pulls()).toHaveLength(1);
    expect(pulls()[0]).toMatchObject({ state: 'open', labels: ['retraining'] });
    expect(pulls()[0]?.body).toContain(sha256('candidate weights'));
    expect(stage.repository.statuses.at(-1)?.sha).toBe(pulls()[0]?.pull.headSha);
    expect(issues()).toHaveLength(1);
    const before = server.requests.length;
    expect(await retrain()).toMatchObject({ operation: 'unchanged' });
    expect(stage.writesSince(before)).toEqual([]);
    if (!(first instanceof Error)) {
      expect(survives).toBeGreaterThan(20);
      return;
    }
    expect(first.message).toBe('killed');
  }
});

test('a retraining that was judged is one use of its holdout, better or not', async () => {
  const history = stage.history();
  await retrain({}, { history });
  await retrain({}, { history });
  const digest = candidate('worse weights', { verdict: 'worse', promote: false });
  await retrain({}, { history });
  expect((await stage.ledger()).map(({ challenger, verdict }) => [challenger, verdict])).toEqual([
    [sha256('candidate weights'), 'better'],
    [digest, 'worse'],
  ]);
});
