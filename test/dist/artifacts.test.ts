/** Bundles hand evidence on as artifacts, as steps of a job against a local GitHub. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { serializeDocument } from '../../src/core/documents/documents.ts';
import { pullRequestEvent } from '../github-server/events.ts';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import type { Repository } from '../github-server/state.ts';
import { sha256, type WorkflowRun } from '../github-server/workflow-runs.ts';
import { comparison } from '../support/documents.ts';
import { type ActionOptions, type ActionResult, runAction } from '../support/runner.ts';

const ROOT = join(import.meta.dirname, '../..');
const PERMISSIONS = { contents: 'read', 'pull-requests': 'write', statuses: 'write' } as const;

const configOf = (model: string) => `model: ${model}
task: binary-classification
data: {training: train.csv, target: y}
`;

let github: GitHubServer;
let repository: Repository;
let run: WorkflowRun;
let workspace: string;
let created = 0;

beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'contender-artifacts-'));
  created += 1;
  repository = await github.createRepository({
    owner: 'octo',
    name: `models-${created}`,
    files: { 'contender.yml': configOf('a') },
  });
  run = github.actions.run({ repository });
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), content);
}

function act(name: string, options: Partial<ActionOptions> = {}): Promise<ActionResult> {
  const { environment, ...others } = options;
  return runAction(join(ROOT, 'actions', name), {
    workspace,
    ...others,
    environment: { ...github.environment(repository), ...run.environment('judge'), ...environment },
  });
}

/** Names of the artifacts of the run, each with the paths in it. */
async function contents(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name, data } of run.artifacts) {
    const zip = await fromBufferPromise(data, { lazyEntries: true });
    all[name] = [];
    for await (const entry of zip.eachEntry()) all[name].push(entry.fileName);
    all[name].sort();
  }
  return all;
}

async function reportOnPullRequest(options: Partial<ActionOptions> = {}): Promise<ActionResult> {
  const [pull] = repository.pulls;
  const event = await pullRequestEvent(github.eventContext(repository), { number: pull!.number });
  return act('report-metrics', {
    token: github.createToken({ repository, permissions: PERMISSIONS }).value,
    event: { name: 'pull_request', payload: event.payload },
    ...options,
    environment: { ...event.environment, ...options.environment },
  });
}

