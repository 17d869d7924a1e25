import onnxruntime from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../src/core/onnx/read-model.ts';
import { findZipMaps, replaceZipMaps } from '../../../src/core/onnx/rewrite-zipmap.ts';
import { type NodeDraft, type TensorValueDraft, writeModel } from '../../../src/core/onnx/write-model.ts';
import { type Field, message, tensor } from './drafts.ts';

const CLASSES = { classlabels_strings: { strings: ['no', 'yes'] } };
const NUMBERS = { classlabels_int64s: { ints: [7, -3] } };

function zipMap(input: string, output: string, attributes: NonNullable<NodeDraft['attributes']>): NodeDraft {
  return {
    name: `map ${output}`,
    opType: 'ZipMap',
    domain: 'ai.onnx.ml',
    inputs: [input],
    outputs: [output],
    attributes,
  };
}

const scaler = (output: string, scale: number): NodeDraft => ({
  name: `make ${output}`,
  opType: 'Scaler',
  domain: 'ai.onnx.ml',
  inputs: ['x'],
  outputs: [output],
  attributes: { scale: { floats: [scale, scale] }, offset: { floats: [0, 0] } },
});

const matrix = (name: string): TensorValueDraft => ({ name, elementType: 'float', shape: [null, 2] });

/** An output of type sequence(map(key, float)). */
function mapsOutput(name: string, keyType: number): Field {
  const floats = message([1, message([1, 1])]);
  const map = message([5, message([1, keyType], [2, floats])]);
  return [12, message([1, name], [2, message([4, message([1, map])])])];
}

type Parts = {
  readonly nodes: readonly NodeDraft[];
  readonly outputs: readonly Field[];
  readonly operatorSets?: readonly (readonly [domain: string, version: number])[];
  readonly extra?: readonly Field[];
};

/** A model whose outputs are written by hand, since maps are among them. */
function bytesOf({
  nodes,
  outputs,
  operatorSets = [
    ['ai.onnx.ml', 1],
    ['', 13],
  ],
  extra = [],
}: Parts): Uint8Array {
  const draft = {
    ...{ irVersion: 8, producerName: 'p', producerVersion: '1', operatorSets: [], metadata: [] },
    graph: { name: 'g', nodes, inputs: [matrix('x')], outputs: [] },
  };
  const { graph } = readModel(writeModel(draft));
  return message(
    [1, 8],
    [2, 'somebody'],
    [7, Uint8Array.from([...graph.bytes, ...message(...outputs, ...extra)])],
    ...operatorSets.map(([domain, version]): Field => [8, message([1, domain], [2, version])]),
    [14, message([1, 'key'], [2, 'value'])],
  );
}

async function run(bytes: Uint8Array): Promise<Readonly<Record<string, readonly number[]>>> {
  const session = await onnxruntime.InferenceSession.create(bytes);
  const outputs = await session.run({
    x: new onnxruntime.Tensor('float32', Float32Array.of(0.25, 0.75, 1, 0), [2, 2]),
  });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [name, [...(data as Float32Array)]]),
  );
}

const STRING_KEYS = 8;
const INTEGER_KEYS = 7;

describe('maps that become tensors', () => {
  it.each<[string, Parts, readonly (readonly string[])[], Record<string, readonly number[]>]>([
    [
      'of texts',
      { nodes: [scaler('p', 1), zipMap('p', 'maps', CLASSES)], outputs: [mapsOutput('maps', STRING_KEYS)] },
      [['no', 'yes']],
      { maps: [0.25, 0.75, 1, 0] },
    ],
    [
      'of numbers, whose probabilities are an output too',
      {
        nodes: [scaler('p', 1), zipMap('p', 'maps', NUMBERS)],
        outputs: [mapsOutput('maps', INTEGER_KEYS), [12, outputMessage('p')]],
      },
      [['7', '-3']],
      { maps: [0.25, 0.75, 1, 0], p: [0.25, 0.75, 1, 0] },
    ],
    [
      'several of them',
      {
        nodes: [
          scaler('p', 1),
          scaler('q', 2),
          zipMap('q', 'second', NUMBERS),
          zipMap('p', 'first', CLASSES),
        ],
        outputs: [mapsOutput('first', STRING_KEYS), mapsOutput('second', INTEGER_KEYS)],
      },
      [
        ['7', '-3'],
        ['no', 'yes'],
      ],
      { first: [0.25, 0.75, 1, 0], second: [0.5, 1.5, 2, 0] },
    ],
    [
      'in a model without the standard operators',
      {
        nodes: [scaler('p', 1), zipMap('p', 'maps', CLASSES)],
        outputs: [mapsOutput('maps', STRING_KEYS)],
        operatorSets: [['ai.onnx.ml', 1]],
      },
      [['no', 'yes']],
      { maps: [0.25, 0.75, 1, 0] },
    ],
    [
      'beside weights',
      {
        nodes: [scaler('p', 1), zipMap('p', 'maps', CLASSES)],
        outputs: [mapsOutput('maps', STRING_KEYS)],
        extra: [[5, tensor({ name: 'w', dimensions: [3], values: Float32Array.of(1, 2, 3) })]],
      },
      [['no', 'yes']],
      { maps: [0.25, 0.75, 1, 0] },
    ],
  ])('%s', async (_name, parts, classes, answers) => {
    const model = readModel(bytesOf(parts));
    expect(findZipMaps(model).map((found) => found.classes)).toEqual(classes);
    const before = model.bytes.slice();
    expect(await run(replaceZipMaps(model))).toEqual(answers);
    expect(model.bytes).toEqual(before);
  });

  it('keeps every other byte', () => {
    const weights: Field = [5, tensor({ name: 'w', dimensions: [3], values: Float32Array.of(1, 2, 3) })];
    const unknown: Field = [99, 'a field of a later version'];
    const parts = (nodes: readonly NodeDraft[], output: Field) =>
      bytesOf({ nodes, outputs: [[12, outputMessage('p')], output], extra: [weights, unknown] });
    const rewritten = replaceZipMaps(
      readModel(parts([scaler('p', 1), zipMap('p', 'maps', CLASSES)], mapsOutput('maps', STRING_KEYS))),
    );
    const identity = { name: 'maps_as_tensor', opType: 'Identity', inputs: ['p'], outputs: ['maps'] };
    expect(Buffer.from(rewritten)).toEqual(
      Buffer.from(parts([scaler('p', 1), identity], [12, outputMessage('maps')])),
    );
  });

  it('gives a model without such maps back as it was', () => {
    const inner = zipMap('p', 'inner', CLASSES);
    const stranger = { ...zipMap('x', 'y', CLASSES), domain: 'somebody' };
    const bytes = bytesOf({
      nodes: [scaler('p', 1), inner, stranger],
      outputs: [
        [12, outputMessage('p')],
        [12, outputMessage('y')],
      ],
    });
    const model = readModel(bytes);
    expect(findZipMaps(model)).toEqual([]);
    expect(replaceZipMaps(model)).toEqual(bytes);
  });
});

function outputMessage(name: string): Uint8Array {
  const dimension = message([1, 2]);
  const shape = message([1, new Uint8Array()], [1, dimension]);
  return message([1, name], [2, message([1, message([1, 1], [2, shape])])]);
}
