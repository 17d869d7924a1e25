import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { OnnxModel } from '../../core/onnx/model.ts';
import { readModel } from '../../core/onnx/read-model.ts';
import { replaceZipMaps } from '../../core/onnx/rewrite-zipmap.ts';
import { describeModel, type ModelDescription } from '../../core/scoring/describe-model.ts';
import type { ModelFile } from '../../ports/scorer.ts';
import { copyExternalFiles, type ExternalFile, findExternalFiles } from './external-data.ts';

/** ONNX files hold at most 2 GB; anything larger is no model. */
const MAX_MODEL_BYTES = 2 * 1024 ** 3;

/** A model file that was read and understood, without any of it being run. */
export type OpenModel = {
  readonly file: ModelFile;
  readonly model: OnnxModel;
  readonly description: ModelDescription;
  readonly external: readonly ExternalFile[];
  /** Bytes of the model and of its files. */
  readonly bytes: number;
};

/** @throws InputError saying what the file is instead, or what of it cannot be scored. */
export async function openModel(file: ModelFile): Promise<OpenModel> {
  const { name, path } = file;
  const bytes = await readBounded(file);
  const model = readModel(bytes, name.includes(basename(path)) ? name : `${name} (${basename(path)})`);
  const external = await findExternalFiles(path, model.externalLocations, name);
  return {
    file,
    model,
    description: describeModel(model, name),
    external,
    bytes: external.reduce((sum, one) => sum + one.bytes, bytes.length),
  };
}

async function readBounded({ path, name }: ModelFile): Promise<Uint8Array> {
  const handle = await open(path).catch((cause) => {
    throw new InputError(`${name}: the model file ${path} cannot be read: ${(cause as Error).message}`, {
      location: { file: path },
      cause,
    });
  });
  try {
    const stats = await handle.stat();
    const { size } = stats;
    if (!stats.isFile()) throw new InputError(`${name}: ${path} is no file`, { location: { file: path } });
    if (size > MAX_MODEL_BYTES)
      throw new InputError(`${name}: ${path} has ${size} bytes; a model has at most ${MAX_MODEL_BYTES}`);
  } finally {
    await handle.close();
  }
  return await readFile(path);
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
  const path = join(folder, 'model.onnx');
  await writeFile(path, replaceZipMaps(open.model));
  await copyExternalFiles(open.external, folder);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
