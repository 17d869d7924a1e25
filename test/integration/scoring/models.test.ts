import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Task } from '../../../src/core/configuration/configuration.ts';
import type { Scorer } from '../../../src/ports/scorer.ts';
import { describeWithSharedData, sharedDataPresent, sharedPath } from '../../support/shared-data.ts';
import { rowsOf, startScorer } from './scorer-fixture.ts';

let scorer: Scorer;
beforeAll(async () => {
  scorer = await startScorer();
});

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
