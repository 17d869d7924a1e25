import type { ModelSignature } from '../documents/training.ts';
import { InputError } from '../errors.ts';
import { METADATA_KEYS } from '../onnx/export-ensemble.ts';
import { type OnnxModel, type OnnxValue, requiredInputs } from '../onnx/model.ts';
import { attributeIntegers, attributeTexts } from '../onnx/read-model.ts';

/** What a model takes and gives, and the classes it names, from its bytes alone. */
export type ModelDescription = {
  readonly signature: ModelSignature;
  /** Classes in the order of the probabilities, where the model names them. */
  readonly classes?: readonly string[];
  /** Files beside the model that hold its weights, as written in it. */
  readonly externalData: readonly string[];
};

/** Attributes in which converters keep the class labels, in the order of the probabilities. */
const CLASS_ATTRIBUTES = ['classlabels_strings', 'classlabels_int64s', 'classlabels_ints', 'cats_strings'];

/** @throws InputError when an input or output is no tensor, which this version cannot feed or read. */
export function describeModel(model: OnnxModel, name: string): ModelDescription {
  const { graph } = model;
  const classes = classesOf(model);
  const externalData = graph.initializers.flatMap((tensor) => tensor.externalLocation ?? []);
  return {
    signature: {
      inputs: requiredInputs(graph).map((input) => tensorOf(input, name, 'input')),
      outputs: graph.outputs.map((output) => tensorOf(output, name, 'output')),
    },
    ...(classes ? { classes } : {}),
    externalData: [...new Set(externalData)],
  };
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
  const remedy =
    type.kind === 'sequence' && side === 'output'
      ? 'export it with probabilities as a tensor (skl2onnx and onnxmltools: zipmap=False)'
      : 'export it with tensors only';
  throw new InputError(
    `${name}: its ${side} ${JSON.stringify(value.name)} is a ${type.kind}, no tensor; ${remedy}`,
  );
}

function classesOf(model: OnnxModel): readonly string[] | undefined {
  const own = model.metadata.get(METADATA_KEYS.classes);
  if (own !== undefined) return parseOwnClasses(own);
  for (const node of model.graph.nodes) {
    if (!/Classifier|ZipMap|SVM/.test(node.opType)) continue;
    for (const attribute of node.attributes) {
      if (!CLASS_ATTRIBUTES.includes(attribute.name)) continue;
      const texts = attributeTexts(attribute);
      const names = texts.length > 0 ? texts : attributeIntegers(attribute).map(String);
      if (names.length > 1) return names;
    }
  }
  return undefined;
}

/** Metadata is text that anyone may have written: anything but a list of names is passed over. */
function parseOwnClasses(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 1 ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}
