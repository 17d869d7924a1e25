import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { openComment } from '../../../src/core/report/comment/seal.ts';
import { runReportMetrics } from '../../../src/stages/report/report-metrics.ts';
import type { ReportRequest } from '../../../src/stages/report/report-request.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { comparison, failedDocument, gate } from '../../support/documents.ts';
import { connect } from '../github-adapters/local-github.ts';
import { GithubStage } from './github-stage.ts';

/** Several jobs of one commit, each with models of its own, that report to the same comment. */

let server: GitHubServer;
let stage: GithubStage;
let number: number;
let head: string;

beforeAll(async () => {
  server = await startGitHub();
});
afterAll(() => server.close());

beforeEach(async () => {
  stage = await GithubStage.open(server);
  await push('one');
  number = (
    await server.as('ada').openPullRequest(stage.repository, { title: 'Better features', head: 'topic' })
  ).number;
});
afterEach(() => stage.close());

async function push(content: string): Promise<void> {
  head = await server
    .as('ada')
    .push(stage.repository, { branch: 'topic', message: content, files: { 'features.sql': content } });
}

const WORSE: Partial<CompletedComparison> = {
  verdict: 'worse',
  promote: false,
  gates: [gate({ outcome: 'fail', reason: 'the interval is below the margin' })],
};
const UNCHANGED: Partial<CompletedComparison> = { verdict: 'unchanged', metrics: [], gates: [], slices: [] };

type Job = {
  readonly index?: number;
  readonly total?: number;
  readonly run?: string;
  readonly attempt?: string;
  /** Milliseconds for each second that a job asks to wait. */
  readonly pace?: number;
};

/** The report of a job that judged these models, in a world of its own. */
function report(models: Readonly<Record<string, Partial<CompletedComparison> | 'died'>>, job: Job = {}) {
  const { index = 0, total = 1, run = '9041', attempt = '1', pace = 0 } = job;
  const evidenceDirectory = `.contender-${run}-${attempt}-${index}`;
  const source = { repository: stage.repository.fullName, headCommit: head, run, attempt };
  for (const [model, overrides] of Object.entries(models)) {
    const document =
      overrides === 'died'
        ? { ...failedDocument('comparison'), model, source }
        : comparison({ model, source, ...overrides });
    stage.write(`${evidenceDirectory}/${model}/comparison.json`, JSON.stringify(document));
  }
  const { host } = stage.ports({ octokit: connect(server, { repository: stage.repository }) });
  const context = {
    ...stage.context,
    ...{ event: 'pull_request' as const, pullRequest: number, headCommit: head, defaultBranch: false },
    ...{ run, attempt, job: 'contender/report' },
  };
  const request: ReportRequest = {
    ...{
      evidence: [],
      evidenceDirectory,
      workingDirectory: stage.directory,
      pinned: [],
      pullRequest: undefined,
    },
    ...{ comment: true, key: undefined, job: { index, total } },
  };
  return runReportMetrics(request, {
    world: { ...stage.world, context },
    summary: { write: async () => undefined },
    host,
    sleep: async (milliseconds) => void (await delay((milliseconds / 1000) * pace)),
  });
}

const comments = () =>
  [...stage.repository.comments.values()].filter(({ issueNumber }) => issueNumber === number);
const bodies = () => comments().map(({ body }) => body);
const opened = () => openComment(comments()[0]?.body ?? '', stage.world.sha256);
const models = () =>
  opened()
    ?.state.models.map(({ snapshot }) => snapshot.model)
    .sort();

