import { expect, test } from 'vitest';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { parseManifest } from '../../../src/core/documents/documents.ts';
import type { CompletedTraining } from '../../../src/core/documents/training.ts';
import { buildManifest } from '../../../src/core/release/manifest.ts';

const digest = 'd'.repeat(64);
const tool = { name: 'contender', version: '0.1.0' };
const common = { schemaVersion: 1 as const, model: 'fraud', tool, source: {}, inputs: [], measured: {} };

const training: CompletedTraining = {
  ...common,
  kind: 'training',
  task: 'binary-classification',
  verdict: 'trained',
  learner: 'gradient-boosting',
  parameters: { iterations: 100 },
  seed: 7,
  digest,
  path: 'model/model.onnx',
  bytes: 1000,
  rows: 5000,
  metrics: {},
  environment: {},
  data: 'rows-1',
  recipe: 'recipe-1',
  signature: { inputs: [{ name: 'amt', type: 'float', shape: ['N', 1] }], outputs: [] },
  featureColumns: [{ name: 'amt', type: 'number' }],
};

const comparison: CompletedComparison = {
  ...common,
  kind: 'comparison',
  task: 'binary-classification',
  verdict: 'better',
  promote: true,
  primary: 'roc_auc',
  champion: { digest: 'c'.repeat(64), bytes: 900, version: '1.2.0', origin: 'release' },
  challenger: { digest, bytes: 1000, origin: 'training' },
  exam: { changed: [] },
  confidence: 0.95,
  metrics: [
    {
      name: 'roc_auc',
      direction: 'higher',
      champion: { value: 0.9 },
      challenger: { value: 0.93, interval: [0.92, 0.94] },
    },
    { name: 'log_loss', direction: 'lower', note: 'undefined here' },
  ],
  gates: [],
  slices: [],
  size: { champion: 900, challenger: 1000 },
  holdout: { rows: 2000, digest: 'holdout-1' },
  windows: { training: { to: '2020-06-01T00:00:00Z' }, holdout: {} },
};

test('a manifest says what the model is and how it was judged, in its own schema', () => {
  const manifest = buildManifest(comparison, training, {
    version: '1.3.0',
    file: 'model.onnx',
    features: 'features.sql',
    commit: 'abc',
    run: '17',
  });
  expect(parseManifest(JSON.stringify(manifest), 'manifest.json')).toEqual(manifest);
  expect(manifest).toMatchObject({
    version: '1.3.0',
    previous: '1.2.0',
    digest,
    trainingData: 'rows-1',
    holdoutData: 'holdout-1',
    windows: comparison.windows,
    metrics: { roc_auc: { value: 0.93, interval: [0.92, 0.94] } },
  });
  expect(manifest.metrics).not.toHaveProperty('log_loss');
});

test('a first model has no predecessor', () => {
  const { champion: _, ...first } = comparison;
  const manifest = buildManifest(first, training, { version: '1.0.0', file: 'model.onnx' });
  expect(manifest).not.toHaveProperty('previous');
  expect(manifest).not.toHaveProperty('features');
});

test('a judgement of other bytes is refused', () => {
  const other = { ...comparison, challenger: { ...comparison.challenger, digest: 'e'.repeat(64) } };
  expect(() => buildManifest(other, training, { version: '1.0.0', file: 'model.onnx' })).toThrow(
    'compare again before the release',
  );
});

test('documents of two models are refused', () => {
  const other = { ...comparison, model: 'churn' };
  expect(() => buildManifest(other, training, { version: '1.0.0', file: 'model.onnx' })).toThrow(
    'comparison.json is of the model churn, training.json of fraud',
  );
});
