import { cpSync, existsSync, mkdirSync, readFileSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalFiles } from '../../src/adapters/filesystem/local-files.ts';
import { renderCsv } from '../../src/core/data/render-csv.ts';
import { parseDocument } from '../../src/core/documents/documents.ts';
import type { CompletedTraining } from '../../src/core/documents/training.ts';
import { InputError } from '../../src/core/errors.ts';
import type { StageResult } from '../../src/stages/stage.ts';
import { completed, csvOf, failure, makeRows, useStages } from '../support/stage-harness.ts';

const stages = useStages();

const CONFIG = `
model: made
task: binary-classification
data: {training: train.csv, holdout: holdout.csv, target: is_fraud, positive-class: 1, id: id}
training: {learner: gradient-boosting, parameters: {iterations: 20}, seed: 3}
`;

function trained(result: StageResult<'training'>): CompletedTraining {
  const { document } = result;
  if (document.verdict === 'error') throw new Error(document.error.message);
  return document;
}

function writeData(): void {
  stages.write('train.csv', csvOf(makeRows(600, 1)));
  stages.write('holdout.csv', csvOf(makeRows(400, 2)));
}

describe('the built-in learner', () => {
  it('leaves a model, its document and its signature', async () => {
    writeData();
    const result = await stages.train(stages.setup(CONFIG));
    const document = trained(result);
    expect(document).toMatchObject({
      verdict: 'trained',
      learner: 'gradient-boosting',
      seed: 3,
      rows: 600,
      path: 'model/model.onnx',
      inputs: [{ role: 'training', path: 'train.csv' }],
    });
    expect(document.featureColumns.map(({ name }) => name)).toEqual(['amount', 'hour', 'kind', 'noise']);
    expect(document.signature?.inputs.map(({ name }) => name)).toEqual(['amount', 'hour', 'kind', 'noise']);
    expect(result.outputs).toMatchObject({ verdict: 'trained', cached: 'false', digest: document.digest });
    expect(existsSync(result.outputs.model!)).toBe(true);
    const file = join(stages.directory, '.contender/made/training.json');
    expect(parseDocument('training', readFileSync(file, 'utf8'), { file, model: 'made' })).toEqual(document);
  });

  it('keeps an earlier result of the same recipe, and only of the same', async () => {
    writeData();
    const first = trained(await stages.train(stages.setup(CONFIG)));
    const again = await stages.train(stages.setup(CONFIG), { cache: true });
    expect(again.document.verdict).toBe('cached');
    expect(again.outputs).toMatchObject({ cached: 'true', digest: first.digest });
    expect((await stages.train(stages.setup(CONFIG), { cache: true })).document.verdict).toBe('cached');
    const verdictOf = async (text: string, seed?: number) =>
      (await stages.train(stages.setup(text), { cache: true, ...(seed === undefined ? {} : { seed }) }))
        .document.verdict;
    expect(await verdictOf(CONFIG, 4)).toBe('trained');
    expect(await verdictOf(CONFIG.replace('iterations: 20', 'iterations: 21'))).toBe('trained');
    expect(await verdictOf(CONFIG.replace('id: id', 'id: id, exclude: [noise]'))).toBe('trained');
    stages.write('train.csv', csvOf(makeRows(601, 1)));
    expect(await verdictOf(CONFIG.replace('id: id', 'id: id, exclude: [noise]'))).toBe('trained');
    stages.write('.contender/made/model/model.onnx', 'altered');
    expect(await verdictOf(CONFIG.replace('id: id', 'id: id, exclude: [noise]'))).toBe('trained');
  });

  it('trains the same bytes twice', async () => {
    writeData();
    const first = trained(await stages.train(stages.setup(CONFIG)));
    const second = trained(await stages.train(stages.setup(CONFIG)));
    expect(second.digest).toBe(first.digest);
    expect(second.recipe).toBe(first.recipe);
  });

  it('leaves out rows without a label', async () => {
    stages.write('train.csv', `${csvOf(makeRows(300, 1))}x,1,1,food,0.5,\n`);
    expect(trained(await stages.train(stages.setup(CONFIG))).rows).toBe(300);
  });

  it.each([
    ['no training', CONFIG.replace(/training: \{learner.*\n/, ''), /nothing says how to train/],
    [
      'the linear learner',
      CONFIG.replace('gradient-boosting, parameters: {iterations: 20}', 'linear'),
      /not built yet/,
    ],
    [
      'a parameter that is not known',
      CONFIG.replace('iterations: 20', 'iteratons: 20'),
      /iteratons.*iterations/,
    ],
    ['no such data', CONFIG.replace('train.csv', 'none.csv'), /none\.csv/],
    [
      'no such features',
      CONFIG.replace('id: id', 'id: id, features: none.sql'),
      /data\.features names none\.sql, which does not exist/,
    ],
    [
      'no such column',
      CONFIG.replace('id: id', 'id: id, columns: [amoun]'),
      /data\.columns lists "amoun", which the data do not have/,
    ],
    [
      'no columns left',
      CONFIG.replace('id: id', 'id: id, exclude: [amount, hour, kind, noise]'),
      /no feature columns are left/,
    ],
    ['three classes', CONFIG.replace('target: is_fraud, positive-class: 1', 'target: kind'), /has 3 classes/],
  ])('ends in an error document on %s', async (_name, text, message) => {
    writeData();
    const result = await stages.train(stages.setup(text));
    expect(failure(result)).toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect(result).toMatchObject({ exitCode: 2, outputs: { verdict: 'error' } });
  });
});

describe('a command of the user', () => {
  const command = (shell: string, model = 'build/model.onnx') =>
    CONFIG.replace(
      /training: \{learner.*\n/,
      `training:\n  command: ${JSON.stringify(shell)}\n  model: ${model}\n  seed: 5\n`,
    );

  /** A model that some command copies into place. */
  async function prepareModel(): Promise<void> {
    writeData();
    await stages.train(stages.setup(CONFIG));
    cpSync(stages.path('.contender/made/model/model.onnx'), stages.path('ready.onnx'));
  }

  const COPY = 'mkdir -p build && cp ready.onnx "$CONTENDER_MODEL_PATH"';

  it('makes a model that is judged like any other', async () => {
    await prepareModel();
    process.env.GITHUB_TOKEN = 'secret-token';
    try {
      const setup = stages.setup(
        command(
          `${COPY} && echo '{"loss": 0.25}' > "$CONTENDER_METRICS_PATH" && cp "$CONTENDER_TRAINING_DATA" seen.csv && env > seen.env`,
        ),
      );
      const document = trained(await stages.train(setup));
      expect(document).toMatchObject({ verdict: 'trained', metrics: { loss: 0.25 }, rows: 600, seed: 5 });
      expect(document.learner).toBeUndefined();
      const environment = readFileSync(stages.path('seen.env'), 'utf8');
      expect(environment).not.toMatch(/secret-token/);
      expect(environment).toMatch(/^CONTENDER_SEED=5$/m);
      expect(environment).toMatch(/^CONTENDER_PARAMETERS=\{\}$/m);
      const [header, first] = readFileSync(stages.path('seen.csv'), 'utf8').split('\n');
      expect(header).toBe('id,amount,hour,kind,noise,is_fraud');
      expect(first).toBe(csvOf(makeRows(600, 1)).split('\n')[1]);
      expect(completed(await stages.compare(setup)).promote).toBe(true);
    } finally {
      delete process.env.GITHUB_TOKEN;
    }
  });

  it('runs again although nothing that is known here has changed', async () => {
    await prepareModel();
    const setup = stages.setup(command(COPY));
    await stages.train(setup);
    expect((await stages.train(setup, { cache: true })).document.verdict).toBe('trained');
  });

  it.each([
    ['fails', 'echo no data left >&2; exit 4', /ended with code 4: .*its last words: no data left/],
    ['leaves no model', 'true', /ended well but left no model at build\/model\.onnx/],
    [
      'leaves what is no model',
      'mkdir -p build && echo hello > "$CONTENDER_MODEL_PATH"',
      /plain text, not an ONNX model/,
    ],
    ['leaves an empty model', 'mkdir -p build && : > "$CONTENDER_MODEL_PATH"', /is empty/],
    ['leaves a folder', 'mkdir -p "$CONTENDER_MODEL_PATH"', /is a directory; a file is needed/],
    [
      'writes metrics that are no JSON',
      `${COPY} && echo nope > "$CONTENDER_METRICS_PATH"`,
      /no JSON object of numbers: nope/,
    ],
    [
      'writes metrics that are no numbers',
      `${COPY} && echo '{"loss": "low"}' > "$CONTENDER_METRICS_PATH"`,
      /no JSON object of numbers/,
    ],
    ['does not exist', 'no-such-program-anywhere', /ended with code 127/],
  ])('that %s ends in an error document', async (_name, shell, message) => {
    await prepareModel();
    await stages.files.remove(stages.path('build'));
    const result = await stages.train(stages.setup(command(shell)));
    expect(failure(result)).toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect(result.exitCode).toBe(2);
  });

  it('does not take a model that lay there before for its own', async () => {
    await prepareModel();
    await stages.train(stages.setup(command(COPY)));
    expect(existsSync(stages.path('build/model.onnx'))).toBe(true);
    expect(failure(await stages.train(stages.setup(command('true')))).message).toMatch(/left no model/);
  });

  it('never removes a folder that stands where the model should', async () => {
    await prepareModel();
    mkdirSync(stages.path('precious'), { recursive: true });
    stages.write('precious/work.txt', 'years of it');
    const result = await stages.train(stages.setup(command(COPY, 'precious')));
    expect(failure(result).message).toMatch(/precious is a directory/);
    expect(readFileSync(stages.path('precious/work.txt'), 'utf8')).toBe('years of it');
  });
});

describe('windows over time', () => {
  const DAY = 86_400_000;
  const config = `
model: timed
task: binary-classification
data:
  source: source.csv
  split: {holdout: 20d, training: 60d, gap: 1d}
  target: is_fraud
  positive-class: 1
  id: id
  timestamp: at
training: {learner: gradient-boosting, parameters: {iterations: 20}}
`;

  function writeSource(days: number): void {
    const [header, ...lines] = csvOf(makeRows(days * 20, 4))
      .trim()
      .split('\n');
    const start = Date.parse('2024-01-01T00:00:00Z');
    const rows = lines.map(
      (line, index) => `${line},${new Date(start + Math.floor(index / 20) * DAY).toISOString()}`,
    );
    stages.write('source.csv', `${header},at\n${rows.join('\n')}\n`);
  }

  it('part training from holdout, stay frozen for people and move on the schedule', async () => {
    writeSource(100);
    const setup = stages.setup(config);
    const training = trained(await stages.train(setup));
    expect(training.rows).toBe(60 * 20);
    const judged = completed(await stages.compare(setup));
    expect(judged.holdout.rows).toBe(20 * 20);
    await stages.release(setup, '1.0.0');
    writeSource(115);
    const frozen = completed(await stages.compare(setup, { champion: 'none' }));
    expect(frozen.windows).toEqual(training.windows);
    expect(frozen.holdout.digest).toBe(judged.holdout.digest);
    const moved = completed(await stages.compare(setup, { champion: 'none', windows: 'new' }));
    expect(moved.holdout.rows).toBe(20 * 20);
    expect(moved.holdout.digest).not.toBe(judged.holdout.digest);
    expect(Date.parse(moved.windows!.holdout.from!)).toBeGreaterThanOrEqual(
      Date.parse(training.windows!.training.to!) + DAY,
    );
  });
});

const EXAMPLE = resolve(import.meta.dirname, '../../examples/fraud');

describe.skipIf(!existsSync(join(EXAMPLE, 'contender.yml')))('examples/fraud', () => {
  it('trains, is released and judges a worse model worse', async () => {
    cpSync(EXAMPLE, stages.path('fraud'), { recursive: true });
    const text = readFileSync(join(EXAMPLE, 'contender.yml'), 'utf8').replace(
      /iterations: \d+/,
      'iterations: 12',
    );
    const setup = stages.setup(text, 'fraud');
    const document = trained(await stages.train(setup));
    const first = completed(await stages.compare(setup));
    expect(first).toMatchObject({ verdict: 'no-champion', promote: true });
    expect(first.holdout.positives).toBeGreaterThanOrEqual(300);
    expect(first.holdout.groupsWithPositives).toBeGreaterThanOrEqual(40);
    await stages.release(setup, '1.0.0');
    expect(completed(await stages.compare(setup, { champion: 'release' })).verdict).toBe('unchanged');
    stages.write(
      'fraud/features.sql',
      'select trans_num, trans_date_trans_time, cc_num, is_fraud, city_pop from source',
    );
    const worse = trained(await stages.train(setup));
    expect(worse.digest).not.toBe(document.digest);
    const judged = await stages.compare(setup, { champion: 'release' });
    expect(completed(judged)).toMatchObject({ verdict: 'worse', promote: false });
    expect(judged.exitCode).toBe(1);
  });
});

describe('files', () => {
  const files = createLocalFiles(stages.path('.temporary'));

  it('writes whole files below new folders, and says what stands in the way', async () => {
    await files.write(stages.path('a/b/c.txt'), 'text');
    expect(await files.readText(stages.path('a/b/c.txt'))).toBe('text');
    expect(await files.readText(stages.path('a/none.txt'))).toBeUndefined();
    await expect(files.write(stages.path('a/b/c.txt/d.txt'), 'x')).rejects.toThrow(InputError);
    await expect(files.write(stages.path('a/b'), 'x')).rejects.toThrow();
    await expect(files.readText(stages.path('a/b'))).rejects.toThrow(/is a directory; a file is needed/);
    await expect(files.digest(stages.path('a/none.txt'))).rejects.toThrow(/none\.txt does not exist/);
    await expect(files.copy(stages.path('a/none.txt'), stages.path('x'))).rejects.toThrow(/does not exist/);
    await expect(files.copy(stages.path('a/b'), stages.path('x'))).rejects.toThrow(/is a directory/);
    expect(existsSync(stages.path('x'))).toBe(false);
  });

  it('leaves the old file whole when writing chunks fails', async () => {
    await files.write(stages.path('chunks.txt'), 'old');
    const fail = function* () {
      yield 'new';
      throw new Error('out of rows');
    };
    await expect(files.writeChunks(stages.path('chunks.txt'), fail())).rejects.toThrow(/out of rows/);
    expect(await files.readText(stages.path('chunks.txt'))).toBe('old');
    expect(await files.find(['chunks*'], stages.directory)).toEqual(['chunks.txt']);
  });

  it('finds paths, globs and names with glob characters', async () => {
    for (const name of ['found/a.yml', 'found/b[1].yml', 'found/deep/c.yml']) stages.write(name, '');
    utimesSync(stages.path('found/a.yml'), 1, 1);
    expect(await files.find(['found/*.yml'], stages.directory)).toEqual(['found/a.yml', 'found/b[1].yml']);
    expect(await files.find(['found/**/*.yml', 'found/a.yml'], stages.directory)).toHaveLength(3);
    expect(await files.find(['found/b[1].yml'], stages.directory)).toEqual(['found/b[1].yml']);
    expect(await files.find(['found', 'none.yml'], stages.directory)).toEqual([]);
  });

  it('removes what was temporary', async () => {
    const own = createLocalFiles(stages.path('.temporary'));
    const directory = await own.temporaryDirectory('test');
    await own.write(join(directory, 'x'), 'x');
    await own[Symbol.asyncDispose]();
    expect(existsSync(directory)).toBe(false);
  });
});

it('writes tables as CSV', () => {
  const text = ['a', 'b,c', 'say "hi"', '', 'line\nend'];
  const table = {
    rowCount: 6,
    columns: [
      { kind: 'text', name: 'the "text", here', codes: Int32Array.of(0, 1, 2, 3, 4, -1), dictionary: text },
      { kind: 'number', name: 'n', values: Float64Array.of(1, -0.5, Number.NaN, 1e21, 0.1 + 0.2, Infinity) },
    ],
  } as const;
  expect([...renderCsv(table)].join('')).toBe(
    '"the ""text"", here",n\na,1\n"b,c",-0.5\n"say ""hi""",\n"",1e+21\n"line\nend",0.30000000000000004\n,Infinity\n',
  );
  expect([...renderCsv({ rowCount: 0, columns: table.columns.slice(1) })].join('')).toBe('n\n');
});
