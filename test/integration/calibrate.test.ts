import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../src/adapters/terminal/command-runner.ts';
import type { Calibration } from '../../src/core/calibration/calibration.ts';
import { renderCalibration } from '../../src/core/report/calibration/render-calibration.ts';
import { type CalibrateRequest, calibrate } from '../../src/stages/calibration/calibrate.ts';
import { runCommand } from '../support/runner.ts';
import { completed, csvOf, makeRows, useStages } from '../support/stage-harness.ts';

const stages = useStages();

const CONFIG = `
model: made
task: binary-classification
data: {training: train.csv, holdout: holdout.csv, target: is_fraud, positive-class: 1, id: id}
training: {learner: gradient-boosting, parameters: {iterations: 12, max-leaves: 7}, seed: 3}
comparison: {primary: average_precision, guardrails: [log_loss]}
`;

/** Models that were trained elsewhere. */
const OTHERS = [1, 2, 4].map((seed) => `other-${seed}`);

beforeAll(async () => {
  stages.write('train.csv', csvOf(makeRows(500, 1)));
  stages.write('holdout.csv', csvOf(makeRows(400, 2)));
  // Cards of three rows each.
  const grouped = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line, row) => `${row === 0 ? 'card' : `c${Math.floor((row - 1) / 3)}`},${line}`)
      .join('\n');
  stages.write('train-cards.csv', `${grouped(csvOf(makeRows(500, 1)))}\n`);
  stages.write('holdout-cards.csv', `${grouped(csvOf(makeRows(400, 2)))}\n`);
  const champion = await stages.train(stages.setup(CONFIG));
  cpSync(champion.outputs.model!, stages.path('champion.onnx'));
  for (const [index, name] of OTHERS.entries()) {
    stages.write(`${name}.csv`, csvOf(makeRows(450, 10 + index)));
    const text = CONFIG.replace('train.csv', `${name}.csv`).replace('model: made', `model: ${name}`);
    const { outputs } = await stages.train(stages.setup(text));
    cpSync(outputs.model!, stages.path(`${name}.onnx`));
  }
}, 120_000);

/** Every file of the evidence with what it holds. */
function evidence(): readonly (readonly [string, string])[] {
  const names = readdirSync(stages.path('.contender'), { recursive: true, encoding: 'utf8' }).sort();
  return names
    .filter((name) => /\.(json|onnx)$/.test(name))
    .map((name) => [name, readFileSync(stages.path(`.contender/${name}`), 'base64')]);
}

async function run(text: string, change: Partial<CalibrateRequest> = {}): Promise<Calibration> {
  const model = stages.run(stages.setup(text));
  return calibrate(
    {
      exam: await model.exam(),
      windows: await model.windows('frozen'),
      champion: undefined,
      models: [],
      retrainings: 3,
      share: 0.9,
      metrics: [],
      ...change,
    },
    {
      world: stages.world,
      engine: stages.engine,
      scorer: stages.scorer,
      commands: createCommandRunner({ environment: process.env }),
      registry: stages.registry(),
    },
  );
}

describe('without a champion', () => {
  it('trains the recipe once on all rows, and again on other shares of them', async () => {
    const before = evidence();
    const found = await run(CONFIG);
    expect(found).toMatchObject({
      champion: { origin: 'trained here' },
      share: 0.9,
      sampled: 'rows',
      holdout: { rows: 400 },
      primary: 'average_precision',
    });
    expect(found.retrainings.map(({ seed, rows }) => [seed, rows])).toEqual([
      [4, 450],
      [5, 450],
      [6, 450],
    ]);
    expect(new Set(found.retrainings.map(({ digest }) => digest)).size).toBe(3);
    expect(found.metrics.map(({ name, role }) => [name, role])).toEqual([
      ['average_precision', 'primary'],
      ['log_loss', 'guardrail'],
    ]);
    for (const { differences, margins } of found.metrics) {
      expect(differences).toHaveLength(3);
      expect(margins.proposed?.margin).toBeGreaterThan(0);
    }
    expect(renderCalibration(found)).toContain('margins: {average_precision: ');
    expect(evidence()).toEqual(before);
    expect(await run(CONFIG)).toEqual(found);
  }, 120_000);
});

