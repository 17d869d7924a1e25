import { join, resolve } from 'node:path';
import { type ExitCode, InputError } from '../../core/errors.ts';
import type { ModelEvidence, RunReference } from '../../core/report/evidence.ts';
import { renderHtmlReport } from '../../core/report/html/page.ts';
import { renderJobSummary } from '../../core/report/job-summary.ts';
import { judge, worstFirst } from '../../core/report/judgement.ts';
import { escapeText } from '../../core/report/markdown.ts';
import { renderDriftEvidence } from '../../core/report/retraining.ts';
import { hasOutsideScores } from '../../core/report/scores-note.ts';
import { renderStatus } from '../../core/report/status.ts';
import type { ArtifactStore } from '../../ports/artifact-store.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { History } from '../../ports/history.ts';
import type { Summary } from '../../ports/runner.ts';
import { applyAcceptance, findAcceptance } from '../acceptance.ts';
import { recordUse } from '../ledger/record-use.ts';
import type { StageWorld } from '../stage.ts';
import { commitOfEvidence, readEvidence } from './read-evidence.ts';
import { shareReport } from './share-report.ts';
import { type CommentPlan, carryOutPlan, type Discussion, planComment } from './sticky-comment.ts';
import { Troubles } from './troubles.ts';

export type ReportRequest = {
  /** Files, folders or globs from the working directory; empty for all of the evidence directory. */
  readonly evidence: readonly string[];
  /** Root of the evidence of all models, as given: the report goes there. */
  readonly evidenceDirectory: string;
  readonly workingDirectory: string;
  /** Number of the pull request; that of the event by default. */
  readonly pullRequest: number | undefined;
  readonly comment: boolean;
  /** Tells a second comment on the same pull request apart. */
  readonly key: string | undefined;
};

export type ReportPorts = {
  readonly world: StageWorld;
  readonly summary: Summary;
  /** Absent where nobody is to be told: on a laptop without a token. */
  readonly host: CodeHost | undefined;
  /** Holds the ledger of the holdouts; absent where nothing is counted. */
  readonly history?: History | undefined;
  /** Keeps the report as an artifact; absent where nothing outlives the run. */
  readonly artifacts?: ArtifactStore | undefined;
};

export type ReportResult = {
  readonly exitCode: ExitCode;
  readonly outputs: Readonly<Record<string, string>>;
  /** What became of the comment; undefined when none was wanted or it could not be told. */
  readonly comment: CommentPlan['kind'] | undefined;
};

/**
 * Reports the evidence: an HTML file, the job summary, a commit status for each model and the one comment of
 * the pull request. Whatever the code host refuses, file and summary are written; the exit code then says
 * what went wrong, unless the token is read-only by design.
 * @throws InputError when there is no evidence, or it cannot be read.
 */
export async function runReportMetrics(request: ReportRequest, ports: ReportPorts): Promise<ReportResult> {
  checkKey(request.key);
  const { world, host } = ports;
  const troubles = new Troubles(world);
  const patterns = request.evidence.length === 0 ? [request.evidenceDirectory] : request.evidence;
  const place = { workingDirectory: request.workingDirectory, files: world.files };
  const evidence = await readEvidence(patterns, place);
  const number = request.pullRequest ?? world.context.pullRequest;
  const run = referToRun(evidence, world);
  if (number !== undefined && host === undefined) {
    world.log.warning(`there is no token, so pull request ${number} is not told`);
  }
  const discussion =
    number === undefined || host === undefined
      ? undefined
      : await troubles.survive(() => readDiscussion(number, host));
  const accepted = await Promise.all(
    evidence.map((one) => settleAcceptance(one, { discussion, host, troubles, world })),
  );
  const models = accepted.filter((one) => number !== undefined || wasJudged(one));
  const report = await writeReport(request, models, { world, run });
  const shared = await shareReport(request, { evidence, run, world, artifacts: ports.artifacts });
  await ports.summary.write(renderSummary(models, evidence, shared.run));
  const tell = { models, run: shared.run, request, discussion, world, troubles };
  const told = host === undefined ? {} : await tellHost(tell, host);
  await countUses(tell, ports);
  const verdict =
    worstVerdict(models) ?? evidence.map(({ drift }) => drift?.verdict ?? 'error')[0] ?? 'error';
  return {
    exitCode: troubles.exitCode,
    comment: told.kind,
    outputs: {
      verdict,
      evidence: request.evidenceDirectory,
      ...shared.outputs,
      ...(report === undefined ? {} : { report }),
      ...(told.url === undefined ? {} : { 'comment-url': told.url }),
    },
  };
}

