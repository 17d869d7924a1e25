import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelReading } from '../../ports/model-reader.ts';
import type { ModelFile } from '../../ports/scorer.ts';

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
