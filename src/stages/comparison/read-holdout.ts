import { buildSample, type SampleOptions } from '../../core/comparison/build-sample.ts';
import { renumber } from '../../core/comparison/canonical-order.ts';
import { takeValues } from '../../core/comparison/take-sample.ts';
import { readTruth, type Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { type Column, findColumn, type Table, takeRows } from '../../core/data/table.ts';
import type { Windows } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import type { MetricSample } from '../../core/metrics/metric.ts';
import type { DataFileRead, DataSet } from '../../ports/data-engine.ts';
import type { Log } from '../../ports/runner.ts';
import { chooseFeatureColumns, chooseModelColumns, type FeatureColumn } from '../data/feature-columns.ts';
import { type OpenRequest, openRole } from '../data/open-data.ts';
import {
  type DataPorts,
  groupCodes,
  type LabelledRows,
  labelledPositions,
  readLabelledRows,
  readModelTable,
  scoreRows,
} from '../data/score-rows.ts';
import type { JudgedModel } from './judged-models.ts';

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
  readonly digest: string;
  readonly files: readonly DataFileRead[];
  readonly request: HoldoutRequest;
};

/** Reads labels, ids, groups, costs and slice columns of the holdout as the exam has it. */
export async function readHoldout(request: HoldoutRequest): Promise<Holdout> {
  const { configuration } = request;
  await using data = await openRole(request.ports.engine, { role: 'holdout', ...request });
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
  return { rows, labelled, digest: await data.digest(), files: data.files, request };
}

function hasColumn(data: DataSet, name: string): boolean {
  return data.columns.some((column) => column.name === name);
}

/** One model's answers on the labelled rows, with the features it was made with. */
export type ScoredModel = {
  readonly values: Float64Array;
  readonly width: number;
  readonly labels?: Int32Array;
  /** Positions among the labelled rows that got no answer. */
  readonly refused: ReadonlyMap<number, string>;
  readonly table: Table;
  readonly binding: string;
};

export async function scoreOnHoldout(
  holdout: Holdout,
  model: JudgedModel,
  truth: Truth,
): Promise<ScoredModel> {
  const { configuration, ports, log } = holdout.request;
  await using data = await openRole(ports.engine, {
    role: 'holdout',
    ...holdout.request,
    ...(model.features ? { features: withoutAnswer(model.features, configuration) } : {}),
  });
  const columns = await columnsOf(model, data, holdout.request);
  const whole = await readModelTable(
    { data, columns, name: model.name },
    { labelled: holdout.rows, idName: configuration.data.id },
  );
  const table = holdout.labelled.length === whole.rowCount ? whole : takeRows(whole, holdout.labelled);
  const scores = await scoreRows({
    scorer: ports.scorer,
    model: { path: model.path, name: model.name },
    table,
    task: configuration.task,
    classes: 'classes' in truth ? truth.classes : [],
    onProgress: (done) => log.progress(`rows scored by the ${model.name}`, done, table.rowCount),
  });
  return { ...scores, refused: new Map(scores.refused.map(({ row, reason }) => [row, reason])), table };
}

/** A query comes with the model, from a pull request perhaps: it must not see the answers it is judged by. */
export function withoutAnswer(
  features: NonNullable<JudgedModel['features']>,
  { data }: Configuration,
): NonNullable<OpenRequest['features']> {
  return { ...features, withheld: data.target === undefined ? [] : [data.target] };
}

/** A model keeps the columns it was released or trained with; one from elsewhere may name them itself. */
async function columnsOf(
  model: JudgedModel,
  data: DataSet,
  { configuration, ports }: HoldoutRequest,
): Promise<readonly FeatureColumn[]> {
  if (model.featureColumns !== undefined)
    return chooseFeatureColumns(withColumns(configuration, model), data.columns);
  const { signature } = await ports.scorer.describe({ path: model.path, name: model.name });
  const inputs = signature.inputs.map((input) => input.name);
  return chooseModelColumns(configuration, data.columns, inputs);
}

function withColumns(configuration: Configuration, model: JudgedModel): Configuration {
  if (model.featureColumns === undefined) return configuration;
  return {
    ...configuration,
    data: { ...configuration.data, columns: model.featureColumns.map((column) => column.name) },
  };
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

/** Codes of the groups of the kept rows; undefined when the config names none. */
export function groupsOf(holdout: Holdout, kept: Uint32Array): Int32Array | undefined {
  const { group } = holdout.rows;
  return group && renumber(takeValues(takeValues(groupCodes(group), holdout.labelled), kept));
}

/** Some rows of one column. */
export function takeColumn(column: Column, rows: Uint32Array): Column {
  return takeRows({ rowCount: rows.length, columns: [column] }, rows).columns[0]!;
}
