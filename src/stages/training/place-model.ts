import { basename, join } from 'node:path';
import type { TrainingConfiguration } from '../../core/configuration/configuration.ts';
import type { ModelSignature } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import { checkModelName, MODEL_ASSET } from '../../core/release/asset-names.ts';
import type { Scorer } from '../../ports/scorer.ts';
import type { Exam } from '../exam.ts';
import type { StageWorld } from '../stage.ts';

/** Folder of the model inside the evidence folder. */
export const MODEL_FOLDER = 'model';

/** Path of an ONNX model inside the evidence folder. */
export const ONNX_PATH = `${MODEL_FOLDER}/${MODEL_ASSET}`;

/** What a trained file is expected to be. */
type Expected =
  /** Read and described; anything else is refused. */
  | 'onnx'
  /** Never described or run. */
  | 'other'
  /** ONNX if it reads as such, else another file, which only scores can judge. */
  | 'unknown';

/** Where the file that training makes goes, relative to the evidence folder, and what it should be. */
export type ModelPlace = { readonly path: string; readonly expected: Expected };

/**
 * What the change says its model is: with a scoring command any file, which keeps its name; one called
 * `*.onnx` is ONNX.
 * @throws InputError when a release could not keep the name.
 */
export function placeOfModel(training: TrainingConfiguration, { proposed }: Exam): ModelPlace {
  if (training.kind === 'learner') return { path: ONNX_PATH, expected: 'onnx' };
  const name = basename(training.model);
  const isScored = proposed.scoring?.command !== undefined;
  if (!isScored && /\.onnx$/i.test(name)) return { path: ONNX_PATH, expected: 'onnx' };
  checkModelName(name, 'training.model');
  return { path: `${MODEL_FOLDER}/${name}`, expected: isScored ? 'other' : 'unknown' };
}

export type SettledModel = {
  /** Relative to the evidence folder. */
  readonly path: string;
  /** Absent when it is no ONNX file. */
  readonly signature?: ModelSignature;
};

type SettlePorts = { readonly world: StageWorld; readonly scorer: Scorer };

/**
 * Reads what a trained ONNX model takes and gives. A file that is none is left as it is.
 * @throws InputError when it should be ONNX and is not, or its weights are not all there.
 */
export async function settleModel(
  { path, expected }: ModelPlace,
  evidenceDirectory: string,
  ports: SettlePorts,
): Promise<SettledModel> {
  if (expected === 'other') return { path };
  const file = join(evidenceDirectory, path);
  try {
    const { signature } = await ports.scorer.describe({ path: file, name: 'the trained model' });
    if (path === ONNX_PATH) return { path, signature };
    await ports.world.files.copy(file, join(evidenceDirectory, ONNX_PATH));
    await ports.world.files.remove(file);
    return { path: ONNX_PATH, signature };
  } catch (error) {
    if (expected === 'onnx' || !(error instanceof InputError)) throw error;
    ports.world.log.warning(
      `the trained model is kept as a file that is never opened, since it does not read as ONNX (${error.message}); compare-models needs scoring.command or challenger-scores to judge it`,
    );
    return { path };
  }
}
