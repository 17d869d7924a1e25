import { describe, expect, it } from 'vitest';
import { findWarnings } from '../../../src/core/inspection/find-warnings.ts';
import type { ExternalFile } from '../../../src/core/onnx/external-files.ts';
import { buildContract } from '../../../src/core/onnx/model-contract.ts';
import { readModel } from '../../../src/core/onnx/read-model.ts';
import { type NodeDraft, writeModel } from '../../../src/core/onnx/write-model.ts';
import { type DraftChange, draftModel, type Field, message, tensor, withFields } from '../onnx/drafts.ts';

function warningsOf(bytes: Uint8Array, externalFiles: readonly ExternalFile[] = []) {
  const model = readModel(bytes);
  const contract = buildContract(model, { bytes: bytes.length, classes: undefined });
  return findWarnings({ model, contract, externalFiles }).map(({ kind, message: text }) => [kind, text]);
}

const node = (opType: string, parts: Partial<NodeDraft> = {}): NodeDraft => ({
  ...{ name: 'n', opType, inputs: ['x'], outputs: ['y'] },
  ...parts,
});

it('a plain model needs no warning', () => {
  expect(warningsOf(writeModel(draftModel()))).toEqual([]);
});

describe('what will not run, or not as it is', () => {
  it.each<[string, DraftChange, string, RegExp]>([
    ['a newer IR version', { irVersion: 14 }, 'ir-version', /^IR version 14: .* reads 13 at most/],
    [
      'a newer operator set',
      { operatorSets: [{ domain: 'ai.onnx', version: 27 }] },
      'operator-set',
      /^operator set ai\.onnx 27: ONNX Runtime 1\.30 has 26 at most; .* target_opset 26 or lower$/,
    ],
    [
      'a newer operator set of ai.onnx.ml',
      { operatorSets: [{ domain: 'ai.onnx.ml', version: 6 }] },
      'operator-set',
      /^operator set ai\.onnx\.ml 6: .* has 5 at most/,
    ],
    [
      'operators of an extension',
      { graph: { nodes: [node('StringUpper', { domain: 'ai.onnx.contrib' })] } },
      'operators',
      /^operators of ai\.onnx\.contrib \(StringUpper\): no release build .* onnxruntime-extensions$/,
    ],
    [
      'operators of training',
      { graph: { nodes: [node('Gradient', { domain: 'ai.onnx.preview.training' })] } },
      'operators',
      /export the model for inference$/,
    ],
    [
      'operators of nobody known',
      { graph: { nodes: [node('A', { domain: 'constructor' }), node('B', { domain: 'constructor' })] } },
      'operators',
      /^operators of constructor \(A, B\): no release build .* without custom operators$/,
    ],
    [
      'a type that cannot be passed',
      { graph: { inputs: [{ name: 'x', elementType: 'bfloat16', shape: ['N'] }] } },
      'element-type',
      /^input x has bfloat16, which ONNX Runtime for Node cannot take/,
    ],
    ['a locale', { graph: { nodes: [node('StringNormalizer')] } }, 'locale', /en_US\.UTF-8 by default/],
    [
      'a ZipMap',
      { graph: { nodes: [node('ZipMap', { domain: 'ai.onnx.ml' })] } },
      'zip-map',
      /^output y comes from ZipMap, .* a private copy of the model without that node is scored/,
    ],
    [
      'a fixed batch',
      { graph: { inputs: [{ name: 'x', elementType: 'float', shape: [32, 4] }] } },
      'fixed-batch',
      /^fixed batch: input x takes 32 rows at a time \(\[32, 4\]\)/,
    ],
  ])('%s', (_name, change, kind, says) => {
    expect(warningsOf(writeModel(draftModel(change)))).toEqual([[kind, expect.stringMatching(says)]]);
  });

  it('operators that the model defines by itself are no strangers', () => {
    const own = message([1, 'Own'], [10, 'my.domain'], [7, message([4, 'Relu'])]);
    const draft = draftModel({ graph: { nodes: [node('Own', { domain: 'my.domain' })] } });
    expect(warningsOf(withFields(draft, { model: [[25, own]] }))).toEqual([]);
    expect(warningsOf(writeModel(draft))).toHaveLength(1);
  });

  it('inputs with different fixed batches are told apart', () => {
    const inputs = [3, 1, 3].map((rows, index) => ({
      ...{ name: `x${index}`, elementType: 'float' as const, shape: [rows] },
    }));
    const found = warningsOf(writeModel(draftModel({ graph: { inputs } })));
    expect(found).toEqual([
      ['fixed-batch', expect.stringMatching(/^fixed batch: inputs x0, x2 take 3 rows/)],
      ['fixed-batch', expect.stringMatching(/^fixed batch: input x1 takes 1 row /)],
    ]);
  });
});

describe('weights in other files', () => {
  const bytes = withFields(draftModel(), {
    graph: [
      [5, tensor({ name: 'w', dimensions: [2], external: { location: 'w.bin', offset: '4', length: '8' } })],
    ],
  });
  it.each<[string, ExternalFile, RegExp | undefined]>([
    ['present', { location: 'w.bin', state: 'present', bytes: 12 }, undefined],
    ['cut off', { location: 'w.bin', state: 'present', bytes: 11 }, /has 11 bytes, the model needs 12/],
    ['missing', { location: 'w.bin', state: 'missing' }, /the file is missing/],
    ['outside', { location: 'w.bin', state: 'outside' }, /are never read/],
  ])('%s', (_name, file, says) => {
    const found = warningsOf(bytes, [file]);
    expect(found).toEqual(says === undefined ? [] : [['external-data', expect.stringMatching(says)]]);
  });
});

describe('weights that are no number', () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  const initializer = (values: number[]): Field => [
    5,
    tensor({ name: 'w', dimensions: [values.length], values: Float32Array.from(values) }),
  ];
  const doubles = message([1, 2], [2, 11], [8, 'd'], [9, new Uint8Array(Float64Array.of(1, nan).buffer)]);
  it.each<[string, readonly Field[], string | undefined]>([
    ['finite', [initializer([1, 2])], undefined],
    ['NaN', [initializer([1, nan, nan])], '2 NaN, in w'],
    ['infinite', [initializer([1, -infinity])], '1 infinite, in w'],
    ['both, in two places', [initializer([nan, infinity]), [5, doubles]], '2 NaN and 1 infinite, in w, d'],
    ['a single infinite bound', [initializer([infinity])], undefined],
  ])('initializers: %s', (_name, graph, says) => {
    const found = warningsOf(withFields(draftModel(), { graph }));
    expect(found).toEqual(
      says === undefined ? [] : [['weights', `weights that are no finite number: ${says}`]],
    );
  });

  it.each([
    ['leaf values of trees', 'TreeEnsembleRegressor', { target_weights: { floats: [1, nan] } }, true],
    ['coefficients', 'LinearRegressor', { coefficients: { floats: [infinity] } }, true],
    [
      'thresholds of trees may be infinite',
      'TreeEnsembleRegressor',
      { nodes_values: { floats: [infinity] } },
      false,
    ],
    ['keys of encoders may be NaN', 'LabelEncoder', { keys_floats: { floats: [nan] } }, false],
  ])('%s', (_name, opType, attributes, warned) => {
    const draft = draftModel({ graph: { nodes: [node(opType, { domain: 'ai.onnx.ml', attributes })] } });
    expect(warningsOf(writeModel(draft))).toHaveLength(Number(warned));
  });
});
