import type { ExamChange } from '../../core/documents/comparison.ts';
import type { BaseRequest } from './exam-request.ts';

/** The files that a change touches, and which of them it deletes. */
export type TouchedByChange = {
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
};

export async function findTouched({ repository, base }: BaseRequest): Promise<TouchedByChange> {
  const head = await repository.resolveCommit('HEAD');
  if (head === undefined) return { changed: [], deleted: [] };
  const changed = await repository.changedFiles(base, head);
  const left = new Set((await repository.identifyFiles(head, ['**'])).keys());
  return { changed, deleted: changed.filter((path) => !left.has(path)) };
}

/**
 * The touched files that patterns of the base would read, and those that stand in their way: a link in the place
 * of a folder leads every path through it elsewhere.
 */
export async function findTouchedBy(
  { repository, base }: BaseRequest,
  patterns: readonly string[],
  { changed }: TouchedByChange,
): Promise<readonly string[]> {
  if (changed.length === 0 || patterns.length === 0) return [];
  const [before, after] = await Promise.all([
    repository.listFilesAt(base, patterns),
    repository.listFilesAt('HEAD', patterns),
  ]);
  const read = new Set([...before, ...after]);
  return changed.filter((path) => read.has(path) || patterns.some((one) => one.startsWith(`${path}/`)));
}

/** What became of files of the exam, in words. */
export function describeTouched(
  touched: readonly string[],
  facts: {
    readonly deleted: readonly string[];
    /** Files that the base has. */
    readonly present: ReadonlySet<string>;
    /** What the base's file does. */
    readonly role: string;
  },
): readonly ExamChange[] {
  return touched.map((what) => {
    if (!facts.present.has(what))
      return { what, after: 'added by this pull request, and no part of what judges' };
    const after = facts.deleted.includes(what)
      ? 'deleted by this pull request'
      : 'changed by this pull request';
    return { what, before: `the file of the base branch, which ${facts.role}`, after };
  });
}
