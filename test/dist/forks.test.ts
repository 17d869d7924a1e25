/** Pull requests from forks, end to end: the fork's run, the judge and the report that follow it, hostile artifacts. */
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readExample } from '../../scripts/demo/stage-setting.ts';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import type { Repository } from '../github-server/state.ts';
import type { Handover, WorkflowRun } from '../github-server/workflow-runs.ts';
import { type JobRequest, type JobResult, runJob } from '../support/workflow-job.ts';
import { makeZip, readZip, zeros, zipOf } from '../support/zip.ts';
import { copyBundles } from './bundles-alone.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODEL = 'fraud-detector';
const READ = { contents: 'read', 'pull-requests': 'read', statuses: 'read' } as const;
const JUDGE = { contents: 'read', 'pull-requests': 'read', actions: 'read' } as const;
const REPORT = { contents: 'write', 'pull-requests': 'write', statuses: 'write', actions: 'read' } as const;

let github: GitHubServer;
let repository: Repository;
let fork: Repository;
let bundles: Awaited<ReturnType<typeof copyBundles>>;
let example: Record<string, Uint8Array>;
let runs = 100;

beforeAll(async () => {
  github = await startGitHub();
  bundles = await copyBundles(ROOT);
  example = await readExample();
  repository = await github.createRepository({ owner: 'acme', name: 'fraud', files: example });
  const published = await job({
    trigger: { kind: 'push', login: 'ada' },
    permissions: { contents: 'write', 'pull-requests': 'write', statuses: 'write', issues: 'write' },
  });
  expect(published.outputs.published).toBe('true');
  fork = await github.forkRepository(repository, 'eve');
}, 120_000);

afterAll(async () => {
  await github.close();
  await bundles[Symbol.asyncDispose]();
});

type Job = Omit<JobRequest, 'github' | 'repository' | 'action' | 'run'> & {
  readonly action?: string;
  readonly of?: WorkflowRun;
  readonly name?: string;
};

function job({ action, of: run, name = 'job', environment, inputs, ...request }: Job): Promise<JobResult> {
  runs += 1;
  const needsNatives = action !== 'report-metrics';
  return runJob({
    ...request,
    ...{ github, repository, action: bundles.action(action), run: run?.id ?? runs },
    inputs: { ...(needsNatives ? { 'runtime-directory': join(ROOT, 'node_modules') } : {}), ...inputs },
    environment: { ...run?.environment(name), ...environment },
  });
}

const text = (path: string) => new TextDecoder().decode(example[path]);

async function propose(files: Readonly<Record<string, string>>, branch: string) {
  const eve = github.as('eve');
  const head = await eve.push(fork, { branch, from: 'main', message: branch, files });
  const { number } = await eve.openPullRequest(repository, { title: branch, head: `eve:${branch}` });
  const run = github.actions.run({ repository, headSha: head, headBranch: branch, headRepository: fork });
  return { number, head, run };
}
type Proposal = Awaited<ReturnType<typeof propose>>;

/** What the fork's own run leaves: a model by the built-in learner, and its word for it. */
async function runFork({ number, run }: Proposal): Promise<JobResult> {
  return job({ trigger: { kind: 'pull_request', number }, permissions: READ, of: run, name: 'contender' });
}

function follow({ number, run }: Proposal) {
  return { kind: 'workflow_run', number, upstreamRun: run.id } as const;
}

/** The two jobs of the workflow that follows, on runs of their own. */
async function answer(proposal: Proposal, between?: (judged: Handover, following: WorkflowRun) => Handover) {
  const following = github.actions.run({ repository });
  const judge = await job({
    ...{ action: 'compare-models', trigger: follow(proposal), permissions: JUDGE, of: following },
    ...{ name: 'judge', inputs: { 'fail-on': 'never' } },
  });
  let handed = judgedOf(judge);
  if (between !== undefined && handed !== undefined) handed = between(handed, following);
  const report = await reportOn(proposal, following, handed);
  return { judge, report, following, handed };
}

function judgedOf({ outputs }: JobResult): Handover | undefined {
  const { 'artifact-id': id, 'artifact-digest': digest } = outputs;
  return id === undefined || digest === undefined ? undefined : { id: Number(id), digest };
}

function reportOn(
  proposal: Proposal,
  following: WorkflowRun,
  handed: Handover | undefined,
  inputs: Readonly<Record<string, string>> = {},
): Promise<JobResult> {
  return job({
    ...{ action: 'report-metrics', trigger: follow(proposal), permissions: REPORT, of: following },
    ...{ name: 'report', checkout: false },
    inputs: {
      'artifact-id': handed === undefined ? '' : String(handed.id),
      'artifact-digest': handed?.digest ?? '',
      ...inputs,
    },
  });
}

