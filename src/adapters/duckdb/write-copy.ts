import { randomUUID } from 'node:crypto';
import { mkdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { CopyRequest, CopyResult, DataSet, OpenDataRequest } from '../../ports/data-engine.ts';
import { copyFormatOf, copyRows } from './copy-rows.ts';
import type { DigestedFile } from './digest-file.ts';
import { addPassing, removePassing } from './passing-paths.ts';
import type { RowSet } from './row-set.ts';

/** Rows in a session that may write one file, and what they were read from. */
export type WritableRows = {
  readonly rows: RowSet;
  readonly files: readonly DigestedFile[];
  readonly close: () => Promise<void>;
};

export type CopyTools = {
  /** Opens rows for which `output` can be written. */
  readonly openRows: (request: OpenDataRequest, output: string) => Promise<WritableRows>;
  readonly open: (request: OpenDataRequest) => Promise<DataSet>;
};

/** Writes a copy beside its place, has it looked at, and gives it its name last. */
export async function writeCopy(request: CopyRequest, tools: CopyTools): Promise<CopyResult> {
  const { source, output, key, approve } = request;
  const format = copyFormatOf(output);
  // The ending stays, since it says how the file is read; nobody else's file has this name.
  const partial = join(dirname(output), `.partial-${randomUUID()}-${basename(output)}`);
  addPassing(partial);
  const { rows, files, close } = await tools.openRows(source, partial);
  try {
    for (const { realPath, shownPath } of files) await refuseSame(output, realPath, shownPath);
    await mkdir(dirname(output), { recursive: true });
    const changes = request.changesOf(rows.columns.map(({ name }) => name));
    const columns = await copyRows(rows, { changes, key, format, path: partial });
    await using written = await tools.open({
      name: basename(output),
      baseDirectory: dirname(partial),
      paths: [basename(partial)],
    });
    if (written.rowCount !== rows.rowCount) {
      throw new Error(`${written.rowCount} rows were written where ${rows.rowCount} were read`);
    }
    await approve(written);
    await rename(partial, output);
    return { rowCount: rows.rowCount, columns };
  } finally {
    await removePassing(partial);
    await close();
  }
}

/** Refuses a path that leads to a file that was read, by whatever name or link. */
async function refuseSame(output: string, input: string, shown: string): Promise<void> {
  const there = await stat(output).catch(() => undefined);
  if (there === undefined) return;
  const read = await stat(input);
  if (there.dev !== read.dev || there.ino !== read.ino) return;
  throw new InputError(`the output is ${shown} itself, which would be lost; name another file with --output`);
}
