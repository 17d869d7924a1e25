import { describe, expect, it } from 'vitest';
import { METADATA_KEYS } from '../../../src/core/onnx/export-ensemble.ts';
import { readModel } from '../../../src/core/onnx/read-model.ts';
import type { NodeDraft, TensorValueDraft } from '../../../src/core/onnx/write-model.ts';
import { classesOf } from '../../../src/core/scoring/describe-model.ts';
import { findInputHints } from '../../../src/core/scoring/input-hints.ts';
import { findOutputHints } from '../../../src/core/scoring/output-hints.ts';
import { draftModel, type Field, message, modelOf, withFields } from '../onnx/drafts.ts';

type Attributes = NonNullable<NodeDraft['attributes']>;

/** `Cast a,b -> c`: a node by its operator, inputs and outputs. */
function node(text: string, attributes: Attributes = {}): NodeDraft {
  const [opType, inputs, , outputs] = text.split(' ');
  const names = (list: string) => (list === '' ? [] : list.split(','));
  const isLearning = !STANDARD.includes(opType!);
  return {
    name: text,
    opType: opType!,
    ...(isLearning ? { domain: 'ai.onnx.ml' } : {}),
    inputs: names(inputs!),
    outputs: names(outputs!),
    attributes,
  };
}

const STANDARD = ['Cast', 'Reshape', 'Concat', 'Identity', 'Softmax', 'Sigmoid', 'Gemm', 'MatMul', 'Add'];

function value(name: string, elementType: TensorValueDraft['elementType'] = 'float'): TensorValueDraft {
  return { name, elementType, shape: [null, 2] };
}

describe('what operators say about inputs', () => {
  const hintOf = (nodes: readonly NodeDraft[]) => {
    const graph = { nodes, inputs: [value('x'), value('other')], outputs: [value('y')] };
    const { categories, missingNumber } = findInputHints(modelOf({ graph })).get('x') ?? {};
    return {
      ...(categories ? { categories: [...categories] } : {}),
      ...(missingNumber === undefined ? {} : { missingNumber }),
    };
  };
  const imputer = (text: string, replaced: number) =>
    node(text, { imputed_value_floats: { floats: [0.5] }, replaced_value_float: { float: replaced } });
  const wholeImputer = (text: string, replaced?: number) =>
    node(text, {
      imputed_value_int64s: { ints: [7] },
      ...(replaced === undefined ? {} : { replaced_value_int64: { int: replaced } }),
    });
  const encoder = node('OneHotEncoder c -> y', { cats_strings: { strings: ['red', 'nan'] } });

  it.each<[string, readonly NodeDraft[], object]>([
    ['an imputer of floats', [imputer('Imputer x -> y', -1)], { missingNumber: -1 }],
    ['an imputer of NaN', [imputer('Imputer x -> y', Number.NaN)], {}],
    [
      'an imputer that does not say',
      [node('Imputer x -> y', { imputed_value_floats: { floats: [1] } })],
      { missingNumber: 0 },
    ],
    ['an imputer of whole numbers', [wholeImputer('Imputer x -> y', -999)], { missingNumber: -999 }],
    ['an imputer of whole numbers that does not say', [wholeImputer('Imputer x -> y')], { missingNumber: 0 }],
    [
      'the float of an imputer of whole numbers',
      [node('Imputer x -> y', { imputed_value_int64s: { ints: [7] }, replaced_value_float: { float: -5 } })],
      { missingNumber: 0 },
    ],
    [
      'two imputers that agree',
      [imputer('Imputer x -> a', -1), imputer('Imputer x -> y', -1)],
      { missingNumber: -1 },
    ],
    ['two imputers that disagree', [imputer('Imputer x -> a', -1), imputer('Imputer x -> y', -2)], {}],
    [
      'an encoder of texts',
      [node('OneHotEncoder x -> y', { cats_strings: { strings: ['red', 'blue'] } })],
      { categories: ['red', 'blue'] },
    ],
    ['an encoder of numbers', [node('OneHotEncoder x -> y', { cats_int64s: { ints: [1, 2] } })], {}],
    [
      'keys of a label encoder',
      [
        node('LabelEncoder x -> y', {
          keys_strings: { strings: ['a', ''] },
          values_int64s: { ints: [0, 1] },
        }),
      ],
      { categories: ['a', ''] },
    ],
    [
      'two encoders',
      [
        node('OneHotEncoder x -> a', { cats_strings: { strings: ['a', 'b'] } }),
        node('OneHotEncoder x -> y', { cats_strings: { strings: ['b', 'c'] } }),
      ],
      { categories: ['a', 'b', 'c'] },
    ],
    [
      'an encoder behind casts, shapes and other columns',
      [
        node('Cast x -> a'),
        node('Reshape a,shape -> b'),
        node('Concat b,other -> d'),
        node('ArrayFeatureExtractor d,index -> c'),
        encoder,
      ],
      { categories: ['red', 'nan'] },
    ],
    ['an encoder of another input', [node('Identity other -> c'), encoder], {}],
    ['an encoder behind an operator that changes values', [node('Scaler x -> c'), encoder], {}],
    [
      'a circle',
      [node('Identity x -> a'), node('Concat a,b -> b'), node('Cast b -> c'), encoder],
      { categories: ['red', 'nan'] },
    ],
    ['a value that is its own', [node('Identity x -> x')], {}],
    ['nothing', [], {}],
  ])('%s', (_name, nodes, expected) => {
    expect(hintOf(nodes)).toEqual(expected);
  });

  it('a graph of many thousand nodes in a row is followed some way', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => node(`Identity v${index} -> v${index + 1}`));
    expect(
      hintOf([
        node('Identity x -> v0'),
        ...chain,
        node('OneHotEncoder v20000 -> y', { cats_strings: { strings: ['a'] } }),
      ]),
    ).toEqual({});
  });
});

