import {
  decideReplacement,
  type Marker,
  parseMarker,
  renderMarker,
} from '../../core/report/comment/marker.ts';
import type { MergedReport } from '../../core/report/comment/merge-reports.ts';
import { openComment } from '../../core/report/comment/seal.ts';
import type { EvidenceArtifact } from '../../core/report/comment/state.ts';
import { renderComment } from '../../core/report/comment.ts';
import type { ModelEvidence, RunReference } from '../../core/report/evidence.ts';
import type { CodeHost, HostComment, PullRequest } from '../../ports/code-host.ts';
import { isOwnAuthor } from '../own-author.ts';

/** What a pull request looks like before the report is written to it. */
export type Discussion = {
  readonly pull: PullRequest;
  readonly comments: readonly HostComment[];
  /** Login of the token; undefined for the token of an app. */
  readonly viewer: string | undefined;
};

export async function readDiscussion(number: number, host: CodeHost): Promise<Discussion> {
  const [pull, comments, viewer] = await Promise.all([
    host.pulls.get(number),
    host.comments.list(number),
    host.viewer(),
  ]);
  return { pull, comments, viewer };
}

/**
 * What holds the evidence that the comment shows; undefined when there is no such comment, somebody changed it,
 * it is of an older head, or its evidence is kept nowhere.
 */
export function findShownEvidence(
  discussion: Discussion,
  key: string | undefined,
  sha256: (text: string) => string,
): readonly EvidenceArtifact[] | undefined {
  const [existing] = findSticky(discussion, key ?? 'report');
  const opened = existing && openComment(existing.body, sha256);
  if (opened === undefined || opened.marker.commit !== discussion.pull.headCommit) return undefined;
  return opened.state.artifacts.length === 0 ? undefined : opened.state.artifacts;
}

export type CommentPlan = {
  /** `older`: the pull request has moved on, or a newer run reported all this; this report replaces nothing. */
  readonly kind: 'create' | 'update' | 'unchanged' | 'older';
  readonly existing: HostComment | undefined;
  /** Younger ones beside it, left by a job that was killed before it took its own back. */
  readonly spare: readonly HostComment[];
  readonly body: string;
  readonly marker: Marker;
  /** Models that no newer report of the same commit has overtaken. */
  readonly current: ReadonlySet<string>;
  readonly turn: MergedReport['turn'];
};

export type PlanRequest = {
  readonly models: readonly ModelEvidence[];
  readonly run: RunReference;
  readonly key: string | undefined;
  readonly sha256: (text: string) => string;
  /** Tells jobs apart that report to the same comment: hexadecimal digits. */
  readonly writer?: string | undefined;
  /** What holds the evidence; the comment remembers it. */
  readonly artifacts?: readonly EvidenceArtifact[];
  /** A status could not be set. */
  readonly isPartial?: boolean | undefined;
  /** Jobs of this run that report to the same comment, this one among them; 1 by default. */
  readonly jobs?: number | undefined;
};

/** The job's own token answers with this login, which other apps' comments must not be mistaken for. */
const JOB_LOGIN = 'github-actions[bot]';
const FAILING = /^### (❌|⛔)/u;
const TURN_CODES = { failing: 'fa', passing: '0c' } as const;

/** What has to be done so that the pull request has the one comment of this key and it says this. */
export function planComment(request: PlanRequest, discussion: Discussion): CommentPlan {
  const { models, run, key, sha256, writer, artifacts = [], isPartial, jobs = 1 } = request;
  const [existing, ...spare] = findSticky(discussion, key ?? 'report');
  const earlier = existing && openComment(existing.body, sha256);
  const { merged, body, marker } = renderComment({
    ...{ models, run, sha256, writer, artifacts, earlier, isPartial, expectsOthers: jobs > 1 },
    ...(key === undefined ? {} : { key }),
  });
  const { headCommit } = discussion.pull;
  const { current, isNews, turn } = merged;
  const plan = { existing, spare, body, marker, current, turn };
  if (marker.commit !== undefined && marker.commit !== headCommit) return { ...plan, kind: 'older' };
  if (existing === undefined) return { ...plan, kind: 'create' };
  if (earlier !== undefined) {
    if (isNews) return { ...plan, kind: 'update' };
    return { ...plan, kind: current.size < models.length ? 'older' : 'unchanged' };
  }
  // Somebody else changed it: what it says is not trusted, and only its marker tells whether it is newer.
  const known = parseMarker(existing.body);
  const isOlder = known && decideReplacement({ existing: known, proposed: marker, headCommit }) === 'older';
  const turned = FAILING.test(existing.body) !== FAILING.test(body);
  const toldBy = FAILING.test(body) ? 'failing' : 'passing';
  return { ...plan, turn: turned ? toldBy : undefined, kind: isOlder ? 'older' : 'update' };
}

