/**
 * The parts of an ONNX model that Contender looks at or writes (`onnx.proto3` of github.com/onnx/onnx).
 * Every part that was read keeps the `bytes` of its message as a view, so that a graph can be written
 * again with everything that was not changed as it was.
 */

/** Element types of tensors by their number in TensorProto.DataType. */
export const ELEMENT_TYPES = [
  'undefined',
  'float',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'double',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
] as const;
export type ElementType = (typeof ELEMENT_TYPES)[number];

/** A size, the name of a size, or null where the model says nothing. */
export type Dimension = number | string | null;

export type OnnxType =
  | {
      readonly kind: 'tensor';
      /** One of `ELEMENT_TYPES`, or `type <number>` for one not known here. */
      readonly elementType: string;
      /** Undefined when even the rank is open. */
      readonly shape: readonly Dimension[] | undefined;
    }
  | { readonly kind: 'sequence'; readonly element: OnnxType }
  | { readonly kind: 'map'; readonly keyType: string; readonly value: OnnxType }
  | {
      readonly kind: 'other';
      /** `optional`, `sparse tensor` or `opaque`; undefined where the model names no type. */
      readonly words?: string;
    };

export type OnnxValue = { readonly name: string; readonly type: OnnxType; readonly bytes: Uint8Array };

export type OnnxAttribute = {
  readonly name: string;
  /** AttributeProto.AttributeType: 1 float, 2 int, 3 string, 4 tensor, 5 graph, 6 floats, 7 ints, 8 strings, … */
  readonly type: number;
  /** Bodies of loops and branches. */
  readonly graphs: readonly OnnxGraph[];
  /** Tensors it holds; of a sparse one the values that are stored. */
  readonly tensors: readonly OnnxTensor[];
  readonly bytes: Uint8Array;
};

export type OnnxNode = {
  readonly name: string;
  readonly opType: string;
  /** Empty for the standard operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
  readonly bytes: Uint8Array;
};

export type OnnxTensor = {
  readonly name: string;
  readonly elementType: string;
  readonly dimensions: readonly number[];
  /** File that holds the values, as written in the model (may point anywhere: check before use). */
  readonly externalLocation: string | undefined;
  /** Where in that file they lie, in bytes, as written in the model. */
  readonly externalRange?: { readonly offset?: number; readonly length?: number };
  readonly bytes: Uint8Array;
};

export type OnnxGraph = {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  /** Inputs as declared; old models list initializers here too. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: readonly OnnxTensor[];
  /** Values that are stored of sparse initializers; their dimension is how many there are. */
  readonly sparseInitializers: readonly OnnxTensor[];
  readonly bytes: Uint8Array;
};

/** An operator that the model defines by itself. */
export type OnnxFunction = {
  readonly name: string;
  readonly domain: string;
  readonly nodes: readonly OnnxNode[];
};

export type OperatorSet = { readonly domain: string; readonly version: number };

export type OnnxModel = {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly operatorSets: readonly OperatorSet[];
  readonly graph: OnnxGraph;
  readonly functions: readonly OnnxFunction[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Files with tensor values beside the model, of all graphs, each once, as written in the model. */
  readonly externalLocations: readonly string[];
  readonly bytes: Uint8Array;
};

/** Graph inputs that a caller has to feed: those that are no initializer. */
export function requiredInputs(graph: OnnxGraph): readonly OnnxValue[] {
  const initialized = new Set(
    [...graph.initializers, ...graph.sparseInitializers].map((tensor) => tensor.name),
  );
  return graph.inputs.filter((input) => !initialized.has(input.name));
}
