import { message, tensor, withFields } from '../unit/onnx/drafts.ts';

/** Columns that the model reads, in order. */
export const WEIGHTED_COLUMNS = ['a', 'b', 'c'] as const;

/** The graph file of a logistic regression whose three weights lie in a file beside it; their values are not in it. */
export function graphFile(location = 'weights.bin'): Uint8Array {
  const draft = {
    ...{ irVersion: 8, producerName: 'a test', producerVersion: '1', metadata: [] },
    operatorSets: [{ domain: '', version: 15 }],
    graph: {
      name: 'graph',
      nodes: [
        { name: 'product', opType: 'MatMul', inputs: ['x', 'w'], outputs: ['z'] },
        { name: 'link', opType: 'Sigmoid', inputs: ['z'], outputs: ['probability'] },
      ],
      inputs: [{ name: 'x', elementType: 'float', shape: ['N', 3] }],
      outputs: [{ name: 'probability', elementType: 'float', shape: ['N', 1] }],
    },
  } as const;
  const external = { location, offset: '0', length: '12' };
  const weights = tensor({ name: 'w', dimensions: [3, 1], external });
  // `data_location: EXTERNAL`, without which the runtime looks for the values in the file itself.
  const initializer = Uint8Array.from([...weights, ...message([14, 1])]);
  return withFields(draft, { graph: [[5, initializer]] });
}

/** The bytes of the file beside the graph. */
export function weightsFile(weights: readonly [number, number, number]): Uint8Array {
  return new Uint8Array(Float32Array.from(weights).buffer);
}
