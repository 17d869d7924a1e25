import type { HostCommit } from '../../ports/code-host.ts';
import { isOwnAuthor } from '../own-author.ts';

/** What a commit on a retraining branch says it proposes; its last line is read, so that none can hide below. */
export type Proposal = { readonly model: string; readonly version: string; readonly digest: string };

const TRAILER =
  /^Contender-Candidate: (?<model>[a-z0-9][a-z0-9-]*) (?<version>\S+) sha256:(?<digest>[0-9a-f]{64})$/;

export function branchOf(model: string): string {
  return `contender/retrain-${model}`;
}

export function renderCommitMessage({ model, version, digest }: Proposal): string {
  return `chore(${model}): propose ${version}\n\nThe lock file names the candidate that was trained and judged after the drift check.\n\nContender-Candidate: ${model} ${version} sha256:${digest}`;
}

export function parseProposal(message: string): Proposal | undefined {
  const groups = TRAILER.exec(message.trimEnd().split('\n').at(-1) ?? '')?.groups;
  return groups === undefined ? undefined : (groups as Proposal);
}

/** Commits that somebody else made; what they hold is never overwritten. */
export function findForeignCommits(
  commits: readonly HostCommit[],
  viewer: string | undefined,
): readonly HostCommit[] {
  return commits.filter(
    ({ author, message }) => parseProposal(message) === undefined || !isOwnAuthor(author, viewer),
  );
}
