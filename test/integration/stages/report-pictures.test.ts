import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPictureBranch } from '../../../src/adapters/github/picture-branch.ts';
import { createPictureRenderer } from '../../../src/adapters/pictures/picture-renderer.ts';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { PICTURE_BRANCH } from '../../../src/core/report/comment/shown-pictures.ts';
import { parsePictureIndex, renderPictureIndex } from '../../../src/core/report/pictures/picture-index.ts';
import { runReportMetrics } from '../../../src/stages/report/report-metrics.ts';
import type { ReportRequest } from '../../../src/stages/report/report-request.ts';
import type { Permissions } from '../../github-server/access.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { comparison, gate, losingSlice, slices } from '../../support/documents.ts';
import { connect } from '../github-adapters/local-github.ts';
import { GithubStage, MODEL } from './github-stage.ts';

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
  head = await server
    .as('ada')
    .push(stage.repository, { branch: 'topic', message: 'one', files: { 'features.sql': 'one' } });
  ({ number } = await server
    .as('ada')
    .openPullRequest(stage.repository, { title: 'Better features', head: 'topic' }));
  stage.context = {
    ...stage.context,
    ...{ event: 'pull_request', pullRequest: number, headCommit: head, defaultBranch: false },
  };
});
afterEach(() => stage.close());

function judged(overrides: Partial<CompletedComparison> = {}): void {
  const source = { repository: stage.repository.fullName, headCommit: head, run: '9041' };
  stage.evidence(comparison({ source, slices: [...slices(), losingSlice()], ...overrides }));
}

const WORSE: Partial<CompletedComparison> = {
  verdict: 'worse',
  promote: false,
  slices: slices(),
  gates: [gate({ outcome: 'fail', reason: 'the interval is below the margin' })],
};

let loadedRenderers = 0;

function report(
  overrides: Partial<ReportRequest> = {},
  options: { readonly permissions?: Permissions } = {},
) {
  const octokit = connect(server, { repository: stage.repository, ...options });
  const { host } = stage.ports({ octokit });
  const pictures = {
    renderer: async () => {
      loadedRenderers += 1;
      return createPictureRenderer();
    },
    store: async () => createPictureBranch({ branches: host.branches, retryMilliseconds: 1 }),
  };
  return runReportMetrics(
    {
      ...{ evidence: [], evidenceDirectory: '.contender', workingDirectory: stage.directory },
      ...{ pinned: [], pullRequest: undefined, comment: true, key: undefined, pictures: true },
      ...overrides,
    },
    {
      world: stage.world,
      summary: { write: async (markdown: string) => void stage.summaries.push(markdown) },
      host,
      pictures,
      sleep: async () => undefined,
    },
  );
}

const body = () =>
  [...stage.repository.comments.values()].find(({ issueNumber }) => issueNumber === number)?.body ?? '';

/** Paths on the branch that the comment's pictures are fetched from. */
function shownPaths(text = body()): string[] {
  return [...text.matchAll(/(?:src|srcset)="\.\.\/blob\/contender-pictures\/([^"?]+)\?raw=true"/g)].map(
    ([, path = '']) => path,
  );
}

async function storedPaths(): Promise<string[]> {
  const { text } = await stage.repository.git.git(['ls-tree', '-r', '--name-only', PICTURE_BRANCH]);
  return text.split('\n');
}

const storedSvgs = async () => (await storedPaths()).filter((path) => path.endsWith('.svg')).sort();

