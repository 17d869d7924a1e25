import { join } from 'node:path';
import {
  describePointer,
  type LargeFilePointer,
  LONGEST_POINTER,
  parseLargeFilePointer,
} from '../../core/data/large-file-pointer.ts';
import { InputError } from '../../core/errors.ts';
import type { BaseRequest } from './exam-request.ts';

/** A file of the base that Git keeps in LFS. */
export type LargeFile = { readonly path: string; readonly pointer: LargeFilePointer };

/** Those of the laid-out files that are pointers. */
export async function findLargeFiles(
  { world }: BaseRequest,
  paths: readonly string[],
  directory: string,
): Promise<readonly LargeFile[]> {
  const found: LargeFile[] = [];
  for (const path of paths) {
    const file = join(directory, path);
    if ((await world.files.size(file)) > LONGEST_POINTER) continue;
    const pointer = parseLargeFilePointer((await world.files.readText(file)) ?? '');
    if (pointer !== undefined) found.push({ path, pointer });
  }
  return found;
}

/**
 * Puts the bytes in the place of pointers: any file with the SHA-256 that the base's pointer names will do.
 * @returns those whose bytes are not at hand.
 */
export async function fillLargeFiles(
  { repository }: BaseRequest,
  files: readonly LargeFile[],
  place: { readonly directory: string; readonly beside: readonly string[]; readonly ask: boolean },
): Promise<readonly LargeFile[]> {
  const missing: LargeFile[] = [];
  for (const file of files) {
    const written = await repository.writeLargeFile({
      ...file,
      target: join(place.directory, file.path),
      candidates: place.beside.map((directory) => join(directory, file.path)),
      ask: place.ask,
    });
    if (!written) missing.push(file);
  }
  return missing;
}

export function refuseLargeFile({ path, pointer }: LargeFile, base: string): InputError {
  return new InputError(
    `${path} of the base branch is ${describePointer(pointer)}, and its object is not here; set \`lfs: true\` on actions/checkout, or run \`git lfs fetch origin ${base.slice(0, 12)}\` before this step`,
    { location: { file: path } },
  );
}