describe('with a champion', () => {
  it('judges as compare-models does, to the last digit', async () => {
    const models = OTHERS.map((name) => stages.path(`${name}.onnx`));
    const found = await run(CONFIG, { champion: stages.path('champion.onnx'), models });
    expect(found.share).toBeUndefined();
    expect(found.retrainings.map(({ origin }) => origin)).toEqual(models);
    const compare = await stages.compare(stages.setup(CONFIG), {
      champion: stages.path('champion.onnx'),
      challenger: models[1]!,
      failOn: 'never',
    });
    const compared = completed(compare).metrics.find(({ name }) => name === 'average_precision');
    expect(found.metrics[0]?.differences[1]).toMatchObject({
      value: compared?.difference?.value,
      interval: compared?.difference?.interval,
    });
    expect(found.metrics[0]?.margins.default?.margin).toBe(compared?.margin);
    await expect(run(CONFIG, { champion: models[0]!, models })).rejects.toThrow(/is the champion itself/);

    // The margin of the config is judged beside the others; a release is found by itself.
    await stages.release(stages.setup(CONFIG), '1.0.0');
    const withMargin = CONFIG.replace('guardrails: [log_loss]', 'margins: {average_precision: 0.9}');
    const again = await run(withMargin, { models });
    expect(again.champion.origin).toBe('release 1.0.0');
    expect(again.metrics.map(({ name }) => name)).toEqual(['average_precision']);
    expect(again.metrics[0]?.margins.configured).toMatchObject({
      margin: 0.9,
      verdicts: { inconclusive: 0 },
    });
  }, 120_000);
});

describe('the command', () => {
  const COMMAND = resolve(import.meta.dirname, '../../src/entries/contender.ts');
  const flags =
    '--training train.csv --data holdout.csv --target is_fraud --task binary-classification --id id';

  it('needs no config, prints the document alone as JSON and writes where it is told to', async () => {
    const models = OTHERS.map((name) => `${name}.onnx`).join(',');
    const more = `--champion champion.onnx --models ${models} --metrics roc_auc,log_loss --json --output out/found.json`;
    const { directory } = stages;
    const result = await runCommand(COMMAND, ['calibrate', ...`${flags} ${more}`.split(' ')], { directory });
    expect(result).toMatchObject({ exitCode: 0 });
    const document = JSON.parse(result.standardOutput) as Calibration;
    expect(document.metrics.map(({ name, role }) => [name, role])).toEqual([
      ['roc_auc', 'primary'],
      ['log_loss', 'further'],
    ]);
    expect(readFileSync(stages.path('out/found.json'), 'utf8')).toBe(result.standardOutput);
    expect(result.standardError).toContain('Read the holdout');
  }, 120_000);

  it.each([
    ['--share 90', /--share is "90"; write a share of the training rows above 0, at most 1, such as 0\.9/],
    ['--retrainings many', /--retrainings is "many"; allowed: a whole number/],
  ])('refuses %s', async (more, message) => {
    const { directory } = stages;
    const args = ['calibrate', ...`${flags} --learner gradient-boosting --champion none ${more}`.split(' ')];
    const result = await runCommand(COMMAND, args, { directory });
    expect(result).toMatchObject({ exitCode: 2, standardOutput: '' });
    expect(result.standardError).toMatch(message);
  });
});

describe('groups', () => {
  it('are drawn and judged whole', async () => {
    const text = CONFIG.replace('train.csv', 'train-cards.csv')
      .replace('holdout.csv', 'holdout-cards.csv')
      .replace('id: id', 'id: id, group: card')
      .replace('guardrails: [log_loss]', 'guardrails: []');
    const found = await run(text, { champion: 'none', share: 0.5 });
    expect(found).toMatchObject({ sampled: 'groups', holdout: { rows: 400, groups: 134 } });
    // 167 cards; the last has two rows.
    for (const { rows } of found.retrainings) expect([251, 252]).toContain(rows);
    expect(found.metrics[0]?.units).toEqual({ count: 134, name: 'groups' });
  }, 120_000);

  it('are not drawn where the features query drops them, and that is said', async () => {
    stages.write('features.sql', 'SELECT id, amount, hour, is_fraud FROM source');
    const text = CONFIG.replace('train.csv', 'train-cards.csv')
      .replace('holdout.csv', 'holdout-cards.csv')
      .replace('id: id', 'id: id, group: card, features: features.sql');
    const found = await run(text, { champion: 'none' });
    expect(found.sampled).toBe('rows');
    expect(found.notes).toEqual([expect.stringMatching(/features query drops data\.group/)]);
  }, 120_000);
});