describe('pictures that are asked for', () => {
  test('lie on a branch of one commit, and every address of the comment leads to one', async () => {
    judged();
    expect(await report()).toMatchObject({ exitCode: 0, comment: 'create' });
    const paths = shownPaths();
    expect(paths).toHaveLength(10);
    expect(await storedSvgs()).toEqual([...paths].sort());
    expect(paths.every((path) => path.startsWith(`pull-${number}/report/${MODEL}/`))).toBe(true);
    for (const path of paths) {
      expect(String(await stage.repository.git.readFile(PICTURE_BRANCH, path))).toMatch(/^<svg /);
    }
    expect(await stage.repository.git.commits([PICTURE_BRANCH])).toHaveLength(1);
    expect(await stage.repository.git.mergeBase('main', PICTURE_BRANCH)).toBeUndefined();
    expect(body()).toContain('<source media="(prefers-color-scheme: dark)"');
    expect(body()).toContain('alt="Gains of the challenger: average_precision better');
    expect(body()).not.toContain('▁');
    expect(stage.summaries.join('')).not.toContain('<picture>');
    expect(stage.summaries.join('')).toMatch(/[▁▂▃▄▅▆▇█]{8}/);
  });

  test('are written once: a second run of the same writes nothing', async () => {
    judged();
    await report();
    stage.context = { ...stage.context, run: '9042' };
    const before = server.requests.length;
    expect(await report()).toMatchObject({ comment: 'unchanged', exitCode: 0 });
    expect(stage.writesSince(before)).toEqual([]);
  });

  test('do not change with the latency, which differs with every run', async () => {
    judged();
    await report();
    const metrics = comparison().metrics.map((metric) =>
      metric.name === 'latency_p95_ms' ? { ...metric, challenger: { value: 9.99 } } : metric,
    );
    judged({ metrics });
    expect(await report()).toMatchObject({ comment: 'unchanged' });
  });

  test('that somebody deleted come back, and the comment stays as it is', async () => {
    judged();
    await report();
    await stage.repository.git.deleteReference(`refs/heads/${PICTURE_BRANCH}`);
    expect(await report()).toMatchObject({ comment: 'unchanged' });
    expect(await storedSvgs()).toEqual(shownPaths().sort());
  });

  test('of other evidence are others; the branch still has one commit', async () => {
    judged();
    await report();
    const before = shownPaths();
    judged(WORSE);
    expect(await report()).toMatchObject({ comment: 'update' });
    expect(shownPaths()).not.toEqual(before);
    expect(await storedSvgs()).toEqual(expect.arrayContaining(shownPaths()));
    expect(await stage.repository.git.commits([PICTURE_BRANCH])).toHaveLength(1);
  });

  test('of two models each lie in a folder of their own', async () => {
    judged();
    judged({ model: 'churn', ...WORSE });
    await report();
    expect(shownPaths().filter((path) => path.includes('/churn/'))).toHaveLength(10);
    expect(await storedSvgs()).toHaveLength(20);
  });

  test('are left out beyond the budget, model by model', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `model-${index}`);
    for (const model of many) judged({ model });
    await report();
    expect((await storedSvgs()).length).toBeLessThan(120);
    const said = stage.told.map(({ message }) => message).join('\n');
    expect(said).toContain('model-9 is reported without the picture');
    expect(stage.warnings()).toEqual([]);
  });
});

describe('text in the place of pictures', () => {
  const READ_CONTENTS: Permissions = { contents: 'read', 'pull-requests': 'write', statuses: 'write' };

  test('where nobody asked for them: nothing is drawn or written', async () => {
    judged();
    const loaded = loadedRenderers;
    await report({ pictures: false });
    expect(loadedRenderers).toBe(loaded);
    expect(body()).not.toContain('<picture>');
    expect(body()).toMatch(/[▁▂▃▄▅▆▇█]{8}/);
    expect(await stage.repository.git.reference(`refs/heads/${PICTURE_BRANCH}`)).toBeUndefined();
  });

  test('where the token may not write, with the line to add as a warning and no other exit code', async () => {
    judged();
    expect(await report({}, { permissions: READ_CONTENTS })).toMatchObject({
      exitCode: 0,
      comment: 'create',
    });
    expect(body()).not.toContain('<picture>');
    expect(stage.warnings()).toEqual([expect.stringContaining('of the job: contents: write')]);
    expect(await report({}, { permissions: READ_CONTENTS })).toMatchObject({ comment: 'unchanged' });
  });

  test('on forks without a word', async () => {
    judged();
    stage.context = { ...stage.context, untrusted: true };
    expect(await report({}, { permissions: READ_CONTENTS })).toMatchObject({
      exitCode: 0,
      comment: 'create',
    });
    expect(stage.warnings()).toEqual([]);
  });

  test('when GitHub fails at the pictures alone', async () => {
    judged();
    server.failNext({ route: 'git/create-tree', status: 500, times: 4 });
    expect(await report()).toMatchObject({ exitCode: 0, comment: 'create' });
    expect(body()).not.toContain('<picture>');
    expect(stage.warnings()).toEqual([expect.stringContaining('the comment has no pictures: GitHub failed')]);
  });

  test("when the branch is somebody else's work, which stays", async () => {
    await server
      .as('ada')
      .push(stage.repository, { branch: PICTURE_BRANCH, message: 'holiday', files: { 'sea.txt': 'blue' } });
    judged();
    await report();
    expect(body()).not.toContain('<picture>');
    expect(stage.warnings()).toEqual([expect.stringContaining('has no pictures.json')]);
    expect(await storedPaths()).toContain('sea.txt');
  });

  test('for a report of a commit that was overtaken: nothing is written', async () => {
    judged();
    await server
      .as('ada')
      .push(stage.repository, { branch: 'topic', message: 'two', files: { 'features.sql': 'two' } });
    expect(await report()).toMatchObject({ comment: 'older' });
    expect(await stage.repository.git.reference(`refs/heads/${PICTURE_BRANCH}`)).toBeUndefined();
  });
});

