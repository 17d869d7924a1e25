import type { ModelSignature } from '../documents/training.ts';
import { InputError } from '../errors.ts';
import { type OnnxModel, type OnnxValue, requiredInputs } from '../onnx/model.ts';
import { findZipMaps } from '../onnx/rewrite-zipmap.ts';
import { findInputHints, type InputHint } from './input-hints.ts';
import { findClassifierClasses, findOutputHints, type OutputHint, readOwnClasses } from './output-hints.ts';

/** What a model takes and gives, and what its operators say about both, from its bytes alone. */
export type ModelDescription = {
  /** As it is scored: the output of a ZipMap stands here as the tensor behind it. */
  readonly signature: ModelSignature;
  /** Classes in the order of the probabilities, where the model names them. */
  readonly classes?: readonly string[];
  readonly inputHints: ReadonlyMap<string, InputHint>;
  readonly outputHints: ReadonlyMap<string, OutputHint>;
  /** Files beside the model that hold its weights, as written in it. */
  readonly externalData: readonly string[];
  /** Outputs that are maps, for which a private copy of the model is scored. */
  readonly zipMaps: readonly string[];
};

/** @throws InputError when an input or output is no tensor and cannot be turned into one. */
export function describeModel(model: OnnxModel, name: string): ModelDescription {
  const { graph } = model;
  const zipMaps = new Map(findZipMaps(model).map((zipMap) => [zipMap.output, zipMap]));
  const outputHints = findOutputHints(model);
  const classes = classesOf(model, outputHints);
  return {
    signature: {
      inputs: requiredInputs(graph).map((input) => tensorOf(input, name, 'input')),
      outputs: graph.outputs.map((output) => {
        const zipMap = zipMaps.get(output.name);
        if (zipMap === undefined) return tensorOf(output, name, 'output');
        return { name: output.name, type: 'float', shape: [null, zipMap.classes.length || null] };
      }),
    },
    ...(classes ? { classes } : {}),
    inputHints: findInputHints(model),
    outputHints,
    externalData: model.externalLocations,
    zipMaps: [...zipMaps.keys()],
  };
}

/**
 * Classes in the order of the probabilities, where the model names them: in its metadata (as ours do), in what its
 * labels are picked from, in its other outputs, in classifiers that agree.
 */
export function classesOf(
  model: OnnxModel,
  outputHints = findOutputHints(model),
): readonly string[] | undefined {
  const isLabel = ({ type }: OnnxValue) =>
    type.kind === 'tensor' && !['float', 'double', 'float16'].includes(type.elementType);
  const { outputs } = model.graph;
  return (
    readOwnClasses(model) ??
    agreedClasses(outputs.filter(isLabel), outputHints) ??
    agreedClasses(outputs, outputHints) ??
    findClassifierClasses(model)
  );
}

/** Those of the one output that names some, or of all that do when they agree. */
function agreedClasses(
  outputs: readonly OnnxValue[],
  hints: ReadonlyMap<string, OutputHint>,
): readonly string[] | undefined {
  const found = outputs.flatMap(({ name }) => {
    const classes = hints.get(name)?.classes;
    return classes && classes.length > 1 ? [classes] : [];
  });
  const distinct = new Set(found.map((names) => JSON.stringify(names)));
  return distinct.size === 1 ? found[0] : undefined;
}

function tensorOf(
  value: OnnxValue,
  name: string,
  side: 'input' | 'output',
): ModelSignature['inputs'][number] {
  const { type } = value;
  if (type.kind === 'tensor') {
    return { name: value.name, type: type.elementType, shape: [...(type.shape ?? [null])] };
  }
  throw new InputError(
    `${name}: its ${side} ${JSON.stringify(value.name)} is a ${type.kind}, no tensor; export it with tensors only`,
  );
}
