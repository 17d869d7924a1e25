import type { ModelAnswers } from '../comparison/build-sample.ts';
import type { Task } from '../configuration/configuration.ts';
import type { Column } from '../data/table.ts';

/** The name that predictions have among the columns of a check. */
export const PREDICTION_NAME = 'prediction';

/**
 * A model's answers as one column: the probability of the positive class (the last), the most probable class
 * of several, else the predicted number. Rows it did not answer are missing.
 */
export function predictionColumn(
  answers: ModelAnswers,
  task: Task,
  classes: readonly string[] | undefined,
): Column {
  const { values, width } = answers;
  const rows = values.length / width;
  if (task === 'multiclass-classification') {
    const codes = new Int32Array(rows);
    for (let row = 0; row < rows; row++) codes[row] = mostProbable(values, row * width, width);
    const dictionary = Array.from({ length: width }, (_, code) => classes?.[code] ?? `class ${code}`);
    return { kind: 'text', name: PREDICTION_NAME, codes, dictionary };
  }
  const last = new Float64Array(rows);
  for (let row = 0; row < rows; row++) last[row] = values[(row + 1) * width - 1]!;
  return { kind: 'number', name: PREDICTION_NAME, values: last };
}

function mostProbable(values: Float64Array, start: number, width: number): number {
  let best = 0;
  for (let index = 0; index < width; index++) {
    const value = values[start + index]!;
    if (Number.isNaN(value)) return -1;
    if (value > values[start + best]!) best = index;
  }
  return best;
}
