/** The examples that need Python do what their pages say. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderCsv } from '../../src/core/data/render-csv.ts';
import { completed, useStages } from '../support/stage-harness.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');

const python = process.env.CONTENDER_REFERENCE_PYTHON;
const reason = whyNot();

/** Why the examples cannot run here; undefined when they can. */
function whyNot(): string | undefined {
  if (!python) return 'CONTENDER_REFERENCE_PYTHON is not set';
  try {
    execFileSync(python, ['-c', 'import pandas, skl2onnx, sklearn'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'CONTENDER_REFERENCE_PYTHON has no pandas, scikit-learn and skl2onnx';
  }
}

describe.skipIf(reason !== undefined)(`examples in Python${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const stages = useStages();

  beforeAll(() => {
    // Commands of a config say `python`, as in an environment that was activated.
    process.env.PATH = `${dirname(python!)}${delimiter}${process.env.PATH}`;
    process.env.OMP_NUM_THREADS = '1';
    for (const name of ['fraud', 'sklearn-onnx', 'sklearn-scores'])
      cpSync(join(EXAMPLES, name), stages.path(name), { recursive: true });
  });

  function read(path: string): string {
    return readFileSync(stages.path(path), 'utf8');
  }

  it('sklearn-onnx trains, converts and is judged', async () => {
    const text = read('sklearn-onnx/contender.yml').replace('trees: 100', 'trees: 20');
    const setup = stages.setup(text, 'sklearn-onnx');
    const training = await stages.train(setup);
    expect(training.document.verdict).toBe('trained');
    const comparison = completed(await stages.compare(setup));
    expect(comparison.verdict).toBe('no-champion');
    expect(comparison.promote).toBe(true);
    expect(comparison.metrics[0]).toMatchObject({ name: 'average_precision' });
    expect(comparison.metrics[0]!.challenger!.value).toBeGreaterThan(0.9);
  });

  it('sklearn-scores trains a pickle and gives every row a probability under its id', async () => {
    await using rows = await stages.engine.open({
      name: 'rows',
      baseDirectory: stages.path('fraud'),
      paths: ['data/transactions-2020-h1.parquet'],
      features: { sql: read('sklearn-scores/features.sql'), file: 'features.sql' },
    });
    const table = await rows.read(
      rows.columns.map(({ name, type }) => ({ name, as: type === 'number' ? 'number' : 'text' })),
    );
    const withoutTarget = { ...table, columns: table.columns.filter(({ name }) => name !== 'is_fraud') };
    writeFileSync(stages.path('training.csv'), [...renderCsv(table)].join(''));
    writeFileSync(stages.path('holdout.csv'), [...renderCsv(withoutTarget)].join(''));
    mkdirSync(stages.path('scores'));
    const environment = {
      ...process.env,
      CONTENDER_TRAINING_DATA: stages.path('training.csv'),
      CONTENDER_MODEL_PATH: stages.path('sklearn-scores/build/model.pkl'),
      CONTENDER_METRICS_PATH: stages.path('metrics.json'),
      CONTENDER_SEED: '7',
      CONTENDER_PARAMETERS: '{"iterations": 20}',
      CONTENDER_HOLDOUT_DATA: stages.path('holdout.csv'),
      CONTENDER_SCORES_PATH: stages.path('scores/scores.csv'),
      CONTENDER_TASK: 'binary-classification',
    };
    for (const script of ['train.py', 'score.py'])
      execFileSync('python', [script], { cwd: stages.path('sklearn-scores'), env: environment });

    await using scores = await stages.engine.open({
      name: 'scores',
      baseDirectory: stages.path('scores'),
      paths: ['scores.csv'],
    });
    const [ids, probabilities] = (
      await scores.read([
        { name: 'trans_num', as: 'text' },
        { name: 'probability', as: 'number' },
      ])
    ).columns;
    const wantedIds = table.columns.find(({ name }) => name === 'trans_num');
    expect(ids).toEqual(wantedIds);
    if (probabilities?.kind !== 'number') throw new Error('the probabilities are no numbers');
    expect(probabilities.values.every((value) => value >= 0 && value <= 1)).toBe(true);
    const labels = table.columns.find(({ name }) => name === 'is_fraud');
    if (labels?.kind !== 'text') throw new Error('the labels were not read as text');
    expect(meanOf(probabilities.values, labels.codes, labels.dictionary.indexOf('1'))).toBeGreaterThan(0.6);
    expect(meanOf(probabilities.values, labels.codes, labels.dictionary.indexOf('0'))).toBeLessThan(0.1);
  });
});

function meanOf(values: Float64Array, codes: Int32Array, code: number): number {
  const chosen = values.filter((_, row) => codes[row] === code);
  return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
}
