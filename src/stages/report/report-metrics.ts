import { join, resolve } from 'node:path';
import { EXIT_CODE, type ExitCode, InputError } from '../../core/errors.ts';
import type { ModelEvidence, RunReference } from '../../core/report/evidence.ts';
import { renderHtmlReport } from '../../core/report/html/page.ts';
import { renderDriftSummaries, renderJobSummary } from '../../core/report/job-summary.ts';
import { judge, validAcceptance, worstFirst } from '../../core/report/judgement.ts';
import type { StageWorld } from '../stage.ts';
import { collectEvidence } from './collect-evidence.ts';
import { findTarget, type ReportTarget } from './find-target.ts';
import { commitOfEvidence } from './read-evidence.ts';
import type { ReportPorts, ReportRequest } from './report-request.ts';
import { settleEvidence } from './settle-evidence.ts';
import { shareReport } from './share-report.ts';
import { type CommentPlan, readDiscussion } from './sticky-comment.ts';
import { tellHost } from './tell-host.ts';
import { Troubles } from './troubles.ts';

export type ReportResult = {
  readonly exitCode: ExitCode;
  readonly outputs: Readonly<Record<string, string>>;
  /** What became of the comment; undefined when none was wanted or it could not be told. */
  readonly comment: CommentPlan['kind'] | undefined;
};

const NOTHING_TO_REPORT: ReportResult = { exitCode: EXIT_CODE.passed, outputs: {}, comment: undefined };

/**
 * Reports the evidence: an HTML file, the job summary, a commit status for each model and the one comment of
 * the pull request. Whatever the code host refuses, file and summary are written; the exit code then says
 * what went wrong, unless the token is read-only by design.
 * @throws InputError when there is no evidence, or it cannot be read.
 */
export async function runReportMetrics(request: ReportRequest, ports: ReportPorts): Promise<ReportResult> {
  checkKey(request.key);
  const target = await findTarget({ given: request.pullRequest, key: request.key }, ports);
  if (target === 'gone') return NOTHING_TO_REPORT;
  const { shown } = target;
  const aimed = { ...ports, world: aimAt(target, ports.world) };
  return await reportTo(target, shown === undefined ? request : { ...request, pinned: shown }, aimed);
}

async function reportTo(
  { number, discussion: known }: ReportTarget,
  request: ReportRequest,
  ports: ReportPorts,
): Promise<ReportResult> {
  const { world, host } = ports;
  const troubles = new Troubles(world);
  // Asked first, so that the answers come while the evidence is read.
  const asked =
    number === undefined || host === undefined
      ? undefined
      : troubles.survive(async () => known ?? (await readDiscussion(number, host)));
  asked?.catch(() => undefined);
  const evidence = await collectEvidence(request, { world, artifacts: ports.artifacts });
  const run = referToRun(evidence, world);
  if (number !== undefined && host === undefined) {
    world.log.warning(`there is no token, so pull request ${number} is not told`);
  }
  const discussion = await asked;
  const settled = await Promise.all(
    evidence.map((one) => settleEvidence(one, { discussion, host, troubles, world })),
  );
  const isAnswer = world.context.event === 'issue_comment';
  const models = settled.filter((one) =>
    isAnswer ? isAccepted(one) : number !== undefined || wasJudged(one),
  );
  if (isAnswer && models.length === 0) {
    world.log.info('no comment of somebody who may write accepts these bytes; the report stays as it is');
    return NOTHING_TO_REPORT;
  }
  // Outside of a pull request checked data judge no model; a person reads of them all the same.
  const shown = models.length > 0 ? models : settled.filter(hasCheckedData);
  const report = await writeReport(request, shown, { world, run });
  const shared = await shareReport(request, { evidence, run, world, artifacts: ports.artifacts });
  await ports.summary.write(renderSummary(shown, evidence, shared.run));
  const artifacts = request.pinned.length > 0 ? request.pinned : shared.artifacts;
  const telling = { models, run: shared.run, request, discussion, artifacts, troubles, ports };
  const told = host === undefined ? {} : await tellHost(telling, host);
  const verdict = worstVerdict(shown) ?? evidence.map(({ drift }) => drift?.verdict ?? 'error')[0] ?? 'error';
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

/** The event of a comment does not say which commit it is about. */
function aimAt({ number, discussion }: ReportTarget, world: StageWorld): StageWorld {
  const found = {
    ...(number === undefined ? {} : { pullRequest: number }),
    ...(discussion === undefined ? {} : { headCommit: discussion.pull.headCommit }),
  };
  return { ...world, context: { ...world.context, ...found } };
}

/** Everything in it is ours or the platform's, so that it can stand in links. */
function referToRun(evidence: readonly ModelEvidence[], { context, log }: StageWorld): RunReference {
  const { commit, mixed } = commitOfEvidence(evidence, context);
  if (mixed) log.warning('the evidence is of several commits; run all stages again on one of them');
  return { commit, run: context.run, attempt: context.attempt, runUrl: context.runUrl };
}

/**
 * Which evidence a comment of ours shows is the word of a comment, which others may have a hand in. So a comment is
 * answered with what a maintainer accepted, for the very bytes, and never with a verdict.
 */
function isAccepted({ comparison }: ModelEvidence): boolean {
  if (comparison === undefined || comparison.verdict === 'error') return false;
  return validAcceptance(comparison) !== undefined;
}

/** A drift check alone judges no model, so that a missing comparison is no error of it. */
function wasJudged({ training, comparison }: ModelEvidence): boolean {
  return training !== undefined || comparison !== undefined;
}

function hasCheckedData({ validation }: ModelEvidence): boolean {
  return validation !== undefined && validation.verdict !== 'error';
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
  const report = models.length === 0 ? [] : [renderJobSummary(models, run)];
  return [...report, ...renderDriftSummaries(evidence)].join('\n');
}

function worstVerdict(models: readonly ModelEvidence[]): string | undefined {
  const [worst] = worstFirst(models.map((evidence) => ({ judgement: judge(evidence) })));
  if (worst === undefined) return undefined;
  const { judgement } = worst;
  if (judgement.kind === 'data') return judgement.validation.verdict;
  return judgement.kind === 'failed' ? 'error' : judgement.comparison.verdict;
}
