import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { InputError } from '../../../src/core/errors.ts';
import { countUses } from '../../../src/core/ledger/count-uses.ts';
import { parseLedger } from '../../../src/core/ledger/entry.ts';
import { runReportMetrics } from '../../../src/stages/report/report-metrics.ts';
import type { ReportRequest } from '../../../src/stages/report/report-request.ts';
import type { Permissions } from '../../github-server/access.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import {
  CHALLENGER_DIGEST,
  comparison,
  drift,
  failedDocument,
  gate,
  training,
} from '../../support/documents.ts';
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
  head = await push('one');
  const opened = await server
    .as('ada')
    .openPullRequest(stage.repository, { title: 'Better features', head: 'topic' });
  number = opened.number;
  onPullRequest();
});
afterEach(() => stage.close());

function push(content: string): Promise<string> {
  return server
    .as('ada')
    .push(stage.repository, { branch: 'topic', message: content, files: { 'features.sql': content } });
}

function onPullRequest(overrides: Partial<typeof stage.context> = {}): void {
  stage.context = {
    ...stage.context,
    ...{ event: 'pull_request', pullRequest: number, headCommit: head, defaultBranch: false },
    ...overrides,
  };
}

function judged(overrides: Partial<CompletedComparison> = {}, commit = head): void {
  const source = { repository: stage.repository.fullName, headCommit: commit, run: '9041' };
  stage.evidence(comparison({ source, ...overrides }));
}

const WORSE: Partial<CompletedComparison> = {
  verdict: 'worse',
  promote: false,
  gates: [gate({ outcome: 'fail', reason: 'the interval is below the margin' })],
};

function report(
  overrides: Partial<ReportRequest> = {},
  options: { readonly permissions?: Permissions; readonly login?: string } = {},
) {
  const octokit = connect(server, { repository: stage.repository, ...options });
  const summary = { write: async (markdown: string) => void stage.summaries.push(markdown) };
  const { host } = stage.ports({ octokit });
  const history = stage.history(host);
  return runReportMetrics(
    {
      ...{ evidence: [], evidenceDirectory: '.contender', workingDirectory: stage.directory },
      ...{ pinned: [], pullRequest: undefined, comment: true, key: undefined },
      ...overrides,
    },
    { world: stage.world, summary, host, history, sleep: async () => undefined },
  );
}

const comments = () =>
  [...stage.repository.comments.values()].filter(({ issueNumber }) => issueNumber === number);

