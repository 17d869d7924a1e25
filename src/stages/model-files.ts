import { dirname, join } from 'node:path';
import { InputError } from '../core/errors.ts';
import { refuseExternalFiles } from '../core/onnx/external-files.ts';
import { digestOfModel, type WeightsFile } from '../core/release/model-identity.ts';
import type { ModelFile } from '../ports/scorer.ts';
import type { StageWorld } from './stage.ts';

/** Every byte of a model. */
export type WholeModel = {
  /** What the model is known by; see `digestOfModel`. */
  readonly digest: string;
  /** Of the model file and the files beside it. */
  readonly bytes: number;
  /** Files beside the model file that hold its weights. */
  readonly files: readonly WeightsFile[];
};

/** What telling the files of a model apart from others takes. */
export type ModelFilesWorld = Pick<StageWorld, 'files' | 'models' | 'sha256'>;

/**
 * Reads all bytes of a model; which files those are, the model file says. One that is no ONNX is a file alone.
 * @throws InputError when the file does not exist, or weights are missing or lie outside of its folder.
 */
export async function identifyModel(file: ModelFile, world: ModelFilesWorld): Promise<WholeModel> {
  // The words for a file that does not exist are better here than those of the reader.
  if (!(await world.files.exists(file.path))) await world.files.digest(file.path);
  return await identifyListed(file.path, await findWeights(file, world), world);
}

/** Reads the bytes of a model whose files are known. @throws InputError when one does not exist. */
export async function identifyListed(
  path: string,
  names: readonly string[],
  { files, sha256 }: Pick<StageWorld, 'files' | 'sha256'>,
): Promise<WholeModel> {
  const model = await files.digest(path);
  const beside: WeightsFile[] = [];
  for (const name of names) beside.push({ name, ...(await files.digest(join(dirname(path), name))) });
  return {
    digest: digestOfModel(model.sha256, beside, sha256),
    bytes: beside.reduce((total, { bytes }) => total + bytes, model.bytes),
    files: beside,
  };
}

/**
 * Names of the files beside a model that hold its weights, as written in it; none for what is no ONNX.
 * @throws InputError when one is missing or lies outside of its folder.
 */
export async function findWeights(
  file: ModelFile,
  { models }: Pick<StageWorld, 'models'>,
): Promise<readonly string[]> {
  const reading = await models.read(file).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    return undefined;
  });
  if (reading === undefined) return [];
  refuseExternalFiles(reading.externalFiles, file);
  return reading.externalFiles.map(({ location }) => location);
}

/** Completes "the model file m.onnx": says which files beside it count too, nothing where there are none. */
export function besideText(files: readonly { readonly name: string }[] | undefined): string {
  if (files === undefined || files.length === 0) return '';
  return ` with ${files.map(({ name }) => name).join(', ')} beside it`;
}
