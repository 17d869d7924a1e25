import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxScorer } from '../../src/adapters/onnx/onnx-scorer.ts';
import type { Task } from '../../src/core/configuration/configuration.ts';
import { type RowSource, rowsOfTable } from '../../src/core/data/row-source.ts';
import type { Column } from '../../src/core/data/table.ts';
import { InputError, OutsideError } from '../../src/core/errors.ts';
import type { ScoreRequest, Scorer } from '../../src/ports/scorer.ts';
import { describeWithSharedData, sharedDataPresent, sharedPath } from '../support/shared-data.ts';
import { workerSettings } from '../support/stage-harness.ts';

let scorer: Scorer;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'contender-scoring-'));
  scorer = createOnnxScorer(await workerSettings());
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Expected = {
  readonly model: string;
  readonly task: 'binary' | 'multiclass' | 'regression';
  readonly features: readonly string[];
  readonly first5_rows: readonly (readonly (number | string)[])[];
  readonly first5_label?: readonly (number | string)[];
  readonly first5_proba?: readonly (number | readonly number[])[];
  readonly first5?: readonly number[];
  readonly metrics_python: { readonly classes?: readonly (number | string)[] };
};

const TASKS: Readonly<Record<Expected['task'], Task>> = {
  binary: 'binary-classification',
  multiclass: 'multiclass-classification',
  regression: 'regression',
};

/** Histogram gradient boosting answers a little differently for another number of rows. */
const TOLERANCE = 2e-6;
const BATCH_EFFECT_TOLERANCE = 3e-5;

function rowsOf(names: readonly string[], rows: readonly (readonly (number | string)[])[]): RowSource {
  const columns = names.map((name, position): Column => {
    const cells = rows.map((row) => row[position]!);
    if (cells.every((cell) => typeof cell === 'number'))
      return { kind: 'number', name, values: Float64Array.from(cells) };
    const dictionary = [...new Set(cells.map(String))];
    return {
      kind: 'text',
      name,
      dictionary,
      codes: Int32Array.from(cells, (cell) => dictionary.indexOf(String(cell))),
    };
  });
  return rowsOfTable({ rowCount: rows.length, columns });
}

const expectedModels: readonly Expected[] = sharedDataPresent
  ? (JSON.parse(readFileSync(sharedPath('data/onnx/made/expected.json'), 'utf8')) as Expected[])
  : [];

