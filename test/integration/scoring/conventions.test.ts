import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { type GraphDraft, type NodeDraft, writeModel } from '../../../src/core/onnx/write-model.ts';
import type { Scorer, Scores } from '../../../src/ports/scorer.ts';
import { type Cell, rowsOf, startScorer } from './scorer-fixture.ts';

let scorer: Scorer;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'contender-conventions-'));
  scorer = await startScorer();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Tensors = GraphDraft['inputs'];

/** Writes a model of the given nodes and gives its path. */
function modelOf(
  name: string,
  graph: { inputs: Tensors; outputs: Tensors; nodes: readonly NodeDraft[] },
): string {
  const path = join(directory, `${name}.onnx`);
  const bytes = writeModel({
    irVersion: 8,
    producerName: 'test',
    producerVersion: '1',
    operatorSets: [
      { domain: '', version: 18 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    graph: { name, ...graph },
    metadata: [],
  });
  writeFileSync(path, bytes);
  return path;
}

const model = (path: string) => ({ path, name: 'challenger' });
const column = (name: string, elementType: Tensors[number]['elementType'] = 'float') => ({
  name,
  elementType,
  shape: [null, 1],
});

describe('values that are no probabilities', () => {
  const logits = (width: number) =>
    modelOf(`identity-${width}`, {
      inputs: [{ name: 'X', elementType: 'float', shape: [null, width] }],
      outputs: [{ name: 'scores', elementType: 'float', shape: [null, width] }],
      nodes: [{ name: 'n', opType: 'Neg', inputs: ['X'], outputs: ['scores'] }],
    });

  it('one logit becomes the probability of the positive class', async () => {
    const scores = await scorer.score({
      model: model(logits(1)),
      task: 'binary-classification',
      rows: rowsOf(['a'], [[-2], [0], [3]]),
      classes: ['no', 'yes'],
    });
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
    const wanted = [2, 0, -3].flatMap((logit) => [1 - sigmoid(logit), sigmoid(logit)]);
    expect([...scores.values]).toEqual(wanted);
    expect(scores.binding.notes).toContain('its scores are logits and were turned into probabilities');
  });

  it.each([
    [
      'logits',
      [
        [-1, -2, 1],
        [0, 0, 0],
      ],
      (row: number[]) => softmax(row.map((value) => -value)),
    ],
    [
      'probabilities',
      [
        [-0.2, -0.5, -0.3],
        [-1, 0, 0],
      ],
      (row: number[]) => row.map((value) => -value),
    ],
    [
      'shares',
      [
        [-0.2, -0.2, -0.4],
        [0, 0, 0],
      ],
      (row: number[]) => share(row.map((value) => -value)),
    ],
  ] as const)('%s of three classes', async (_name, rows, expected) => {
    const scores = await scorer.score({
      model: model(logits(3)),
      task: 'multiclass-classification',
      rows: rowsOf(['a', 'b', 'c'], rows),
      classes: ['p', 'q', 'r'],
    });
    rows
      .flatMap((row) => expected([...row]))
      .forEach((value, index) => {
        expect(scores.values[index]).toBeCloseTo(value, 6);
      });
  });

  function softmax(row: number[]): number[] {
    const sum = row.reduce((total, value) => total + Math.exp(value), 0);
    return row.map((value) => Math.exp(value) / sum);
  }

  function share(row: number[]): number[] {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => (sum === 0 ? 1 / row.length : value / sum));
  }
});

describe('types of inputs', () => {
  /** Hands every input on as a double, side by side. */
  function echo(
    types: readonly Tensors[number]['elementType'][],
    shape: readonly (number | null)[] = [null, 1],
  ): string {
    const inputs = types.map((elementType, index) => ({ name: `x${index}`, elementType, shape }));
    return modelOf(`echo-${types.join('-')}-${shape.join('x')}`, {
      inputs,
      outputs: [{ name: 'prediction', elementType: 'double', shape: [null, 1] }],
      nodes: [
        ...inputs.map(({ name }) => ({
          name: `cast_${name}`,
          opType: 'Cast',
          inputs: [name],
          outputs: [`${name}_double`],
          attributes: { to: { int: 11 } },
        })),
        {
          name: 'sum',
          opType: 'Sum',
          inputs: inputs.map(({ name }) => `${name}_double`),
          outputs: ['prediction'],
        },
      ],
    });
  }

  const predict = (
    path: string,
    names: readonly string[],
    rows: readonly (readonly Cell[])[],
  ): Promise<Scores> => scorer.score({ model: model(path), task: 'regression', rows: rowsOf(names, rows) });

  it.each([
    ['float', [1.5, -3, 1e10], [1.5, -3, 1e10]],
    ['double', [0.1, -3, 1e300], [0.1, -3, 1e300]],
    ['float16', [1.5, -3, 65504], [1.5, -3, 65504]],
    ['int64', [1, -3, 2 ** 53], [1, -3, 2 ** 53]],
    ['int64', [-(2 ** 31), 2 ** 32 + 5, -1], [-(2 ** 31), 2 ** 32 + 5, -1]],
    ['int32', [1, -3, 2 ** 31 - 1], [1, -3, 2 ** 31 - 1]],
    ['int16', [1, -3, 32767], [1, -3, 32767]],
    ['int8', [1, -3, 127], [1, -3, 127]],
    ['uint64', [1, 3, 2 ** 53], [1, 3, 2 ** 53]],
    ['uint32', [1, 3, 2 ** 32 - 1], [1, 3, 2 ** 32 - 1]],
    ['uint16', [1, 3, 65535], [1, 3, 65535]],
    ['uint8', [1, 3, 255], [1, 3, 255]],
    ['bool', [0, 1, 7], [0, 1, 1]],
  ] as const)('%s gets its values', async (type, given, expected) => {
    const scores = await predict(
      echo([type]),
      ['a'],
      given.map((value) => [value]),
    );
    expect([...scores.values]).toEqual([...expected]);
    expect(scores.refused.size).toBe(0);
  });

  it.each([
    ['int64', 0.5, 'a has a value that int64 cannot hold'],
    ['int64', 2 ** 63, 'a has a value that int64 cannot hold'],
    ['int32', 2 ** 31, 'a has a value that int32 cannot hold'],
    ['uint8', -1, 'a has a value that uint8 cannot hold'],
    ['uint64', -1, 'a has a value that uint64 cannot hold'],
    ['int8', Number.NaN, 'a has no value, which int8 cannot hold'],
    ['bool', Number.NaN, 'a has no value, which bool cannot hold'],
    ['float', Number.NaN, 'the model answered with a value that is no number'],
  ] as const)('%s of %d refuses that row alone', async (type, value, reason) => {
    const scores = await predict(echo([type]), ['a'], [[1], [value], [1]]);
    expect([...scores.refused]).toEqual([[1, reason]]);
    expect([...scores.values]).toEqual([1, Number.NaN, 1]);
  });

  it('several inputs of several types take their columns', async () => {
    const path = echo(['float', 'int64', 'bool', 'double']);
    const scores = await predict(path, ['x3', 'x1', 'x0', 'x2'], [[0.25, 10, 0.5, 1]]);
    expect([...scores.values]).toEqual([11.75]);
    expect(scores.binding.by).toBe('by name');
  });

  it('a model of one row without an axis for rows is asked row by row', async () => {
    const path = modelOf('row', {
      inputs: [{ name: 'x', elementType: 'float', shape: [3] }],
      outputs: [{ name: 'y', elementType: 'float', shape: [] }],
      nodes: [
        {
          name: 'n',
          opType: 'ReduceSum',
          inputs: ['x'],
          outputs: ['y'],
          attributes: { keepdims: { int: 0 } },
        },
      ],
    });
    const scores = await predict(
      path,
      ['a', 'b', 'c'],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    );
    expect([...scores.values]).toEqual([6, 15]);
  });
});

describe('words for missing', () => {
  it('the number an imputer replaces, and the text an encoder knows', async () => {
    const path = modelOf('imputer', {
      inputs: [column('n', 'int64'), column('c', 'string')],
      outputs: [{ name: 'prediction', elementType: 'float', shape: [null, 1] }],
      nodes: [
        {
          name: 'impute',
          opType: 'Imputer',
          domain: 'ai.onnx.ml',
          inputs: ['n'],
          outputs: ['filled'],
          attributes: { imputed_value_int64s: { ints: [500] }, replaced_value_int64: { int: -1 } },
        },
        {
          name: 'cast',
          opType: 'Cast',
          inputs: ['filled'],
          outputs: ['number'],
          attributes: { to: { int: 1 } },
        },
        {
          name: 'encode',
          opType: 'LabelEncoder',
          domain: 'ai.onnx.ml',
          inputs: ['c'],
          outputs: ['code'],
          attributes: {
            keys_strings: { strings: ['red', 'nan'] },
            values_floats: { floats: [1, 7] },
            default_float: { float: 100 },
          },
        },
        { name: 'sum', opType: 'Add', inputs: ['number', 'code'], outputs: ['prediction'] },
      ],
    });
    const rows = rowsOf(
      ['n', 'c'],
      [
        [3, 'red'],
        [Number.NaN, 'blue'],
        [4, 'nan'],
      ],
    );
    const scores = await scorer.score({ model: model(path), task: 'regression', rows });
    expect([...scores.values]).toEqual([4, 600, 11]);
    expect(scores.binding.notes).toEqual(['missing n is fed as -1', 'missing c is fed as "nan"']);
  });
});

describe('labels', () => {
  it('that contradict the assumed order of unnamed classes refuse the model', async () => {
    const path = modelOf('swapped', {
      inputs: [{ name: 'X', elementType: 'float', shape: [null, 2] }],
      outputs: [
        { name: 'label', elementType: 'int64', shape: [null] },
        { name: 'scores', elementType: 'float', shape: [null, 2] },
      ],
      nodes: [
        { name: 'hand on', opType: 'Abs', inputs: ['X'], outputs: ['scores'] },
        {
          name: 'choose',
          opType: 'ArgMin',
          inputs: ['X'],
          outputs: ['label'],
          attributes: { axis: { int: 1 }, keepdims: { int: 0 } },
        },
      ],
    });
    const answer = scorer.score({
      model: model(path),
      task: 'binary-classification',
      rows: rowsOf(
        ['a', 'b'],
        [
          [0.9, 0.1],
          [0.2, 0.8],
          [0.3, 0.7],
        ],
      ),
      classes: ['0', '1'],
    });
    await expect(answer).rejects.toThrow(/its own labels contradict them .*export it with its class labels/);
  });
});

describe('answers that are not of the row alone', () => {
  const rows = rowsOf(
    ['X'],
    Array.from({ length: 3000 }, (_, row) => [row]),
  );

  it.each([
    ['of the rows beside it', 'ReduceMean'],
    ['of chance', 'RandomNormalLike'],
  ])('but %s are refused', async (_name, opType) => {
    const path = modelOf(opType, {
      inputs: [column('X')],
      outputs: [column('y')],
      nodes: [
        { name: 'other', opType, inputs: ['X'], outputs: ['other'] },
        { name: 'add', opType: 'Add', inputs: ['X', 'other'], outputs: ['y'] },
      ],
    });
    const answer = scorer.score({ model: model(path), task: 'regression', rows });
    await expect(answer).rejects.toThrow(InputError);
    await expect(answer).rejects.toThrow(/draws random numbers or looks at the rows beside it/);
  });
});