describe('a stage', () => {
  beforeEach(() => write('train.csv', 'x,y\n1,0\n2,1\n3,0\n4,1\n'));

  it('uploads its evidence, and what the next one uploads takes its place', async () => {
    await write('contender.yml', configOf('fraud'));
    const first = await act('validate-data');
    expect(first.exitCode, first.log).toBe(0);
    const [artifact] = run.artifacts;
    expect(first.outputs).toMatchObject({
      'artifact-id': String(artifact?.id),
      'artifact-digest': sha256(artifact!.data),
    });
    expect(first.summary).toContain(first.outputs['artifact-id']);
    const second = await act('validate-data');
    expect(second.outputs['artifact-id']).not.toBe(first.outputs['artifact-id']);
    expect(await contents()).toEqual({ 'contender-fraud-judge-1': ['fraud/validation.json'] });
  });

  it('uploads one artifact for each of several models', async () => {
    await write('a.yml', configOf('a'));
    await write('b.yml', configOf('b').replace('train.csv', 'missing.csv'));
    await write('.contender-exam/a/contender.yml', 'secret');
    const result = await act('validate-data', { inputs: { config: 'a.yml, b.yml' } });
    expect(result.exitCode).toBe(2);
    expect(await contents()).toEqual({
      'contender-a-judge-1': ['a/validation.json'],
      'contender-b-judge-1': ['b/validation.json'],
    });
    const [a, b] = run.artifacts;
    expect(JSON.parse(result.outputs['artifact-id'] ?? '')).toEqual({ a: String(a?.id), b: String(b?.id) });
    expect(JSON.parse(result.outputs['artifact-digest'] ?? '')).toEqual({
      a: sha256(a!.data),
      b: sha256(b!.data),
    });
  });

  it('that ends before it starts uploads the document that says so', async () => {
    await write('contender.yml', configOf('fraud').replace('target', 'targt'));
    const result = await act('train-model');
    expect(result.exitCode).toBe(2);
    expect(result.outputs['artifact-id']).toBe(String(run.artifacts[0]?.id));
    expect(await contents()).toEqual({ 'contender-fraud-judge-1': ['fraud/training.json'] });
  });

  it.each([
    ['on GitHub Enterprise Server', { GITHUB_SERVER_URL: 'https://github.acme.com' }, 'Enterprise Server'],
    ['without the service', { ACTIONS_RUNTIME_TOKEN: '' }, 'this runner has no artifact service'],
  ])('%s says that evidence stays a file', async (_what, environment, words) => {
    await write('contender.yml', configOf('fraud'));
    const result = await act('validate-data', { environment });
    expect(result.exitCode, result.log).toBe(0);
    expect(result.log.match(/evidence stays in its folder/g)).toHaveLength(1);
    expect(result.log).toContain(words);
    expect(result.outputs).not.toHaveProperty('artifact-id');
    expect(run.artifacts).toEqual([]);
  });

  it.each(['CreateArtifact', 'ListArtifacts', 'FinalizeArtifact'])(
    'passes although %s is refused, with a warning',
    async (route) => {
      await write('contender.yml', configOf('fraud'));
      github.failNext({ route, status: 403, body: { code: 'permission_denied', msg: 'quota' } });
      const result = await act('validate-data');
      expect(result.exitCode, result.log).toBe(0);
      expect(result.outputs).not.toHaveProperty('artifact-id');
      const warnings = result.annotations.filter(({ level }) => level === 'warning');
      expect(warnings.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^the evidence is no artifact of this run: .*403/),
      ]);
    },
  );

  it('uploads nothing through links that lie in the folder', async () => {
    await write('contender.yml', configOf('fraud'));
    await write('.contender/fraud/model/model.onnx', 'x');
    await symlink('/etc', join(workspace, '.contender/fraud/model/etc'));
    await symlink('/etc/hostname', join(workspace, '.contender/fraud/hostname'));
    const result = await act('validate-data');
    expect(result.exitCode).toBe(0);
    expect(run.artifacts).toEqual([]);
    expect(result.annotations).toMatchObject([{ level: 'warning' }]);
  });
});

describe('the report', () => {
  beforeEach(async () => {
    const person = github.as('ada');
    const head = await person.push(repository, {
      branch: 'topic',
      from: 'main',
      message: 'change',
      files: { 'features.sql': 'select 1' },
    });
    await person.openPullRequest(repository, { title: 'change', head: 'topic' });
    for (const model of ['a', 'b']) {
      const source = { repository: repository.fullName, headCommit: head, run: String(run.id) };
      await write(`.contender/${model}/comparison.json`, serializeDocument(comparison({ model, source })));
    }
    await write('.contender/other/notes.txt', 'not evidence of a reported model');
  });

  it('is uploaded with its evidence before the comment that links it, and is no reason to write again', async () => {
    const first = await reportOnPullRequest();
    expect(first.exitCode, first.log).toBe(0);
    expect(await contents()).toEqual({
      'contender-report_html-judge-1': ['a/comparison.json', 'b/comparison.json', 'report.html'],
    });
    const [artifact] = run.artifacts;
    expect(first.outputs).toMatchObject({
      'artifact-id': String(artifact?.id),
      'artifact-digest': sha256(artifact!.data),
    });
    const link = `${github.serverUrl}/${repository.fullName}/actions/runs/${run.id}/artifacts/${artifact?.id}`;
    const [comment] = repository.comments.values();
    expect(comment?.body).toContain(link);
    expect(first.summary).toContain(link);
    const again = github.actions.run({ repository });
    const second = await reportOnPullRequest({ environment: again.environment('judge') });
    expect(second.exitCode, second.log).toBe(0);
    expect(again.artifacts).toHaveLength(1);
    expect([...repository.comments.values()].map(({ body }) => body)).toEqual([comment?.body]);
  });

  it('is linked nowhere when it could not be uploaded', async () => {
    github.failNext({ route: 'CreateArtifact', status: 403 });
    const result = await reportOnPullRequest();
    expect(result.exitCode, result.log).toBe(0);
    const [comment] = repository.comments.values();
    expect(comment?.body).not.toContain('/artifacts/');
  });
});
