import { type Checksum, renderChecksums } from './checksums.ts';

/** A file that lies beside a model and holds weights of it. */
export type WeightsFile = {
  /** As written in the model; in evidence and releases a plain file name. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
};

/** Stands for the model file whatever it is called, so that renaming it makes no other model. */
const MODEL_LINE = 'model.onnx';

/**
 * The digest that a model is known by, which covers every byte of it: exporters write the same graph file
 * after every training and the new weights beside it.
 *
 * Without files beside it, the SHA-256 of the model file. Else the SHA-256 of the text that `SHA256SUMS`
 * would have for all of them: a line `<sha256>  <name>` for each, sorted by name, the model file as `model.onnx`.
 * @param model SHA-256 of the model file.
 * @param sha256 SHA-256 in hex of a text.
 */
export function digestOfModel(
  model: string,
  files: readonly Checksum[],
  sha256: (text: string) => string,
): string {
  if (files.length === 0) return model;
  return sha256(renderChecksums([{ name: MODEL_LINE, sha256: model }, ...files]));
}
