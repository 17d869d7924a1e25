import { InputError } from '../../core/errors.ts';
import { parseLock } from '../../core/release/lock-file.ts';
import type { CodeHost, PullRequest } from '../../ports/code-host.ts';
import type { ModelRegistry, ReleaseReference } from '../../ports/model-registry.ts';
import { digestOfDraft } from '../release/find-draft.ts';
import type { StageWorld } from '../stage.ts';
import { parseProposal } from './candidate-commit.ts';
import { isOlderThan } from './pauses.ts';

export type OldDraftsRequest = {
  readonly model: string;
  /** All pull requests of the retraining branch. */
  readonly pulls: readonly PullRequest[];
  readonly lockPath: string;
  /** Digest of the candidate that this run proposes; its draft stays. */
  readonly current: string | undefined;
  readonly keepDays: number;
};

type OldDraftsPorts = {
  readonly world: StageWorld;
  readonly registry: ModelRegistry;
  readonly host: CodeHost;
};

/**
 * Deletes the drafts of candidates whose pull request was closed long enough ago, and of those that an open
 * one has replaced. Drafts that no retraining proposed are somebody's own and stay.
 */
export async function removeOldDrafts(request: OldDraftsRequest, ports: OldDraftsPorts): Promise<void> {
  const { pulls, keepDays, current } = request;
  const { registry, world } = ports;
  const drafts = (await registry.listDrafts(request.model)).flatMap((draft) => {
    const digest = digestOfDraft(draft, world);
    return digest === undefined || digest === current ? [] : [{ draft, digest }];
  });
  if (drafts.length === 0) return;
  const open = pulls.filter(({ state }) => state === 'open');
  const protectedDigests = new Set<string>();
  for (const pull of open) {
    const digest = await lockedDigest(pull, request, ports);
    if (digest !== undefined) protectedDigests.add(digest);
  }
  for (const pull of pulls) {
    const proposed = await proposedDigests(pull, request, ports);
    for (const { draft, digest } of drafts) {
      if (!proposed.has(digest) || protectedDigests.has(digest)) continue;
      if (!isOlderThan(pull.closedAt ?? draft.createdAt, keepDays, world.now())) continue;
      await removeDraft(draft, ports);
    }
  }
}

async function removeDraft(draft: ReleaseReference, { registry, world }: OldDraftsPorts): Promise<void> {
  world.log.info(`deleting the draft ${draft.tag} of a retraining that is over`);
  await registry.deleteDraft(draft);
}

/** Every candidate that a pull request ever proposed: what its commits say, and its lock file now. */
async function proposedDigests(
  pull: PullRequest,
  request: OldDraftsRequest,
  ports: OldDraftsPorts,
): Promise<ReadonlySet<string>> {
  const commits = await ports.host.branches.commitsBetween(pull.baseCommit, pull.headCommit);
  const digests = commits.flatMap(({ message }) => parseProposal(message)?.digest ?? []);
  const locked = await lockedDigest(pull, request, ports);
  return new Set(locked === undefined ? digests : [...digests, locked]);
}

async function lockedDigest(
  pull: PullRequest,
  { lockPath }: OldDraftsRequest,
  { host, world }: OldDraftsPorts,
): Promise<string | undefined> {
  const content = await host.branches.readFile(pull.headCommit, lockPath);
  if (content === undefined) return undefined;
  try {
    return parseLock(new TextDecoder().decode(content), `${lockPath} of #${pull.number}`).digest;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    world.log.info(error.message);
    return undefined;
  }
}
