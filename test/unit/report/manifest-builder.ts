import type { Manifest } from '../../../src/core/documents/manifest.ts';
import { CHALLENGER_DIGEST, HEAD_COMMIT, training } from '../../support/documents.ts';

/** The manifest of a release with plausible content. */
export function manifest(overrides: Partial<Manifest> = {}): Manifest {
  const { signature, featureColumns, parameters, seed, data, recipe, tool, windows } = training();
  return {
    schemaVersion: 1,
    model: 'fraud-detector',
    version: '1.5.0',
    task: 'binary-classification',
    file: 'model.onnx',
    digest: CHALLENGER_DIGEST,
    bytes: 201_344,
    signature,
    featureColumns,
    primary: 'average_precision',
    metrics: { average_precision: { value: 0.903, interval: [0.886, 0.919] } },
    parameters,
    learner: 'gradient-boosting',
    seed,
    trainingData: data,
    holdoutData: `rows:${'77aa'.repeat(8)}`,
    ...(windows && { windows }),
    recipe,
    previous: '1.4.0',
    commit: HEAD_COMMIT,
    verdict: 'better',
    tool,
    ...overrides,
  };
}
