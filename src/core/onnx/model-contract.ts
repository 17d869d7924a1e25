import { countOperators, type OperatorCount } from './count-operators.ts';
import { countParameters } from './count-parameters.ts';
import type { Dimension, OnnxModel, OnnxType, OnnxValue } from './model.ts';
import { requiredInputs } from './model.ts';
import { eachTensor, standardDomain } from './walk-model.ts';

/** What a model promises to whoever calls it, and what it needs to run; from its bytes alone. */
export type ModelContract = {
  /** Inputs that can be fed, in the order of the model. */
  readonly inputs: readonly ContractInput[];
  readonly outputs: readonly ContractValue[];
  /** Classes in the order of the probabilities, where the model names them. */
  readonly classes?: readonly string[];
  /** Sorted by domain; the standard operators are `ai.onnx`. */
  readonly operatorSets: readonly { readonly domain: string; readonly version: number }[];
  readonly irVersion: number;
  readonly producer: { readonly name: string; readonly version: string };
  /** Nodes of all graphs, the bodies of loops, branches and functions included; sorted by domain and name. */
  readonly operators: readonly OperatorCount[];
  /** Learned numbers, as `countParameters` defines them. */
  readonly parameterCount: number;
  /** Of the model file and the files beside it that could be found. */
  readonly bytes: number;
  readonly externalData: readonly ExternalData[];
  readonly metadata: Readonly<Record<string, string>>;
};

export type ContractValue = {
  readonly name: string;
  /** `float`, `sequence of map of int64 to float`, …; see `describeType`. */
  readonly type: string;
  /** Sizes of a tensor; null where even the rank is open, and for what is no tensor. */
  readonly shape: readonly Dimension[] | null;
};

/** An input that is not required has a value in the model, which stands where nothing is fed. */
export type ContractInput = ContractValue & { readonly required: boolean };

/** A file beside the model that holds values of its tensors. */
export type ExternalData = {
  /** As written in the model: it may point anywhere. */
  readonly location: string;
  readonly tensors: number;
  /** The last byte that a tensor says it takes; undefined where none says so. */
  readonly bytesNeeded?: number;
};

export type ContractFacts = {
  /** Size of the file and of the files beside it. */
  readonly bytes: number;
  readonly classes: readonly string[] | undefined;
};

/** Before this version every initializer had to be listed among the inputs, and none could be fed. */
const FIRST_VERSION_WITH_OPTIONAL_INPUTS = 4;

/** The contract of a model that was read. */
export function buildContract(model: OnnxModel, { bytes, classes }: ContractFacts): ModelContract {
  return {
    inputs: contractInputs(model),
    outputs: model.graph.outputs.map(contractValue),
    ...(classes === undefined ? {} : { classes }),
    operatorSets: contractOperatorSets(model),
    irVersion: model.irVersion,
    producer: { name: model.producerName, version: model.producerVersion },
    operators: countOperators(model),
    parameterCount: countParameters(model),
    bytes,
    externalData: contractExternalData(model),
    metadata: Object.fromEntries(model.metadata),
  };
}

/** The words for a type: the element type of a tensor, and what holds what for the others. */
export function describeType(type: OnnxType): string {
  switch (type.kind) {
    case 'tensor':
      return type.elementType;
    case 'sequence':
      return `sequence of ${describeType(type.element)}`;
    case 'map':
      return `map of ${type.keyType} to ${describeType(type.value)}`;
    case 'other':
      return type.words ?? 'no type';
  }
}

/** `[N, 4, ?]`; a question mark is a size that the model leaves open, `[…]` an open number of sizes. */
export function describeShape(shape: readonly Dimension[] | null): string {
  return shape === null ? '[…]' : `[${shape.map((size) => size ?? '?').join(', ')}]`;
}

function contractInputs(model: OnnxModel): ContractInput[] {
  const required = new Set(requiredInputs(model.graph));
  return model.graph.inputs.flatMap((input) => {
    const isRequired = required.has(input);
    if (!isRequired && model.irVersion < FIRST_VERSION_WITH_OPTIONAL_INPUTS) return [];
    return [{ ...contractValue(input), required: isRequired }];
  });
}

function contractValue({ name, type }: OnnxValue): ContractValue {
  return { name, type: describeType(type), shape: type.kind === 'tensor' ? (type.shape ?? null) : null };
}

function contractOperatorSets(model: OnnxModel): ModelContract['operatorSets'] {
  // Some exporters import the same set twice, once under each of its names.
  const versions = new Map(
    model.operatorSets.map(({ domain, version }) => [standardDomain(domain), version]),
  );
  return [...versions]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([domain, version]) => ({ domain, version }));
}

function contractExternalData(model: OnnxModel): readonly ExternalData[] {
  const files = new Map<string, { tensors: number; end: number | undefined }>();
  for (const { externalLocation, externalRange } of eachTensor(model)) {
    if (externalLocation === undefined) continue;
    const file = files.get(externalLocation) ?? { tensors: 0, end: undefined };
    const { offset = 0, length } = externalRange ?? {};
    const end = length === undefined ? file.end : Math.max(file.end ?? 0, offset + length);
    files.set(externalLocation, { tensors: file.tensors + 1, end });
  }
  return [...files].map(([location, { tensors, end }]) => ({
    location,
    tensors,
    ...(end === undefined ? {} : { bytesNeeded: end }),
  }));
}
