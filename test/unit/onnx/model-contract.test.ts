import { describe, expect, it, test } from 'vitest';
import { seededRandom } from '../../../src/core/learning/seeded-random.ts';
import { buildContract, type ModelContract } from '../../../src/core/onnx/model-contract.ts';
import { readModel } from '../../../src/core/onnx/read-model.ts';
import type { NodeDraft } from '../../../src/core/onnx/write-model.ts';
import { contractOf, draftModel, type Field, message, modelOf, tensor, withFields } from './drafts.ts';

function contractOfBytes(bytes: Uint8Array): ModelContract {
  return buildContract(readModel(bytes), { bytes: bytes.length, classes: undefined });
}

test('a contract says what a model takes, gives and needs', () => {
  const contract = contractOf(
    {
      operatorSets: [
        { domain: 'ai.onnx.ml', version: 3 },
        { domain: '', version: 17 },
      ],
      metadata: [
        ['made', 'today'],
        ['__proto__', 'text'],
      ],
      graph: {
        inputs: [
          { name: 'x', elementType: 'float', shape: ['N', 4, null] },
          { name: 'kind', elementType: 'string', shape: ['N', 1] },
        ],
      },
    },
    ['no', 'yes'],
  );
  expect(contract).toMatchObject({
    inputs: [
      { name: 'x', type: 'float', shape: ['N', 4, null], required: true },
      { name: 'kind', type: 'string', shape: ['N', 1], required: true },
    ],
    outputs: [{ name: 'y', type: 'float', shape: ['N', 4] }],
    classes: ['no', 'yes'],
    operatorSets: [
      { domain: 'ai.onnx', version: 17 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    irVersion: 8,
    producer: { name: 'somebody', version: '1.2' },
    operators: [{ domain: 'ai.onnx', name: 'Relu', count: 1 }],
    externalData: [],
  });
  expect(Object.entries(contract.metadata)).toEqual([
    ['made', 'today'],
    ['__proto__', 'text'],
  ]);
});

describe('types that are no tensor', () => {
  const tensorType = (element: number) => message([1, message([1, element])]);
  const map = message([5, message([1, 7], [2, tensorType(1)])]);
  it.each([
    ['a ZipMap', message([4, message([1, map])]), 'sequence of map of int64 to float'],
    ['a sequence of tensors', message([4, message([1, tensorType(8)])]), 'sequence of string'],
    ['an optional', message([9, message([1, tensorType(1)])]), 'optional'],
    ['nothing', message(), 'no type'],
    ['an unknown element', tensorType(99), 'type 99'],
  ])('%s', (_name, type, words) => {
    const bytes = withFields(draftModel(), { graph: [[12, message([1, 'other'], [2, type])]] });
    expect(contractOfBytes(bytes).outputs[1]).toEqual({ name: 'other', type: words, shape: null });
  });
});

describe('inputs with a value in the model', () => {
  const graph: readonly Field[] = [[5, tensor({ name: 'x', dimensions: [4], values: new Float32Array(4) })]];
  it.each([
    [3, []],
    [4, [{ name: 'x', required: false }]],
  ])('with IR version %i', (irVersion, inputs) => {
    expect(contractOfBytes(withFields(draftModel({ irVersion }), { graph })).inputs).toMatchObject(inputs);
  });

  it('of a sparse initializer too', () => {
    const sparse = message([1, tensor({ name: 'x', dimensions: [3] })], [3, 100]);
    const contract = contractOfBytes(withFields(draftModel(), { graph: [[15, sparse]] }));
    expect(contract.inputs).toMatchObject([{ name: 'x', required: false }]);
    expect(contract.parameterCount).toBe(3);
  });
});

describe('the number of parameters', () => {
  const node = (parts: Partial<NodeDraft>): NodeDraft => ({
    ...{ name: 'n', opType: 'Relu', inputs: ['x'], outputs: ['y'] },
    ...parts,
  });
  const trees = {
    nodes_values: { floats: [0.5, 0, 0] },
    nodes_hitrates: { floats: [1, 1, 1] },
    nodes_treeids: { ints: [0, 0, 0] },
    nodes_modes: { strings: ['BRANCH_LEQ', 'LEAF', 'LEAF'] },
    class_weights: { floats: [0.1, 0.9] },
    base_values: { floats: [0.5] },
  };
  it.each<[string, NodeDraft, number]>([
    ['of a plain operator', node({}), 0],
    ['of trees', node({ opType: 'TreeEnsembleClassifier', domain: 'ai.onnx.ml', attributes: trees }), 6],
    ['of lists of another domain', node({ domain: 'some.where', attributes: trees }), 0],
    ['of a constant list', node({ opType: 'Constant', attributes: { value_ints: { ints: [1, 300] } } }), 2],
    ['of a constant number', node({ opType: 'Constant', attributes: { value_float: { float: 2 } } }), 1],
    ['of a constant text', node({ opType: 'Constant', attributes: { value_string: { string: 'a' } } }), 0],
  ])('%s', (_name, draft, count) => {
    expect(contractOf({ graph: { nodes: [draft] } }).parameterCount).toBe(count);
  });

  it.each<[string, readonly Field[], number]>([
    ['a matrix', [[5, tensor({ name: 'w', dimensions: [3, 5] })]], 15],
    ['a scalar', [[5, tensor({ name: 'w', dimensions: [] })]], 1],
    ['text', [[5, tensor({ name: 'w', dimensions: [3], type: 8 })]], 0],
    ['an empty one', [[5, tensor({ name: 'w', dimensions: [0, 7] })]], 0],
    [
      'more than any model holds',
      Array.from(
        { length: 3 },
        (_, index): Field => [5, tensor({ name: `w${index}`, dimensions: [2 ** 52, 2 ** 52, 2 ** 52] })],
      ),
      Number.MAX_SAFE_INTEGER,
    ],
    [
      'the value of a constant',
      [
        [
          1,
          message(
            [4, 'Constant'],
            [5, message([1, 'value'], [5, tensor({ name: '', dimensions: [6] })], [20, 4])],
          ),
        ],
      ],
      6,
    ],
  ])('of an initializer: %s', (_name, graph, count) => {
    expect(contractOfBytes(withFields(draftModel(), { graph })).parameterCount).toBe(count);
  });
});

test('operators and weights of bodies, branches and own functions count', () => {
  const body = message(
    [1, message([4, 'Add'])],
    [1, message([4, 'Mul'])],
    [5, tensor({ name: 'inner', dimensions: [7] })],
  );
  const own = message(
    ...([
      [1, 'Own'],
      [10, 'my.domain'],
      [7, message([4, 'Add'])],
    ] as const),
  );
  const bytes = withFields(draftModel(), {
    graph: [
      [1, message([4, 'Loop'], [5, message([1, 'body'], [6, body], [20, 5])])],
      [1, message([4, 'Own'], [7, 'my.domain'])],
    ],
    model: [[25, own]],
  });
  const contract = contractOfBytes(bytes);
  expect(contract.operators).toEqual([
    { domain: 'ai.onnx', name: 'Add', count: 2 },
    { domain: 'ai.onnx', name: 'Loop', count: 1 },
    { domain: 'ai.onnx', name: 'Mul', count: 1 },
    { domain: 'ai.onnx', name: 'Relu', count: 1 },
    { domain: 'my.domain', name: 'Own', count: 1, own: true },
  ]);
  expect(contract.parameterCount).toBe(7);
});

test('weights in other files are told with how much of them is needed', () => {
  const weight = (name: string, external: Record<string, string>): Field => [
    5,
    tensor({ name, dimensions: [2], external }),
  ];
  const bytes = withFields(draftModel(), {
    graph: [
      weight('a', { location: 'w.bin', offset: '0', length: '8' }),
      weight('b', { location: 'w.bin', offset: '4096', length: '8' }),
      weight('c', { location: 'other.bin', offset: 'nonsense', length: '-3' }),
    ],
  });
  expect(contractOfBytes(bytes).externalData).toEqual([
    { location: 'w.bin', tensors: 2, bytesNeeded: 4104 },
    { location: 'other.bin', tensors: 1 },
  ]);
});

describe('hostile models', () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    [
      'two graphs',
      () => withFields(draftModel(), { model: [[7, message([2, 'second'])]] }),
      /more than one graph/,
    ],
    [
      'millions of empty nodes',
      () =>
        withFields(draftModel(), {
          model: [[25, new Uint8Array(4_400_000).map((_, i) => (i % 2 ? 0 : 0x3a))]],
        }),
      /more than 2000000 nodes, names, attributes and tensors/,
    ],
    [
      'a tensor of endless dimensions',
      () => withFields(draftModel(), { graph: [[5, message([1, new Uint8Array(1000)])]] }),
      /more than 64 numbers/,
    ],
    [
      'a shape of endless sizes',
      () => {
        const shape = new Uint8Array(1000).map((_, index) => (index % 2 ? 0 : 0x0a));
        const type = message([1, message([1, 1], [2, shape])]);
        return withFields(draftModel(), { graph: [[12, message([1, 'z'], [2, type])]] });
      },
      /more than 64 sizes/,
    ],
  ])('%s', (_name, bytes, says) => {
    expect(() => readModel(bytes())).toThrow(says);
  });

  it('operators of one name in two domains are two', () => {
    const node = (domain: string): NodeDraft => ({
      ...{ name: 'n', opType: 'Same', inputs: ['x'], outputs: ['y'] },
      domain,
    });
    const { operators } = contractOf({ graph: { nodes: [node('b'), node('a'), node('b')] } });
    expect(operators).toEqual([
      { domain: 'a', name: 'Same', count: 1 },
      { domain: 'b', name: 'Same', count: 2 },
    ]);
  });

  it('random damage of a model with every part gives a contract or one message', () => {
    const bytes = withFields(draftModel(), {
      graph: [
        [5, tensor({ name: 'w', dimensions: [2], values: Float32Array.of(1, 2) })],
        [5, tensor({ name: 'e', dimensions: [2], external: { location: 'w.bin', length: '8' } })],
        [15, message([1, tensor({ name: 's', dimensions: [3] })])],
        [1, message([4, 'If'], [5, message([1, 'then_branch'], [6, message([1, message([4, 'Add'])])])])],
      ],
      model: [[25, message([1, 'Own'], [10, 'my.domain'], [7, message([4, 'Add'])])]],
    });
    const random = seededRandom(11);
    let read = 0;
    for (let round = 0; round < 4000; round++) {
      const damaged = bytes.slice();
      for (let change = 0; change < 1 + (round % 4); change++) {
        damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      }
      try {
        const contract = contractOfBytes(damaged);
        expect(Number.isSafeInteger(contract.parameterCount)).toBe(true);
        read++;
      } catch (error) {
        expect(error).toMatchObject({ name: 'InputError' });
      }
    }
    expect(read).toBeGreaterThan(500);
  });
});

test('a model that names one value twice keeps both', () => {
  const twice = { name: 'y', elementType: 'float', shape: ['N'] } as const;
  expect(modelOf({ graph: { outputs: [twice, twice] } }).graph.outputs).toHaveLength(2);
});
