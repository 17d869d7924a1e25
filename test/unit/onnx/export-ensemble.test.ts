import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { Column } from '../../../src/core/data/table.ts';
import { trainGradientBoosting } from '../../../src/core/learning/boosting.ts';
import { predictEnsemble, type TreeEnsemble } from '../../../src/core/learning/tree-ensemble.ts';
import { type ExportOptions, exportEnsemble } from '../../../src/core/onnx/export-ensemble.ts';
import { readModel } from '../../../src/core/onnx/read-model.ts';
import { mixedData, numberColumn, settings, textColumn } from '../learning/made-data.ts';

const options: ExportOptions = { name: 'test', toolVersion: '0.0.0', classes: [0, 1] };

describe('an exported ensemble in onnxruntime', () => {
  const training = mixedData(4000, 3);
  const fresh = mixedData(3000, 4);
  const binary = trainGradientBoosting({
    ...training,
    objective: 'binary',
    parameters: settings({ iterations: 80, 'min-samples-leaf': 3 }),
    seed: 1,
  }).ensemble;

  test('gives the probabilities of the ensemble: numbers, texts, missing and unseen values', async () => {
    const outputs = await run(exportEnsemble(binary, options), fresh.features);
    const expected = predictEnsemble(binary, fresh.features);
    const probabilities = outputs.probabilities!;
    expect(probabilities.dims).toEqual([3000, 2]);
    let worst = 0;
    expected.forEach((positive, row) => {
      worst = Math.max(worst, Math.abs((probabilities.data[2 * row + 1] as number) - positive));
      worst = Math.max(worst, Math.abs((probabilities.data[2 * row] as number) - (1 - positive)));
    });
    expect(worst).toBeLessThan(2e-6);
    expect(outputs.label!.dims).toEqual([3000]);
    const labels = Array.from(outputs.label!.data as BigInt64Array, Number);
    // Within rounding of one half either label is right.
    expected.forEach((positive, row) => {
      if (Math.abs(positive - 0.5) > 2e-6) expect(labels[row]).toBe(positive > 0.5 ? 1 : 0);
    });
    const sets = binary.trees.flatMap((tree) => tree.leftCategories.filter((mask) => mask !== undefined));
    expect(sets.length).toBeGreaterThan(100);
  });

  test('handles odd values like the ensemble', async () => {
    const odd = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -0,
      1e300,
      1e-300,
      5,
      2 ** 40,
    ];
    const texts = [undefined, '', 'never seen', 'shop 3', 'SHOP 3', 'shop 3 ', '日本', 'shop 11'];
    const features = [
      numberColumn('amount', odd),
      numberColumn('hour', [...odd].reverse()),
      textColumn('shop', texts),
      textColumn('person', [...texts].reverse()),
    ];
    const outputs = await run(exportEnsemble(binary, options), features);
    const expected = predictEnsemble(binary, features);
    expected.forEach((positive, row) => {
      expect(Math.abs((outputs.probabilities!.data[2 * row + 1] as number) - positive)).toBeLessThan(2e-6);
    });
  });

  test('gives the predictions of a regression', async () => {
    const target = training.signal.map((value) => 1000 + 50 * value);
    const { ensemble } = trainGradientBoosting({
      features: training.features,
      target,
      objective: 'regression',
      parameters: settings({ 'max-leaves': 63 }, 'regression'),
      seed: 1,
    });
    const outputs = await run(exportEnsemble(ensemble, options), fresh.features);
    const expected = predictEnsemble(ensemble, fresh.features);
    expect(outputs.prediction!.dims).toEqual([3000, 1]);
    expected.forEach((value, row) => {
      expect(Math.abs((outputs.prediction!.data[row] as number) - value) / value).toBeLessThan(2e-6);
    });
  });

  test('has text labels when asked', async () => {
    const outputs = await run(exportEnsemble(binary, { ...options, classes: ['no', 'yes'] }), fresh.features);
    const expected = predictEnsemble(binary, fresh.features);
    const confident = [...expected.keys()].filter((row) => Math.abs(expected[row]! - 0.5) > 0.01);
    for (const row of confident) {
      expect(outputs.label!.data[row]).toBe(expected[row]! > 0.5 ? 'yes' : 'no');
    }
  });

  test('may be one leaf, over columns that are all missing', async () => {
    const features = [
      numberColumn('input', [Number.NaN, Number.NaN]),
      textColumn('text', [undefined, undefined]),
    ];
    const { ensemble } = trainGradientBoosting({
      features,
      target: Float64Array.of(3, 5),
      objective: 'regression',
      parameters: settings({}, 'regression'),
      seed: 1,
    });
    const outputs = await run(exportEnsemble(ensemble, options), [
      numberColumn('input', [1, Number.NaN]),
      textColumn('text', ['a', undefined]),
    ]);
    expect([...(outputs.prediction!.data as Float32Array)]).toEqual([4, 4]);
  });

  test('is right when every leaf value is positive', async () => {
    const positive: TreeEnsemble = {
      ...binary,
      baseScore: -1,
      trees: binary.trees.map((tree) => ({ ...tree, value: tree.value.map(Math.abs) })),
    };
    const outputs = await run(exportEnsemble(positive, options), fresh.features);
    const expected = predictEnsemble(positive, fresh.features);
    expected.forEach((value, row) => {
      expect(Math.abs((outputs.probabilities!.data[2 * row + 1] as number) - value)).toBeLessThan(2e-6);
    });
  });

  test('moves an output whose name a column has', async () => {
    const features = [
      numberColumn('probabilities', [1, 2, 3, 4]),
      textColumn('columns', ['a', 'b', 'a', 'b']),
    ];
    const { ensemble } = trainGradientBoosting({
      features,
      target: Float64Array.of(0, 1, 0, 1),
      objective: 'binary',
      parameters: settings({ 'min-samples-leaf': 1 }),
      seed: 1,
    });
    const outputs = await run(exportEnsemble(ensemble, options), features);
    expect(Object.keys(outputs).sort()).toEqual(['label', 'probabilities_output']);
    expect(Array.from(outputs.label!.data as BigInt64Array, Number)).toEqual([0, 1, 0, 1]);
  });

  test('describes itself and has the same bytes each time', () => {
    const bytes = exportEnsemble(binary, options);
    expect(Buffer.from(exportEnsemble(binary, options)).equals(Buffer.from(bytes))).toBe(true);
    const model = readModel(bytes);
    expect(model).toMatchObject({
      irVersion: 8,
      producerName: 'contender',
      producerVersion: '0.0.0',
      operatorSets: [
        { domain: '', version: 18 },
        { domain: 'ai.onnx.ml', version: 3 },
      ],
    });
    expect(model.graph.inputs.map(({ name, type }) => [name, type])).toEqual([
      ['amount', { kind: 'tensor', elementType: 'float', shape: ['N', 1] }],
      ['hour', { kind: 'tensor', elementType: 'float', shape: ['N', 1] }],
      ['shop', { kind: 'tensor', elementType: 'string', shape: ['N', 1] }],
      ['person', { kind: 'tensor', elementType: 'string', shape: ['N', 1] }],
    ]);
    expect(model.metadata.get('contender.classes')).toBe('[0,1]');
    expect(JSON.parse(model.metadata.get('contender.features')!)).toHaveLength(4);
    expect(model.metadata.get('contender.task')).toBe('binary-classification');
  });

  test('refuses class labels that are not two', () => {
    expect(() => exportEnsemble(binary, { ...options, classes: ['a', 'a'] })).toThrow(
      'Both classes are called "a"; a classifier needs two.',
    );
    expect(() => exportEnsemble(binary, { ...options, classes: [0, 0.5] })).toThrow(
      'The class 0.5 is not a whole number; write class labels as whole numbers or as texts.',
    );
  });
});

async function run(model: Uint8Array, features: readonly Column[]): Promise<Record<string, Tensor>> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const feeds = Object.fromEntries(features.map((column) => [column.name, feed(column)]));
  const outputs = await session.run(feeds);
  await session.release();
  return outputs as Record<string, Tensor>;
}

function feed(column: Column): Tensor {
  if (column.kind === 'number') {
    return new Tensor('float32', Float32Array.from(column.values), [column.values.length, 1]);
  }
  const texts = Array.from(column.codes, (code) => column.dictionary[code] ?? '');
  return new Tensor('string', texts, [texts.length, 1]);
}
