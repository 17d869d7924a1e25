import { describe, expect, it } from 'vitest';
import type { ColumnDescription } from '../../../src/core/data/table.ts';
import type { ModelSignature } from '../../../src/core/documents/training.ts';
import { InputError } from '../../../src/core/errors.ts';
import { bindInputs } from '../../../src/core/scoring/bind-inputs.ts';
import type { BindingRequest, InputBinding } from '../../../src/core/scoring/binding.ts';
import {
  chooseOutput,
  type OutputPlan,
  type OutputRequest,
} from '../../../src/core/scoring/choose-output.ts';
import type { InputHint } from '../../../src/core/scoring/input-hints.ts';
import type { OutputHint } from '../../../src/core/scoring/output-hints.ts';

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

/** `"name` is a text column, `name:date` one of that type, `name` a number. */
function columnsOf(names: readonly string[]): ColumnDescription[] {
  return names.map((text) => {
    const [name, type] = text.split(':');
    if (text.startsWith('"')) return { name: text.slice(1), type: 'string' };
    return { name: name!, type: (type ?? 'number') as ColumnDescription['type'] };
  });
}

const bind = (inputs: readonly string[], columns: readonly string[], more: Partial<BindingRequest> = {}) =>
  bindInputs({
    signature: { inputs: tensors(...inputs), outputs: [] },
    columns: columnsOf(columns),
    model: 'challenger',
    ...more,
  });

/** `by name; a=float[1](a)`: how it is bound, each input with its row shape and columns, and a fixed batch. */
function words({ by, inputs, batch }: InputBinding): string {
  const bound = inputs.map(
    ({ input, type, rowShape, columns, hasRows }) =>
      `${input}=${type}[${rowShape.join(',')}]${hasRows ? '' : '!'}(${columns.map(({ name }) => name).join(',')})`,
  );
  return [by, ...bound, ...(batch === undefined ? [] : [`batch ${batch}`])].join('; ');
}

