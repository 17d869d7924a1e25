import { InputError } from '../../core/errors.ts';
import type { DataFileRead, OpenDataRequest } from '../../ports/data-engine.ts';
import { type DigestedFile, digestFile } from './digest-file.ts';
import { type InspectedFile, inspectFile } from './inspect-file.ts';
import { resolveFiles } from './resolve-files.ts';
import { requireEncoding } from './text-encoding.ts';

/** When reading one data set has to be done. */
export function deadlineOf({ readTimeLimitSeconds = 600 }: { readonly readTimeLimitSeconds?: number }) {
  const end = performance.now() + readTimeLimitSeconds * 1000;
  return {
    signal: AbortSignal.timeout(readTimeLimitSeconds * 1000),
    secondsLeft: () => Math.max(0.001, (end - performance.now()) / 1000),
  };
}

/** No row of a file is ever left out: a file that cannot be read in full is refused. */
export function describeRead(
  { shownPath, sha256, bytes, encoding }: DigestedFile,
  rows: number,
): DataFileRead {
  const decoded = encoding === 'utf-8' ? {} : { encoding };
  return { path: shownPath, sha256, bytes, rowsRead: rows, rejectedRows: 0, ...decoded };
}

/** Finds, inspects and digests the declared files. @throws InputError as `DataEngine.open` does. */
export async function readFiles(
  options: { readonly rootDirectory?: string },
  request: OpenDataRequest,
  place: { readonly directory: string; readonly signal: AbortSignal },
): Promise<readonly DigestedFile[]> {
  const resolved = await resolveFiles({
    name: request.name,
    baseDirectory: request.baseDirectory,
    paths: request.paths,
    ...(options.rootDirectory === undefined ? {} : { rootDirectory: options.rootDirectory }),
  });
  if (request.sha256 !== undefined && resolved.length > 1) {
    throw new InputError(
      `${request.name}: sha256 pins one file, but ${resolved.length} are declared; declare one or remove sha256`,
    );
  }
  const inspected: InspectedFile[] = [];
  for (const file of resolved) inspected.push(await inspectFile(request.name, file));
  const formats = new Set(inspected.map(({ format }) => format));
  if (formats.size > 1) {
    const [first, other] = [inspected[0]!, inspected.find(({ format }) => format !== inspected[0]!.format)!];
    throw new InputError(
      `${request.name}: ${first.shownPath} and ${other.shownPath} have different formats; files read together need one`,
    );
  }
  const digest = {
    ...place,
    ...(request.sha256 === undefined ? {} : { pinned: request.sha256 }),
    ...(request.encoding === undefined ? {} : { encoding: requireEncoding(request.name, request.encoding) }),
  };
  return await Promise.all(inspected.map((file) => digestFile(request.name, file, digest)));
}
