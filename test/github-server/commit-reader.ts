import type { GitRepository } from './git-repository.ts';

export type GitPerson = { readonly name: string; readonly email: string; readonly date: string };

export type CommitRecord = {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly message: string;
};

export type ChangedFile = {
  readonly filename: string;
  readonly previousFilename: string | undefined;
  readonly sha: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  /** Undefined for binary and very large files, as on GitHub. */
  readonly patch: string | undefined;
};

const FORMAT = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%n');
const LONGEST_PATCH = 100_000;
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Commits in the order given. */
export async function readCommits(git: GitRepository, shas: readonly string[]): Promise<CommitRecord[]> {
  if (shas.length === 0) return [];
  const run = { input: `${shas.join('\n')}\n` };
  const { text } = await git.git(['log', '--no-walk=unsorted', '--stdin', '-z', `--format=${FORMAT}`], run);
  return text.split('\0').filter(Boolean).map(parseCommit);
}

export function readCommit(git: GitRepository, sha: string): Promise<CommitRecord> {
  return git.remember(`commit ${sha}`, async () => (await readCommits(git, [sha]))[0]!);
}

/** What changed from one commit (undefined: from nothing) to another, renames found. */
export async function readChangedFiles(
  git: GitRepository,
  from: string | undefined,
  to: string,
): Promise<ChangedFile[]> {
  const range = [from ?? EMPTY_TREE, to];
  const [raw, patches] = await Promise.all([
    git.git(['diff', '--raw', '-z', '--no-abbrev', '-M', ...range]),
    git.git(['diff', '--patch', '--no-color', '-M', ...range]),
  ]);
  const sections = patches.text.split(/^diff --git .*\n/m).slice(1);
  return parseRaw(raw.text).map((entry, index) => ({ ...entry, ...parsePatch(sections[index] ?? '') }));
}

function parseCommit(text: string): CommitRecord {
  const [sha, tree, parents, name, email, time, committer, committerEmail, commitTime, ...message] =
    text.split('\n');
  return {
    sha: sha!,
    tree: tree!,
    parents: parents === '' ? [] : parents!.split(' '),
    author: { name: name!, email: email!, date: isoDate(time!) },
    committer: { name: committer!, email: committerEmail!, date: isoDate(commitTime!) },
    message: message.join('\n').trimEnd(),
  };
}

type RawEntry = Pick<ChangedFile, 'filename' | 'previousFilename' | 'sha' | 'status'>;

function parseRaw(text: string): RawEntry[] {
  const fields = text.split('\0');
  const entries: RawEntry[] = [];
  for (let index = 0; (fields[index] ?? '') !== ''; index += 2) {
    const [, , oldSha, newSha, letter = ''] = fields[index]!.split(' ');
    const isRename = letter.startsWith('R');
    if (isRename) index += 1;
    entries.push({
      filename: fields[index + 1]!,
      previousFilename: isRename ? fields[index]! : undefined,
      sha: letter === 'D' ? oldSha! : newSha!,
      status: letter === 'A' ? 'added' : letter === 'D' ? 'removed' : isRename ? 'renamed' : 'modified',
    });
  }
  return entries;
}

function parsePatch(section: string): Pick<ChangedFile, 'additions' | 'deletions' | 'patch'> {
  const start = section.search(/^@@/m);
  if (start < 0) return { additions: 0, deletions: 0, patch: undefined };
  const patch = section.slice(start).trimEnd();
  const changed = patch.split('\n');
  return {
    additions: changed.filter((line) => line.startsWith('+')).length,
    deletions: changed.filter((line) => line.startsWith('-')).length,
    patch: patch.length > LONGEST_PATCH ? undefined : patch,
  };
}

function isoDate(seconds: string): string {
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}
