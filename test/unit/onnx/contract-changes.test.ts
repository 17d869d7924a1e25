import { describe, expect, it, test } from 'vitest';
import { diffContracts } from '../../../src/core/onnx/contract-changes.ts';
import type { Dimension, ElementType } from '../../../src/core/onnx/model.ts';
import type { ContractInput, ModelContract } from '../../../src/core/onnx/model-contract.ts';
import type { NodeDraft, TensorValueDraft } from '../../../src/core/onnx/write-model.ts';
import { contractOf, type DraftChange } from './drafts.ts';

const value = (name: string, shape: readonly Dimension[], elementType: ElementType = 'float') =>
  ({ name, elementType, shape }) satisfies TensorValueDraft;

function diff(before: DraftChange, after: DraftChange) {
  return diffContracts(contractOf(before), contractOf(after))
    .filter(({ kind }) => kind !== 'size')
    .map(({ change, breaking }) => [change, breaking]);
}

const inputs = (...list: TensorValueDraft[]): DraftChange => ({ graph: { inputs: list } });
const outputs = (...list: TensorValueDraft[]): DraftChange => ({ graph: { outputs: list } });

type Row = readonly [string, DraftChange, DraftChange, readonly (readonly [string, boolean])[]];

describe('inputs', () => {
  const x = value('x', ['N', 4]);
  it.each<Row>([
    ['none', inputs(x), inputs(x), []],
    ['a size of another name', inputs(x), inputs(value('x', ['batch', 4])), []],
    ['a size without a name', inputs(x), inputs(value('x', [null, 4])), []],
    ['another order', inputs(x, value('k', ['N'])), inputs(value('k', ['N']), x), []],
    [
      'one more',
      inputs(x),
      inputs(x, value('k', ['N', 1], 'string')),
      [['input k added (string [N, 1])', true]],
    ],
    ['one less', inputs(x, value('k', ['N'])), inputs(x), [['input k removed', true]]],
    [
      'another type',
      inputs(x),
      inputs(value('x', ['N', 4], 'double')),
      [['input x changed from float [N, 4] to double [N, 4]', true]],
    ],
    [
      'another width',
      inputs(x),
      inputs(value('x', ['N', 5])),
      [['input x changed its shape from [N, 4] to [N, 5]', true]],
    ],
    [
      'a size that became fixed',
      inputs(x),
      inputs(value('x', [1, 4])),
      [['input x changed its shape from [N, 4] to [1, 4]', true]],
    ],
    [
      'a size that became open',
      inputs(value('x', [1, 4])),
      inputs(x),
      [['input x changed its shape from [1, 4] to [N, 4]', false]],
    ],
    [
      'another rank',
      inputs(x),
      inputs(value('x', ['N'])),
      [['input x changed its shape from [N, 4] to [N]', true]],
    ],
    [
      'a hostile name',
      inputs(x),
      inputs(x, value('\u001b[2J::error::', ['N'])),
      [['input "\\u001b[2J::error::" added (float [N])', true]],
    ],
  ])('%s', (_name, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes);
  });

  const withInput = (input: Partial<ContractInput>): ModelContract => {
    const contract = contractOf();
    return { ...contract, inputs: [{ ...contract.inputs[0]!, ...input }] };
  };
  it.each([
    ['became optional', withInput({}), withInput({ required: false }), 'input x became optional', false],
    ['became required', withInput({ required: false }), withInput({}), 'input x became required', true],
    [
      'optional and new',
      withInput({}),
      {
        ...contractOf(),
        inputs: [...withInput({}).inputs, { ...withInput({}).inputs[0]!, name: 'o', required: false }],
      },
      'optional input o added (float [N, 4])',
      false,
    ],
    [
      'a rank that became fixed',
      withInput({ shape: null }),
      withInput({}),
      'input x changed its shape from […] to [N, 4]',
      true,
    ],
    [
      'a rank that became open',
      withInput({}),
      withInput({ shape: null }),
      'input x changed its shape from [N, 4] to […]',
      false,
    ],
  ])('%s', (_name, before, after, change, breaking) => {
    expect(diffContracts(before, after)).toEqual([{ kind: 'input', change, breaking }]);
  });
});

describe('outputs', () => {
  const label = value('label', ['N'], 'int64');
  it.each<Row>([
    ['the label of LightGBM', outputs(value('label', [1], 'int64')), outputs(label), []],
    ['and back', outputs(label), outputs(value('label', [1], 'int64')), []],
    ['an unknown first size', outputs(label), outputs(value('label', [null], 'int64')), []],
    [
      'one more',
      outputs(label),
      outputs(label, value('p', ['N', 2])),
      [['output p added (float [N, 2])', false]],
    ],
    ['one less', outputs(label, value('p', ['N', 2])), outputs(label), [['output p removed', true]]],
    [
      'another type',
      outputs(label),
      outputs(value('label', ['N'], 'string')),
      [['output label changed from int64 [N] to string [N]', true]],
    ],
    [
      'another width',
      outputs(value('p', ['N', 2])),
      outputs(value('p', ['N', 3])),
      [['output p changed its shape from [N, 2] to [N, 3]', true]],
    ],
    [
      'another rank',
      outputs(value('p', ['N'])),
      outputs(value('p', ['N', 1])),
      [['output p changed its shape from [N] to [N, 1]', true]],
    ],
    [
      'a width that is not said any more',
      outputs(value('p', ['N', 2])),
      outputs(value('p', ['N', null])),
      [['output p changed its shape from [N, 2] to [N, ?]', false]],
    ],
    [
      'another fixed batch',
      outputs(value('p', [32, 2])),
      outputs(value('p', [16, 2])),
      [['output p changed its shape from [32, 2] to [16, 2]', true]],
    ],
    [
      'one row instead of a fixed batch',
      outputs(value('p', [32, 2])),
      outputs(value('p', [1, 2])),
      [['output p changed its shape from [32, 2] to [1, 2]', true]],
    ],
  ])('%s', (_name, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes);
  });
});

