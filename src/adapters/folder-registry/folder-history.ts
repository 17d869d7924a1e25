import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors.ts';
import { HISTORY_NAME, MAXIMUM_HISTORY_BYTES, renderAddition } from '../../core/history.ts';
import type { History } from '../../ports/history.ts';
import { codeOf, onDisk } from './release-folder.ts';

/**
 * The history port over a directory: `<directory>/contender-history/` has the layout of the branch. Lines are
 * added by one write at the end of the file, so that what others add at the same moment stays.
 */
export function createFolderHistory({ directory }: { readonly directory: string }): History {
  const top = path.resolve(directory, HISTORY_NAME);
  return {
    isLocal: true,
    read: (file) => onDisk(`read ${file}`, async () => textOf(await readWhole(top, file))),
    append: (file, linesFor) =>
      onDisk(`append to ${file}`, async () => {
        const current = await readWhole(top, file);
        const lines = linesFor(textOf(current) ?? '');
        if (lines.length === 0) return;
        const target = path.join(top, file);
        await mkdir(path.dirname(target), { recursive: true });
        await appendFile(target, renderAddition(current, lines));
      }),
  };
}

async function readWhole(top: string, file: string): Promise<Uint8Array | undefined> {
  const source = path.join(top, file);
  try {
    const { size } = await stat(source);
    if (size > MAXIMUM_HISTORY_BYTES) {
      throw new InputError(
        `${source} has ${size} bytes, and at most ${MAXIMUM_HISTORY_BYTES} are read; take old lines out of it`,
      );
    }
    return await readFile(source);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function textOf(content: Uint8Array | undefined): string | undefined {
  return content && new TextDecoder().decode(content);
}
