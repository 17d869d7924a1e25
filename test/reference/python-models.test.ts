/** Real exports of scikit-learn, LightGBM, XGBoost, CatBoost, PyTorch and TensorFlow answer as the frameworks do. */

import { expect, it } from 'vitest';
import { pickColumns } from '../../src/core/data/row-source.ts';
import type { Scores } from '../../src/ports/scorer.ts';
import {
  describeWithPythonModels,
  type PythonModel,
  pythonModelPath,
  pythonModels,
  readPredictions,
} from '../support/python-models.ts';
import { useStages } from '../support/stage-harness.ts';

const stages = useStages();

/** Scores a model on its rows, read as a comparison reads them. */
async function score(model: PythonModel): Promise<Scores> {
  await using data = await stages.engine.open({
    name: 'holdout',
    baseDirectory: pythonModelPath('.'),
    paths: [model.rows],
  });
  return await stages.scorer.score({
    model: { path: pythonModelPath(model.model), name: model.name },
    task: model.task,
    rows: pickColumns(data, model.features),
    ...(model.classes ? { classes: model.classes } : {}),
  });
}

describeWithPythonModels('exports of Python frameworks', () => {
  it('were all made', () => {
    expect(pythonModels.failures).toEqual([]);
    expect(pythonModels.models.length).toBeGreaterThan(0);
  });

  for (const { framework, skipped } of pythonModels.frameworks) {
    if (skipped !== undefined) it.skip(`${framework} (skipped: ${skipped})`);
  }

  it.each(pythonModels.models)('$name ($convention) answers as its framework does', async (model) => {
    const expected = readPredictions(model);
    const wanted = expected.values.flat();
    const scale = model.classes ? 1 : Math.max(...wanted.map(Math.abs));
    // A converter that loses digits would be taken for a fault of ours.
    expect(model.onnxruntimeDifference ?? 0).toBeLessThanOrEqual(model.tolerance);

    const scores = await score(model);
    expect(scores.refused).toEqual(new Map());
    expect(scores.rowCount).toBe(model.rowCount);
    expect(scores.values.length).toBe(wanted.length);
    const differences = wanted.map((value, index) => Math.abs(scores.values[index]! - value) / scale);
    expect(Math.max(...differences)).toBeLessThanOrEqual(model.tolerance);
    if (scores.labels && expected.labels) {
      expect([...scores.labels].map((position) => model.classes![position])).toEqual(expected.labels);
    }
  });
});
