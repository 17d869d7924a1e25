/** Real exports of scikit-learn, LightGBM, XGBoost, CatBoost, PyTorch and TensorFlow answer as the frameworks do. */

import { expect, it } from 'vitest';
import type { Scores } from '../../src/ports/scorer.ts';
import { chooseFeatureColumns } from '../../src/stages/data/feature-columns.ts';
import {
  describeWithPythonModels,
  type PythonModel,
  pythonModelPath,
  pythonModels,
  readPredictions,
} from '../support/python-models.ts';
import { useStages } from '../support/stage-harness.ts';

const stages = useStages();

/** Scores a model on its rows, read as a stage reads them. */
async function score(model: PythonModel): Promise<Scores> {
  const configuration = stages.setup(
    `model: python-model\ntask: ${model.task}\ndata: {columns: ${JSON.stringify(model.features)}}\n`,
  ).configuration;
  await using data = await stages.engine.open({
    name: 'holdout',
    baseDirectory: pythonModelPath('.'),
    paths: [model.rows],
  });
  const columns = chooseFeatureColumns(configuration, data.columns);
  return await stages.scorer.score({
    model: { path: pythonModelPath(model.model), name: model.name },
    task: model.task,
    table: await data.read(columns.map(({ name, as }) => ({ name, as }))),
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
    expect(scores.refused).toEqual([]);
    expect(scores.rowCount).toBe(model.rowCount);
    expect(scores.values.length).toBe(wanted.length);
    const differences = wanted.map((value, index) => Math.abs(scores.values[index]! - value) / scale);
    expect(Math.max(...differences)).toBeLessThanOrEqual(model.tolerance);
    if (scores.labels && expected.labels) {
      expect([...scores.labels].map((position) => model.classes![position])).toEqual(expected.labels);
    }
  });
});