/** TensorProto of texts, or of whole numbers as they are, as a graph's initializer. */
function initializer(name: string, values: readonly string[] | readonly bigint[]): Field {
  const isText = typeof values[0] === 'string';
  return [
    5,
    message(
      [1, values.length],
      [2, isText ? 8 : 7],
      [8, name],
      ...(isText
        ? values.map((text): Field => [6, text as string])
        : ([[9, new Uint8Array(BigInt64Array.from(values as readonly bigint[]).buffer)]] as const)),
    ),
  ];
}

describe('what operators say about outputs', () => {
  const hintOf = (
    nodes: readonly NodeDraft[],
    { graph = [], outputs = ['y'] }: { graph?: readonly Field[]; outputs?: readonly string[] } = {},
  ) => {
    const draft = draftModel({
      graph: { nodes, inputs: [value('x')], outputs: outputs.map((name) => value(name)) },
    });
    return findOutputHints(readModel(withFields(draft, { graph }))).get('y');
  };
  const names = { strings: ['a', 'b', 'c'] };
  const classifier = (text: string, more: Attributes = {}) =>
    node(text, { classlabels_strings: names, ...more });
  const plain = { scale: 'unknown', isEcho: false };

  it.each<[string, Parameters<typeof hintOf>, object]>([
    ['an input', [[node('Identity x -> y')]], { ...plain, isEcho: true }],
    [
      'an input in another shape',
      [[node('Reshape x,shape -> a'), node('Cast a -> y')]],
      { ...plain, isEcho: true },
    ],
    ['nothing that is known', [[node('Identity nowhere -> y')]], plain],
    ['a circle', [[node('Identity a -> y'), node('Identity y -> a')]], plain],
    ['a sigmoid', [[node('Sigmoid x -> y')]], { ...plain, scale: 'probability' }],
    [
      'a softmax behind a cast',
      [[node('Softmax x -> a'), node('Cast a -> y')]],
      { ...plain, scale: 'probability' },
    ],
    ['a linear layer', [[node('Gemm x,w,b -> y')]], { ...plain, scale: 'linear' }],
    [
      'a linear layer with its bias',
      [[node('MatMul x,w -> a'), node('Add a,b -> y')]],
      { ...plain, scale: 'linear' },
    ],
    ['a sum of anything else', [[node('Add x,b -> y')]], plain],
    [
      'a classifier',
      [[classifier('LinearClassifier x -> label,y', { post_transform: { string: 'SOFTMAX' } })]],
      { scale: 'probability', isEcho: false, classes: ['a', 'b', 'c'] },
    ],
    [
      'a classifier without a transform',
      [[classifier('SVMClassifier x -> label,y')]],
      { ...plain, classes: ['a', 'b', 'c'] },
    ],
    [
      'a classifier of numbers behind a normalizer',
      [
        [
          node('LinearClassifier x -> label,a', { classlabels_ints: { ints: [3, 1, 2] } }),
          node('Normalizer a -> b'),
          node('Cast b -> y'),
        ],
      ],
      { scale: 'probability', isEcho: false, classes: ['3', '1', '2'] },
    ],
    [
      'a pick from a list of texts',
      [[node('ArrayFeatureExtractor list,index -> y')], { graph: [initializer('list', ['no', 'yes'])] }],
      { ...plain, classes: ['no', 'yes'] },
    ],
    [
      'a pick from a list of numbers',
      [
        [node('Cast list -> c'), node('ArrayFeatureExtractor c,index -> y')],
        { graph: [initializer('list', [-1n, 5n])] },
      ],
      { ...plain, classes: ['-1', '5'] },
    ],
    ['a pick from what is no list', [[node('ArrayFeatureExtractor x,index -> y')]], plain],
    [
      'a label encoder from positions',
      [
        [
          node('LabelEncoder a -> y', {
            keys_int64s: { ints: [1, 0, 2] },
            values_strings: { strings: ['b', 'a', 'c'] },
          }),
        ],
      ],
      { ...plain, classes: ['a', 'b', 'c'] },
    ],
    [
      'a label encoder from other numbers',
      [
        [
          node('LabelEncoder a -> y', {
            keys_int64s: { ints: [1, 2] },
            values_strings: { strings: ['b', 'a'] },
          }),
        ],
      ],
      plain,
    ],
    [
      'a label encoder whose lists differ',
      [
        [
          node('LabelEncoder a -> y', {
            keys_int64s: { ints: [0, 1, 2] },
            values_strings: { strings: ['b'] },
          }),
        ],
      ],
      plain,
    ],
    [
      'maps',
      [[node('Softmax x -> p'), node('ZipMap p -> y', { classlabels_int64s: { ints: [0, 1] } })]],
      { scale: 'probability', isEcho: false, classes: ['0', '1'], isMap: true },
    ],
    [
      'maps of the input itself',
      [[node('ZipMap x -> y', { classlabels_strings: names })]],
      { ...plain, classes: ['a', 'b', 'c'], isMap: true },
    ],
  ])('%s', (_name, model, expected) => {
    expect(hintOf(...model)).toEqual(expected);
  });
});

