import { HISTORY_NAME, MAXIMUM_HISTORY_BYTES, renderAddition } from '../../core/history.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { History } from '../../ports/history.ts';
import { tryUntilWon } from './until-won.ts';

export type BranchHistoryOptions = {
  readonly branches: Pick<CodeHost['branches'], 'head' | 'readFile' | 'commit'>;
  /** Unit of the wait before another try; a random share of it, growing with each. */
  readonly retryMilliseconds?: number;
};

/**
 * The history port over the branch `contender-history`, which has no commit in common with the code. An append
 * is one commit on top of the head that was read, and moves the branch only if it still stands there (compare
 * and swap). Other files of the branch stay as they are.
 */
export function createBranchHistory(options: BranchHistoryOptions): History {
  const { branches, retryMilliseconds } = options;
  return {
    isLocal: false,
    async read(file) {
      const head = await branches.head(HISTORY_NAME);
      return head === undefined ? undefined : textOf(await readAt(branches, head, file));
    },
    async append(file, linesFor) {
      const written = { branch: HISTORY_NAME, what: `${file} was` };
      await tryUntilWon(() => tryAppend(branches, file, linesFor), written, retryMilliseconds);
    },
  };
}

type Branches = BranchHistoryOptions['branches'];

/** Whether the lines are there now; not when the branch was moved or made by somebody else meanwhile. */
async function tryAppend(
  branches: Branches,
  file: string,
  linesFor: (text: string) => readonly string[],
): Promise<boolean> {
  const head = await branches.head(HISTORY_NAME);
  const current = head === undefined ? undefined : await readAt(branches, head, file);
  const lines = linesFor(textOf(current) ?? '');
  if (lines.length === 0) return true;
  const addition = Buffer.from(renderAddition(current, lines));
  const commit = await branches.commit({
    branch: HISTORY_NAME,
    parent: head,
    expected: head,
    message: `Add to ${file}`,
    files: { [file]: Buffer.concat([current ?? Buffer.alloc(0), addition]) },
  });
  return commit !== undefined;
}

async function readAt(branches: Branches, head: string, file: string): Promise<Uint8Array | undefined> {
  return await branches.readFile(head, file, { maximumBytes: MAXIMUM_HISTORY_BYTES });
}

function textOf(content: Uint8Array | undefined): string | undefined {
  return content && new TextDecoder().decode(content);
}
