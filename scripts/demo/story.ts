/** The life of one model, played through the committed bundles: each scene is what a person or the schedule does. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DRIFT_RECIPE, writeDriftedMonths } from './drift-recipe.ts';
import {
  examplePath,
  keepComment,
  keepEvidence,
  latestStatus,
  MODEL,
  runWorkflow,
  type Stage,
} from './stage-setting.ts';

/** What the page shows of a scene. */
export type Scene = {
  readonly title: string;
  readonly text: string;
  /** Bot's comment or body of a pull request, as Markdown. */
  readonly markdown?: { readonly author: string; readonly body: string };
  readonly status?: { readonly state: string; readonly description: string };
  /** Report of the run, relative to the output. */
  readonly report?: string;
};

type Proposal = {
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where the report of the run is kept. */
  readonly name: string;
  readonly expected: readonly string[];
};

export async function firstRelease(stage: Stage): Promise<Scene> {
  stage.narrator.chapter('A first model');
  stage.narrator.say('Ada pushes the example to main: a year and a half of transactions, two features.');
  const job = await runWorkflow(stage, 'push to main: validate, train, judge, release', {
    kind: 'push',
    login: 'ada',
  });
  expectOutput(job.outputs.published, 'true', job.log);
  stage.narrator.say(`published ${job.outputs.tag}`);
  await keepEvidence(stage, '1-first-release', job);
  return {
    title: 'A first model is released',
    text: `There is no champion yet. The model gains significantly over knowing nothing, so the push publishes <b>${job.outputs.tag}</b>.`,
    report: 'evidence/1-first-release/report.html',
  };
}

/** Opens a pull request and lets the workflow judge it. */
export async function propose(
  stage: Stage,
  proposal: Proposal,
): Promise<{ readonly number: number; readonly scene: Scene }> {
  const { github, repository, narrator } = stage;
  narrator.chapter(proposal.title);
  narrator.say(proposal.body);
  const person = github.as(proposal.author);
  await person.push(repository, {
    branch: proposal.branch,
    from: 'main',
    message: proposal.title,
    files: proposal.files,
  });
  const { number, pull } = await person.openPullRequest(repository, {
    title: proposal.title,
    body: proposal.body,
    head: proposal.branch,
  });
  const job = await runWorkflow(stage, `pull request #${number}: validate, train, compare, report`, {
    kind: 'pull_request',
    number,
  });
  const verdict = job.outputs.verdict ?? '';
  if (!proposal.expected.includes(verdict)) {
    throw new Error(
      `pull request ${number} was judged ${verdict}, expected ${proposal.expected.join(' or ')}:\n${job.log}`,
    );
  }
  const status = latestStatus(stage, pull.headSha);
  narrator.say(`${verdict}: ${status.description} [${status.state}]`);
  await keepEvidence(stage, proposal.name, job);
  const body = await keepComment(stage, number);
  return {
    number,
    scene: {
      title: `Pull request #${number}: ${proposal.title}`,
      text: `${proposal.author} writes: “${proposal.body}”`,
      markdown: { author: 'github-actions', body },
      status,
      report: `evidence/${proposal.name}/report.html`,
    },
  };
}

export async function mergeAndRelease(stage: Stage, number: number): Promise<Scene> {
  const { github, repository, narrator } = stage;
  narrator.chapter(`Pull request #${number} is merged`);
  const before = await repository.git.reference('refs/heads/main');
  await github.as('ada').mergePullRequest(repository, number);
  const job = await runWorkflow(stage, 'push to main: make and judge the same bytes again, release', {
    kind: 'push',
    login: 'ada',
    ...(before === undefined ? {} : { before }),
  });
  expectOutput(job.outputs.published, 'true', job.log);
  narrator.say(`published ${job.outputs.tag}`);
  return {
    title: `Merging it releases ${job.outputs.tag}`,
    text: `Training is deterministic: main makes the bytes that the pull request judged (<code>${job.outputs.digest?.slice(0, 12)}…</code>) and publishes them.`,
  };
}