function comments(number: number): string[] {
  return [...repository.comments.values()]
    .filter((comment) => comment.issueNumber === number && comment.author.login === 'github-actions[bot]')
    .map((comment) => comment.body);
}

const statusesOf = (sha: string) => repository.statuses.filter((status) => status.sha === sha);

/** A change that makes the model much worse: amounts are what tells fraud. */
const HARMFUL = () => ({
  'features.sql': text('features.sql').replace('  amt,', '  round(amt / 100) * 100 as amt,'),
});

describe('a pull request from a fork', () => {
  it('is judged by the base branch in a run that follows, told on the fork’s commit, and told once', async () => {
    const loose = 'margins: {average_precision: 0.9}';
    const config = text('contender.yml').replace('guardrails: [log_loss]', loose);
    const proposal = await propose({ ...HARMFUL(), 'contender.yml': config }, 'harmful');
    const own = await runFork(proposal);
    expect(own.outputs.verdict).toBe('worse');
    expect(comments(proposal.number)).toEqual([]);
    const { judge, report } = await answer(proposal);
    expect(judge.log).not.toContain('Train the model');
    expect(judge.outputs).toMatchObject({ verdict: 'worse', promote: 'false' });
    expect(report.exitCode).toBe(0);
    const [told] = comments(proposal.number);
    expect(told).toMatch(/^### ❌ \*\*Worse\*\*/);
    expect(told).toContain('changes the rules');
    expect(told).not.toContain('Self-reported');
    expect(statusesOf(proposal.head)).toMatchObject([{ state: 'failure' }]);
    await answer(proposal);
    expect(comments(proposal.number)).toEqual([told]);
    expect(statusesOf(proposal.head)).toHaveLength(1);
  });

  it('is left alone once it has a newer commit', async () => {
    const proposal = await propose(HARMFUL(), 'moving');
    const trigger = { ...follow(proposal), headCommit: proposal.head };
    await github.as('eve').push(fork, { branch: 'moving', message: 'more', files: { 'NOTES.md': 'x' } });
    const following = github.actions.run({ repository });
    const judge = await job({ action: 'compare-models', permissions: JUDGE, of: following, trigger });
    expect(judge).toMatchObject({ exitCode: 0 });
    expect(judge.log).toContain('nothing is judged');
    const report = await job({
      ...{ action: 'report-metrics', permissions: REPORT, of: following, checkout: false },
      trigger,
    });
    expect(report).toMatchObject({ exitCode: 0 });
    expect(comments(proposal.number)).toEqual([]);
    expect(statusesOf(proposal.head)).toEqual([]);
  });
});

describe('what a fork’s run leaves is data, and no more', () => {
  let proposal: Proposal;
  let left: Awaited<ReturnType<typeof unzip>>;

  beforeAll(async () => {
    proposal = await propose(HARMFUL(), 'forging');
    await runFork(proposal);
    left = await unzip(proposal.run);
  }, 120_000);

  beforeEach(() => {
    for (const { id } of [...proposal.run.artifacts]) proposal.run.deleteArtifact(id);
    repository.statuses.length = 0;
    for (const { id } of [...repository.comments.values()]) repository.comments.delete(id);
  });

  function leave(archive: Buffer): void {
    proposal.run.uploadArtifact({ name: `contender-${MODEL}-contender-1`, archive });
  }

  it('metrics, a verdict, a commit and a number of its own are not read', async () => {
    const comparison = JSON.parse(String(left.get(`${MODEL}/comparison.json`)));
    const training = JSON.parse(String(left.get(`${MODEL}/training.json`)));
    const forged = { headCommit: 'f'.repeat(40), run: '1' };
    leave(
      zipOf({
        ...Object.fromEntries(left),
        [`${MODEL}/comparison.json`]: JSON.stringify({
          ...comparison,
          ...{ verdict: 'better', promote: true, gates: [], source: forged, pullRequest: 1 },
        }),
        [`${MODEL}/training.json`]: JSON.stringify({ ...training, source: forged, metrics: { loss: 0 } }),
      }),
    );
    const { judge, report } = await answer(proposal);
    expect(judge.outputs.verdict).toBe('worse');
    expect(report.exitCode).toBe(0);
    expect(statusesOf(proposal.head)).toMatchObject([{ state: 'failure' }]);
    expect(repository.statuses.map(({ sha }) => sha)).toEqual([proposal.head]);
    expect(comments(1)).toEqual([]);
  });

  it('a number of another pull request is refused, and so is evidence of another commit', async () => {
    leave(zipOf(Object.fromEntries(left)));
    const { following, handed } = await answer(proposal);
    const other = await reportOn(proposal, following, handed, { 'pull-request': '1' });
    expect(other.exitCode).toBe(2);
    expect(other.log).toContain(`was for #${proposal.number}`);
    const comparison = JSON.parse(String(left.get(`${MODEL}/comparison.json`)));
    const foreign = following.uploadArtifact({
      name: 'contender-other',
      files: {
        'comparison.json': JSON.stringify({ ...comparison, source: { headCommit: 'f'.repeat(40) } }),
      },
    });
    const wrong = await reportOn(proposal, following, foreign);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.log).toContain('the evidence is of the commit ffff');
    expect(repository.statuses.some(({ sha }) => sha.startsWith('ffff'))).toBe(false);
  });

  it('evidence of the fork itself, handed to the report, is its own word and passes nothing', async () => {
    const comparison = JSON.parse(String(left.get(`${MODEL}/comparison.json`)));
    const better = { ...comparison, verdict: 'better', promote: true, gates: [], slices: [] };
    const handed = proposal.run.uploadArtifact({
      name: `contender-${MODEL}-forged-1`,
      files: { 'comparison.json': JSON.stringify(better) },
    });
    const report = await reportOn(proposal, github.actions.run({ repository }), handed);
    expect(report.exitCode).toBe(0);
    expect(comments(proposal.number)[0]).toContain('Self-reported');
    expect(statusesOf(proposal.head).map(({ state }) => state)).not.toContain('success');
  });

  it('an artifact that is replaced after it was judged is refused', async () => {
    leave(zipOf(Object.fromEntries(left)));
    const { report } = await answer(proposal, (judged, following) => {
      following.replaceArtifact(judged.id, { files: { 'comparison.json': '{}' } });
      return judged;
    });
    expect(report.exitCode).toBe(2);
    expect(comments(proposal.number)).toEqual([]);
    leave(zipOf(Object.fromEntries(left)));
    const corrupted = await answer(proposal, (judged, following) => {
      following.corruptArtifact(judged.id, zipOf({ 'comparison.json': '{}' }));
      return judged;
    });
    expect(corrupted.report.exitCode).toBe(2);
    expect(corrupted.report.log).toContain('is refused');
    expect(comments(proposal.number)).toEqual([]);
  });

  it.each([
    ['a path that leaves the folder', async () => makeZip([{ name: '../../evil.json', content: 'x' }])],
    ['an absolute path', async () => makeZip([{ name: '/tmp/evil.json', content: 'x' }])],
    ['a link', async () => makeZip([{ name: 'training.json', content: '/etc/passwd', mode: 0o120777 }])],
    ['bytes that are no archive', async () => Buffer.from('not a zip')],
    [
      'a bomb of 2 GB',
      async () => makeZip([{ name: 'model/model.onnx', packed: await zeros(2 * 1024 ** 3) }]),
    ],
  ])('%s ends in an error that is told, and in nothing else', async (_what, archive) => {
    leave(await archive());
    const { judge, report } = await answer(proposal);
    expect(judge.exitCode).toBe(2);
    expect(report.exitCode).toBe(0);
    expect(comments(proposal.number)[0]).toMatch(/^### ⛔ \*\*Error\*\*/);
    expect(statusesOf(proposal.head)).toMatchObject([{ state: 'error' }]);
  });

  it('a model that reads nothing, or is missing, ends in an error that says so', async () => {
    leave(zipOf({ ...Object.fromEntries(left), [`${MODEL}/model/model.onnx`]: 'no model' }));
    expect((await answer(proposal)).judge.exitCode).toBe(2);
    proposal.run.deleteArtifact(proposal.run.artifacts[0]!.id);
    const { judge } = await answer(proposal);
    expect(judge.log).toContain(`left no model of ${MODEL}`);
  });
});

/** The files of the fork's evidence, by path. */
async function unzip(run: WorkflowRun): Promise<Map<string, Buffer>> {
  const artifact = run.artifacts.find(({ name }) => name.startsWith(`contender-${MODEL}-`));
  if (artifact === undefined) throw new Error('the run left no evidence');
  return readZip(artifact.data);
}