describeWithSharedData('models of public converters', () => {
  it.each(expectedModels.map((expected) => ({ expected })))(
    '$expected.model answers as Python does',
    async ({ expected }) => {
      const classes = expected.metrics_python.classes?.map(String);
      const scores = await scorer.score({
        model: { path: sharedPath(`data/onnx/made/${expected.model}`), name: 'challenger' },
        task: TASKS[expected.task],
        rows: rowsOf(expected.features, expected.first5_rows),
        ...(classes ? { classes } : {}),
      });
      const wanted = (expected.first5_proba ?? expected.first5)!.flatMap((row) => {
        if (typeof row !== 'number' && row.length > 1) return [...row];
        const value = typeof row === 'number' ? row : row[0]!;
        return expected.task === 'binary' ? [1 - value, value] : [value];
      });
      const tolerance = /hgb|retrained|champion_trained/.test(expected.model)
        ? BATCH_EFFECT_TOLERANCE
        : TOLERANCE;
      // The reference answered the first row alone where the batch is fixed to one.
      const rows = expected.first5_rows.length;
      const compared = /batch1/.test(expected.model) ? 1 : rows;
      expect(scores.values.length * compared).toBe(wanted.length * rows);
      const scale = Math.max(1, ...wanted.map(Math.abs));
      wanted.forEach((value, index) => {
        expect(Math.abs(scores.values[index]! - value)).toBeLessThanOrEqual(tolerance * scale);
      });
      expect(scores.refused).toEqual(new Map());
      if (scores.labels) {
        expect([...scores.labels]).toEqual(
          expected.first5_label!.map((label) => classes!.indexOf(String(label))),
        );
      }
    },
  );

  it('gives classes in the order asked for', async () => {
    const expected = expectedModels.find(({ model }) => model === 'iris/logreg.onnx')!;
    const classes = expected.metrics_python.classes!.map(String);
    const request = {
      model: { path: sharedPath('data/onnx/made/iris/logreg.onnx'), name: 'challenger' },
      task: 'multiclass-classification',
      rows: rowsOf(expected.features, expected.first5_rows),
    } as const;
    const ahead = await scorer.score({ ...request, classes });
    const back = await scorer.score({ ...request, classes: [...classes].reverse() });
    const width = classes.length;
    for (let row = 0; row < 5; row++) {
      for (let position = 0; position < width; position++) {
        expect(back.values[row * width + width - 1 - position]).toBe(ahead.values[row * width + position]);
      }
      expect(back.labels![row]).toBe(width - 1 - ahead.labels![row]!);
    }
  });

  it('gives the same answers however many rows come together', async () => {
    const expected = expectedModels.find(({ model }) => model === 'fraud_sparkov/challenger_rf.onnx')!;
    const rows = Array.from({ length: 40_000 }, (_, row) => expected.first5_rows[row % 5]!);
    const request = {
      model: { path: sharedPath(`data/onnx/made/${expected.model}`), name: 'challenger' },
      task: 'binary-classification',
      classes: ['0', '1'],
    } as const;
    const few = await scorer.score({ ...request, rows: rowsOf(expected.features, expected.first5_rows) });
    const seen: number[] = [];
    const many = await scorer.score({
      ...request,
      rows: rowsOf(expected.features, rows),
      onProgress: (done) => seen.push(done),
    });
    for (let row = 0; row < rows.length; row++)
      expect(many.values[row * 2 + 1]).toBe(few.values[(row % 5) * 2 + 1]);
    expect(seen.every((done, index) => index === 0 || done > seen[index - 1]!)).toBe(true);
  });

  it('measures the latency of two models in turn', async () => {
    const expected = expectedModels.find(({ model }) => model === 'fraud_sparkov/challenger_rf.onnx')!;
    const table = rowsOf(expected.features, expected.first5_rows);
    const model = (name: string) => ({ path: sharedPath(`data/onnx/made/fraud_sparkov/${name}.onnx`), name });
    const runs = await scorer.measureLatency({
      models: [model('challenger_rf'), model('champion_logreg')],
      rows: [table, table],
      task: 'binary-classification',
      classes: ['0', '1'],
      runs: 7,
    });
    expect(runs.map((milliseconds) => milliseconds.length)).toEqual([7, 7]);
    for (const milliseconds of runs) for (const value of milliseconds) expect(value).toBeGreaterThan(0);
  });

  it('says what a model wants and what the data have', async () => {
    const request = {
      model: {
        path: sharedPath('data/onnx/made/fraud_sparkov/champion_logreg.onnx'),
        name: 'champion 1.0.0',
      },
      task: 'binary-classification',
      classes: ['0', '1'],
    } as const;
    const score = (names: readonly string[], row: readonly (number | string)[]) =>
      scorer.score({ ...request, rows: rowsOf(names, [row]) });
    await expect(score(['amt', 'hour'], [1, 2])).rejects.toThrow(
      /champion 1\.0\.0 cannot be bound to the data: its input "input" takes 6 columns, the data have 2 feature columns; .*\n {2}the model wants {7}the data have\n {2}input: float \[\?, 6\] {3}amt: number\n {24}hour: number$/,
    );
    await expect(score(['a', 'b', 'c', 'd', 'e', 'f'], [1, 2, 3, 4, 5, 'six'])).rejects.toThrow(
      /the column "f" is text/,
    );
  });

  it('refuses classes that the model does not know', async () => {
    const expected = expectedModels.find(({ model }) => model === 'fraud_sparkov/champion_logreg.onnx')!;
    const answer = scorer.score({
      model: { path: sharedPath(`data/onnx/made/${expected.model}`), name: 'champion' },
      task: 'binary-classification',
      rows: rowsOf(expected.features, expected.first5_rows),
      classes: ['legit', 'fraud'],
    });
    await expect(answer).rejects.toThrow(/classes "0", "1", but the data have the class "legit"/);
  });

  it('names the rows a whole-number input cannot hold', async () => {
    const expected = expectedModels.find(({ model }) => model === 'adult/champion_logreg.onnx')!;
    const rows = expected.first5_rows.map((row, index) =>
      index === 2
        ? row.map((cell, column) => (expected.features[column] === 'age' ? Number.NaN : cell))
        : row,
    );
    const scores = await scorer.score({
      model: { path: sharedPath(`data/onnx/made/${expected.model}`), name: 'champion' },
      task: 'binary-classification',
      rows: rowsOf(expected.features, rows),
      classes: expected.metrics_python.classes!.map(String),
    });
    expect(scores.refused).toEqual(new Map([[2, 'age has no value, which int64 cannot hold']]));
    expect([scores.values[4], scores.values[5]]).toEqual([Number.NaN, Number.NaN]);
    expect(Math.abs(scores.values[7]! - (expected.first5_proba![3] as number[])[1]!)).toBeLessThan(TOLERANCE);
  });
});