describe('inputs', () => {
  it.each([
    ['one matrix', ['X:float[?,3]'], ['a', 'b', 'c'], 'by position; X=float[3](a,b,c)'],
    ['one matrix of doubles', ['X:double[N,2]'], ['a', 'b'], 'by position; X=double[2](a,b)'],
    ['one matrix of whole numbers', ['X:int64[N,2]'], ['a', 'b'], 'by position; X=int64[2](a,b)'],
    ['one matrix of text', ['X:string[?,2]'], ['"a', '"b'], 'by position; X=string[2](a,b)'],
    ['a matrix of unknown width', ['X:float[?,?]'], ['a', 'b'], 'by position; X=float[2](a,b)'],
    ['a matrix of one column', ['X:float[?,1]'], ['a'], 'by position; X=float[1](a)'],
    ['pictures', ['X:float[N,1,2,2]'], ['a', 'b', 'c', 'd'], 'by position; X=float[1,2,2](a,b,c,d)'],
    ['half floats', ['a:float16[?,1]'], ['a'], 'by name; a=float16[1](a)'],
    ['columns by name', ['b:float[?,1]', 'a:int64[?]'], ['a', 'b'], 'by name; b=float[1](b); a=int64[](a)'],
    ['more columns than it wants', ['b:float[?,1]'], ['a', 'b', 'c'], 'by name; b=float[1](b)'],
    [
      'names that are spelled another way',
      ['serving_Amt:0:float[?,1]', 'customer_age:float[?,1]'],
      ['Customer Age', 'serving amt'],
      'by name; serving_Amt:0=float[1](serving amt); customer_age=float[1](Customer Age)',
    ],
    [
      'exact names before those that are alike',
      ['temp.:float[?,1]', 'temp:float[?,1]', 'A-b:float[?,1]'],
      ['temp', 'Temp', 'a_b'],
      'by name; temp.=float[1](Temp); temp=float[1](temp); A-b=float[1](a_b)',
    ],
    [
      'columns by position',
      ['x0:float[?,1]', 'x1:float[?,1]'],
      ['a', 'b'],
      'by position; x0=float[1](a); x1=float[1](b)',
    ],
    [
      'groups of columns',
      ['num:float[?,2]', 'cat:string[?,2]'],
      ['a', 'b', '"c', '"d'],
      'by position; num=float[2](a,b); cat=string[2](c,d)',
    ],
    [
      'a group beside a column of its own',
      ['num:float[?,2]', 'c:string[?,1]'],
      ['a', '"c', 'b'],
      'by name and position; num=float[2](a,b); c=string[1](c)',
    ],
    [
      'text and truth',
      ['a:string[?,1]', 'b:bool[?,1]'],
      ['"a', 'b'],
      'by name; a=string[1](a); b=bool[1](b)',
    ],
    ['a batch of one', ['X:float[1,2]'], ['a', 'b'], 'by position; X=float[2](a,b); batch 1'],
    ['a batch of many', ['a:float[32,1]'], ['a'], 'by name; a=float[1](a); batch 32'],
    [
      'a batch of columns',
      ['1:int64[1]', '3:int64[1]'],
      ['a', 'b'],
      'by position; 1=int64[](a); 3=int64[](b); batch 1',
    ],
    ['one row without an axis', ['x:float[3]'], ['a', 'b', 'c'], 'by position; x=float[3]!(a,b,c); batch 1'],
  ])('binds %s', (_name, inputs, columns, expected) => {
    expect(words(bind(inputs, columns))).toBe(expected);
  });

  it('feeds an input that is called after the target nothing', () => {
    const binding = bind(['amt:float[?,1]', 'fraud:int64[?,1]'], ['amt'], { target: 'fraud' });
    expect(words(binding)).toBe('by name; amt=float[1](amt); fraud=int64[1]()');
    expect(words(bind(['amt:float[?,1]', 'Label:bool[?,1]'], ['amt']))).toMatch(/Label=bool\[1\]\(\)/);
  });

  it.each([
    [
      'another width',
      ['X:float[?,3]'],
      ['a', 'b'],
      /takes 3 columns, the data have 2 feature columns; list the/,
    ],
    ['text in a matrix', ['X:float[?,2]'], ['a', '"b'], /"X" takes float, but the column "b" is text/],
    [
      'another number of inputs',
      ['p:float[?,1]', 'q:float[?,1]'],
      ['a'],
      /2 inputs, of which no column is called "p", "q"; the data have 1 feature column; rename .*\n {2}the model wants {3}the data have\n {2}p: float \[\?, 1\] {3}a: number\n {2}q: float \[\?, 1\]$/,
    ],
    [
      'a column that is gone, whatever stands in its place',
      ['age:float[?,1]', 'income:float[?,1]'],
      ['age', 'zip'],
      /no column is called "income"; .*; rename the columns/,
    ],
    [
      'names that stand at other places',
      ['a:float[?,1]', 'b:float[?,1]', 'x:float[?,1]'],
      ['b', 'a', 'c'],
      /cannot be bound/,
    ],
    ['two batches', ['a:float[2,1]', 'b:float[3,1]'], ['a', 'b'], /"a" and "b" take 2 and 3 rows at once/],
    ['two open sizes', ['X:float[?,?,4]'], ['a'], /has the shape \[\?, \?, 4\]/],
    ['a single number', ['pos:int64[]'], ['a'], /has the shape \[\]/],
    [
      'a type that is not known',
      ['a:bfloat16[?,1]'],
      ['a'],
      /has the type bfloat16; supported are float, double,/,
    ],
    ['a truth of dates', ['a:bool[?,1]'], ['a:date'], /\(date\) is neither true nor false/],
    ['lists', ['a:string[?,1]'], ['a:other'], /has no text form/],
    ['no columns', ['X:float[?,2]'], [], /no feature columns/],
    ['no inputs', [], ['a'], /the model has no inputs/],
  ])('refuses %s', (_name, inputs, columns, message) => {
    expect(() => bind(inputs, columns)).toThrow(InputError);
    expect(() => bind(inputs, columns)).toThrow(message);
  });
});

