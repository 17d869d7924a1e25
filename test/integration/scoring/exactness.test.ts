/** Values of a data file reach the model as they are: through the database, the encoder and the process. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pickColumns } from '../../../src/core/data/row-source.ts';
import { type NodeDraft, type TensorValueDraft, writeModel } from '../../../src/core/onnx/write-model.ts';
import type { Scorer, Scores } from '../../../src/ports/scorer.ts';
import { useEngine } from '../duckdb/engine-fixture.ts';
import { startScorer } from './scorer-fixture.ts';

const fixture = useEngine();
let scorer: Scorer;
beforeAll(async () => {
  scorer = await startScorer({ rowsPerBatch: 2 });
  await fixture.makeParquet(
    'rows.parquet',
    `SELECT * FROM (VALUES
      (9007199254740993::BIGINT, 9223372036854775807::BIGINT, DATE '2020-02-29', TIMESTAMP '2020-02-29 12:00:00.25', true, 3::INTEGER, 1.5::DOUBLE),
      (9007199254740995, -9223372036854775808, DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.999', false, -7, -0.1),
      (9007199254740991, 9223372036854774807, DATE '1970-01-01', TIMESTAMP '1970-01-01', true, 0, 1e300),
      (-1, 1000, DATE '2038-01-20', TIMESTAMP '2038-01-19 03:14:08', false, 2147483647, 5e-324),
      (NULL, NULL, NULL, NULL, NULL, NULL, NULL)
    ) t(big, extreme, day, moment, flag, small, ratio)`,
  );
});

type ElementType = TensorValueDraft['elementType'];

/** A node without attributes for each text, `Sub x,c -> d`; whatever ends in `y` is the prediction. */
type Step = readonly [text: string, attributes?: NodeDraft['attributes']];

function modelOf(name: string, elementType: ElementType, steps: readonly Step[]): string {
  const nodes = steps.map(([text, attributes = {}], index): NodeDraft => {
    const [opType, inputs, output] = text.split(' ') as [string, string, string];
    return {
      name: `n${index}`,
      opType,
      ...(opType === 'LabelEncoder' ? { domain: 'ai.onnx.ml' } : {}),
      inputs: inputs === '-' ? [] : inputs.split(','),
      outputs: [output],
      attributes,
    };
  });
  const bytes = writeModel({
    ...{ irVersion: 8, producerName: 'test', producerVersion: '1', metadata: [] },
    operatorSets: [
      { domain: '', version: 15 },
      { domain: 'ai.onnx.ml', version: 2 },
    ],
    graph: {
      name,
      nodes,
      inputs: [{ name: 'x', elementType, shape: [null, 1] }],
      outputs: [{ name: 'y', elementType: 'double', shape: [null, 1] }],
    },
  });
  const path = join(fixture.directory, `${name}.onnx`);
  writeFileSync(path, bytes);
  return path;
}

const DOUBLE = { to: { int: 11 } };

/** A model that gives the position of a text among those it knows, and -1 for any other. */
function known(name: string, texts: readonly string[]): string {
  return modelOf(name, 'string', [
    [
      'LabelEncoder x f',
      {
        keys_strings: { strings: texts },
        values_floats: { floats: texts.map((_, index) => index) },
        default_float: { float: -1 },
      },
    ],
    ['Cast f y', DOUBLE],
  ]);
}

async function scoreColumn(column: string, path: string): Promise<Scores> {
  await using set = await fixture.open('rows.parquet');
  return await scorer.score({
    model: { path, name: 'challenger' },
    task: 'regression',
    rows: pickColumns(set, [column]),
  });
}

const { NaN: missing } = Number;

describe('values from Parquet to the model', () => {
  it('whole numbers beyond 2^53', async () => {
    const path = modelOf('minus', 'int64', [
      ['Constant - c', { value_int: { int: 2 ** 53 } }],
      ['Sub x,c d', {}],
      ['Cast d y', DOUBLE],
    ]);
    const { values, refused } = await scoreColumn('big', path);
    expect([...values]).toEqual([1, 3, -1, -(2 ** 53) - 1, missing]);
    expect([...refused]).toEqual([[4, 'big has no value, which int64 cannot hold']]);
  });

  it('the smallest and largest of 64 bits', async () => {
    const path = modelOf('modulo', 'int64', [
      ['Constant - c', { value_int: { int: 1000 } }],
      ['Mod x,c d', {}],
      ['Cast d y', DOUBLE],
    ]);
    const { values, refused } = await scoreColumn('extreme', path);
    expect([...values]).toEqual([807, 192, 807, 0, missing]);
    expect([...refused.keys()]).toEqual([4]);
  });

  const times = {
    day: ['2020-02-29', '1969-12-31', '1970-01-01', '2038-01-20'].map(Date.parse),
    moment: [Date.UTC(2020, 1, 29, 12, 0, 0, 250), -1, 0, 2 ** 31 * 1000],
  };
  it.each([
    ['day', 'double', times.day],
    ['day', 'int64', times.day],
    ['moment', 'double', times.moment],
    ['moment', 'int64', times.moment],
    ['flag', 'float', [1, 0, 1, 0]],
    ['flag', 'bool', [1, 0, 1, 0]],
    ['flag', 'int64', [1, 0, 1, 0]],
    ['small', 'int32', [3, -7, 0, 2147483647]],
    ['small', 'double', [3, -7, 0, 2147483647]],
    ['ratio', 'double', [1.5, -0.1, 1e300, 5e-324]],
  ] as const)('%s as %s', async (column, type, expected) => {
    const path = modelOf(`cast-${type}`, type, [['Cast x y', DOUBLE]]);
    const { values, refused } = await scoreColumn(column, path);
    expect([...values]).toEqual([...expected, missing]);
    expect([...refused.keys()]).toEqual([4]);
  });

  it.each([
    ['dates in ISO 8601', 'day', ['2020-02-29', '1969-12-31', '1970-01-01', '2038-01-20', '']],
    ['booleans as they are', 'flag', ['true', 'false', 'true', 'false', '']],
    ['booleans in the words of Python', 'flag', ['True', 'False', 'True', 'False', '']],
    ['booleans as numbers', 'flag', ['1', '0', '1', '0', '']],
    ['booleans as decimals, missing by its own word', 'flag', ['1.0', '0.0', '1.0', '0.0', 'nan']],
    ['whole numbers', 'small', ['3', '-7', '0', '2147483647', 'None']],
    ['whole numbers as decimals', 'small', ['3.0', '-7.0', '0.0', '2147483647.0', '']],
    [
      'whole numbers beyond 2^53',
      'big',
      ['9007199254740993', '9007199254740995', '9007199254740991', '-1', ''],
    ],
    ['fractions', 'ratio', ['1.5', '-0.1', '1e+300', '5e-324', '']],
  ])('%s as text', async (name, column, spelled) => {
    const texts = [...new Set(spelled)];
    const { values, refused } = await scoreColumn(column, known(name.replaceAll(/\W/g, '-'), texts));
    expect([...values]).toEqual(spelled.map((text) => texts.indexOf(text)));
    expect(refused.size).toBe(0);
  });
});
