import {
  decideReplacement,
  type Marker,
  parseMarker,
  renderMarker,
} from '../../core/report/comment/marker.ts';
import { type Comment, renderComment } from '../../core/report/comment.ts';
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

export type CommentPlan = {
  /** `older`: the pull request has moved on, and this report replaces nothing. */
  readonly kind: 'create' | 'update' | 'unchanged' | 'older';
  readonly existing: HostComment | undefined;
  readonly body: string;
  readonly marker: Marker;
};

export type PlanRequest = {
  readonly models: readonly ModelEvidence[];
  readonly run: RunReference;
  readonly key: string | undefined;
  readonly sha256: (text: string) => string;
};

/** The job's own token answers with this login, which other apps' comments must not be mistaken for. */
const JOB_LOGIN = 'github-actions[bot]';
const SEAL = /^<!-- contender-seal ([0-9a-f]{32}) -->$/;
const FAILING = /^### (❌|⛔)/u;

/** What has to be done so that the pull request has the one comment of this key and it says this. */
export function planComment(request: PlanRequest, discussion: Discussion): CommentPlan {
  const { models, run, key, sha256 } = request;
  const comment = renderComment({ models, run, sha256, ...(key === undefined ? {} : { key }) });
  const body = seal(comment, sha256);
  const { marker } = comment;
  const existing = findSticky(discussion, marker.key);
  const { headCommit } = discussion.pull;
  const plan = { existing, body, marker };
  if (marker.commit !== undefined && marker.commit !== headCommit) return { ...plan, kind: 'older' };
  const known = existing && parseMarker(existing.body);
  if (existing === undefined || known === undefined) return { ...plan, kind: 'create' };
  const replacement = decideReplacement({ existing: known, proposed: marker, headCommit });
  if (replacement === 'older') return { ...plan, kind: 'older' };
  const asWritten = replacement === 'unchanged' && isSealed(existing.body, sha256);
  return { ...plan, kind: asWritten ? 'unchanged' : 'update' };
}

/**
 * Does what was planned and returns the comment. Jobs that run at once end with one comment: whoever finds an
 * older one of the same author after creating its own takes its own back.
 */
export async function carryOutPlan(
  plan: CommentPlan,
  discussion: Discussion,
  host: CodeHost,
): Promise<HostComment | undefined> {
  const { number } = discussion.pull;
  switch (plan.kind) {
    case 'create':
      return await createOne(plan, number, host);
    case 'update':
      return plan.existing && (await rewrite({ ...plan, existing: plan.existing }, discussion, host));
    default:
      return plan.existing;
  }
}

async function createOne(plan: CommentPlan, number: number, host: CodeHost): Promise<HostComment> {
  const created = await host.comments.create(number, plan.body);
  const twins = (await host.comments.list(number))
    .filter(({ author, body }) => author === created.author && parseMarker(body)?.key === plan.marker.key)
    .sort((left, right) => left.id - right.id);
  const [oldest] = twins;
  if (oldest === undefined || oldest.id === created.id) return created;
  await host.comments.delete(created.id);
  const known = parseMarker(oldest.body);
  const replacement =
    known && decideReplacement({ existing: known, proposed: plan.marker, headCommit: plan.marker.commit });
  return replacement === 'replace' ? await host.comments.update(oldest.id, plan.body) : oldest;
}

type Rewriting = CommentPlan & { readonly existing: HostComment };

async function rewrite(plan: Rewriting, discussion: Discussion, host: CodeHost): Promise<HostComment> {
  const { existing, body } = plan;
  const turned = FAILING.test(existing.body) !== FAILING.test(body);
  // Told first: killed in between, the next run finds that it was told, and only rewrites.
  if (turned && !wasTold(plan, discussion)) {
    await host.comments.create(discussion.pull.number, renderTurn(plan));
  }
  return await host.comments.update(existing.id, body);
}

/** Edits notify nobody, so a turn to or from failing is a line of its own. */
function renderTurn({ existing, body, marker }: Rewriting): string {
  const [title = ''] = body.split('\n');
  const words = FAILING.test(body) ? 'Now failing' : 'No longer failing';
  return `${words}: ${title.replace(/^### /, '')} ([report](${existing.url}))\n\n${renderMarker(turnMarker(marker))}\n`;
}

function wasTold({ marker }: CommentPlan, { comments, viewer }: Discussion): boolean {
  const wanted = turnMarker(marker);
  return comments.some(({ author, body }) => {
    const told = isOwnAuthor(author, viewer) ? parseMarker(body) : undefined;
    return told?.key === wanted.key && told.commit === wanted.commit && told.content === wanted.content;
  });
}

/** A key of the user has no dot, so that no comment is taken for such a line. */
function turnMarker({ key, commit, content }: Marker): Marker {
  return { key: `turn.${key}`, commit, content };
}

function findSticky({ comments, viewer }: Discussion, key: string): HostComment | undefined {
  const own = comments
    .filter(({ author, body }) => isOwnAuthor(author, viewer) && parseMarker(body)?.key === key)
    .sort((left, right) => left.id - right.id);
  return (viewer === undefined ? own.find(({ author }) => author === JOB_LOGIN) : undefined) ?? own[0];
}

/** Puts a digest of the visible text above the marker, by which an edit by somebody else is seen. */
function seal({ body, marker }: Comment, sha256: (text: string) => string): string {
  const line = renderMarker(marker);
  const text = body.trimEnd().slice(0, -line.length).trim();
  return `${text}\n\n<!-- contender-seal ${sha256(text).slice(0, 32)} -->\n${line}\n`;
}

function isSealed(body: string, sha256: (text: string) => string): boolean {
  const lines = body.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const sealed = SEAL.exec(lines.at(-2)?.trim() ?? '')?.[1];
  return sealed === sha256(lines.slice(0, -2).join('\n').trim()).slice(0, 32);
}