test('the first report comments, sets the status, and leaves summary and file', async () => {
  judged();
  const result = await report();
  expect(result).toMatchObject({ exitCode: 0, comment: 'create' });
  const [comment] = comments();
  expect(comments()).toHaveLength(1);
  expect(comment?.body).toMatch(/^### ✅ \*\*Better\*\*/);
  expect(comment?.author.login).toBe('github-actions[bot]');
  expect(result.outputs).toMatchObject({
    verdict: 'better',
    evidence: '.contender',
    report: join('.contender', 'report.html'),
    'comment-url': expect.stringContaining(`#issuecomment-${comment?.id}`),
  });
  expect(stage.read('.contender/report.html')).toContain('<!doctype html>');
  expect(stage.summaries.join('')).toContain('**Better**');
  expect(stage.repository.statuses).toMatchObject([
    { sha: head, context: `contender/${MODEL}`, state: 'success' },
  ]);
});

test('a second run of the same says nothing and writes nothing', async () => {
  judged();
  await report();
  stage.context = { ...stage.context, run: '9042' };
  const before = server.requests.length;
  expect(await report()).toMatchObject({ comment: 'unchanged', exitCode: 0 });
  expect(stage.writesSince(before)).toEqual([]);
});

test('a status that could not be set is set by the next run that may, and only then', async () => {
  judged();
  const withoutStatuses = { 'pull-requests': 'write', contents: 'write' } as const;
  expect(await report({}, { permissions: withoutStatuses })).toMatchObject({
    exitCode: 2,
    comment: 'create',
  });
  expect(await report({}, { permissions: withoutStatuses })).toMatchObject({ comment: 'unchanged' });
  expect(stage.repository.statuses).toEqual([]);
  expect(await report()).toMatchObject({ exitCode: 0, comment: 'update' });
  expect(stage.repository.statuses).toMatchObject([{ sha: head, state: 'success' }]);
  const before = server.requests.length;
  expect(await report()).toMatchObject({ exitCode: 0, comment: 'unchanged' });
  expect(stage.writesSince(before)).toEqual([]);
  expect(server.requests.length - before).toBe(3);
});

describe('a verdict that changes', () => {
  test('rewrites the comment and tells a turn to failing, and back, in a line of its own', async () => {
    judged();
    await report();
    const [first] = comments();
    judged(WORSE);
    expect(await report()).toMatchObject({ comment: 'update', outputs: { verdict: 'worse' } });
    expect(comments()).toHaveLength(2);
    expect(comments()[0]?.id).toBe(first?.id);
    expect(comments()[0]?.body).toMatch(/^### ❌/);
    expect(comments()[1]?.body).toMatch(/^Now failing: ❌ \*\*Worse\*\*/);
    expect(comments()[1]?.body).toContain(`#issuecomment-${first?.id}`);
    expect(stage.repository.statuses.at(-1)?.state).toBe('failure');
    judged();
    await report();
    expect(comments()).toHaveLength(3);
    expect(comments()[2]?.body).toMatch(/^No longer failing/);
  });

  test('to undecided is no turn', async () => {
    judged();
    await report();
    judged({ verdict: 'inconclusive', promote: false, gates: [gate({ outcome: 'inconclusive' })] });
    await report();
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toMatch(/^### 🟡/);
  });

  test('killed between the line and the comment, the line comes once', async () => {
    judged();
    await report();
    judged(WORSE);
    server.failNext({ route: 'issues/update-comment', status: 500, times: 4 });
    expect(await report()).toMatchObject({ exitCode: 3 });
    await report();
    expect(comments().map(({ body }) => body.slice(0, 11))).toEqual(['### ❌ **Wor', 'Now failing']);
    expect(stage.told.filter(({ kind }) => kind === 'error')).toHaveLength(1);
  });
});

test('a report for an older commit replaces nothing', async () => {
  const older = head;
  head = await push('two');
  onPullRequest();
  judged();
  await report();
  judged(WORSE, older);
  expect(await report()).toMatchObject({ comment: 'older' });
  expect(comments()).toHaveLength(1);
  expect(comments()[0]?.body).toMatch(/^### ✅/);
  expect(stage.repository.statuses.at(-1)).toMatchObject({ sha: older, state: 'failure' });
});

test('the report of a commit that was overtaken does not comment first either', async () => {
  judged();
  await push('two');
  expect(await report()).toMatchObject({ comment: 'older', exitCode: 0 });
  expect(comments()).toEqual([]);
});

describe('whose comment it is', () => {
  test("a stranger's copy of the comment is left alone", async () => {
    judged();
    await report();
    const { body } = comments()[0]!;
    server.as('ada').deleteComment(stage.repository, comments()[0]!.id);
    server.as('eve').comment(stage.repository, number, body);
    expect(await report()).toMatchObject({ comment: 'create' });
    expect(comments().map(({ author }) => author.login)).toEqual(['eve', 'github-actions[bot]']);
  });

  test('an edit by somebody else is written over, whoever copied what', async () => {
    judged();
    await report();
    const { id, body } = comments()[0]!;
    server.as('ada').editComment(stage.repository, id, body.replace('1.4.0', '9.9.9'));
    expect(await report()).toMatchObject({ comment: 'update' });
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toBe(body);
  });

  test("with a person's token the comment is that person's, and found again", async () => {
    judged();
    await report({}, { login: 'ada' });
    expect(await report({}, { login: 'ada' })).toMatchObject({ comment: 'unchanged' });
    expect(comments().map(({ author }) => author.login)).toEqual(['ada']);
  });

  test('it is found behind more comments than a page holds', async () => {
    for (let index = 0; index < 105; index += 1)
      server.as('eve').comment(stage.repository, number, `words ${index}`);
    judged();
    await report();
    expect(await report()).toMatchObject({ comment: 'unchanged' });
    expect(comments()).toHaveLength(106);
  });

  test('a key makes a second comment', async () => {
    judged();
    await report();
    await report({ key: 'nightly' });
    expect(await report({ key: 'nightly' })).toMatchObject({ comment: 'unchanged' });
    expect(comments()).toHaveLength(2);
    await expect(report({ key: 'a -- b' })).rejects.toThrow(InputError);
  });
});

test('two jobs at once end with one comment', async () => {
  judged();
  await Promise.all([report(), report(), report()]);
  expect(comments()).toHaveLength(1);
  expect(await report()).toMatchObject({ comment: 'unchanged' });
});

describe('what the token may not', () => {
  const READ: Permissions = { contents: 'read', 'pull-requests': 'read' };

  test('is named with the line to add, and the report still lands', async () => {
    judged();
    const result = await report({}, { permissions: READ });
    expect(result.exitCode).toBe(2);
    expect(stage.warnings().join('\n')).toContain('pull-requests: write');
    expect(stage.warnings().join('\n')).toContain('statuses: write');
    expect(stage.summaries.join('')).toContain('**Better**');
    expect(existsSync(join(stage.directory, '.contender/report.html'))).toBe(true);
  });

  test('is by design on a fork', async () => {
    judged();
    onPullRequest({ untrusted: true });
    expect(await report({}, { permissions: READ })).toMatchObject({ exitCode: 0 });
    expect(stage.warnings()).toHaveLength(2);
  });

  test('GitHub down is told by the exit code, and the summary is there', async () => {
    judged();
    server.failNext({ route: 'pulls/get', status: 500, times: 4 });
    expect(await report()).toMatchObject({ exitCode: 3 });
    expect(stage.summaries).toHaveLength(1);
  });
});

describe('an acceptance', () => {
  const accept = (
    login: string,
    text = `/contender accept ${CHALLENGER_DIGEST.slice(0, 12)} known and fine`,
  ) => server.as(login).comment(stage.repository, number, text);

  test('by somebody who may write turns the status', async () => {
    judged(WORSE);
    await report();
    accept('ada');
    await report();
    expect(comments()[0]?.body).toMatch(/^### ✅ \*\*Accepted\*\*/);
    expect(stage.repository.statuses.at(-1)).toMatchObject({ state: 'success' });
    expect(stage.repository.statuses.at(-1)?.description).toContain('accepted by ada: known and fine');
  });

  test.each([
    ['by somebody who may not write', 'eve', undefined],
    ['of other bytes', 'ada', `/contender accept ${'0'.repeat(12)} fine`],
    ['without a reason', 'ada', `/contender accept ${CHALLENGER_DIGEST.slice(0, 12)}`],
    ['inside of other words', 'ada', `Try this: /contender accept ${CHALLENGER_DIGEST.slice(0, 12)} fine`],
    ['with more digits', 'ada', `/contender accept ${CHALLENGER_DIGEST.slice(0, 13)} fine`],
  ])('%s accepts nothing', async (_, login, text) => {
    judged(WORSE);
    accept(login, text);
    await report();
    expect(stage.repository.statuses.at(-1)?.state).toBe('failure');
  });

  test('that only the document claims counts nothing', async () => {
    judged({ ...WORSE, accepted: { by: 'ada', reason: 'trust me', digest: CHALLENGER_DIGEST } });
    await report();
    expect(stage.repository.statuses.at(-1)?.state).toBe('failure');
  });
});

describe('what is reported', () => {
  test('a stage that died replaces the better-looking comment', async () => {
    judged();
    await report();
    const source = { headCommit: head };
    stage.evidence({ ...failedDocument('comparison'), source });
    expect(await report()).toMatchObject({ comment: 'update', outputs: { verdict: 'error' } });
    expect(comments()[0]?.body).toMatch(/^### ⛔/);
    expect(stage.repository.statuses.at(-1)?.state).toBe('error');
  });

  test('scores that only the code of the pull request vouches for set no passing status', async () => {
    const source = { headCommit: head };
    const origin = 'training of this run';
    judged({ challenger: { digest: CHALLENGER_DIGEST, bytes: 1, origin } });
    const { learner: _learner, ...byCommand } = training({ command: 'python train.py', source });
    stage.evidence(byCommand);
    await report();
    expect(stage.repository.statuses.at(-1)?.state).toBe('pending');
    expect(comments()[0]?.body).toContain('Self-reported');
  });

  test('several models share a comment and have a status each; the verdict is the worst', async () => {
    judged();
    judged({ model: 'churn', ...WORSE });
    expect(await report()).toMatchObject({ outputs: { verdict: 'worse' } });
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain('2 models changed');
    expect(stage.repository.statuses.map(({ context, state }) => `${context} ${state}`).sort()).toEqual([
      'contender/churn failure',
      'contender/fraud-detector success',
    ]);
  });

  test('in a merge queue there is no pull request: the status is set, the summary written, nothing commented', async () => {
    const { pullRequest: _none, ...context } = stage.context;
    stage.context = { ...context, event: 'merge_group', commit: head, headCommit: head };
    judged({ verdict: 'unchanged', metrics: [], gates: [], slices: [] });
    judged({ model: 'churn' });
    expect(await report()).toMatchObject({ exitCode: 0, comment: undefined });
    expect(comments()).toEqual([]);
    expect(stage.repository.statuses.map(({ sha, context, state }) => [sha, context, state]).sort()).toEqual([
      [head, 'contender/churn', 'success'],
      [head, `contender/${MODEL}`, 'success'],
    ]);
    expect(stage.summaries.join('')).toContain('**Better**');
    expect(existsSync(join(stage.directory, '.contender/report.html'))).toBe(true);
  });

  test('a pull request that changes documents only is answered in one line', async () => {
    const unchanged = { verdict: 'unchanged' as const, metrics: [], gates: [], slices: [] };
    judged(unchanged);
    judged({ ...unchanged, model: 'churn' });
    expect(await report()).toMatchObject({ exitCode: 0, comment: 'create' });
    expect(comments()[0]?.body).toMatch(/^### ✅ \*\*Unchanged\*\*, all 2 models\n/);
    expect(stage.repository.statuses.map(({ state }) => state)).toEqual(['success', 'success']);
  });

  test('a comment that somebody deleted comes back as a new one', async () => {
    judged();
    await report();
    server.as('ada').deleteComment(stage.repository, comments()[0]!.id);
    expect(await report()).toMatchObject({ comment: 'create' });
    expect(comments()).toHaveLength(1);
  });

  test('a drift check alone comments nowhere and lands in the summary', async () => {
    stage.context = { ...stage.context, event: 'schedule', headCommit: stage.main };
    const { pullRequest: _none, ...context } = stage.context;
    stage.context = context;
    stage.evidence(drift());
    const before = server.requests.length;
    expect(await report()).toMatchObject({ exitCode: 0, outputs: { verdict: 'drift' } });
    expect(stage.writesSince(before)).toEqual([]);
    expect(stage.summaries.join('')).toContain('Drift check of fraud-detector: drift');
  });

  test('files, folders and globs name evidence; `comment: false` only sets the status', async () => {
    judged();
    for (const evidence of [
      `.contender/${MODEL}/comparison.json`,
      `.contender/${MODEL}`,
      '.contender/',
      '.contender/*/*.json',
    ]) {
      const result = await report({ evidence: [evidence], comment: false });
      expect(result).toMatchObject({ comment: undefined, outputs: { verdict: 'better' } });
    }
    expect(comments()).toEqual([]);
    expect(stage.repository.statuses).toHaveLength(4);
  });

  test.each([
    ['none', [], 'there is no evidence in .contender'],
    ['no JSON', ['broken.json'], 'broken.json is not JSON'],
    ['another document', ['package.json'], 'package.json is no evidence document'],
    ['twice the same', ['.contender', 'copy.json'], 'are both the comparison of fraud-detector'],
  ])('evidence that is %s is refused', async (name, evidence, message) => {
    stage.write('broken.json', '{');
    stage.write('package.json', '{}');
    if (name === 'twice the same') {
      judged();
      stage.write('copy.json', stage.read(`.contender/${MODEL}/comparison.json`));
    }
    const reporting = report({ evidence });
    await expect(reporting).rejects.toThrow(InputError);
    await expect(reporting).rejects.toThrow(message);
  });
});

describe('the holdout ledger', () => {
  const READ_CONTENTS: Permissions = { contents: 'read', 'pull-requests': 'write', statuses: 'write' };

  test('has a line for each model that a pull request pushed, all of them one use, and none for a re-run', async () => {
    judged();
    await report();
    await report();
    expect(await stage.ledger()).toEqual([
      {
        ...{ schemaVersion: 1, holdout: comparison().holdout.digest, pullRequest: number },
        ...{ challenger: CHALLENGER_DIGEST, verdict: 'better', confidence: 0.95, commit: head },
        time: expect.stringMatching(/^\d{4}-/),
      },
    ]);
    head = await push('two');
    onPullRequest();
    judged({ ...WORSE, challenger: { digest: 'e'.repeat(64), bytes: 1, origin: 'training of this run' } });
    await report();
    const counted = await stage.ledger();
    expect(counted.map(({ pullRequest, verdict }) => [pullRequest, verdict])).toEqual([
      [number, 'better'],
      [number, 'worse'],
    ]);
    const entries = parseLedger(counted.map((line) => JSON.stringify(line)).join('\n')).entries;
    const other = { holdout: comparison().holdout.digest, challenger: 'f'.repeat(64) };
    expect(countUses(entries, { ...other, pullRequest: number })).toEqual({ use: 1, uses: 1 });
    expect(countUses(entries, { ...other, pullRequest: number + 1 })).toEqual({ use: 2, uses: 2 });
  });

  test('two reports at once lose nothing', async () => {
    judged();
    judged({ model: 'churn' });
    await Promise.all([report(), report({ key: 'nightly' })]);
    expect(await stage.ledger()).toHaveLength(1);
    expect(await stage.repository.git.readFile('contender-history', 'ledger/churn.jsonl')).toBeDefined();
  });

  test('a push that merged a pull request is the use of it', async () => {
    judged();
    await report();
    const merged = await server.as('ada').mergePullRequest(stage.repository, number);
    const { pullRequest: _none, ...context } = stage.context;
    stage.context = { ...context, event: 'push', commit: merged, headCommit: merged, defaultBranch: true };
    judged({ challenger: { digest: 'e'.repeat(64), bytes: 1, origin: 'training of this run' } }, merged);
    await report();
    expect((await stage.ledger()).map(({ pullRequest }) => pullRequest)).toEqual([number, number]);
  });

  test('a token that may not write is warned with the line to add, and nothing fails', async () => {
    judged({ holdout: { ...comparison().holdout, uses: 5 } });
    expect(await report({}, { permissions: READ_CONTENTS })).toMatchObject({
      exitCode: 0,
      comment: 'create',
    });
    expect(stage.warnings()).toEqual([expect.stringContaining('of the job: contents: write')]);
    expect(comments()[0]?.body).toContain('used 5 times');
  });

  test('what looked at no row, died, or is only the word of a fork is not counted', async () => {
    judged({ verdict: 'unchanged', holdout: { rows: 0, digest: '' } });
    await report();
    stage.evidence({ ...failedDocument('comparison'), source: { headCommit: head } });
    await report();
    judged();
    onPullRequest({ untrusted: true });
    await report();
    const origin = 'training of this run';
    judged({ challenger: { digest: CHALLENGER_DIGEST, bytes: 1, origin } });
    const { learner: _learner, ...byCommand } = training({ command: 'x', source: { headCommit: head } });
    stage.evidence(byCommand);
    onPullRequest({ untrusted: true, event: 'workflow_run' });
    await report();
    expect(await stage.ledger()).toEqual([]);
    onPullRequest({ untrusted: false });
    for (const { id } of comments()) stage.repository.comments.delete(id);
    await report();
    expect(await stage.ledger()).toHaveLength(1);
  });

  test('GitHub down while it is written is told by the exit code', async () => {
    judged();
    server.failNext({ route: 'git/create-commit', status: 500, times: 4 });
    expect(await report()).toMatchObject({ exitCode: 3, comment: 'create' });
  });
});