const OUTSIDE = /^(endless_loop|huge_alloc)/;

describeWithSharedData('models that are wrong', () => {
  const files = sharedDataPresent
    ? readdirSync(sharedPath('data/onnx/invalid')).map((name) =>
        name.endsWith('.onnx') ? name : `${name}/model.onnx`,
      )
    : [];

  /** Two rows of as many columns and classes as the model says, so that only its own fault stops it. */
  async function scoreInvalid(file: string, limits?: ScoreRequest['limits']) {
    const model = { path: sharedPath(`data/onnx/invalid/${file}`), name: 'challenger' };
    const described = await scorer.describe(model).catch(() => undefined);
    const inputs = described?.signature.inputs[0]?.shape[1];
    const outputs = described?.signature.outputs.at(-1)?.shape[1];
    const names = Array.from({ length: typeof inputs === 'number' ? inputs : 1 }, (_, index) => `c${index}`);
    const count = typeof outputs === 'number' ? outputs : 1;
    const classes = described?.classes ?? Array.from({ length: count }, (_, index) => `k${index}`);
    return scorer.score({
      model,
      task: classes.length > 1 ? 'multiclass-classification' : 'regression',
      rows: rowsOf(names, [names.map(() => 1), names.map(() => 2)]),
      classes,
      ...(limits ? { limits } : {}),
    });
  }

  it.each(files.filter((file) => !OUTSIDE.test(file) && file !== 'nan_weights.onnx'))(
    '%s ends in one clear message of whose fault it is',
    async (file) => {
      const error = await scoreInvalid(file).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(InputError);
      const { message } = error as InputError;
      expect(message).toMatch(/challenger/);
      expect(message).not.toMatch(/undefined|\[object|\n|onnxruntime::|std::/);
      expect(message.length).toBeLessThan(600);
    },
  );

  it('an answer that is no number is refused row by row', async () => {
    const scores = await scoreInvalid('nan_weights.onnx');
    expect([...scores.refused.keys()]).toEqual([0, 1]);
    expect(scores.values.every(Number.isNaN)).toBe(true);
  });

  it('a model that never ends is ended, and no process stays', async () => {
    const answer = scoreInvalid('endless_loop.onnx', { seconds: 2, memoryMegabytes: 2000 });
    await expect(answer).rejects.toThrow(InputError);
    await expect(answer).rejects.toThrow(/challenger took longer than 2 seconds and was ended/);
    await expect.poll(childrenOfThisProcess, { timeout: 5000 }).toEqual([]);
  });

  it('a model that wants all memory fails or is ended', async () => {
    const answer = scoreInvalid('huge_alloc.onnx', { seconds: 20, memoryMegabytes: 2000 });
    await expect(answer).rejects.toThrow(/challenger/);
  });
});

/** Scoring processes that this one started and that still live. */
function childrenOfThisProcess(): string[] {
  const listing = execFileSync('ps', ['-o', 'pid=,stat=,args=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  });
  return listing.split('\n').filter((line) => line.includes('score-worker') && !/^\s*\d+\s+Z/.test(line));
}

describe('the process that holds a model', () => {
  const table = rowsOf(['a'], [[1]]);

  /** A scorer whose child is another script; the model is a file of ours that can be read. */
  async function scorerWith(script: string): Promise<(limits?: ScoreRequest['limits']) => Promise<unknown>> {
    const file = join(directory, `worker-${Math.abs(hash(script))}.mjs`);
    writeFileSync(file, script);
    const settings = await workerSettings();
    const other = createOnnxScorer({ ...settings, script: file });
    const path = join(directory, 'model.onnx');
    writeFileSync(path, await anyModel());
    return (limits) =>
      other.score({
        model: { path, name: 'challenger' },
        task: 'regression',
        rows: table,
        ...(limits ? { limits } : {}),
      });
  }

  it('sees no token and nothing else of the environment', async () => {
    process.env.GITHUB_TOKEN = 'secret-token';
    process.env.INPUT_PASSWORD = 'secret-password';
    process.env.NODE_OPTIONS = '--no-warnings';
    try {
      const seen = join(directory, 'environment.json');
      const score = await scorerWith(`
        import { writeFileSync } from 'node:fs';
        writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ environment: process.env, directory: process.cwd() }));
        process.exit(3);
      `);
      await expect(score()).rejects.toThrow(/the process that scored challenger ended with code 3/);
      const { environment, directory: started } = JSON.parse(readFileSync(seen, 'utf8'));
      expect(JSON.stringify(environment)).not.toMatch(/secret/);
      const allowed = ['PATH', 'HOME', 'TMPDIR', 'TMP', 'TEMP', 'LANG', 'LC_ALL', 'CONTENDER_WORKER_OPTIONS'];
      const added = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'NODE_UNIQUE_ID'];
      expect(Object.keys(environment).filter((name) => ![...allowed, ...added].includes(name))).toEqual([]);
      expect(started).not.toBe(process.cwd());
    } finally {
      delete process.env.GITHUB_TOKEN;
      delete process.env.INPUT_PASSWORD;
      delete process.env.NODE_OPTIONS;
    }
  });

  it('is ended when it takes more memory than it may', async () => {
    const score = await scorerWith(`
      process.on('message', () => {
        const blocks = [];
        setInterval(() => blocks.push(Buffer.alloc(50 * 1024 * 1024, 1)), 20);
      });
      process.send({ kind: 'started' });
    `);
    const answer = score({ seconds: 30, memoryMegabytes: 300 });
    await expect(answer).rejects.toThrow(InputError);
    await expect(answer).rejects.toThrow(/more than 300 MB of memory/);
  });

  it.each([
    ['dies with words', "console.error('out of luck'); process.exit(9)", /ended with code 9: out of luck/],
    ['is killed', "process.kill(process.pid, 'SIGKILL')", /was ended by SIGKILL/],
    ['never says a word', 'setInterval(() => undefined, 1000)', /took longer than 1 seconds/],
  ])('that %s ends in an error of the outside', async (_name, body, message) => {
    const score = await scorerWith(body);
    const answer = score({ seconds: 1, memoryMegabytes: 500 });
    await expect(answer).rejects.toThrow(OutsideError);
    await expect(answer).rejects.toThrow(message);
  });

  it('refuses a path that is missing or a folder', async () => {
    const score = (path: string) =>
      scorer.score({ model: { path, name: 'challenger' }, task: 'regression', rows: table });
    await expect(score(join(directory, 'none.onnx'))).rejects.toThrow(
      /challenger: the model file .*none\.onnx cannot be read/,
    );
    await expect(score(directory)).rejects.toThrow(InputError);
  });
});

function hash(text: string): number {
  return [...text].reduce((total, character) => (total * 31 + character.charCodeAt(0)) | 0, 7);
}

/** A model of one number column, made by the built-in learner. */
async function anyModel(): Promise<Uint8Array> {
  const { trainLearner } = await import('../../src/core/learning/train-learner.ts');
  const values = Float64Array.from({ length: 60 }, (_, row) => row);
  return trainLearner({
    learner: 'gradient-boosting',
    task: 'regression',
    features: [{ kind: 'number', name: 'a', values }],
    target: { kind: 'number', name: 'y', values },
    positiveClass: undefined,
    parameters: { iterations: 1 },
    seed: 1,
    model: 'm',
    toolVersion: '0',
  }).bytes;
}