describe('classes', () => {
  it.each<
    [
      string,
      readonly string[] | undefined,
      readonly string[] | undefined,
      readonly (readonly [string, boolean])[],
    ]
  >([
    ['the same', ['a', 'b'], ['a', 'b'], []],
    ['none named', undefined, undefined, []],
    ['one more', ['a', 'b'], ['a', 'b', 'c'], [['classes added: c', true]]],
    ['one less', ['a', 'b', 'c'], ['a', 'c'], [['classes removed: b', true]]],
    [
      'one renamed',
      ['a', 'b'],
      ['a', 'B'],
      [
        ['classes removed: b', true],
        ['classes added: B', true],
      ],
    ],
    ['another order', ['a', 'b'], ['b', 'a'], [['classes reordered: from a, b to b, a', true]]],
    ['named now', undefined, ['a', 'b'], [['classes are named now: a, b', false]]],
    ['named no more', ['a', 'b'], undefined, [['classes are not named any more (they were a, b)', false]]],
  ])('%s', (_name, before, after, changes) => {
    const found = diffContracts(contractOf({}, before), contractOf({}, after));
    expect(found.map(({ change, breaking }) => [change, breaking])).toEqual(changes);
    expect(found.every(({ kind }) => kind === 'classes')).toBe(true);
  });
});

const node = (opType: string, domain = ''): NodeDraft => ({
  ...{ name: opType, inputs: ['x'], outputs: ['y'] },
  ...{ opType, domain },
});

describe('what it takes to run a model is compatible', () => {
  it.each<Row>([
    [
      'operator sets',
      { operatorSets: [{ domain: '', version: 15 }] },
      {
        operatorSets: [
          { domain: 'ai.onnx', version: 17 },
          { domain: 'ai.onnx.ml', version: 3 },
        ],
      },
      [
        ['operator set ai.onnx changed from 15 to 17', false],
        ['operator set ai.onnx.ml 3 added', false],
      ],
    ],
    ['IR version', { irVersion: 8 }, { irVersion: 10 }, [['IR version changed from 8 to 10', false]]],
    [
      'producer',
      { producerName: 'skl2onnx', producerVersion: '1.14' },
      { producerName: '', producerVersion: '' },
      [['producer changed from skl2onnx 1.14 to nobody', false]],
    ],
    [
      'operators',
      { graph: { nodes: [node('Relu'), node('Cast')] } },
      { graph: { nodes: 'ABCDEFGHIJ'.split('').map((name) => node(name)) } },
      [
        ['operators added: A, B, C, D, E, F, G, H and 2 more', false],
        ['operators removed: Cast, Relu', false],
      ],
    ],
    [
      'parameters',
      {},
      {
        graph: {
          nodes: [
            { ...node('Relu') },
            { ...node('Constant'), attributes: { value_floats: { floats: [1, 2] } } },
          ],
        },
      },
      [
        ['operators added: Constant', false],
        ['parameters changed from 0 to 2', false],
      ],
    ],
  ])('%s', (_name, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes);
  });

  it('weights that moved', () => {
    const beside = { ...contractOf(), externalData: [{ location: 'w.bin', tensors: 3 }] };
    expect(diffContracts(contractOf(), beside)).toEqual([
      { kind: 'external-data', change: 'weights moved from the model file to w.bin', breaking: false },
    ]);
  });
});

test('changes come in the order of what they concern', () => {
  const kinds = diffContracts(
    contractOf({ irVersion: 8 }, ['a', 'b']),
    contractOf(
      {
        irVersion: 9,
        producerVersion: '2',
        operatorSets: [{ domain: '', version: 16 }],
        graph: {
          inputs: [value('other', ['N'])],
          outputs: [value('answer', ['N'])],
          nodes: [node('Abs')],
        },
      },
      ['b', 'a'],
    ),
  ).map(({ kind }) => kind);
  expect(kinds).toEqual([
    ...['input', 'input', 'output', 'output', 'classes', 'operator-set', 'ir-version', 'producer'],
    ...['operators', 'operators', 'size'],
  ]);
});

test('a name of a megabyte is shortened', () => {
  const [change] = diff({}, inputs(value('x', ['N', 4]), value('z'.repeat(1_000_000), ['N'])));
  expect(String(change![0]).length).toBeLessThan(200);
});