/** Later months arrive, with the stated concept drift in them. */
export async function monthsPass(stage: Stage): Promise<Scene> {
  const { github, repository, narrator } = stage;
  narrator.chapter('Months pass, and fraud changes');
  const files: Record<string, Uint8Array> = {};
  for (const [name, from, to] of [
    ['transactions-2020-q3.parquet', '2020-07-01', '2020-10-01'],
    ['transactions-2020-q4.parquet', '2020-10-01', '2021-01-01'],
  ] as const) {
    const target = join(await mkdtemp(join(tmpdir(), 'contender-demo-')), name);
    await writeDriftedMonths({ source: examplePath('later/transactions-2020-h2.parquet'), target, from, to });
    files[`data/${name}`] = await readFile(target);
  }
  const before = await repository.git.reference('refs/heads/main');
  await github
    .as('ada')
    .push(repository, { branch: 'main', message: 'Transactions of the second half of 2020', files });
  narrator.say(`The recipe: ${DRIFT_RECIPE}.`);
  const job = await runWorkflow(stage, 'push to main: the windows stay frozen, so nothing is published', {
    kind: 'push',
    login: 'ada',
    ...(before === undefined ? {} : { before }),
  });
  expectOutput(job.outputs.published, 'false', job.log);
  return {
    title: 'Months pass, and fraud changes',
    text: `Two more quarters of transactions reach main. The recipe of their drift: ${DRIFT_RECIPE}. Training and holdout windows are frozen, so the new rows change no model.`,
  };
}

export async function scheduledCheck(
  stage: Stage,
): Promise<{ readonly number: number; readonly scene: Scene }> {
  const { repository, narrator } = stage;
  narrator.chapter('The scheduled check');
  const job = await runWorkflow(stage, 'schedule: drift check, retraining, comparison, pull request', {
    kind: 'schedule',
    cron: '17 4 * * 1',
    login: 'ada',
  });
  expectOutput(job.outputs.operation, 'created', job.log);
  await keepEvidence(stage, 'scheduled-check', job);
  const number = Number(job.outputs['pull-request']);
  const issue = repository.pulls.find((candidate) => candidate.number === number);
  if (issue === undefined) throw new Error(`the retraining pull request ${number} is not there`);
  narrator.say(`drifted: ${job.outputs.drifted}, recommendation: ${job.outputs.recommendation}`);
  narrator.say(`opened #${number}: ${issue.title}`);
  return {
    number,
    scene: {
      title: `The schedule opens #${number}: ${issue.title}`,
      text: 'The check finds that the champion has become worse on labelled transactions, trains a challenger on newer rows, judges both on rows that neither has seen, and opens one pull request.',
      markdown: { author: 'github-actions', body: issue.body ?? '' },
      status: latestStatus(stage, issue.pull.headSha),
      report: 'evidence/scheduled-check/report.html',
    },
  };
}

/** Merging the retraining pull request publishes exactly the bytes of its draft. */
export async function mergeRetraining(stage: Stage, number: number): Promise<Scene> {
  const { github, repository, narrator } = stage;
  narrator.chapter('The retraining pull request is merged');
  const draft = [...repository.releases.values()].find((release) => release.draft);
  const judged = draft?.assets.find((asset) => asset.name === 'model.onnx')?.sha256;
  const before = await repository.git.reference('refs/heads/main');
  await github.as('ada').mergePullRequest(repository, number);
  const job = await runWorkflow(stage, 'push to main: publish the candidate of the lock file', {
    kind: 'push',
    login: 'ada',
    ...(before === undefined ? {} : { before }),
  });
  expectOutput(job.outputs.published, 'true', job.log);
  if (job.outputs.digest !== judged) {
    throw new Error(`published ${job.outputs.digest}, but the draft held ${judged}`);
  }
  narrator.say(`published ${job.outputs.tag}: byte for byte what was judged`);
  return {
    title: `Merging it publishes ${job.outputs.tag}`,
    text: `The lock file names the candidate; its draft release is published byte for byte (<code>${job.outputs.digest?.slice(0, 12)}…</code>), without training anything again.`,
  };
}

function expectOutput(actual: string | undefined, expected: string, log: string): void {
  if (actual === expected) return;
  throw new Error(
    `the job of ${MODEL} gave ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}:\n${log}`,
  );
}