/** How a plan ended. */
export type Written = {
  readonly comment: HostComment | undefined;
  /** Another job created the comment at the same time, so that this one took its own back. */
  readonly hadTwin: boolean;
};

/**
 * Does what was planned. Jobs that run at once end with one comment: whoever finds an older one of the same
 * author after creating its own takes its own back, and has to plan again.
 */
export async function carryOutPlan(
  plan: CommentPlan,
  discussion: Discussion,
  host: CodeHost,
): Promise<Written> {
  const { existing, spare } = plan;
  if (plan.kind !== 'older') for (const { id } of spare) await host.comments.delete(id);
  switch (plan.kind) {
    case 'create':
      return await createOne(plan, discussion.pull.number, host);
    case 'update':
      return {
        comment: existing && (await rewrite({ ...plan, existing }, discussion, host)),
        hadTwin: false,
      };
    default:
      return { comment: existing, hadTwin: false };
  }
}

async function createOne(plan: CommentPlan, number: number, host: CodeHost): Promise<Written> {
  const created = await host.comments.create(number, plan.body);
  const [oldest] = (await host.comments.list(number))
    .filter(({ author, body }) => author === created.author && parseMarker(body)?.key === plan.marker.key)
    .sort((left, right) => left.id - right.id);
  if (oldest === undefined || oldest.id === created.id) return { comment: created, hadTwin: false };
  await host.comments.delete(created.id);
  return { comment: oldest, hadTwin: true };
}

type Rewriting = CommentPlan & { readonly existing: HostComment };

async function rewrite(plan: Rewriting, discussion: Discussion, host: CodeHost): Promise<HostComment> {
  const { existing, body, turn } = plan;
  // Told first: killed in between, the next run finds that it was told, and only rewrites.
  if (turn !== undefined && findTurns(plan.marker, turn, discussion).length === 0) {
    await host.comments.create(discussion.pull.number, renderTurn(plan, turn));
  }
  return await host.comments.update(existing.id, body);
}

type Turn = NonNullable<CommentPlan['turn']>;

/** Edits notify nobody, so a turn to or from failing is a line of its own. */
function renderTurn({ existing, body, marker }: Rewriting, turn: Turn): string {
  const [title = ''] = body.split('\n');
  const words = turn === 'failing' ? 'Now failing' : 'No longer failing';
  return `${words}: ${title.replace(/^### /, '')} ([report](${existing.url}))\n\n${renderMarker(turnMarker(marker, turn))}\n`;
}

/** Lines that told this turn of this commit, oldest first. */
function findTurns(
  marker: Marker,
  turn: Turn,
  { comments, viewer }: Pick<Discussion, 'comments' | 'viewer'>,
): HostComment[] {
  const wanted = turnMarker(marker, turn);
  return comments
    .filter(({ author, body }) => {
      const told = isOwnAuthor(author, viewer) ? parseMarker(body) : undefined;
      return told?.key === wanted.key && told.commit === wanted.commit && told.content === wanted.content;
    })
    .sort((left, right) => left.id - right.id);
}

/** Of jobs that told the same turn at once, one line stays. */
export async function removeRepeatedTurns(
  { marker }: Pick<CommentPlan, 'marker'>,
  discussion: Discussion,
  host: CodeHost,
): Promise<void> {
  for (const turn of ['failing', 'passing'] as const) {
    for (const { id } of findTurns(marker, turn, discussion).slice(1)) await host.comments.delete(id);
  }
}

/** A key of the user has no dot, so that no comment is taken for such a line. */
function turnMarker({ key, commit }: Marker, turn: Turn): Marker {
  return { key: `turn.${key}`, commit, content: TURN_CODES[turn] };
}

/** Comments of this key by one author that may be us, oldest first. */
function findSticky({ comments, viewer }: Discussion, key: string): readonly HostComment[] {
  const own = comments
    .filter(({ author, body }) => isOwnAuthor(author, viewer) && parseMarker(body)?.key === key)
    .sort((left, right) => left.id - right.id);
  const ofJob = viewer === undefined ? own.find(({ author }) => author === JOB_LOGIN) : undefined;
  const writer = (ofJob ?? own[0])?.author;
  return own.filter(({ author }) => author === writer);
}