describe('classes that a model names', () => {
  const namesOf = (metadata: readonly string[], nodes: readonly NodeDraft[] = []) =>
    classesOf(modelOf({ metadata: metadata.map((text) => [METADATA_KEYS.classes, text]), graph: { nodes } }));
  const classifier = (labels: string[]) =>
    node('LinearClassifier x -> inner,scores', { classlabels_strings: { strings: labels } });

  it.each([
    ['its own list', ['["a","b"]'], [], ['a', 'b']],
    ['numbers in its own list', ['[0,1]'], [], ['0', '1']],
    ['a list of one', ['["a"]'], [], undefined],
    ['no list', ['{"length":2}'], [], undefined],
    ['no JSON', ['[[[['], [], undefined],
    ['lists within its own list', ['[["a"],["b"]]'], [], undefined],
    ['objects and nothing within its own list', ['[{"toString":"x"},null]'], [], undefined],
    ['a list without end', [`${'['.repeat(100_000)}1${']'.repeat(100_000)}`], [], undefined],
    ['a classifier', [], [classifier(['a', 'b'])], ['a', 'b']],
    ['two that agree', [], [classifier(['a', 'b']), classifier(['a', 'b'])], ['a', 'b']],
    ['two that disagree', [], [classifier(['a', 'b']), classifier(['b', 'a'])], undefined],
    ['a classifier of one class', [], [classifier(['a'])], undefined],
    ['nothing', [], [], undefined],
  ] as const)('%s', (_name, metadata, nodes, expected) => {
    expect(namesOf(metadata, nodes)).toEqual(expected);
  });
});
