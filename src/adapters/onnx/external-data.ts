import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { ExternalFile } from '../../core/onnx/external-files.ts';
import type { ModelReading } from '../../ports/model-reader.ts';
import type { ModelFile } from '../../ports/scorer.ts';

/** Weights of all files together; a model of more would not fit beside anything else on a runner. */
const MOST_BYTES = 8 * 1024 ** 3;

/** @throws InputError for a file that is missing or lies outside of the model's folder, links followed. */
export function refuseExternalFiles(files: readonly ExternalFile[], { name, path }: ModelFile): void {
  for (const { location, state } of files) {
    const shown = JSON.stringify(location.slice(0, 200));
    if (state === 'present') continue;
    throw new InputError(
      state === 'outside'
        ? `${name}: it keeps weights in ${shown}, outside of the folder of the model; save them beside it under a relative name`
        : `${name}: it keeps weights in ${shown}, which does not exist beside the model; fetch that file too`,
      { location: { file: path } },
    );
  }
  const total = files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  if (total <= MOST_BYTES) return;
  throw new InputError(
    `${name}: its weights beside the model have ${total} bytes; at most ${MOST_BYTES} are read`,
  );
}

/** Copies the files beside a model to the same places in another folder. */
export async function copyExternalFiles(
  { file, externalFiles }: ModelReading & { readonly file: ModelFile },
  folder: string,
): Promise<void> {
  for (const { location } of externalFiles) {
    const target = join(folder, location);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(dirname(file.path), location), target);
  }
}
