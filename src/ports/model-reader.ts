import type { ExternalFile } from '../core/onnx/external-files.ts';
import type { OnnxModel } from '../core/onnx/model.ts';
import type { ModelContract } from '../core/onnx/model-contract.ts';
import type { ModelFile } from './scorer.ts';

/** Reads the bytes of models; runs nothing, and needs no native module. */
export interface ModelReader {
  /**
   * Reads a model file and looks for the files beside it that hold its weights.
   * @throws InputError when the file cannot be read, is too large or no model, saying what it is instead.
   */
  read(model: ModelFile): Promise<ModelReading>;
}

export type ModelReading = {
  readonly model: OnnxModel;
  readonly contract: ModelContract;
  /** In the order of `contract.externalData`. */
  readonly externalFiles: readonly ExternalFile[];
};
