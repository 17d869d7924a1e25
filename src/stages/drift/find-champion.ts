import { resolve } from 'node:path';
import type { Manifest } from '../../core/documents/manifest.ts';
import { InputError } from '../../core/errors.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import type { ModelFile } from '../../ports/scorer.ts';
import { identifyModel, type ModelFilesWorld } from '../model-files.ts';

/** The model whose world is watched: the champion, or a file given in its place. */
export type WatchedModel = {
  readonly file: ModelFile;
  /** Covers the files beside it too; see `digestOfModel`. */
  readonly digest: string;
  readonly version?: string;
  /** Of a release. */
  readonly manifest?: Manifest;
  /** False for a release that is no ONNX file: its columns can be compared, but nothing is scored with it. */
  readonly canScore: boolean;
  /** Features query of its release; absent when the columns of the data are its features. */
  readonly features?: { readonly sql: string; readonly file: string };
};

export type WatchedRequest = {
  readonly world: ModelFilesWorld;
  readonly registry: ModelRegistry | undefined;
  readonly model: string;
  /** Path of a model file, from the working directory. */
  readonly given: string | undefined;
  readonly workingDirectory: string;
};

/** The model given, else the champion; undefined when there is neither, and only columns can be compared. */
export async function findWatchedModel(request: WatchedRequest): Promise<WatchedModel | undefined> {
  const { world, registry, given, workingDirectory } = request;
  const { files } = world;
  if (given !== undefined) {
    const path = resolve(workingDirectory, given);
    if (!(await files.exists(path))) {
      throw new InputError(
        `the model ${given} does not exist in ${workingDirectory}; give the path of an ONNX file, or leave the input model (--model) out to take the champion`,
      );
    }
    const file = { path, name: `the model ${given}` };
    const { digest } = await identifyModel(file, world);
    return { file, digest, canScore: true };
  }
  const release = await registry?.findChampion(request.model);
  if (registry === undefined || release === undefined) return undefined;
  const directory = await files.temporaryDirectory('champion');
  const { manifest, modelPath, featuresPath } = await registry.download(release, directory);
  const sql = featuresPath === undefined ? undefined : await files.readText(featuresPath);
  return {
    file: { path: modelPath, name: `champion ${manifest.version}` },
    digest: manifest.digest,
    version: manifest.version,
    manifest,
    canScore: manifest.signature !== undefined,
    ...(sql === undefined
      ? {}
      : { features: { sql, file: `${manifest.features ?? 'features'} of champion ${manifest.version}` } }),
  };
}
