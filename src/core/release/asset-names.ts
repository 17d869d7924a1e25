import { InputError } from '../errors.ts';
import { isStorableName, MANIFEST_NAME } from './check-release.ts';
import { CHECKSUMS_NAME } from './checksums.ts';

/** Names of the files of a release. A model that is not ONNX keeps its own name among them. */

export const MODEL_ASSET = 'model.onnx';
export const FEATURES_ASSET = 'features.sql';
export const SCORES_ASSET = 'scores.parquet';

/** Every name that is taken beside the model; compared without case, as some file systems do. */
const TAKEN: ReadonlySet<string> = new Set(
  [
    MANIFEST_NAME,
    CHECKSUMS_NAME,
    FEATURES_ASSET,
    SCORES_ASSET,
    'MODEL_CARD.md',
    'comparison.json',
    'contract.yml',
    'reference-profile.json',
    'release.json',
    'training-fingerprint.bin',
    'training.json',
    'validation.json',
  ].map((name) => name.toLowerCase()),
);

/**
 * The model among the names of the assets of a release: `model.onnx`, else the first that is none of ours;
 * undefined when there is none.
 */
export function modelAssetOf(names: readonly string[]): string | undefined {
  if (names.includes(MODEL_ASSET)) return MODEL_ASSET;
  return names.find((name) => !TAKEN.has(name.toLowerCase()));
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
