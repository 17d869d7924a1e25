import type { CodeHost, HostComment } from '../../ports/code-host.ts';
import {
  type CommentPlan,
  carryOutPlan,
  type Discussion,
  type PlanRequest,
  planComment,
  removeRepeatedTurns,
} from './sticky-comment.ts';

/** Place of this job among those of its run that report to the same comment. */
export type JobPlace = {
  /** From 0. */
  readonly index: number;
  readonly total: number;
};

export type PublishPorts = {
  readonly host: CodeHost;
  readonly job: JobPlace;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly warn: (message: string) => void;
};

/** Times that a job reads, and writes where it has to. */
const ROUNDS = 10;
/** Times in a row that it has to find its models. */
const LOOKS = 2;
const PAUSE_MILLISECONDS = 1500;
const SLOT_MILLISECONDS = 500;
const MOST_SLOTS = 16;

/**
 * Writes the comment. The platform has no compare-and-swap for comments: of jobs that read the same comment and
 * write to it, the last one wins. So where there are several, each reads right before it writes, looks again
 * after a pause, longer than what passes between another's reading and writing, and writes again unless its
 * models are all there, until it has found them twice in a row. Jobs look in turn, so that those which lost do
 * not collide again. A job that is alone makes no further request.
 * @returns the comment, as far as it is known.
 */
export async function publishComment(
  first: CommentPlan,
  { request, discussion }: { readonly request: PlanRequest; readonly discussion: Discussion },
  ports: PublishPorts,
): Promise<HostComment | undefined> {
  const { host, job } = ports;
  if (!isWrite(first)) return (await carryOutPlan(first, discussion, host)).comment;
  if (job.total > 1) return await writeTogether(request, discussion, ports);
  const { comment, hadTwin } = await carryOutPlan(first, discussion, host);
  // Another job was here at the same moment, and will write again.
  return hadTwin ? await writeTogether(request, discussion, ports) : comment;
}

async function writeTogether(
  request: PlanRequest,
  discussion: Discussion,
  ports: PublishPorts,
): Promise<HostComment | undefined> {
  const { host, job, sleep } = ports;
  let comment: HostComment | undefined;
  let [looks, hasWritten] = [0, false];
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await readAgain(discussion, host);
    const plan = planComment(request, seen);
    if (hasWritten) await removeRepeatedTurns(plan, seen, host);
    const written = await carryOutPlan(plan, seen, host);
    ({ comment } = written);
    hasWritten ||= isWrite(plan);
    looks = isWrite(plan) ? 0 : looks + 1;
    if (plan.kind === 'older' || looks === LOOKS || !hasWritten) return comment;
    await sleep(pauseBefore(round, placeOf(job, request.writer)));
  }
  ports.warn(
    'other jobs wrote to the comment of the pull request again and again; it may lack models of this job, so run this job again',
  );
  return comment;
}

function isWrite({ kind }: CommentPlan): boolean {
  return kind === 'create' || kind === 'update';
}

/** Jobs that do not know of each other differ in their names alone. */
function placeOf(job: JobPlace, writer = '0'): JobPlace {
  return job.total > 1 ? job : { index: Number.parseInt(writer, 16) % MOST_SLOTS, total: MOST_SLOTS };
}

/** Milliseconds before a job looks again: a base that grows, and its own turn within a round. */
function pauseBefore(round: number, { index, total }: JobPlace): number {
  const slots = Math.min(Math.max(total, 1), MOST_SLOTS);
  return PAUSE_MILLISECONDS * (1 + round / 2) + ((index + round) % slots) * SLOT_MILLISECONDS;
}

async function readAgain(discussion: Discussion, host: CodeHost): Promise<Discussion> {
  const { number } = discussion.pull;
  // The head may have moved meanwhile, and then this report is an old one.
  const [pull, comments] = await Promise.all([host.pulls.get(number), host.comments.list(number)]);
  return { ...discussion, pull, comments };
}