describe('values', () => {
  const one = (type: string, column: string, hint?: InputHint) =>
    bind([`a:${type}[?,1]`], [column], hint ? { hints: new Map([['a', hint]]) } : {}).inputs[0]!.columns[0];

  it.each([
    ['a number as a number', 'float', 'a', { as: 'number', missing: Number.NaN }],
    ['a whole number with all its digits', 'int64', 'a:integer', { as: 'integer' }],
    ['a truth as a number', 'double', 'a:boolean', { as: 'number', missing: Number.NaN }],
    ['a truth as a truth', 'bool', 'a:boolean', { as: 'number' }],
    ['a date as milliseconds', 'int64', 'a:date', { as: 'number' }],
    ['a time as text', 'string', 'a:timestamp', { as: 'text', missing: '' }],
    ['text', 'string', '"a', { as: 'text', missing: '' }],
  ])('%s', (_name, type, column, expected) => {
    expect(one(type, column)).toEqual({ name: 'a', ...expected });
  });

  it.each([
    [
      'the number that an imputer replaces',
      'float',
      'a',
      { missingNumber: -999 },
      { as: 'number', missing: -999 },
    ],
    [
      'the same of whole numbers',
      'int64',
      'a:integer',
      { missingNumber: -1 },
      { as: 'integer', missing: -1 },
    ],
    [
      'the empty category',
      'string',
      '"a',
      { categories: new Set(['x', '', 'nan']) },
      { as: 'text', missing: '' },
    ],
    [
      'the word of the categories',
      'string',
      '"a',
      { categories: new Set(['x', 'nan']) },
      { as: 'text', missing: 'nan' },
    ],
    [
      'truths as the categories write them',
      'string',
      'a:boolean',
      { categories: new Set(['True', 'False']) },
      { as: 'text', missing: '', spelling: { kind: 'words', words: { true: 'True', false: 'False' } } },
    ],
    [
      'numbers as the categories write them',
      'string',
      'a:integer',
      { categories: new Set(['1.0', '2.0']) },
      { as: 'text', missing: '', spelling: { kind: 'decimal' } },
    ],
  ])('%s', (_name, type, column, hint, expected) => {
    expect(one(type, column, hint)).toEqual({ name: 'a', ...expected });
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

/** `values=p,q labels=l classes[2]:0,1?`: `?` where the order of the classes is assumed. */
function describePlan({ values, labels, layout, scale }: OutputPlan): string {
  const places =
    layout.kind === 'classes'
      ? `classes[${layout.width}]:${layout.order.join(',')}${layout.isAssumed ? '?' : ''}`
      : `${layout.kind}${layout.kind === 'positive-only' && layout.isOther ? ' (other)' : ''}`;
  return [values.join(','), labels ?? '-', places, ...(scale === 'unknown' ? [] : [scale])].join(' ');
}

const hint = (more: Partial<OutputHint>): OutputHint => ({ scale: 'unknown', isEcho: false, ...more });

describe('outputs', () => {
  it.each([
    [
      'label and probabilities',
      ['label:int64[?]', 'probabilities:float[?,2]'],
      {},
      'probabilities label classes[2]:0,1?',
    ],
    [
      'the positive class first',
      ['probabilities:float[?,2]'],
      { classes: ['1', '0'] },
      'probabilities - classes[2]:1,0?',
    ],
    [
      'classes that the model names',
      ['p:float[?,2]'],
      { classes: ['no', 'yes'], modelClasses: ['yes', 'no'] },
      'p - classes[2]:1,0',
    ],
    [
      'classes of the output before those of the model',
      ['p:float[?,2]'],
      {
        classes: ['no', 'yes'],
        modelClasses: ['a', 'b'],
        hints: new Map([['p', hint({ classes: ['yes', 'no'] })]]),
      },
      'p - classes[2]:1,0',
    ],
    [
      'classes that only the label names',
      ['l:string[?]', 'p:float[?,2]'],
      { classes: ['no', 'yes'], hints: new Map([['l', hint({ classes: ['yes', 'no'] })]]) },
      'p l classes[2]:1,0',
    ],
    [
      'truths by another name',
      ['p:float[?,2]'],
      { classes: ['false', 'true'], modelClasses: ['1', '0'] },
      'p - classes[2]:1,0',
    ],
    [
      'numbers by another name',
      ['p:float[?,2]'],
      { classes: ['1', '2'], modelClasses: ['2.0', '1.0'] },
      'p - classes[2]:1,0',
    ],
    [
      'numbers in the order of their values',
      ['p:float[?,3]'],
      { task: 'multiclass-classification', classes: ['2', '10', '9'] },
      'p - classes[3]:0,2,1?',
    ],
    ['a model of more classes', ['p:float[?,3]'], { modelClasses: ['2', '1', '0'] }, 'p - classes[3]:2,1'],
    ['one probability', ['p:float[?,1]'], {}, 'p - positive-only'],
    [
      'one probability of the second class that is named',
      ['p:float[?,1]'],
      { classes: ['no', 'yes'], modelClasses: ['yes', 'no'] },
      'p - positive-only (other)',
    ],
    [
      'what is called after an answer before what stands beside one',
      ['prob_std:float[N,1]', 'y_hat:float[N,1]'],
      {},
      'y_hat - positive-only',
    ],
    [
      'a mean before its deviation',
      ['mean:float[N,1]', 'prediction_std:float[N,1]'],
      { task: 'regression', classes: [] },
      'mean - predictions',
    ],
    ['one probability without a second axis', ['p:double[N]'], {}, 'p - positive-only'],
    ['half floats', ['p:float16[N,2]'], {}, 'p - classes[2]:0,1?'],
    ['a label declared with one row', ['label:int64[1]', 'p:float[?,2]'], {}, 'p label classes[2]:0,1?'],
    ['labels with a second axis', ['l:bool[N,1]', 'p:float[N,1]'], {}, 'p l positive-only'],
    [
      'one output for each number',
      ['l:int64[?]', 'i1:float[?]', 'i0:float[?]'],
      {},
      'i1,i0 l classes[2]:1,0',
    ],
    [
      'one output for each text',
      ['l:string[?]', 'sa:float[?]', 'ssb:float[?]', 'sc:float[?]'],
      { task: 'multiclass-classification', classes: ['c', 'sb', 'a'] },
      'sa,ssb,sc l classes[3]:2,1,0',
    ],
    [
      'logits of a last layer',
      ['logits:float[N,1]'],
      { hints: new Map([['logits', hint({ scale: 'linear' })]]) },
      'logits - positive-only linear',
    ],
    [
      'probabilities beside logits and hidden layers',
      ['hidden:float[N,64]', 'a:float[N,2]', 'b:float[N,2]'],
      { hints: new Map([['b', hint({ scale: 'probability' })]]) },
      'b - classes[2]:0,1? probability',
    ],
    [
      'a score beside columns that are handed on',
      ['amt.output:float[N,1]', 'Score.output:float[N,1]'],
      { hints: new Map([['amt.output', hint({ isEcho: true })]]) },
      'Score.output - positive-only',
    ],
    ['a prediction', ['variable:float[?,1]'], { task: 'regression', classes: [] }, 'variable - predictions'],
    [
      'a prediction among others',
      ['sigma:float[N,1]', 'y_pred:float[N]'],
      { task: 'regression', classes: [] },
      'y_pred - predictions',
    ],
    ['whole predictions', ['count:int64[N]'], { task: 'regression', classes: [] }, 'count - predictions'],
    ['scores of a ranking', ['scores:double[?]'], { task: 'ranking', classes: [] }, 'scores - predictions'],
  ] as const)('reads %s', (_name, outputs, more, expected) => {
    expect(describePlan(choose(outputs, more as Partial<OutputRequest>))).toBe(expected);
  });

  it.each([
    [
      'only labels',
      ['label:int64[?]'],
      {},
      /no output with scores of the classes as float numbers; its outputs are label: int64 \[\?\]/,
    ],
    ['too many scores', ['p:float[?,3]'], {}, /3 scores for each row, but the target has 2 classes/],
    [
      'one score of three classes',
      ['p:float[?,1]'],
      { task: 'multiclass-classification', classes: ['a', 'b', 'c'] },
      /one score for each row, but the target has 3 classes/,
    ],
    [
      'classes it does not know',
      ['p:float[?,2]'],
      { classes: ['legit', 'fraud'], modelClasses: ['0', '1'] },
      /classes "0", "1", but the data have the class "legit"/,
    ],
    [
      'one output for each class of others',
      ['i0:float[?]', 'i1:float[?]'],
      { classes: ['1', '2'] },
      /classes "0", "1", but the data have the class "2"/,
    ],
    [
      'many predictions',
      ['Y:float[?,4]'],
      { task: 'regression', classes: [] },
      /no output with one number for each row/,
    ],
    ['nothing', [], {}, /its outputs are none/],
  ] as const)('refuses %s', (_name, outputs, more, message) => {
    expect(() => choose(outputs, more as Partial<OutputRequest>)).toThrow(InputError);
    expect(() => choose(outputs, more as Partial<OutputRequest>)).toThrow(message);
  });
});
