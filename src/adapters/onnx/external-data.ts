import { copyFile, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { InputError } from '../../core/errors.ts';

/** A file beside a model that holds some of its weights. */
export type ExternalFile = {
  /** As the model writes it: relative, with forward slashes. */
  readonly location: string;
  readonly path: string;
  readonly bytes: number;
};

/** Weights of all files together; a model of more would not fit beside anything else on a runner. */
const MOST_BYTES = 8 * 1024 ** 3;

/**
 * The files that a model keeps weights in.
 * @throws InputError for one that is missing or lies outside of the model's folder, symbolic links followed.
 */
export async function findExternalFiles(
  modelPath: string,
  locations: readonly string[],
  name: string,
): Promise<readonly ExternalFile[]> {
  if (locations.length === 0) return [];
  const folder = await realpath(dirname(modelPath));
  const files: ExternalFile[] = [];
  for (const location of locations) files.push(await findFile(folder, location, name));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= MOST_BYTES) return files;
  throw new InputError(
    `${name}: its weights beside the model have ${total} bytes; at most ${MOST_BYTES} are read`,
  );
}

async function findFile(folder: string, location: string, name: string): Promise<ExternalFile> {
  const shown = JSON.stringify(location.slice(0, 200));
  const outside = new InputError(
    `${name}: it keeps weights in ${shown}, outside of the folder of the model; save them beside it under a relative name`,
  );
  const parts = location.split(/[/\\]/);
  if (location === '' || isAbsolute(location) || /^[A-Za-z]:/.test(location) || parts.includes('..'))
    throw outside;
  const path = join(folder, location);
  const real = await realpath(path).catch(() => undefined);
  const facts = real === undefined ? undefined : await stat(real);
  if (real === undefined || !facts?.isFile()) {
    throw new InputError(
      `${name}: it keeps weights in ${shown}, which does not exist beside the model; fetch that file too`,
      { location: { file: path } },
    );
  }
  const inside = relative(folder, real);
  if (inside.startsWith(`..${sep}`) || isAbsolute(inside)) throw outside;
  return { location, path: real, bytes: facts.size };
}

/** Copies the files to the same places in another folder. */
export async function copyExternalFiles(files: readonly ExternalFile[], folder: string): Promise<void> {
  for (const { location, path } of files) {
    const target = join(folder, location);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target);
  }
}
