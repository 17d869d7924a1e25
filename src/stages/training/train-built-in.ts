import type { Configuration, TrainingConfiguration } from '../../core/configuration/configuration.ts';
import { type Column, type ColumnDescription, type Table, takeRows } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import { trainLearner } from '../../core/learning/train-learner.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { chooseFeatureColumns } from '../data/feature-columns.ts';
import { labelledPositions } from '../data/score-rows.ts';
import type { StageWorld } from '../stage.ts';

/** What making a model tells of it, whoever made it. */
export type MadeModel = {
  readonly rows: number;
  readonly metrics: Record<string, number>;
  readonly parameters: TrainingConfiguration['parameters'];
  readonly importance?: readonly { readonly column: string; readonly share: number }[];
  readonly environment: Record<string, string>;
};

/** Rows that all have a label, as a built-in learner takes them. */
export type TrainingRows = {
  readonly features: Table;
  readonly target: Column;
  readonly weights?: Float64Array;
  /** Only when it was asked for. */
  readonly group?: Column;
};

export type ReadRequest = {
  readonly data: DataSet;
  readonly configuration: Configuration;
  /** The feature columns. */
  readonly columns: readonly ColumnDescription[];
  /** A column that tells which rows belong together, to be read too. */
  readonly group?: string;
};

/** Reads features, target and weights of the rows that have a label. */
export async function readTrainingRows(request: ReadRequest): Promise<TrainingRows> {
  const { data, configuration, columns, group } = request;
  const { target, weight } = configuration.data;
  if (target === undefined)
    throw new InputError('data.target (or --target) must name the column with the label');
  const targetType = data.columns.find((column) => column.name === target)?.type;
  const targetAs = targetType === 'integer' || targetType === 'number' ? 'number' : 'text';
  const table = await data.read([
    ...chooseFeatureColumns(configuration, columns).map(({ name, as }) => ({ name, as })),
    { name: target, as: targetAs },
    ...(weight === undefined ? [] : [{ name: weight, as: 'number' as const }]),
  ]);
  const groups = group === undefined ? [] : (await data.read([{ name: group, as: 'text' }])).columns;
  const rows = split({ ...table, columns: [...table.columns, ...groups] }, { count: columns.length, weight });
  const kept = labelledPositions(rows.target);
  return kept.length === table.rowCount ? rows : takeTrainingRows(rows, kept);
}

/** The columns of a table that holds features, target, weight where there is one, and group where it was asked for. */
function split(
  { rowCount, columns }: Table,
  { count, weight }: { readonly count: number; readonly weight: string | undefined },
): TrainingRows {
  const weights = weight === undefined ? undefined : columns[count + 1];
  const group = columns[count + (weight === undefined ? 1 : 2)];
  return {
    features: { rowCount, columns: columns.slice(0, count) },
    target: columns[count]!,
    ...(weights?.kind === 'number' ? { weights: weights.values } : {}),
    ...(group ? { group } : {}),
  };
}

/** Some of the rows, in the order of their positions. */
export function takeTrainingRows(rows: TrainingRows, positions: Uint32Array): TrainingRows {
  const take = (column: Column) => takeRows({ rowCount: 0, columns: [column] }, positions).columns[0]!;
  return {
    features: takeRows(rows.features, positions),
    target: take(rows.target),
    ...(rows.weights ? { weights: Float64Array.from(positions, (row) => rows.weights![row]!) } : {}),
    ...(rows.group ? { group: take(rows.group) } : {}),
  };
}

export type BuiltInTraining = {
  readonly training: Extract<TrainingConfiguration, { kind: 'learner' }>;
  readonly configuration: Configuration;
  readonly rows: TrainingRows;
  readonly world: StageWorld;
  /** Where the model file goes, absolute. */
  readonly path: string;
};

/** Trains a built-in learner on rows that were read, and writes its model. */
export async function trainBuiltIn(request: BuiltInTraining): Promise<MadeModel> {
  const { training, configuration, rows, world, path } = request;
  const { log } = world;
  const learned = trainLearner({
    learner: training.learner,
    task: configuration.task,
    features: rows.features.columns,
    target: rows.target,
    ...(rows.weights ? { weights: rows.weights } : {}),
    positiveClass: configuration.data.positiveClass,
    parameters: training.parameters,
    seed: training.seed,
    model: configuration.model,
    toolVersion: world.tool.version,
    onProgress: ({ iteration, iterations }) => log.progress('trees', iteration, iterations),
  });
  await world.files.write(path, learned.bytes);
  const { report } = learned;
  const { length } = rows.features.columns;
  log.info(`trained ${report.iterations} trees on ${report.trainingRows} rows and ${length} columns`);
  return {
    rows: report.trainingRows + report.validationRows,
    metrics: {
      iterations: report.iterations,
      [`training_${report.loss}`]: report.trainingLoss,
      ...(report.validationLoss === undefined
        ? {}
        : { [`validation_${report.loss}`]: report.validationLoss }),
    },
    parameters: learned.parameters,
    importance: report.importance,
    environment: { contender: world.tool.version },
  };
}
