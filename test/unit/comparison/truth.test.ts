import { describe, expect, it } from 'vitest';
import { readTruth } from '../../../src/core/comparison/truth.ts';
import type { Column } from '../../../src/core/data/table.ts';
import { InputError } from '../../../src/core/errors.ts';

function text(...values: readonly (string | undefined)[]): Column {
  const dictionary = [...new Set(values.filter((value) => value !== undefined))];
  const codes = Int32Array.from(values, (value) => (value === undefined ? -1 : dictionary.indexOf(value)));
  return { kind: 'text', name: 'label', codes, dictionary };
}

function numbers(...values: readonly number[]): Column {
  return { kind: 'number', name: 'label', values: Float64Array.from(values) };
}

describe('the truth of a binary target', () => {
  it.each([
    ['numbers', numbers(1, 0, 0), undefined, ['0', '1'], [1, 0, 0]],
    ['numbers with a class named', numbers(2, 1, 1), '2', ['1', '2'], [1, 0, 0]],
    ['the smaller number as the positive class', numbers(2, 1, 1), '1', ['2', '1'], [0, 1, 1]],
    ['minus zero', numbers(-0, 1, 0), undefined, ['0', '1'], [0, 1, 0]],
    ['fractions', numbers(0.5, 1.5), '1.5', ['0.5', '1.5'], [0, 1]],
    ['text that spells numbers', text('1', '0'), undefined, ['0', '1'], [1, 0]],
    ['booleans', text('true', 'false'), undefined, ['false', 'true'], [1, 0]],
    ['booleans of Python', text('False', 'True'), undefined, ['False', 'True'], [0, 1]],
    ['yes and no', text('no', 'Yes'), undefined, ['no', 'Yes'], [0, 1]],
    ['words with a class named', text('legit', 'fraud', 'legit'), 'fraud', ['legit', 'fraud'], [0, 1, 0]],
    ['only negatives', numbers(0, 0), '1', ['0', '1'], [0, 0]],
    ['missing labels', numbers(1, Number.NaN, 0), '1', ['0', '1'], [1, -1, 0]],
    ['missing text', text('a', undefined, 'b'), 'b', ['a', 'b'], [0, -1, 1]],
  ] as const)('reads %s', (_name, target, positiveClass, classes, codes) => {
    const truth = readTruth({ task: 'binary-classification', target, positiveClass });
    expect(truth).toMatchObject({ classes });
    expect('codes' in truth && [...truth.codes]).toEqual(codes);
  });

  it('does not take 1 for the positive class beside a class that is no usual negative', () => {
    const read = () =>
      readTruth({ task: 'binary-classification', target: numbers(1, 2, 2), positiveClass: undefined });
    expect(read).toThrow(/none is named positive; set data.positive-class/);
  });

  it.each([
    [
      'three classes',
      numbers(0, 1, 2),
      undefined,
      /has 3 classes \("0", "1", "2"\).*multiclass-classification/,
    ],
    [
      'no class that is usually positive',
      text('a', 'b'),
      undefined,
      /"a", "b", and none is named positive.*positive-class/,
    ],
    ['1.0 as text is not 1', text('0.0', '1.0'), '1', /"0.0", "1.0", and none of them is "1"/],
    ['a class that does not occur', numbers(0, 1), 'fraud', /none of them is "fraud"/],
    ['true is not 1', text('true', 'false'), '1', /none of them is "1"/],
    ['one class and none named', numbers(0, 0), undefined, /none is named positive/],
    ['nothing but positives', numbers(1, 1), '1', /only the class "1".*both classes/],
  ] as const)('refuses %s', (_name, target, positiveClass, message) => {
    const read = () => readTruth({ task: 'binary-classification', target, positiveClass });
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
  });
});

describe('the truth of other tasks', () => {
  it('sorts classes and adds those that only the models know', () => {
    const truth = readTruth({
      task: 'multiclass-classification',
      target: text('virginica', 'setosa'),
      positiveClass: undefined,
      knownClasses: ['setosa', 'versicolor', 'virginica'],
    });
    expect(truth).toMatchObject({
      classes: ['setosa', 'versicolor', 'virginica'],
      codes: Int32Array.of(2, 0),
    });
  });

  it('takes numbers as they are', () => {
    const target = numbers(1.5, -2);
    expect(readTruth({ task: 'regression', target, positiveClass: undefined })).toMatchObject({
      values: Float64Array.of(1.5, -2),
    });
  });

  it('refuses text where numbers are needed', () => {
    const read = () => readTruth({ task: 'regression', target: text('dear'), positiveClass: undefined });
    expect(read).toThrow(/"label" is text \(such as "dear"\); regression needs numbers/);
  });
});
