import { describe, expect, it } from 'vitest';
import type { Column, Table } from '../../../src/core/data/table.ts';
import type { ModelSignature } from '../../../src/core/documents/training.ts';
import { InputError } from '../../../src/core/errors.ts';
import { bindInputs } from '../../../src/core/scoring/bind-inputs.ts';
import { chooseOutput, type OutputRequest } from '../../../src/core/scoring/choose-output.ts';

type Tensor = ModelSignature['inputs'][number];

/** `amt:float[?,1]` as converters write it. */
function tensors(...texts: readonly string[]): Tensor[] {
  return texts.map((text) => {
    const [, name, type, dims] = /^(.*):(\w+)\[(.*)\]$/.exec(text)!;
    const shape =
      dims === ''
        ? []
        : dims!.split(',').map((size) => (size === '?' ? null : /^\d+$/.test(size) ? Number(size) : size));
    return { name: name!, type: type!, shape };
  });
}

function table(...names: readonly string[]): Table {
  const columns = names.map(
    (name): Column =>
      name.startsWith('"')
        ? { kind: 'text', name: name.slice(1), codes: Int32Array.of(0), dictionary: ['a text'] }
        : { kind: 'number', name, values: Float64Array.of(1) },
  );
  return { rowCount: 1, columns };
}

const bind = (inputs: readonly string[], columns: readonly string[]) =>
  bindInputs({ inputs: tensors(...inputs), outputs: [] }, table(...columns), 'challenger');

