import { type NodeDraft, type TensorValueDraft, writeModel } from '../src/core/onnx/write-model.ts';

/** Domain of the operators of classical models. */
export const ML = 'ai.onnx.ml';

export type LayerDraft = {
  readonly input: string;
  readonly output: string;
  readonly width: number;
  readonly size: number;
  readonly random: () => number;
};

/** A dense layer whose weights are constants of the graph, which onnxruntime folds when it loads. */
export function layer({ input, output, width, size, random }: LayerDraft): readonly NodeDraft[] {
  const limit = Math.sqrt(3 / width);
  const draw = (count: number) => Array.from({ length: count }, () => (2 * random() - 1) * limit);
  const constant = (name: string, attributes: NodeDraft['attributes']): NodeDraft => ({
    name,
    opType: 'Constant',
    inputs: [],
    outputs: [name],
    ...(attributes ? { attributes } : {}),
  });
  return [
    constant(`${output} values`, { value_floats: { floats: draw(width * size) } }),
    constant(`${output} shape`, { value_ints: { ints: [width, size] } }),
    {
      name: `${output} weights`,
      opType: 'Reshape',
      inputs: [`${output} values`, `${output} shape`],
      outputs: [`${output} weights`],
    },
    constant(`${output} bias`, { value_floats: { floats: draw(size) } }),
    {
      name: output,
      opType: 'Gemm',
      inputs: [input, `${output} weights`, `${output} bias`],
      outputs: [output],
    },
  ];
}

/** Both probabilities of a score [N, 1] in log odds. */
export function probabilities(score: string): readonly NodeDraft[] {
  return [
    { name: 'negated', opType: 'Neg', inputs: [score], outputs: ['negated'] },
    { name: 'negative', opType: 'Sigmoid', inputs: ['negated'], outputs: ['negative'] },
    { name: 'positive', opType: 'Sigmoid', inputs: [score], outputs: ['positive'] },
    {
      name: 'probabilities',
      opType: 'Concat',
      inputs: ['negative', 'positive'],
      outputs: ['probabilities'],
      attributes: { axis: { int: 1 } },
    },
  ];
}

/** A model that gives `probabilities` [N, 2]. */
export function classifier(
  name: string,
  inputs: readonly TensorValueDraft[],
  nodes: readonly NodeDraft[],
): Uint8Array {
  return writeModel({
    irVersion: 8,
    producerName: 'contender-bench',
    producerVersion: '1',
    operatorSets: [
      { domain: '', version: 18 },
      { domain: ML, version: 3 },
    ],
    graph: {
      name,
      nodes,
      inputs,
      outputs: [{ name: 'probabilities', elementType: 'float', shape: ['N', 2] }],
    },
    metadata: [],
  });
}
