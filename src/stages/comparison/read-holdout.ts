import { buildSample, type SampleOptions } from '../../core/comparison/build-sample.ts';
import { renumber } from '../../core/comparison/canonical-order.ts';
import { takeValues } from '../../core/comparison/take-sample.ts';
import { readTruth, type Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { type Column, findColumn, takeRows } from '../../core/data/table.ts';
import type { Windows } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import type { MetricSample } from '../../core/metrics/metric.ts';
import { describeRepeatedIds } from '../../core/report/repeated-ids.ts';
import type { DataFileRead, DataSet } from '../../ports/data-engine.ts';
import type { Log } from '../../ports/runner.ts';
import { describeReading } from '../data/describe-reading.ts';
import { openRole } from '../data/open-data.ts';
import {
  type DataPorts,
  groupCodes,
  type LabelledRows,
  labelledPositions,
  readLabelledRows,
} from '../data/score-rows.ts';
import type { ScoredModel } from './scored-model.ts';

export type HoldoutRequest = {
  readonly configuration: Configuration;
  /** Directory that the paths of the holdout start from. */
  readonly directory: string;
  readonly windows: Windows | undefined;
  readonly ports: DataPorts;
  readonly log: Log;
};

/** The rows that both models are judged on. */
export type Holdout = {
  readonly rows: LabelledRows;
  /** Positions of the rows that have a label. */
  readonly labelled: Uint32Array;
  /** Labelled rows with the id of an earlier one; 0 where no id is declared. */
  readonly repeatedIds: number;
  readonly digest: string;
  readonly files: readonly DataFileRead[];
  readonly request: HoldoutRequest;
};

/** Reads labels, ids, groups, costs and slice columns of the holdout as the exam has it. */
export async function readHoldout(request: HoldoutRequest): Promise<Holdout> {
  const { configuration } = request;
  await using data = await openRole(request.ports.engine, { role: 'holdout', ...request });
  request.log.info(describeReading(data));
  const { cost, slices } = configuration.comparison;
  const costColumns = cost
    ? [cost.falsePositive, cost.falseNegative].filter((value) => typeof value === 'string')
    : [];
  const sliceColumns = slices.flatMap((slice) =>
    slice.kind === 'column' && hasColumn(data, slice.column) ? [slice.column] : [],
  );
  const rows = await readLabelledRows(data, configuration, [...costColumns, ...sliceColumns]);
  const labelled = labelledPositions(rows.target);
  if (labelled.length === 0) {
    throw new InputError(
      `the holdout has ${rows.table.rowCount} rows, and none of them has a label in ${rows.target.name}`,
    );
  }
  const repeatedIds = rows.id === undefined ? 0 : countRepeated(takeColumn(rows.id, labelled));
  if (repeatedIds > 0) request.log.warning(describeRepeatedIds(repeatedIds, labelled.length));
  return { rows, labelled, repeatedIds, digest: await data.digest(), files: data.files, request };
}

/** Rows whose text stood in an earlier row; rows without one stand alone. */
function countRepeated(column: Column): number {
  const codes = groupCodes(column);
  const seen = new Set<number>();
  let repeated = 0;
  for (const code of codes) {
    if (code === -1) continue;
    if (seen.has(code)) repeated++;
    seen.add(code);
  }
  return repeated;
}

function hasColumn(data: DataSet, name: string): boolean {
  return data.columns.some((column) => column.name === name);
}

/** Truth of the labelled rows. */
export function truthOf(holdout: Holdout, knownClasses: readonly string[]): Truth {
  const { configuration } = holdout.request;
  const target = takeColumn(holdout.rows.target, holdout.labelled);
  return readTruth({
    task: configuration.task,
    target,
    positiveClass: configuration.data.positiveClass,
    knownClasses,
  });
}

/** Rows that either model gave no answer for are left out for both. */
export type PairedRows = {
  /** Positions among the labelled rows that are judged. */
  readonly kept: Uint32Array;
  readonly refused: number;
};

/** Share of the rows, or of the rows of one class, a model may refuse before nothing can be said. */
const TOLERATED_REFUSED_SHARE = 0.01;

/**
 * @throws InputError when a model refused more than 1 % of the rows, or of those of one class (a model must
 *   not be able to leave out the few rows that matter), with the first reasons.
 */
export function pairRows(
  truth: Truth,
  models: readonly { readonly name: string; readonly scored: ScoredModel }[],
): PairedRows {
  const labelledCount = 'classes' in truth ? truth.codes.length : truth.values.length;
  const kept: number[] = [];
  for (let row = 0; row < labelledCount; row++) {
    if (models.every(({ scored }) => !scored.refused.has(row))) kept.push(row);
  }
  for (const { name, scored } of models) {
    const reasons = [...new Set(scored.refused.values())].slice(0, 3).join('; ');
    for (const { words, refused, total } of countRefused(truth, scored.refused, labelledCount)) {
      if (refused <= TOLERATED_REFUSED_SHARE * total) continue;
      throw new InputError(`${name} gave no usable answer for ${refused} of ${total} ${words}: ${reasons}`);
    }
  }
  return { kept: Uint32Array.from(kept), refused: labelledCount - kept.length };
}

function countRefused(truth: Truth, refused: ReadonlyMap<number, string>, total: number) {
  const all = { words: 'rows', refused: refused.size, total };
  if (!('classes' in truth)) return [all];
  const ofClass = truth.classes.map((name) => ({ words: `rows of the class ${name}`, refused: 0, total: 0 }));
  truth.codes.forEach((code, row) => {
    const counts = ofClass[code]!;
    counts.total++;
    if (refused.has(row)) counts.refused++;
  });
  return [all, ...ofClass];
}

export type SampleRequest = {
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly scored: ScoredModel;
  readonly kept: Uint32Array;
  /** The comparison section that gives threshold and cost. */
  readonly configuration: Configuration;
};

/** What the metrics read, of the rows that are kept. */
export function sampleOf({ holdout, truth, scored, kept, configuration }: SampleRequest): MetricSample {
  const { threshold } = configuration.comparison;
  const options: SampleOptions = {
    threshold,
    ...costsOf(holdout, kept, configuration),
    ...queriesOf(holdout, kept, configuration),
  };
  const answers = {
    values: takeValues(scored.values, kept, scored.width),
    width: scored.width,
    ...(scored.labels ? { labels: takeValues(scored.labels, kept) } : {}),
  };
  return buildSample(takeTruth(truth, kept), answers, options);
}

function takeTruth(truth: Truth, kept: Uint32Array): Truth {
  if ('classes' in truth) return { ...truth, codes: takeValues(truth.codes, kept) };
  return { ...truth, values: takeValues(truth.values, kept) };
}

function costsOf(holdout: Holdout, kept: Uint32Array, configuration: Configuration) {
  const { cost } = configuration.comparison;
  if (cost === undefined) return {};
  return {
    falsePositiveCost: costOf(holdout, kept, cost.falsePositive),
    falseNegativeCost: costOf(holdout, kept, cost.falseNegative),
  };
}

function costOf(holdout: Holdout, kept: Uint32Array, cost: number | string): number | Float64Array {
  if (typeof cost === 'number') return cost;
  const column = findColumn(holdout.rows.table, cost);
  if (column?.kind !== 'number')
    throw new InputError(`comparison.cost names the column ${JSON.stringify(cost)}, which is no number`);
  return takeValues(takeValues(column.values, holdout.labelled), kept);
}

function queriesOf(holdout: Holdout, kept: Uint32Array, configuration: Configuration) {
  const { group } = holdout.rows;
  if (configuration.task !== 'ranking' || group === undefined) return {};
  return { queries: renumber(takeValues(takeValues(groupCodes(group), holdout.labelled), kept)) };
}

/**
 * The column whose rows depend on each other: the declared group, else the id where it comes more than once, so that a
 * row that was copied counts once. Undefined where every row stands alone.
 */
export function dependenceColumn({ rows, repeatedIds }: Holdout): Column | undefined {
  return rows.group ?? (repeatedIds > 0 ? rows.id : undefined);
}

/** Codes of the groups of the kept rows; undefined where every row stands alone. */
export function groupsOf(holdout: Holdout, kept: Uint32Array): Int32Array | undefined {
  const group = dependenceColumn(holdout);
  return group && renumber(takeValues(takeValues(groupCodes(group), holdout.labelled), kept));
}

/** Some rows of one column. */
export function takeColumn(column: Column, rows: Uint32Array): Column {
  return takeRows({ rowCount: rows.length, columns: [column] }, rows).columns[0]!;
}