describe('inputs', () => {
  it.each([
    ['one matrix', ['X:float[?,3]'], ['a', 'b', 'c'], 'matrix float by position'],
    ['one matrix of doubles', ['X:double[N,2]'], ['a', 'b'], 'matrix double by position'],
    ['a matrix of unknown width', ['X:float[?,?]'], ['a', 'b'], 'matrix float by position'],
    ['a matrix of one column', ['X:float[?,1]'], ['a'], 'columns by position 0:float/2'],
    ['columns by name', ['b:float[?,1]', 'a:int64[?]'], ['a', 'b'], 'columns by name 1:float/2 0:int64/1'],
    ['columns by name, more in the data', ['b:float[?,1]'], ['a', 'b', 'c'], 'columns by name 1:float/2'],
    [
      'columns by position',
      ['x0:float[?,1]', 'x1:float[?,1]'],
      ['a', 'b'],
      'columns by position 0:float/2 1:float/2',
    ],
    [
      'a name at its place among others',
      ['a:float[?,1]', 'x1:float[?,1]'],
      ['a', 'b'],
      'columns by position 0:float/2 1:float/2',
    ],
    ['text', ['a:string[?,1]', 'b:bool[?,1]'], ['"a', 'b'], 'columns by name 0:string/2 1:bool/2'],
    ['numbers as text', ['a:string[?,1]'], ['a'], 'columns by name 0:string/2'],
    [
      'int32 and doubles',
      ['a:int32[?,1]', 'b:double[?]'],
      ['a', 'b'],
      'columns by name 0:int32/2 1:double/1',
    ],
  ])('binds %s', (_name, inputs, columns, expected) => {
    const binding = bind(inputs, columns);
    const words =
      binding.kind === 'matrix'
        ? `matrix ${binding.type} ${binding.by}`
        : `columns ${binding.by} ${binding.inputs.map(({ column, type, rank }) => `${column}:${type}/${rank}`).join(' ')}`;
    expect(words).toBe(expected);
  });

  it.each([
    [
      'another width',
      ['X:float[?,3]'],
      ['a', 'b'],
      /takes 3 columns, the data has 2 feature columns: a: number, b: number/,
    ],
    [
      'text in a matrix',
      ['X:float[?,2]'],
      ['a', '"b'],
      /takes one matrix of numbers, but the column "b" is text/,
    ],
    [
      'another number of inputs',
      ['p:float[?,1]', 'q:float[?,1]'],
      ['a'],
      /wants 2 inputs \(p: float \[\?, 1\], q: .*the data has 1 feature columns \(a: number\)/,
    ],
    [
      'names that stand at other places',
      ['a:float[?,1]', 'b:float[?,1]', 'x:float[?,1]'],
      ['b', 'a', 'c'],
      /cannot be bound/,
    ],
    ['a fixed batch', ['X:float[1,2]'], ['a', 'b'], /fixed batch of 1/],
    ['a fixed batch of a column', ['a:float[32,1]'], ['a'], /fixed batch of 32/],
    ['whole numbers as a matrix', ['X:int64[?,2]'], ['a', 'b'], /cannot be bound|has the shape \[\?, 2\]/],
    ['pictures', ['X:float[?,1,4]'], ['a'], /has the shape \[\?, 1, 4\]/],
    [
      'a type that is not known',
      ['a:float16[?,1]'],
      ['a'],
      /has the type float16; supported are float, double, int64/,
    ],
    [
      'text where numbers go',
      ['a:float[?,1]'],
      ['"a'],
      /takes float, but the column "a" is text \(such as "a text"\)/,
    ],
    ['no columns', ['X:float[?,2]'], [], /no feature columns/],
    ['no inputs', [], ['a'], /the model has no inputs/],
  ])('refuses %s', (_name, inputs, columns, message) => {
    expect(() => bind(inputs, columns)).toThrow(InputError);
    expect(() => bind(inputs, columns)).toThrow(message);
  });
});

const choose = (outputs: readonly string[], more: Partial<OutputRequest>) =>
  chooseOutput({
    signature: { inputs: [], outputs: tensors(...outputs) },
    task: 'binary-classification',
    classes: ['0', '1'],
    model: 'challenger',
    ...more,
  });

describe('outputs', () => {
  const pair = { kind: 'classes', width: 2 } as const;

  it.each([
    [
      'label and probabilities',
      ['label:int64[?]', 'probabilities:float[?,2]'],
      {},
      { values: 'probabilities', labels: 'label', layout: { ...pair, order: [0, 1] } },
    ],
    [
      'the positive class first',
      ['probabilities:float[?,2]'],
      { classes: ['1', '0'] },
      { values: 'probabilities', layout: { ...pair, order: [1, 0] } },
    ],
    [
      'classes that the model names',
      ['p:float[?,2]'],
      { classes: ['no', 'yes'], modelClasses: ['yes', 'no'] },
      { values: 'p', layout: { ...pair, order: [1, 0] } },
    ],
    [
      'numbers in the order of their values',
      ['p:float[?,3]'],
      { task: 'multiclass-classification', classes: ['2', '10', '9'] },
      { values: 'p', layout: { kind: 'classes', width: 3, order: [0, 2, 1] } },
    ],
    [
      'a model of more classes',
      ['p:float[?,3]'],
      { modelClasses: ['2', '1', '0'] },
      { values: 'p', layout: { kind: 'classes', width: 3, order: [2, 1] } },
    ],
    ['one probability', ['p:float[?,1]'], {}, { values: 'p', layout: { kind: 'positive-only' } }],
    [
      'one probability without a second axis',
      ['p:double[N]'],
      {},
      { values: 'p', layout: { kind: 'positive-only' } },
    ],
    [
      'a label declared with one row',
      ['label:int64[1]', 'probabilities:float[?,2]'],
      {},
      { values: 'probabilities', labels: 'label', layout: { ...pair, order: [0, 1] } },
    ],
    [
      'a prediction',
      ['variable:float[?,1]'],
      { task: 'regression', classes: [] },
      { values: 'variable', layout: { kind: 'predictions' } },
    ],
    [
      'scores of a ranking',
      ['scores:double[?]'],
      { task: 'ranking', classes: [] },
      { values: 'scores', layout: { kind: 'predictions' } },
    ],
  ] as const)('reads %s', (_name, outputs, more, expected) => {
    expect(choose(outputs, more as Partial<OutputRequest>)).toEqual(expected);
  });

  it.each([
    [
      'only labels',
      ['label:int64[?]'],
      {},
      /no output with probabilities as a float tensor; its outputs are label: int64 \[\?\]/,
    ],
    [
      'one output for each class',
      ['label:int64[?]', 'i0:float[?]', 'i1:float[?]'],
      {},
      /no output with probabilities/,
    ],
    [
      'too many probabilities',
      ['p:float[?,3]'],
      {},
      /3 probabilities for each row, but the target has 2 classes/,
    ],
    [
      'one probability of three classes',
      ['p:float[?,1]'],
      { task: 'multiclass-classification', classes: ['a', 'b', 'c'] },
      /one probability for each row, but the target has 3 classes/,
    ],
    [
      'classes it does not know',
      ['p:float[?,2]'],
      { classes: ['legit', 'fraud'], modelClasses: ['0', '1'] },
      /classes 0, 1, but the data has the class "legit"/,
    ],
    [
      'many predictions',
      ['Y:float[?,4]'],
      { task: 'regression', classes: [] },
      /no output with one float prediction/,
    ],
    ['nothing', [], {}, /its outputs are none/],
  ] as const)('refuses %s', (_name, outputs, more, message) => {
    expect(() => choose(outputs, more as Partial<OutputRequest>)).toThrow(InputError);
    expect(() => choose(outputs, more as Partial<OutputRequest>)).toThrow(message);
  });
});
