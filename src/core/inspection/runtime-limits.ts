/**
 * What the release build of ONNX Runtime that Contender uses can load, found by trying (the test over these
 * limits does so again): the runtime itself says so only once a model fails.
 */
export const RUNTIME = {
  version: '1.30',
  /** Highest version of the file format; all before it are read. */
  irVersion: 13,
  /** Highest version of each operator set; of a domain not listed here there is none. */
  operatorSets: { 'ai.onnx': 26, 'ai.onnx.ml': 5, 'com.microsoft': 1, 'com.microsoft.nchwc': 1 } as Readonly<
    Record<string, number>
  >,
} as const;

/** Element types of inputs and outputs that the Node binding can pass. */
export const PASSABLE_TYPES: readonly string[] = [
  'float',
  'double',
  'float16',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
  'string',
];

/** Where operators outside the release build come from, for those that are met in practice. */
export const KNOWN_STRANGERS: Readonly<Record<string, string>> = {
  'ai.onnx.contrib': 'they belong to onnxruntime-extensions',
  'com.microsoft.extensions': 'they belong to onnxruntime-extensions',
  'ai.onnx.training': 'they are for training; export the model for inference',
  'ai.onnx.preview.training': 'they are for training; export the model for inference',
};