describe('jobs that come one after another', () => {
  test('end with the models of all of them, the worst in the title', async () => {
    await report({ churn: {} }, { total: 3 });
    await report({ demand: WORSE }, { index: 1, total: 3 });
    expect(await report({ pricing: {} }, { index: 2, total: 3 })).toMatchObject({ comment: 'update' });
    const [body = '', line = ''] = bodies();
    expect(body).toMatch(/^### ❌ \*\*Worse\*\* .*, demand\n/);
    expect(body).toContain('3 models changed: 1 failed, 2 passed.');
    for (const model of ['churn', 'pricing']) expect(body).toContain(`<b>${model}</b></summary>`);
    expect(line).toMatch(/^Now failing/);
    expect(comments()).toHaveLength(2);
  });

  test('say nothing new when they run again, whichever of them', async () => {
    await report({ churn: {} }, { total: 2 });
    await report({ demand: WORSE }, { index: 1, total: 2 });
    const before = bodies();
    const requests = server.requests.length;
    expect(await report({ churn: {} }, { total: 2, attempt: '2' })).toMatchObject({ comment: 'unchanged' });
    expect(await report({ demand: WORSE }, { index: 1, total: 2 })).toMatchObject({ comment: 'unchanged' });
    expect(bodies()).toEqual(before);
    expect(stage.writesSince(requests)).toEqual([]);
  });

  test('of several workflows have runs of their own, and none hides the other', async () => {
    await report({ churn: {} }, { run: '9050' });
    expect(await report({ demand: {} }, { run: '9049' })).toMatchObject({ comment: 'update' });
    expect(models()).toEqual(['churn', 'demand']);
  });

  test('of an older run of the same commit replace neither comment nor status', async () => {
    await report({ churn: {} }, { run: '9050' });
    const statuses = stage.repository.statuses.length;
    expect(await report({ churn: WORSE }, { run: '9049' })).toMatchObject({ comment: 'older' });
    expect(bodies()[0]).toMatch(/^### ✅/);
    expect(stage.repository.statuses).toHaveLength(statuses);
  });

  test('that ran again without a model take back what they said of it', async () => {
    await report({ model: 'died' });
    expect(bodies()[0]).toMatch(/^### ⛔/);
    await report({ churn: {} }, { attempt: '2' });
    expect(models()).toEqual(['churn']);
    expect(bodies()[0]).toMatch(/^### ✅/);
    expect(bodies()[1]).toMatch(/^No longer failing/);
  });

  test('twice in one job, each with a model, keep both', async () => {
    await report({ churn: {} });
    await report({ demand: {} });
    expect(models()).toEqual(['churn', 'demand']);
  });

  test('whose models are all unchanged say so in a line; the first change takes its place', async () => {
    await report({ churn: UNCHANGED }, { total: 3 });
    expect(bodies()[0]).toMatch(/^### ✅ \*\*Unchanged\*\*, churn\n/);
    await report({ demand: UNCHANGED }, { index: 1, total: 3 });
    expect(bodies()[0]).toMatch(/^### ✅ \*\*Unchanged\*\*, all 2 models\n/);
    await report({ pricing: {} }, { index: 2, total: 3 });
    expect(bodies()[0]).toMatch(/^### ✅ \*\*Better\*\* .*, pricing\n/);
    expect(bodies()[0]).not.toContain('churn');
  });

  test('take nothing over from a comment that somebody else changed', async () => {
    await report({ churn: {} }, { total: 2 });
    const { id, body } = comments()[0]!;
    server.as('ada').editComment(stage.repository, id, body.replace('Difference', 'Fine, difference'));
    await report({ demand: {} }, { index: 1, total: 2 });
    expect(models()).toEqual(['demand']);
    expect(bodies()[0]).not.toContain('Fine');
  });
});

describe('the next push', () => {
  test('tells the difference, and keeps the pushes before folded', async () => {
    const commits: string[] = [];
    for (const [content, overrides] of [
      ['one', WORSE],
      ['two', {}],
      ['three', {}],
    ] as const) {
      await push(content);
      commits.push(head.slice(0, 12));
      await report({ churn: overrides });
      await report({ churn: overrides });
    }
    const [body = ''] = bodies();
    expect(body).not.toContain('Since the previous push');
    expect(body).toContain('Earlier pushes (2)');
    const rows = body.split('\n').filter((line) => line.startsWith('| `') && line.includes('**') === false);
    expect(rows.filter((row) => commits.some((commit) => row.includes(commit)))).toHaveLength(2);
    await push('four');
    await report({ churn: WORSE });
    expect(bodies()[0]).toContain(`Since the previous push \`${commits[2]}\`: was ✅ Better.`);
  });

  test('of a matrix is told as a turn only when every model that failed has reported', async () => {
    await report({ churn: {} }, { total: 2 });
    await report({ demand: WORSE }, { index: 1, total: 2 });
    expect(bodies().filter((body) => body.includes('failing'))).toHaveLength(1);
    await push('two');
    await report({ churn: {} }, { total: 2 });
    expect(bodies()).toHaveLength(2);
    await report({ demand: WORSE }, { index: 1, total: 2 });
    expect(bodies()).toHaveLength(2);
    await push('three');
    await report({ churn: {} }, { total: 2 });
    expect(bodies()).toHaveLength(2);
    await report({ demand: {} }, { index: 1, total: 2 });
    expect(bodies().at(-1)).toMatch(/^No longer failing/);
  });
});

describe('jobs at once', () => {
  test.each([1, 2, 3, 4, 5])(
    'ten of them, each with two models: all are there (round %i)',
    async (round) => {
      const total = 10;
      if (round > 2) await report({ earlier: {} }, { index: 99, total });
      const results = await Promise.all(
        Array.from({ length: total }, (_, index) =>
          report(
            { [`model-${index}`]: index === 4 ? WORSE : {}, [`twin-${index}`]: {} },
            { index, total, pace: 250 },
          ),
        ),
      );
      expect(results.map(({ exitCode }) => exitCode)).toEqual(results.map(() => 0));
      const wanted = Array.from({ length: total }, (_, index) => [`model-${index}`, `twin-${index}`]).flat();
      expect(models()).toEqual([...wanted, ...(round > 2 ? ['earlier'] : [])].sort());
      const sticky = bodies().filter((body) => body.startsWith('### '));
      expect(sticky).toHaveLength(1);
      expect(sticky[0]).toMatch(/^### ❌/);
      expect(bodies().length - sticky.length).toBeLessThanOrEqual(1);
      expect(stage.warnings()).toEqual([]);
    },
    120_000,
  );

  test('that know nothing of each other and create the comment together end with one and all models', async () => {
    await Promise.all(['a', 'b', 'c'].map((model, index) => report({ [model]: {} }, { index, pace: 250 })));
    expect(comments()).toHaveLength(1);
    expect(models()).toEqual(['a', 'b', 'c']);
  });

  test('of an old commit and a new one end with the newer', async () => {
    await report({ churn: WORSE }, { total: 2 });
    const old = report({ demand: WORSE }, { index: 1, total: 2, pace: 100 });
    await delay(30);
    await push('two');
    await report({ churn: {} }, { total: 2 });
    await old;
    expect(opened()?.marker.commit).toBe(head);
    expect(bodies()[0]).toMatch(/^### ✅/);
  });

  test('leave no second comment of a job that was killed', async () => {
    await report({ churn: {} });
    const { body } = comments()[0]!;
    server.as('github-actions[bot]').comment(stage.repository, number, body);
    expect(comments()).toHaveLength(2);
    await report({ churn: {} });
    expect(comments()).toHaveLength(1);
  });
});

test('a job that is alone and has nothing new asks three things and writes nothing', async () => {
  await report({ churn: {} });
  const before = server.requests.length;
  await report({ churn: {} });
  const asked = server.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  expect(
    asked.filter((line) => !line.includes('/git/') && !line.includes('/contents/')).length,
  ).toBeLessThanOrEqual(3);
});
