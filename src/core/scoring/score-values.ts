import { isClassification, type Task } from '../configuration/configuration.ts';
import type { TextColumn } from '../data/table.ts';
import type { ScoreColumns } from './score-columns.ts';

/** Columns of a score table as read; all of equal length. */
export type ScoreTable = {
  readonly columns: ScoreColumns;
  /** The values of `columns.scores`, in its order; missing is NaN. */
  readonly values: readonly Float64Array[];
  readonly labels?: TextColumn;
};

export type ScoreValuesRequest = {
  readonly table: ScoreTable;
  readonly task: Task;
  /** Classes in the order scores are wanted; of two the positive last. */
  readonly classes: readonly string[];
  /** Position in the table of each row that is judged. */
  readonly rows: Int32Array;
};

/** One model's answers on the rows that are judged, as the metrics want them. */
export type ScoreValues = {
  /** Row-major, `width` for each row; rows that were refused are NaN. */
  readonly values: Float64Array;
  readonly width: number;
  /** Positions in the classes; -1 where the table gives no decision. */
  readonly labels?: Int32Array;
  readonly refused: readonly { readonly row: number; readonly reason: string }[];
};

/** A value that no score of this task can have, and the row of the table it stands in. */
export type ScoreProblem = { readonly row: number; readonly problem: string };

/** Rounding that a probability may carry. */
const ROUNDING = 1e-6;
/** What the probabilities of two classes may miss of 1, since tables are often rounded. */
const SUM_ROUNDING = 0.01;

/**
 * The scores of the rows asked for, or the first thing that is no score. A row without a score, or with one
 * that is not finite, is refused and stays in the order; the caller decides how many are too many.
 */
export function takeScoreValues(request: ScoreValuesRequest): ScoreValues | ScoreProblem {
  const labels = takeLabels(request);
  if (labels !== undefined && 'problem' in labels) return labels;
  const scores = isClassification(request.task) ? takeProbabilities(request) : takePredictions(request);
  return 'problem' in scores || labels === undefined ? scores : { ...scores, labels };
}

function takePredictions({ table, rows }: ScoreValuesRequest): ScoreValues {
  const [source] = table.values as [Float64Array];
  const refused: { row: number; reason: string }[] = [];
  const values = Float64Array.from(rows, (row, position) => {
    const value = source[row]!;
    if (Number.isFinite(value)) return value;
    refused.push({ row: position, reason: reasonOf(value) });
    return Number.NaN;
  });
  return { values, width: 1, refused };
}

function takeProbabilities(request: ScoreValuesRequest): ScoreValues | ScoreProblem {
  const { table, rows, classes } = request;
  const width = classes.length;
  const values = new Float64Array(rows.length * width);
  const refused: { row: number; reason: string }[] = [];
  const sources = sourcesOf(request);
  for (let position = 0; position < rows.length; position++) {
    const row = rows[position]!;
    const start = position * width;
    const reason = readRow(sources, row, { values, start });
    if (reason === undefined) continue;
    if (reason.kind === 'problem') {
      return { row, problem: describeProblem(reason.value, table, reason.source) };
    }
    refused.push({ row: position, reason: reason.words });
    values.fill(Number.NaN, start, start + width);
  }
  const wrongSum = findWrongSum(values, width);
  if (wrongSum === undefined) return { values, width, refused };
  const found = [...values.subarray(wrongSum * width, (wrongSum + 1) * width)];
  const shown = found.slice(0, 5).join(', ') + (width > 5 ? ', …' : '');
  return {
    row: rows[wrongSum]!,
    problem: `the probabilities of the ${width} classes are ${shown}, which do not add up to 1`,
  };
}

/** For each column: its values, and the position of its class among those wanted. */
type Source = { readonly values: Float64Array; readonly at: number; readonly index: number };

function sourcesOf({ table, classes }: ScoreValuesRequest): readonly Source[] {
  const { scores } = table.columns;
  if (scores.kind === 'single') return [{ values: table.values[0]!, at: classes.length - 1, index: 0 }];
  return scores.columns.map(({ className }, index) => ({
    values: table.values[index]!,
    at: classes.indexOf(className),
    index,
  }));
}

type RowRefusal =
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'problem'; readonly value: number; readonly source: number };

function readRow(
  sources: readonly Source[],
  row: number,
  into: { readonly values: Float64Array; readonly start: number },
): RowRefusal | undefined {
  let sum = 0;
  for (const { values, at, index } of sources) {
    const value = values[row]!;
    if (!Number.isFinite(value)) return { kind: 'refused', words: reasonOf(value) };
    if (value < -ROUNDING || value > 1 + ROUNDING) return { kind: 'problem', value, source: index };
    const probability = Math.min(1, Math.max(0, value));
    into.values[into.start + at] = probability;
    sum += probability;
  }
  if (sources.length === 1) into.values[into.start] = 1 - into.values[into.start + 1]!;
  else if (sum === 0) return { kind: 'refused', words: 'probabilities that are all 0' };
  return undefined;
}

function findWrongSum(values: Float64Array, width: number): number | undefined {
  for (let row = 0; row * width < values.length; row++) {
    let sum = 0;
    for (let index = 0; index < width; index++) sum += values[row * width + index]!;
    if (Math.abs(sum - 1) > SUM_ROUNDING) return row;
  }
  return undefined;
}

function describeProblem(value: number, { columns }: ScoreTable, source: number): string {
  const { scores } = columns;
  const column = scores.kind === 'single' ? scores.column : scores.columns[source]!.column;
  return `the value ${value} in the column ${JSON.stringify(column)} is no probability; give probabilities from 0 to 1, for instance 1/(1+exp(-score))`;
}

function reasonOf(value: number): string {
  return Number.isNaN(value) ? 'no score' : 'a score that is not finite';
}

function takeLabels({ table, rows, classes }: ScoreValuesRequest): Int32Array | ScoreProblem | undefined {
  const { labels } = table;
  if (labels === undefined) return undefined;
  const positions = Int32Array.from(labels.dictionary, (name) => classes.indexOf(name));
  const taken = new Int32Array(rows.length);
  for (let position = 0; position < rows.length; position++) {
    const code = labels.codes[rows[position]!]!;
    const label = code < 0 ? -1 : positions[code]!;
    if (code >= 0 && label < 0) {
      return {
        row: rows[position]!,
        problem: `the label ${JSON.stringify(labels.dictionary[code]!.slice(0, 100))} is none of the classes ${classes.slice(0, 20).join(', ')}`,
      };
    }
    taken[position] = label;
  }
  return taken;
}
