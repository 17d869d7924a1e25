import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { refuseExternalFiles } from '../../core/onnx/external-files.ts';
import { replaceZipMaps } from '../../core/onnx/rewrite-zipmap.ts';
import { describeModel, type ModelDescription } from '../../core/scoring/describe-model.ts';
import type { ModelReading } from '../../ports/model-reader.ts';
import type { ModelFile } from '../../ports/scorer.ts';
import { readModelFile } from '../model-files/read-model-file.ts';
import { copyExternalFiles } from './external-data.ts';

/** A model file that was read and understood, without any of it being run. */
export type OpenModel = ModelReading & {
  readonly file: ModelFile;
  readonly description: ModelDescription;
};

/** @throws InputError saying what the file is instead, or what of it cannot be scored. */
export async function openModel(file: ModelFile): Promise<OpenModel> {
  const reading = await readModelFile(file);
  refuseExternalFiles(reading.externalFiles, file);
  return { ...reading, file, description: describeModel(reading.model, file.name) };
}

/** Where the child finds a model. Disposing it removes the private copy. */
export type RunnableModel = AsyncDisposable & { readonly path: string };

/**
 * The file itself where the runtime can run it as it is, else a private copy in which maps are tensors, its
 * external files with it. The given bytes are never touched.
 */
export async function makeRunnable(open: OpenModel, directory: string): Promise<RunnableModel> {
  if (open.description.zipMaps.length === 0) {
    return { path: resolve(open.file.path), [Symbol.asyncDispose]: async () => undefined };
  }
  const folder = await mkdtemp(join(directory, 'model-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'model.onnx');
  try {
    await writeFile(path, replaceZipMaps(open.model));
    await copyExternalFiles(open, folder);
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: remove };
}
