import { buildSample, type ModelAnswers } from '../comparison/build-sample.ts';
import { takeValues } from '../comparison/take-sample.ts';
import { readClasses, readTruth, type Truth } from '../comparison/truth.ts';
import type { Task } from '../configuration/configuration.ts';
import type { Column } from '../data/table.ts';
import type { MetricSample } from '../metrics/metric.ts';

export type TargetPair = { readonly reference: Column; readonly current: Column };

/**
 * The truth of both sides, read as one, so that both have the same classes in the same order even where one
 * side has rows of a single class. Rows without a label keep the code -1 or NaN.
 * @throws InputError when the values do not fit the task.
 */
export function readBothTruths(
  targets: TargetPair,
  options: {
    readonly task: Task;
    readonly positiveClass: string | undefined;
    readonly knownClasses?: readonly string[];
  },
): { readonly reference: Truth; readonly current: Truth } {
  const truth = readTruth({ ...options, target: joinTargets(targets, options.task) });
  const split = rowsOf(targets.reference);
  return { reference: sliceTruth(truth, 0, split), current: sliceTruth(truth, split) };
}

export type ScoredRows = {
  readonly truth: Truth;
  readonly answers: ModelAnswers;
  readonly threshold: number | undefined;
  readonly falsePositiveCost?: number | Float64Array;
  readonly falseNegativeCost?: number | Float64Array;
  /** Groups of rows that depend on each other; queries of a ranking. */
  readonly groups?: Int32Array;
};

/** Labelled rows that the model answered, as the metrics read them, and their groups. */
export function labelledSample(rows: ScoredRows): {
  readonly sample: MetricSample;
  readonly groups?: Int32Array;
} {
  const { truth, answers } = rows;
  const kept = Uint32Array.from(answeredPositions(truth, answers));
  const groups = rows.groups && takeValues(rows.groups, kept);
  const sample = buildSample(
    takeTruth(truth, kept),
    {
      values: takeValues(answers.values, kept, answers.width),
      width: answers.width,
      ...(answers.labels ? { labels: takeValues(answers.labels, kept) } : {}),
    },
    {
      threshold: rows.threshold,
      ...costOf('falsePositiveCost', rows.falsePositiveCost, kept),
      ...costOf('falseNegativeCost', rows.falseNegativeCost, kept),
      ...(truth.task === 'ranking' && groups ? { queries: groups } : {}),
    },
  );
  return { sample, ...(groups && truth.task !== 'ranking' ? { groups } : {}) };
}

function costOf<Name extends string>(
  name: Name,
  cost: number | Float64Array | undefined,
  kept: Uint32Array,
): Partial<Record<Name, number | Float64Array>> {
  if (cost === undefined) return {};
  const taken = typeof cost === 'number' ? cost : takeValues(cost, kept);
  return { [name]: taken } as Partial<Record<Name, number | Float64Array>>;
}

function* answeredPositions(truth: Truth, answers: ModelAnswers): Generator<number> {
  const rows = 'codes' in truth ? truth.codes.length : truth.values.length;
  for (let row = 0; row < rows; row++) {
    const labelled = 'codes' in truth ? truth.codes[row]! >= 0 : Number.isFinite(truth.values[row]!);
    if (labelled && Number.isFinite(answers.values[row * answers.width]!)) yield row;
  }
}

function takeTruth(truth: Truth, kept: Uint32Array): Truth {
  return 'codes' in truth
    ? { ...truth, codes: takeValues(truth.codes, kept) }
    : { ...truth, values: takeValues(truth.values, kept) };
}

function sliceTruth(truth: Truth, from: number, to?: number): Truth {
  return 'codes' in truth
    ? { ...truth, codes: truth.codes.slice(from, to) }
    : { ...truth, values: truth.values.slice(from, to) };
}

/** Classes by their names; numbers as they are. */
function joinTargets({ reference, current }: TargetPair, task: Task): Column {
  if (task === 'regression' || task === 'ranking') {
    if (reference.kind === 'text') return reference;
    if (current.kind === 'text') return current;
    const values = new Float64Array(reference.values.length + current.values.length);
    values.set(reference.values);
    values.set(current.values, reference.values.length);
    return { ...reference, values };
  }
  const before = readClasses(reference);
  const now = readClasses(current);
  const dictionary = [...new Set([...before.names, ...now.names])];
  const positions = new Map(dictionary.map((name, position) => [name, position]));
  const place = now.names.map((name) => positions.get(name)!);
  const codes = new Int32Array(before.codes.length + now.codes.length);
  codes.set(before.codes);
  codes.set(
    now.codes.map((code) => (code < 0 ? -1 : place[code]!)),
    before.codes.length,
  );
  return { kind: 'text', name: reference.name, codes, dictionary };
}

function rowsOf(column: Column): number {
  return column.kind === 'text' ? column.codes.length : column.values.length;
}
