/** The workflow for training commands: code of the pull request has a job of its own, and reaches into no other. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExample } from '../../scripts/demo/stage-setting.ts';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import type { Repository } from '../github-server/state.ts';
import { type JobRequest, type JobResult, runJob } from '../support/workflow-job.ts';
import { copyBundles } from './bundles-alone.ts';

const ROOT = join(import.meta.dirname, '../..');
const READ = { contents: 'read', 'pull-requests': 'read' } as const;
const WRITE = { contents: 'write', 'pull-requests': 'write', statuses: 'write', issues: 'write' } as const;

/** A training script of the pull request: it makes a model, and does what it can beside it. */
const SCRIPT = `set -e
mkdir -p build .contender/fraud-detector
cp honest.onnx "$CONTENDER_MODEL_PATH"
echo '{"kind":"comparison","verdict":"better","promote":true}' > .contender/fraud-detector/comparison.json
echo '<script>alert(1)</script>' > .contender/report.html
for file in "$GITHUB_ENV" "$GITHUB_PATH" "$GITHUB_OUTPUT"; do [ -n "$file" ] && echo "evil=1" >> "$file"; done
exit 0
`;

let github: GitHubServer;
let repository: Repository;
let bundles: Awaited<ReturnType<typeof copyBundles>>;
let example: Record<string, Uint8Array>;

beforeAll(async () => {
  github = await startGitHub();
  bundles = await copyBundles(ROOT);
  example = await readExample();
  repository = await github.createRepository({
    owner: 'acme',
    name: 'three',
    files: example,
    collaborators: { ada: 'write' },
  });
  const published = await job({ trigger: { kind: 'push', login: 'ada' }, permissions: WRITE, run: 1 });
  expect(published.outputs.published).toBe('true');
}, 120_000);

afterAll(async () => {
  await github.close();
  await bundles[Symbol.asyncDispose]();
});

type Job = Omit<JobRequest, 'github' | 'repository' | 'action'> & { readonly action?: string };

function job({ action, inputs, ...request }: Job): Promise<JobResult> {
  const natives = { 'runtime-directory': join(ROOT, 'node_modules') };
  return runJob({
    ...request,
    ...{ github, repository, action: bundles.action(action) },
    inputs: { ...(action === 'report-metrics' ? {} : natives), ...inputs },
  });
}

const handOver = ({ outputs }: JobResult) => ({
  'artifact-id': outputs['artifact-id'] ?? '',
  'artifact-digest': outputs['artifact-digest'] ?? '',
});

/** The model that the example trains, as a file of the pull request. */
async function honestModel(): Promise<Uint8Array> {
  const assets = [...repository.releases.values()].flatMap((release) => release.assets);
  const found = assets.find(({ name }) => name === 'model.onnx');
  if (found === undefined) throw new Error('the release has no model');
  return found.data;
}

describe('a pull request that trains with a command of its own', () => {
  it('is judged by a job that never ran it, and reported by one that reads the judge alone', async () => {
    const config = new TextDecoder()
      .decode(example['contender.yml'])
      .replace('learner: gradient-boosting', 'command: sh train.sh\n  model: build/model.onnx');
    const head = await github.as('grace').push(repository, {
      ...{ branch: 'command', from: 'main', message: 'own training' },
      files: { 'contender.yml': config, 'train.sh': SCRIPT, 'honest.onnx': await honestModel() },
    });
    const { number } = await github
      .as('grace')
      .openPullRequest(repository, { title: 'own training', head: 'command' });
    const trigger = { kind: 'pull_request', number } as const;
    const train = await job({ action: 'train-model', trigger, permissions: READ, run: 2 });
    expect(train.exitCode).toBe(0);
    const judge = await job({
      ...{ action: 'compare-models', trigger, permissions: READ, run: 2, inputs: handOver(train) },
    });
    expect(judge.log).not.toContain('training.command');
    expect(judge).toMatchObject({ exitCode: 0, outputs: { verdict: 'unchanged' } });
    const report = await job({
      ...{ action: 'report-metrics', trigger, permissions: WRITE, run: 2, checkout: false },
      inputs: handOver(judge),
    });
    expect(report.exitCode).toBe(0);
    const [comment] = [...repository.comments.values()].filter((one) => one.issueNumber === number);
    expect(comment?.body).toMatch(/^### ✅ \*\*Unchanged\*\*/);
    expect(comment?.body).not.toContain('Self-reported');
    expect(repository.statuses.filter(({ sha }) => sha === head)).toMatchObject([{ state: 'success' }]);
  });
});

describe('an acceptance', () => {
  const ACCEPT = { 'pull-requests': 'write', statuses: 'write', actions: 'read' } as const;

  it('by somebody who may write is answered when it is written, from the evidence that the comment names', async () => {
    const worse = new TextDecoder()
      .decode(example['features.sql'])
      .replace('  amt,', '  round(amt / 100) * 100 as amt,');
    const head = await github.as('grace').push(repository, {
      ...{ branch: 'worse', from: 'main', message: 'worse', files: { 'features.sql': worse } },
    });
    const { number } = await github.as('grace').openPullRequest(repository, { title: 'w', head: 'worse' });
    await job({ trigger: { kind: 'pull_request', number }, permissions: WRITE, run: 3 });
    const comment = () => [...repository.comments.values()].find((one) => one.issueNumber === number);
    const [, digits] = /\/contender accept ([0-9a-f]{12})/.exec(comment()?.body ?? '') ?? [];
    expect(comment()?.body).toMatch(/^### ❌ \*\*Worse\*\*/);
    const answer = async (login: string, run: number) => {
      const said = github
        .as(login)
        .comment(repository, number, `/contender accept ${digits} known and wanted`);
      const trigger = { kind: 'issue_comment', commentId: said.id } as const;
      return job({ action: 'report-metrics', trigger, permissions: ACCEPT, run, checkout: false });
    };
    const stranger = await answer('mallory', 4);
    expect(stranger.exitCode).toBe(0);
    expect(comment()?.body).toMatch(/^### ❌ \*\*Worse\*\*/);
    const maintainer = await answer('ada', 5);
    expect(maintainer.exitCode).toBe(0);
    expect(comment()?.body).toMatch(/^### ✅ \*\*Accepted\*\*/);
    expect(comment()?.body).not.toContain('Self-reported');
    expect(repository.statuses.filter(({ sha }) => sha === head).at(-1)).toMatchObject({
      state: 'success',
      description: expect.stringContaining('accepted by ada'),
    });
  });
});
