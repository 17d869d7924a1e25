import { InputError } from '../../core/errors.ts';
import { PICTURE_BRANCH } from '../../core/report/comment/shown-pictures.ts';
import { PICTURE_INDEX } from '../../core/report/pictures/picture-index.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { PictureRevision, PictureStore } from '../../ports/picture-store.ts';
import { tryUntilWon } from './until-won.ts';

export type PictureBranchOptions = {
  readonly branches: Pick<CodeHost['branches'], 'head' | 'list' | 'readFile' | 'replace'>;
  /** Unit of the wait before another try; a random share of it, growing with each. */
  readonly retryMilliseconds?: number;
};

const MAXIMUM_INDEX_BYTES = 2_000_000;
const README = 'README.md';
const ABOUT = `Pictures that Contender shows in comments of pull requests. Each write replaces this branch by one commit, so that it
does not grow. It can be deleted at any time: comments then lose their pictures until their next report.
`;

/**
 * The pictures on the branch `contender-pictures`. Each update is one commit without a parent in the place of the
 * one before, and takes that place only if it is still the one that was read (compare and swap).
 */
export function createPictureBranch(options: PictureBranchOptions): PictureStore {
  const { branches, retryMilliseconds } = options;
  return {
    async update(revise) {
      const written = { branch: PICTURE_BRANCH, what: 'pictures were' };
      await tryUntilWon(() => tryUpdate(branches, revise), written, retryMilliseconds);
    },
  };
}

async function tryUpdate(
  branches: PictureBranchOptions['branches'],
  revise: Parameters<PictureStore['update']>[0],
): Promise<boolean> {
  const head = await branches.head(PICTURE_BRANCH);
  const files = head === undefined ? [] : await branches.list(head);
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  if (head !== undefined && !contents.has(PICTURE_INDEX)) {
    throw new InputError(
      `the branch ${PICTURE_BRANCH} has no ${PICTURE_INDEX}, so that somebody else's work may be on it; rename or delete it, and pictures are shown again`,
    );
  }
  const index =
    head === undefined
      ? undefined
      : await branches.readFile(head, PICTURE_INDEX, { maximumBytes: MAXIMUM_INDEX_BYTES });
  const revision = await revise({
    paths: new Set(contents.keys()),
    index: index && new TextDecoder().decode(index),
  });
  if (revision === undefined) return true;
  const commit = await branches.replace({
    branch: PICTURE_BRANCH,
    expected: head,
    message: revision.message,
    files: filesOf(revision, contents),
  });
  return commit !== undefined;
}

function filesOf({ keep, add, index }: PictureRevision, contents: ReadonlyMap<string, string>) {
  const kept = keep.flatMap((path) => {
    const content = contents.get(path);
    return content === undefined ? [] : [[path, { content }] as const];
  });
  return { ...Object.fromEntries(kept), ...add, [PICTURE_INDEX]: index, [README]: ABOUT };
}
