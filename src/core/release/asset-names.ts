import { InputError } from '../errors.ts';
import { isStorableName, MANIFEST_NAME } from './check-release.ts';
import { CHECKSUMS_NAME } from './checksums.ts';

/** Names of the files of a release. A model that is not ONNX and weights beside a model keep their own names. */

export const MODEL_ASSET = 'model.onnx';
export const FEATURES_ASSET = 'features.sql';
export const SCORES_ASSET = 'scores.parquet';
export const FINGERPRINT_ASSET = 'training-fingerprint.bin';

/** Every name that is taken beside the model; compared without case, as some file systems do. */
const TAKEN: ReadonlySet<string> = new Set(
  [
    MANIFEST_NAME,
    CHECKSUMS_NAME,
    FEATURES_ASSET,
    SCORES_ASSET,
    FINGERPRINT_ASSET,
    'MODEL_CARD.md',
    'comparison.json',
    'contract.yml',
    'reference-profile.json',
    'release.json',
    'training.json',
    'validation.json',
  ].map((name) => name.toLowerCase()),
);

/** Whether an asset of this name is a model or weights of one. */
export function isOfModel(name: string): boolean {
  return !TAKEN.has(name.toLowerCase());
}

/** @throws InputError for a name that a release cannot keep for a model. */
export function checkModelName(name: string, key: string): void {
  if (TAKEN.has(name.toLowerCase())) {
    throw new InputError(
      `${key} calls the model ${name}, which is the name of another file of a release; choose another`,
    );
  }
  if (!isStorableName(name)) {
    throw new InputError(
      `${key} calls the model ${JSON.stringify(name)}, and a release keeps a name as it is only with letters, digits, single dots and -_+@; choose such a name`,
    );
  }
}

/**
 * Checks that a release can keep the files beside a model as they are, since the model names them.
 * @param names as written in the model.
 * @param model name of the model file.
 * @throws InputError for a folder in a name, a name that is not kept, and one that another file has.
 */
export function checkWeightsNames(names: readonly string[], model: string): void {
  const taken = new Set([MODEL_ASSET, model.toLowerCase()]);
  for (const name of names) {
    const lower = name.toLowerCase();
    const shown = JSON.stringify(name.slice(0, 200));
    if (!isStorableName(name)) {
      throw new InputError(
        `the trained model keeps weights in ${shown}, and a release keeps a name as it is only without folders and with letters, digits, single dots and -_+@; save them right beside the model under such a name, as weights.bin`,
      );
    }
    if (!isOfModel(name) || taken.has(lower)) {
      throw new InputError(
        `the trained model keeps weights in ${shown}, which is the name of another file of a release; save them under another one, as weights.bin`,
      );
    }
    taken.add(lower);
  }
}