describe('a training command', () => {
  const command = (script: string) =>
    CONFIG.replace(
      /training: \{.*\n/,
      `training: {command: ${JSON.stringify(`node ${script}`)}, model: model.onnx}\n`,
    );

  it('gets other seeds and its own share of the rows, and leaves the model of the repository alone', async () => {
    const models = ['champion', ...OTHERS].map((name) => stages.path(`${name}.onnx`));
    stages.write('model.onnx', 'the model of the repository');
    stages.write(
      'train.mjs',
      `import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
       const { CONTENDER_SEED: seed, CONTENDER_TRAINING_DATA: data, CONTENDER_MODEL_PATH: model } = process.env;
       const lines = readFileSync(data, 'utf8').trimEnd().split('\\n');
       appendFileSync('seen.txt', [seed, lines[0], lines.length - 1].join(' ') + '\\n');
       copyFileSync(${JSON.stringify(models)}[Number(seed)], model);`,
    );
    const found = await run(command('train.mjs'), { champion: 'none' });
    expect(readFileSync(stages.path('seen.txt'), 'utf8').trimEnd().split('\n')).toEqual([
      '0 id,amount,hour,kind,noise,is_fraud 500',
      '1 id,amount,hour,kind,noise,is_fraud 450',
      '2 id,amount,hour,kind,noise,is_fraud 450',
      '3 id,amount,hour,kind,noise,is_fraud 450',
    ]);
    expect(readFileSync(stages.path('model.onnx'), 'utf8')).toBe('the model of the repository');
    expect(found.metrics[0]?.margins.proposed?.margin).toBeGreaterThan(0);
  }, 120_000);

  it('that always makes the same model gives nothing to learn from', async () => {
    stages.write(
      'same.mjs',
      `import { copyFileSync } from 'node:fs';
       copyFileSync(${JSON.stringify(stages.path('champion.onnx'))}, process.env.CONTENDER_MODEL_PATH);`,
    );
    const found = await run(command('same.mjs'), { champion: 'none' });
    expect(found.metrics[0]?.refusal).toMatch(/every retraining gives the same as the champion/);
    expect(renderCalibration(found)).not.toContain('To paste');
  }, 120_000);

  it('that writes elsewhere is told where to', async () => {
    stages.write(
      'elsewhere.mjs',
      `import { writeFileSync } from 'node:fs'; writeFileSync('made.onnx', 'x');`,
    );
    await expect(run(command('elsewhere.mjs'), { champion: 'none' })).rejects.toThrow(
      /left no model at the path in CONTENDER_MODEL_PATH/,
    );
  });
});

describe('what cannot be calibrated', () => {
  const withoutTraining = CONFIG.replace(/training: \{learner.*\n/, '');

  it.each([
    ['two retrainings', CONFIG, { retrainings: 2 }, /--retrainings is 2; allowed: 3 to 200/],
    ['two models', CONFIG, { models: ['a.onnx', 'b.onnx'] }, /--models names 2; a spread takes at least 3/],
    ['a model named twice', CONFIG, { models: ['a.onnx', 'b.onnx', 'a.onnx'] }, /names a\.onnx twice/],
    ['a share of 0', CONFIG, { share: 0 }, /--share is 0;/],
    ['no recipe', withoutTraining, { champion: 'none' }, /nothing says how to train; .* --models/],
    ['a metric that is not known', CONFIG, { metrics: ['roc_acu'] }, /did you mean roc_auc/],
    ['a version that is not there', CONFIG, { champion: '9.9.9' }, /no release 9\.9\.9/],
    [
      'a measured primary metric',
      CONFIG.replace('primary: average_precision', 'primary: size_bytes'),
      {},
      /the primary metric size_bytes is measured on the model/,
    ],
  ])('%s is refused', async (_name, text, change, message) => {
    await expect(run(text, change)).rejects.toThrow(message);
  });

  it('a holdout on which no interval can be had is refused before anything is trained', async () => {
    const one = csvOf(makeRows(100, 1).map((row) => ({ ...row, isFraud: false })));
    stages.write('one.csv', one);
    stages.write('few.csv', csvOf(makeRows(25, 2)));
    const said = stages.said.length;
    await expect(run(CONFIG.replace('holdout.csv', 'one.csv'), { champion: 'none' })).rejects.toThrow(
      /no margin can be found on this holdout: it has 0 positive rows; at least 10/,
    );
    await expect(run(CONFIG.replace('holdout.csv', 'few.csv'), { champion: 'none' })).rejects.toThrow(
      /it has 25 rows; at least 30/,
    );
    expect(stages.said.slice(said).some((line) => line.includes('trained'))).toBe(false);
    const text = CONFIG.replace('train.csv', 'one.csv');
    await expect(run(text, { champion: 'none' })).rejects.toThrow(/has no positive row among 100/);
  });

  it('a guardrail that is measured on the model is left out, and that is said', async () => {
    const text = CONFIG.replace('guardrails: [log_loss]', 'guardrails: [size_bytes]');
    const found = await run(text, { champion: 'none' });
    expect(found.metrics.map(({ name }) => name)).toEqual(['average_precision']);
    expect(found.notes).toEqual([
      'size_bytes is measured on the model and not on rows: it gets no margin here',
    ]);
  }, 120_000);
});