describe('several writers', () => {
  test('at once lose nothing of each other, on a new branch and on one that is there', async () => {
    judged();
    const keys = ['one', 'two'];
    await Promise.all(keys.map((key) => report({ key })));
    const folders = async () => [...new Set((await storedSvgs()).map((path) => path.split('/')[1]))].sort();
    expect(await folders()).toEqual([...keys].sort());
    judged(WORSE);
    await Promise.all(keys.map((key) => report({ key: `${key}-more` })));
    expect(await folders()).toHaveLength(4);
    expect(await stage.repository.git.commits([PICTURE_BRANCH])).toHaveLength(1);
  });

  test('of whom one was killed between the pictures and the comment: the next run comments', async () => {
    judged();
    server.failNext({ route: 'issues/create-comment', status: 500, times: 4 });
    expect(await report()).toMatchObject({ exitCode: 3 });
    const before = server.requests.length;
    await report();
    expect(shownPaths()).toHaveLength(10);
    expect(stage.writesSince(before).map(({ route }) => route)).not.toContain('git/create-tree');
  });

  test('whose answer was lost did write, and are not told otherwise', async () => {
    judged();
    await report({ key: 'first' });
    server.failNext({ route: 'graphql/update-refs', status: 'drop', performed: true, times: 1 });
    judged(WORSE);
    expect(await report()).toMatchObject({ comment: 'create' });
    expect(shownPaths(body()).length).toBeGreaterThan(0);
    expect(stage.warnings()).toEqual([]);
  });
});

describe('pruning', () => {
  /** A branch on which older pull requests left pictures. */
  async function fill(reports: readonly { readonly pullRequest: number; readonly key: string }[]) {
    const { branches } = stage.ports().host;
    await createPictureBranch({ branches }).update(async () => {
      const full = reports.map(({ pullRequest, key }) => ({
        ...{ pullRequest, key },
        files: [`pull-${pullRequest}/${key}/m/roc-00-light.svg`],
      }));
      const add = Object.fromEntries(
        full.flatMap(({ files }) => files.map((file) => [file, `<svg>${file}</svg>`])),
      );
      return { keep: [], index: renderPictureIndex(full), add, message: 'filled' };
    });
  }
  const pullsStored = async () =>
    new Set((await storedSvgs()).map((path) => Number(/^pull-(\d+)/.exec(path)?.[1])));

  test('keeps the newest reports and those of open pull requests', async () => {
    await server
      .as('ada')
      .push(stage.repository, { branch: 'other', message: 'other', files: { 'other.sql': 'x' } });
    const closed = await server
      .as('ada')
      .openPullRequest(stage.repository, { title: 'Other', head: 'other' });
    await stage.ports().host.pulls.update(closed.number, { state: 'closed' });
    const old = Array.from({ length: 55 }, (_, index) => ({ pullRequest: 1000 + index, key: 'report' }));
    const first = [
      { pullRequest: number, key: 'nightly' },
      { pullRequest: closed.number, key: 'report' },
    ];
    await fill([...first, ...old]);
    judged();
    await report();
    const kept = await pullsStored();
    expect(kept).toContain(number);
    expect(kept).not.toContain(closed.number);
    expect(kept).not.toContain(1005);
    expect(kept).toContain(1006);
    const index = await stage.repository.git.readFile(PICTURE_BRANCH, 'pictures.json');
    const reports = parsePictureIndex(String(index));
    expect(reports).toHaveLength(51);
    expect(reports[0]).toMatchObject({ pullRequest: number, key: 'nightly' });
    expect(reports.at(-1)).toMatchObject({ pullRequest: number, key: 'report' });
    expect(await storedPaths()).toContain('README.md');
  });

  test('starts over from an index that is none', async () => {
    await fill([{ pullRequest: 1, key: 'report' }]);
    const { branches } = stage.ports().host;
    await branches.commit({
      branch: PICTURE_BRANCH,
      parent: await branches.head(PICTURE_BRANCH),
      expected: await branches.head(PICTURE_BRANCH),
      message: 'spoilt',
      files: { 'pictures.json': '{"reports": [{"pullRequest": "x"}]}' },
    });
    judged();
    await report();
    expect(await storedSvgs()).toEqual(shownPaths().sort());
    expect(await stage.repository.git.commits([PICTURE_BRANCH])).toHaveLength(1);
  });
});
