import { describe, expect, it } from 'vitest';
import { checkModelName, isOfModel } from '../../../src/core/release/asset-names.ts';

describe('the model among the assets of a release', () => {
  it.each([
    ['model.onnx', true],
    ['weights.bin', true],
    ['model.pkl', true],
    ['SHA256SUMS', false],
    ['manifest.json', false],
    ['Training-Fingerprint.bin', false],
  ])('%s: %s', (name, expected) => {
    expect(isOfModel(name)).toBe(expected);
  });

  it.each(['model.pkl', 'forest.joblib', 'model.onnx', 'model-v2+cpu.bin', 'weights'])(
    'may be called %s',
    (name) => {
      expect(() => checkModelName(name, 'training.model')).not.toThrow();
    },
  );

  it.each([
    ['manifest.json', /which is the name of another file of a release/],
    ['Scores.Parquet', /which is the name of another file of a release/],
    ['my model.pkl', /"my model\.pkl", and a release keeps a name as it is only with/],
    ['.hidden', /only with/],
    ['größe.pkl', /only with/],
  ])('may not be called %s', (name, message) => {
    expect(() => checkModelName(name, 'training.model')).toThrow(message);
  });
});