function checkKey(key: string | undefined): void {
  if (key === undefined || /^[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*$/.test(key)) return;
  throw new InputError(
    `the input key (--key) is ${JSON.stringify(key)}; write a name of letters, digits, _ and single -`,
  );
}

async function readDiscussion(number: number, host: CodeHost): Promise<Discussion> {
  const [pull, comments, viewer] = await Promise.all([
    host.pulls.get(number),
    host.comments.list(number),
    host.viewer(),
  ]);
  return { pull, comments, viewer };
}

/** Everything in it is ours or the platform's, so that it can stand in links. */
function referToRun(evidence: readonly ModelEvidence[], { context, log }: StageWorld): RunReference {
  const { commit, mixed } = commitOfEvidence(evidence, context);
  if (mixed) log.warning('the evidence is of several commits; run all stages again on one of them');
  return { commit, run: context.run, attempt: context.attempt, runUrl: context.runUrl };
}

type Settling = {
  readonly discussion: Discussion | undefined;
  readonly host: CodeHost | undefined;
  readonly troubles: Troubles;
  readonly world: StageWorld;
};

/** The evidence with what a person accepted, and with a note where only code of the pull request vouches for it. */
async function settleAcceptance(
  evidence: ModelEvidence,
  { discussion, host, troubles, world }: Settling,
): Promise<ModelEvidence> {
  const { comparison, training } = evidence;
  if (comparison === undefined || comparison.verdict === 'error') return evidence;
  const acceptance =
    discussion === undefined || host === undefined || comparison.promote
      ? undefined
      : await troubles.survive(() => findAcceptance(discussion.comments, comparison.challenger.digest, host));
  const { event } = world.context;
  const byCommand = training !== undefined && training.verdict !== 'error' && training.command !== undefined;
  const ranChange = byCommand || (training !== undefined && comparison.exam.fetchRunsChange === true);
  const trainedHere = ranChange && comparison.challenger.origin === 'training of this run';
  const selfReported =
    (trainedHere || hasOutsideScores(comparison)) && (event === 'pull_request' || event === 'workflow_run');
  return {
    ...evidence,
    comparison: applyAcceptance(comparison, acceptance),
    ...(selfReported ? { selfReported } : {}),
  };
}

/** A drift check alone judges no model, so that a missing comparison is no error of it. */
function wasJudged({ training, comparison }: ModelEvidence): boolean {
  return training !== undefined || comparison !== undefined;
}

async function writeReport(
  { evidenceDirectory, workingDirectory }: ReportRequest,
  models: readonly ModelEvidence[],
  { world, run }: { readonly world: StageWorld; readonly run: RunReference },
): Promise<string | undefined> {
  if (models.length === 0) return undefined;
  const report = join(evidenceDirectory, 'report.html');
  await world.files.write(resolve(workingDirectory, report), renderHtmlReport(models, run));
  return report;
}

function renderSummary(
  models: readonly ModelEvidence[],
  evidence: readonly ModelEvidence[],
  run: RunReference,
): string {
  const parts = models.length === 0 ? [] : [renderJobSummary(models, run)];
  for (const { model, drift } of evidence) {
    if (drift === undefined) continue;
    parts.push(
      drift.verdict === 'error'
        ? `### Drift check of ${escapeText(model)} stopped\n\n${escapeText(drift.error.message, 600)}\n`
        : `### Drift check of ${escapeText(model)}: ${drift.verdict}\n\n${renderDriftEvidence(drift)}\n`,
    );
  }
  return parts.join('\n');
}

type Telling = {
  readonly models: readonly ModelEvidence[];
  readonly run: RunReference;
  readonly request: ReportRequest;
  readonly discussion: Discussion | undefined;
  readonly world: StageWorld;
  readonly troubles: Troubles;
};

/**
 * Statuses first, then the comment: a comment that says all this already proves that the statuses were set,
 * so a second run writes nothing.
 */
async function tellHost(
  telling: Telling,
  host: CodeHost,
): Promise<{ readonly kind?: CommentPlan['kind']; readonly url?: string }> {
  const { models, run, request, discussion, world, troubles } = telling;
  if (models.length === 0) return {};
  const plan =
    discussion && request.comment
      ? planComment({ models, run, key: request.key, sha256: world.sha256 }, discussion)
      : undefined;
  if (plan?.kind !== 'unchanged') await setStatuses(telling, host, plan?.existing?.url ?? run.runUrl);
  if (plan === undefined || discussion === undefined) return {};
  if (plan.kind === 'older') {
    world.log.info(
      `pull request ${discussion.pull.number} is at ${discussion.pull.headCommit.slice(0, 12)} by now; its comment stays`,
    );
  }
  const comment = await troubles.survive(() => carryOutPlan(plan, discussion, host));
  const url = comment?.url;
  return { kind: plan.kind, ...(url === undefined ? {} : { url }) };
}

/** On a schedule or by hand what was judged is a candidate of its own, and not the commit that is checked out. */
async function setStatuses(
  { models, run, request, world, troubles }: Telling,
  host: CodeHost,
  url: string | undefined,
): Promise<void> {
  const { event, pullRequest } = world.context;
  const isOfCommit =
    request.pullRequest !== undefined ||
    pullRequest !== undefined ||
    event === 'push' ||
    event === 'merge_group';
  if (!isOfCommit) return;
  for (const evidence of models) {
    const commit = commitOfEvidence([evidence], world.context).commit ?? run.commit;
    if (commit === undefined) continue;
    const status = { ...renderStatus(evidence), ...(url === undefined ? {} : { targetUrl: url }) };
    await troubles.survive(() => host.statuses.set(commit, status));
  }
}

/** Told first: the ledger is for the next judgement, and a run that is killed here counts when it runs again. */
async function countUses({ models, request, troubles }: Telling, ports: ReportPorts): Promise<void> {
  for (const { comparison, selfReported } of models) {
    if (comparison === undefined || comparison.verdict === 'error') continue;
    const recording = { comparison, selfReported, pullRequest: request.pullRequest };
    await troubles.survive(() => recordUse(recording, ports));
  }
}

function worstVerdict(models: readonly ModelEvidence[]): string | undefined {
  const [worst] = worstFirst(models.map((evidence) => ({ judgement: judge(evidence) })));
  if (worst === undefined) return undefined;
  return worst.judgement.kind === 'failed' ? 'error' : worst.judgement.comparison.verdict;
}
