/**
 * The hidden last line by which a comment is found again. It holds only words of ours, so that nothing from
 * the data can end it early, and it is read only from the last line, so that none can be forged above it.
 */

export type Marker = {
  /** Tells a second comment of the same pull request apart. */
  readonly key: string;
  /** Head commit that was judged, when known. */
  readonly commit?: string | undefined;
  readonly run?: string | undefined;
  readonly attempt?: string | undefined;
  /** Digest of what the comment says, run and address apart. */
  readonly content: string;
};

const WORD = /^[A-Za-z0-9_.]+(-[A-Za-z0-9_.]+)*$/;
const LINE =
  /^<!-- contender key=(?<key>[\w.-]+)(?: commit=(?<commit>[0-9a-f]{40,64}))?(?: run=(?<run>\d+))?(?: attempt=(?<attempt>\d+))? content=(?<content>[0-9a-f]+) -->$/;

/** @throws Error when a part is no plain word, which is a bug of the caller: none of them comes from data. */
export function renderMarker(marker: Marker): string {
  const parts = [
    ['key', marker.key],
    ['commit', marker.commit],
    ['run', marker.run],
    ['attempt', marker.attempt],
    ['content', marker.content],
  ]
    .filter((part): part is [string, string] => part[1] !== undefined)
    .map(([name, value]) => `${name}=${value}`);
  const line = `<!-- contender ${parts.join(' ')} -->`;
  if (!WORD.test(marker.key) || !LINE.test(line)) {
    throw new Error(`a marker is made of plain words, and this is none: ${line}`);
  }
  return line;
}

/** The marker of a comment of ours, whoever wrote the comment: the caller checks its author. */
export function parseMarker(body: string): Marker | undefined {
  const last = body.trimEnd().split('\n').at(-1)?.trim() ?? '';
  const groups = LINE.exec(last)?.groups;
  if (groups === undefined) return undefined;
  const { key, commit, run, attempt, content } = groups as Record<string, string | undefined>;
  if (key === undefined || content === undefined) return undefined;
  return { key, commit, run, attempt, content };
}

/** What to do with a comment that is already there. */
export type Replacement = 'replace' | 'unchanged' | 'older';

/**
 * Whether a new report replaces the one in a comment: never one of a newer run or, where the head commit of
 * the pull request is known, of another commit than that; and only when it says something else.
 */
export function decideReplacement(options: {
  readonly existing: Marker;
  readonly proposed: Marker;
  /** Head commit of the pull request now. */
  readonly headCommit?: string | undefined;
}): Replacement {
  const { existing, proposed, headCommit } = options;
  if (headCommit !== undefined && proposed.commit !== undefined && proposed.commit !== headCommit) {
    return 'older';
  }
  const same = existing.commit === proposed.commit && existing.content === proposed.content;
  if (same) return 'unchanged';
  const existingIsOfHead = headCommit !== undefined && existing.commit === headCommit;
  // Another commit in the comment than the head's is outdated, whatever its run.
  if (headCommit !== undefined && !existingIsOfHead) return 'replace';
  return isOlderRun(proposed, existing) ? 'older' : 'replace';
}

/** A run and its attempt, by their numbers. */
export type RunNumber = { readonly run?: string | undefined; readonly attempt?: string | undefined };

/** Whether a run is older than another: runs count up over a repository, attempts within a run. */
export function isOlderRun(left: RunNumber, right: RunNumber): boolean {
  if (left.run === undefined || right.run === undefined) return false;
  const difference = BigInt(left.run) - BigInt(right.run);
  if (difference !== 0n) return difference < 0n;
  return Number(left.attempt ?? '1') < Number(right.attempt ?? '1');
}
