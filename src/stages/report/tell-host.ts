import type { ModelEvidence, RunReference } from '../../core/report/evidence.ts';
import { renderStatus } from '../../core/report/status.ts';
import type { ArtifactReference } from '../../ports/artifact-store.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import { recordUse } from '../ledger/record-use.ts';
import { drawPictures } from './pictures.ts';
import { publishComment } from './publish-comment.ts';
import { commitOfEvidence } from './read-evidence.ts';
import type { ReportPorts, ReportRequest } from './report-request.ts';
import { type CommentPlan, type Discussion, type PlanRequest, planComment } from './sticky-comment.ts';
import type { Troubles } from './troubles.ts';

export type Telling = {
  readonly models: readonly ModelEvidence[];
  readonly run: RunReference;
  readonly request: ReportRequest;
  readonly discussion: Discussion | undefined;
  /** What holds the evidence of all this, so that an acceptance can be reported without making it again. */
  readonly artifacts: readonly ArtifactReference[];
  readonly troubles: Troubles;
  readonly ports: ReportPorts;
};

export type Told = {
  readonly kind?: CommentPlan['kind'];
  /** Address of the comment. */
  readonly url?: string;
};

const ALONE = { index: 0, total: 1 };

/**
 * Statuses and the count of the holdout's uses first, then the comment: one that says all this already proves
 * that the rest was done, so that a second run asks for nothing more and writes nothing.
 */
export async function tellHost(telling: Telling, host: CodeHost): Promise<Told> {
  const { models, run, request, discussion, troubles, ports } = telling;
  if (models.length === 0) return {};
  let wanted = await planRequest(telling, host);
  let plan = discussion && request.comment ? planComment(wanted, discussion) : undefined;
  if (plan?.kind !== 'unchanged') {
    const current = models.filter(({ model }) => plan?.current.has(model) ?? true);
    const target = plan?.existing?.url ?? run.runUrl;
    wanted = { ...wanted, isPartial: !(await setStatuses({ ...telling, models: current }, host, target)) };
    plan = plan && discussion && planComment(wanted, discussion);
    await countUses(telling);
  }
  if (plan === undefined || discussion === undefined) return {};
  const { log } = ports.world;
  if (plan.kind === 'older') {
    log.info(
      `pull request ${discussion.pull.number} is at ${discussion.pull.headCommit.slice(0, 12)} by now, or a newer run reported it; its comment stays`,
    );
  }
  const comment = await troubles.survive(() =>
    publishComment(
      plan,
      { request: wanted, discussion },
      { host, job: request.job ?? ALONE, sleep: ports.sleep, warn: (message) => log.warning(message) },
    ),
  );
  return { kind: plan.kind, ...(comment === undefined ? {} : { url: comment.url }) };
}

/** A job is told from others by its name and place: attempts of a run share both. */
async function planRequest(
  { models, run, request, discussion, artifacts, ports }: Telling,
  host: CodeHost,
): Promise<PlanRequest> {
  const { world, pictures } = ports;
  const { job = ALONE, key } = request;
  const { context, sha256 } = world;
  const writer = sha256(`${context.workflow ?? ''}/${context.job ?? ''}/${job.index}`).slice(0, 8);
  const wanted = { models, run, key, sha256, writer, jobs: job.total, artifacts };
  if (request.pictures !== true || pictures === undefined || discussion === undefined || !request.comment)
    return wanted;
  return await drawPictures(wanted, discussion, { tools: pictures, host, world });
}

/**
 * On a schedule or by hand what was judged is a candidate of its own, and not the commit that is checked out.
 * @returns false when one could not be set.
 */
async function setStatuses(
  { models, run, troubles, ports }: Telling,
  host: CodeHost,
  url: string | undefined,
): Promise<boolean> {
  const { context } = ports.world;
  const { event, pullRequest } = context;
  const isOfCommit = pullRequest !== undefined || event === 'push' || event === 'merge_group';
  if (!isOfCommit) return true;
  let areSet = true;
  for (const evidence of models) {
    const commit = commitOfEvidence([evidence], context).commit ?? run.commit;
    if (commit === undefined) continue;
    const status = { ...renderStatus(evidence), ...(url === undefined ? {} : { targetUrl: url }) };
    areSet =
      (await troubles.survive(() => host.statuses.set(commit, status).then(() => true))) === true && areSet;
  }
  return areSet;
}

/** A run that is killed here counts when it runs again; one that ran twice counts once. */
async function countUses({ models, request, troubles, ports }: Telling): Promise<void> {
  for (const { comparison, selfReported } of models) {
    if (comparison === undefined || comparison.verdict === 'error') continue;
    const recording = { comparison, selfReported, pullRequest: request.pullRequest };
    await troubles.survive(() => recordUse(recording, ports));
  }
}
