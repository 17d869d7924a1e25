/** The root action as a job runs it: committed bundles in an empty folder, a checkout one commit deep, a local GitHub. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExample } from '../../scripts/demo/stage-setting.ts';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import type { Repository } from '../github-server/state.ts';
import { type JobResult, type JobTrigger, runJob } from '../support/workflow-job.ts';
import { copyBundles } from './bundles-alone.ts';

const ROOT = join(import.meta.dirname, '../..');
const WRITE = { contents: 'write', 'pull-requests': 'write', statuses: 'write', issues: 'write' } as const;
const READ = { contents: 'read', 'pull-requests': 'read', statuses: 'read' } as const;

let github: GitHubServer;
let repository: Repository;
let bundles: Awaited<ReturnType<typeof copyBundles>>;
let runs = 0;

beforeAll(async () => {
  github = await startGitHub();
  bundles = await copyBundles(ROOT);
  repository = await github.createRepository({
    owner: 'acme',
    name: 'fraud',
    files: await readExample(),
    settings: { allowActionsToCreatePullRequests: true },
  });
  const first = await run({ kind: 'push', login: 'ada' });
  expect(first.log).toContain('published');
  expect(first.exitCode).toBe(0);
}, 120_000);

afterAll(async () => {
  await github.close();
  await bundles[Symbol.asyncDispose]();
});

function run(
  trigger: JobTrigger,
  options: { readonly permissions?: Readonly<Record<string, 'read' | 'write'>> } = {},
): Promise<JobResult> {
  runs++;
  return runJob({
    github,
    repository,
    trigger,
    action: bundles.action(),
    // There is no install beside these bundles, and no registry is asked.
    inputs: { 'runtime-directory': join(ROOT, 'node_modules') },
    permissions: options.permissions ?? WRITE,
    run: runs,
  });
}

async function propose(files: Record<string, string | null>, branch = `change-${runs}`): Promise<number> {
  const person = github.as('grace');
  await person.push(repository, { branch, from: 'main', message: branch, files });
  const { number } = await person.openPullRequest(repository, { title: branch, head: branch });
  return number;
}

function botComments(number: number): string[] {
  return [...repository.comments.values()]
    .filter((comment) => comment.issueNumber === number && comment.author.login === 'github-actions[bot]')
    .map((comment) => comment.body);
}

function statusOf(number: number): string | undefined {
  const head = repository.pulls.find((pull) => pull.number === number)?.pull.headSha;
  return repository.statuses.filter((status) => status.sha === head).at(-1)?.state;
}

async function configWith(from: string, to: string): Promise<string> {
  const config = new TextDecoder().decode((await readExample())['contender.yml']);
  expect(config).toContain(from);
  return config.replace(from, to);
}

describe('a pull request', () => {
  it('that changes documents only is answered at once', async () => {
    const number = await propose({ 'NOTES.md': 'Read me.' });
    const job = await run({ kind: 'pull_request', number });
    expect(job.exitCode).toBe(0);
    expect(job.outputs).toMatchObject({ verdict: 'unchanged', promote: 'true', 'champion-version': '1.0.0' });
    expect(job.log).not.toContain('trained');
    expect(statusOf(number)).toBe('success');
    const { artifacts } = github.actions.run({ repository, id: runs });
    expect(artifacts.map(({ name }) => name)).toEqual([
      'contender-report_html-job-1',
      'contender-fraud-detector-job-1',
    ]);
    const [report, evidence] = artifacts.map(({ id }) => String(id));
    expect(job.outputs['artifact-id']).toBe(evidence);
    expect(botComments(number)[0]).toContain(`/actions/runs/${runs}/artifacts/${report})`);
  });

  it('with a broken config ends with the place, and the comment says so', async () => {
    const number = await propose({
      'contender.yml': await configWith('learner: gradient-boosting', 'lerner: gradient-boosting'),
    });
    const job = await run({ kind: 'pull_request', number });
    expect(job.exitCode).toBe(2);
    const [error] = job.annotations.filter((annotation) => annotation.level === 'error');
    expect(error?.message).toContain('did you mean');
    expect(error?.message).toMatch(/contender\.yml:\d+:\d+/);
    expect(botComments(number)).toHaveLength(1);
    expect(botComments(number)[0]).toMatch(/^#* ?.{0,4}Error/);
    expect(statusOf(number)).toBe('error');
  });

  it('that loosens its own gates is judged by the rules of the base, and told so first', async () => {
    const loose = 'primary: average_precision\n  margins: {average_precision: 0.5, log_loss: 0.5}';
    const rounded = new TextDecoder()
      .decode((await readExample())['features.sql'])
      .replace('  amt,', '  round(amt / 100) * 100 as amt,');
    const config = await configWith('primary: average_precision', loose);
    const number = await propose({ 'contender.yml': config, 'features.sql': rounded });
    const job = await run({ kind: 'pull_request', number });
    expect(job.exitCode).toBe(1);
    expect(job.outputs.verdict).toBe('worse');
    const [comment = ''] = botComments(number);
    expect(comment).toContain('changes the rules');
    expect(comment.indexOf('changes the rules')).toBeLessThan(comment.indexOf('| metric'));
    expect(statusOf(number)).toBe('failure');
  });

  it('that gives the model another name is still compared with the champion of the old one', async () => {
    const rounded = new TextDecoder()
      .decode((await readExample())['features.sql'])
      .replace('  amt,', '  round(amt / 100) * 100 as amt,');
    const config = await configWith('model: fraud-detector', 'model: other');
    const number = await propose({ 'contender.yml': config, 'features.sql': rounded });
    const job = await run({ kind: 'pull_request', number });
    expect(job.outputs.verdict).toBe('worse');
    expect(statusOf(number)).toBe('failure');
  });

  it('that changes nothing but the rules is shown with them', async () => {
    const config = await configWith('guardrails: [log_loss]', 'guardrails: []');
    const number = await propose({ 'contender.yml': config });
    const job = await run({ kind: 'pull_request', number });
    expect(job.outputs.verdict).toBe('unchanged');
    expect(botComments(number)[0]).toContain('changes the rules');
    expect(botComments(number)[0]).toContain('comparison.guardrails');
  });

  it('whose token may only read is judged, and the missing permission is named', async () => {
    const number = await propose({ 'contender.yml': await configWith('seed: 7', 'seed: 8') });
    const job = await run({ kind: 'pull_request', number }, { permissions: READ });
    expect(job.exitCode).toBe(2);
    expect(job.log).toMatch(/pull-requests: write|statuses: write/);
    expect(job.summary).toContain('average_precision');
    expect(botComments(number)).toHaveLength(0);
  });

  it('is told once, however often the job runs', async () => {
    const number = await propose({ 'contender.yml': await configWith('max-leaves: 15', 'max-leaves: 14') });
    const first = await run({ kind: 'pull_request', number });
    const [before] = botComments(number);
    const again = await run({ kind: 'pull_request', number });
    expect([first.exitCode, again.exitCode]).toEqual([first.exitCode, first.exitCode]);
    expect(botComments(number)).toEqual([before]);
  });

  it('with data that break the contract stops before training', async () => {
    const contract = new TextDecoder().decode((await readExample())['contract.yml']);
    const strict = contract.replace('maximum: 30000', 'maximum: 100');
    await github
      .as('ada')
      .push(repository, { branch: 'main', message: 'stricter contract', files: { 'contract.yml': strict } });
    const number = await propose({
      'features.sql': '-- a comment\nselect *, hour(trans_date_trans_time) as hour from source',
    });
    const job = await run({ kind: 'pull_request', number });
    expect(job.exitCode).toBe(1);
    expect(job.log).not.toContain('trained');
    expect(job.annotations.some((annotation) => annotation.level === 'error')).toBe(true);
    expect(statusOf(number)).not.toBe('success');
    await github
      .as('ada')
      .push(repository, { branch: 'main', message: 'as it was', files: { 'contract.yml': contract } });
  });
});

describe('trouble outside', () => {
  it('GitHub down: exit code 3 with the request, and nothing half done', async () => {
    const releases = repository.releases.size;
    github.failNext({ method: 'GET', route: /matching-refs/, status: 502, times: 20 });
    const job = await run({ kind: 'push', login: 'ada' });
    expect(job.exitCode).toBe(3);
    expect(repository.releases.size).toBe(releases);
    expect(job.log).toContain('502');
  });
});
