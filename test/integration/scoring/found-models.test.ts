import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Task } from '../../../src/core/configuration/configuration.ts';
import { InputError } from '../../../src/core/errors.ts';
import type { Scorer } from '../../../src/ports/scorer.ts';
import { describeWithSharedData, sharedPath } from '../../support/shared-data.ts';
import { type Cell, rowsOf, startScorer } from './scorer-fixture.ts';

/** Models that other projects published. The numbers are of Python's onnxruntime (`scripts/reference`). */

type Found = {
  readonly model: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly columns: number;
  readonly whole: boolean;
  readonly values: readonly (readonly number[])[];
};

const { models } = JSON.parse(readFileSync(new URL('./found-models.json', import.meta.url), 'utf8')) as {
  readonly models: readonly Found[];
};

const TOLERANCE = 2e-6;

let scorer: Scorer;
beforeAll(async () => {
  scorer = await startScorer();
});

function madeRows(count: number, columns: number, cell: (value: number) => Cell = (value) => value / 4) {
  const names = Array.from({ length: columns }, (_, column) => `c${column}`);
  const rows = Array.from({ length: count }, (_, row) =>
    names.map((_, column) => cell((row * 7 + column * 3) % 11)),
  );
  return rowsOf(names, rows);
}

const fileOf = (model: string) => sharedPath(`data/onnx/found/${model}`);

describeWithSharedData('models of other projects', () => {
  it.each(models)(
    '$model answers as Python does',
    async ({ model, task, classes, columns, whole, values }) => {
      const rows = madeRows(5, columns, whole ? (value) => value : undefined);
      const scores = await scorer.score({
        model: { path: fileOf(model), name: 'challenger' },
        task,
        rows,
        classes,
      });
      const wanted = values.flat();
      expect(scores.values.length).toBe(wanted.length);
      wanted.forEach((value, index) => {
        expect(Math.abs(scores.values[index]! - value)).toBeLessThanOrEqual(
          TOLERANCE * Math.max(1, Math.abs(value)),
        );
      });
      expect(scores.refused.size).toBe(0);
    },
  );

  /** What no rows of a table can be scored with, and how it is said. */
  const refused: readonly (readonly [string, number, readonly string[], RegExp])[] = [
    [
      'mlnet/twoinput.onnx',
      10,
      ['0', '1'],
      /5 scores for each row, but the target has 2|gives no output|answered with 5/,
    ],
    [
      'mlnet/TestZipMapInt64.onnx',
      3,
      ['0', '1', '2'],
      /scores of the classes "94", "17", "36", but the data have the class "0"/,
    ],
    ['onnx-node/ai_onnx_ml_array_feature_extractor.onnx', 5, ['0', '1'], /take 3 and 2 rows at once/],
    [
      'onnx-node/ai_onnx_ml_binarizer.onnx',
      20,
      ['0', '1'],
      /answered with 20 values for each row; 2 are needed/,
    ],
    [
      'onnx-node/ai_onnx_ml_label_encoder_string_int.onnx',
      1,
      ['0', '1'],
      /no output with scores of the classes/,
    ],
    ['onnx-simple/test_sequence_model1.onnx', 36, ['0', '1'], /"X" and "Y" take 2 and 1 rows at once/],
    [
      'onnxmltools/coreml_OneHotEncoder_BikeSharing.onnx',
      8,
      ['0', '1'],
      /57 scores for each row, but the target has 2/,
    ],
    [
      'onnxruntime_go/example_float16.onnx',
      8,
      ['0', '1'],
      /no output with scores of the classes .* OutputA: bfloat16/,
    ],
    [
      'onnxruntime_go/example_needs_extensions.onnx',
      1,
      ['0', '1'],
      /no output with scores of the classes .* output: string/,
    ],
    [
      'onnxruntime_go/example_several_inputs_and_outputs.onnx',
      4,
      ['0', '1'],
      /"input 3" has the type bfloat16; supported are/,
    ],
    ['onnxruntime-ruby/abs_free_dimensions.onnx', 5, ['0', '1'], /has the shape \[Dim1, Dim2, 5\]/],
    ['onnxruntime-ruby/identity_string.onnx', 2, ['0', '1'], /no output with scores of the classes/],
  ];

  it.each(refused)('%s is refused by name', async (model, columns, classes, message) => {
    expect(existsSync(fileOf(model))).toBe(true);
    const answer = scorer.score({
      model: { path: fileOf(model), name: 'challenger' },
      task: classes.length === 2 ? 'binary-classification' : 'multiclass-classification',
      rows: madeRows(3, columns, (value) => value),
      classes,
    });
    await expect(answer).rejects.toThrow(InputError);
    await expect(answer).rejects.toThrow(message);
  });
});
