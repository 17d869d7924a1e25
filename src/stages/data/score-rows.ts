import { takeValues } from '../../core/comparison/take-sample.ts';
import { type Configuration, isClassification } from '../../core/configuration/configuration.ts';
import type { RowSource } from '../../core/data/row-source.ts';
import { type Column, cellText, findColumn, type Table, takeRows } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import type { ColumnRequest, DataEngine, DataSet } from '../../ports/data-engine.ts';
import type { ModelFile, Scorer, Scores } from '../../ports/scorer.ts';

/** What decides about a row besides any model: its label, its id, its group, and what it costs to be wrong. */
export type LabelledRows = {
  readonly target: Column;
  readonly id?: Column;
  readonly group?: Column;
  /** Columns that tell whether a query that drops the id kept the order of the rows. */
  readonly witnesses: readonly Column[];
  /** Every column that was read. */
  readonly table: Table;
};

/** Reads target, id, group and further columns of the rows as they are, before any features query. */
export async function readLabelledRows(
  data: DataSet,
  configuration: Configuration,
  further: readonly string[] = [],
): Promise<LabelledRows> {
  const { target, id, group, timestamp } = configuration.data;
  if (target === undefined)
    throw new InputError('data.target (or --target) must name the column with the label');
  const requests = new Map<string, ColumnRequest>();
  const add = (name: string, as: ColumnRequest['as']) =>
    requests.set(name, requests.get(name) ?? { name, as });
  add(target, isNumeric(data, target) ? 'number' : 'text');
  if (id !== undefined) add(id, 'text');
  if (group !== undefined) add(group, 'text');
  for (const name of further) add(name, isNumeric(data, name) ? 'number' : 'text');
  const witnesses = chooseWitnesses(data, [timestamp, group], target);
  for (const name of witnesses) add(name, 'text');
  const table = await data.read([...requests.values()]);
  const idColumn = id === undefined ? undefined : findColumn(table, id);
  const groupColumn = group === undefined ? undefined : findColumn(table, group);
  return {
    target: findColumn(table, target)!,
    ...(idColumn ? { id: idColumn } : {}),
    ...(groupColumn ? { group: groupColumn } : {}),
    witnesses: witnesses.flatMap((name) => findColumn(table, name) ?? []),
    table,
  };
}

/** Columns that show the order of rows: time and group first, then others, but never the answer. */
function chooseWitnesses(
  data: DataSet,
  preferred: readonly (string | undefined)[],
  target: string,
): readonly string[] {
  const names = data.columns.filter((column) => column.type !== 'other').map((column) => column.name);
  const known = preferred.filter((name) => name !== undefined && names.includes(name)) as string[];
  return [...new Set([...known, ...names])].filter((name) => name !== target).slice(0, MOST_WITNESSES);
}

/** Columns that are compared to see whether a query kept the order of the rows. */
const MOST_WITNESSES = 3;

/** Positions of the rows that have a label. */
export function labelledPositions(target: Column): Uint32Array {
  const rows: number[] = [];
  const count = target.kind === 'text' ? target.codes.length : target.values.length;
  for (let row = 0; row < count; row++) {
    const known = target.kind === 'text' ? target.codes[row]! >= 0 : !Number.isNaN(target.values[row]!);
    if (known) rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** Codes of the groups of rows; a row without a group is one of its own. */
export function groupCodes(column: Column): Int32Array {
  if (column.kind === 'text') return column.codes;
  throw new Error(`the group column ${column.name} was not read as text`);
}

function isNumeric(data: DataSet, name: string): boolean {
  const type = data.columns.find((column) => column.name === name)?.type;
  return type === 'integer' || type === 'number';
}

export type ModelRows = {
  /** The rows with the model's own features: the same rows in the same order as the labelled ones, or with the id. */
  readonly data: DataSet;
  /** How messages call the model. */
  readonly name: string;
};

type RowsToMatch = { readonly labelled: LabelledRows; readonly idName: string | undefined };

/**
 * Where each row of the data stands among the rows of a model's features: by id where the features keep it,
 * else row by row, which needs as many rows. Undefined when the order is the same.
 * @throws InputError when rows are missing or doubled by the features query.
 */
export async function matchRows(
  { data, name }: ModelRows,
  { labelled, idName }: RowsToMatch,
): Promise<Uint32Array | undefined> {
  const total = labelled.table.rowCount;
  const hasId =
    idName !== undefined &&
    labelled.id !== undefined &&
    data.columns.some((column) => column.name === idName);
  if (data.rowCount !== total) {
    throw new InputError(
      `the features of ${name} have ${data.rowCount} rows where the data have ${total}; a features query must keep every row once${hasId ? '' : ` (keep the id ${idName ?? 'column'} in it, so that rows can be matched)`}`,
    );
  }
  if (!hasId) {
    await refuseOtherOrder({ data, name }, labelled);
    return undefined;
  }
  // Read apart: an id may be a feature too, and is then read as a number.
  const ids = await data.read([{ name: idName, as: 'text' }]);
  return matchById(ids.columns[0]!, labelled.id!, name);
}

/** Reads columns of a model's features in the order of the data. @throws InputError as `matchRows`. */
export async function readModelTable(
  rows: ModelRows,
  columns: readonly ColumnRequest[],
  match: RowsToMatch,
): Promise<Table> {
  const order = await matchRows(rows, match);
  const table = await rows.data.read(columns);
  return order === undefined ? table : takeRows(table, order);
}

/**
 * Without ids rows are matched by their order. A column that has the same values in another order gives a
 * wrong one away; one whose values the query changes says nothing.
 */
async function refuseOtherOrder({ data, name }: ModelRows, { witnesses }: LabelledRows): Promise<void> {
  for (const witness of witnesses) {
    if (!data.columns.some((column) => column.name === witness.name)) continue;
    const { columns, rowCount } = await data.read([
      { name: witness.name, as: witness.kind === 'number' ? 'number' : 'text' },
    ]);
    const own = cellTexts(columns[0]!, rowCount);
    const wanted = cellTexts(witness, rowCount);
    const row = own.findIndex((value, index) => value !== wanted[index]);
    if (row < 0 || own.sort().join('\n') !== wanted.sort().join('\n')) continue;
    throw new InputError(
      `the features of ${name} come in another order than the data (seen in ${witness.name}, from row ${row + 1} on); keep the order in the query, or name an id in data.id and keep it in the query`,
    );
  }
}

function cellTexts(column: Column, rowCount: number): string[] {
  return Array.from({ length: rowCount }, (_, row) => cellText(column, row) ?? '');
}

/** Positions in `own` of each row of `wanted`; undefined when the order is the same already. */
function matchById(own: Column, wanted: Column, name: string): Uint32Array | undefined {
  if (own.kind !== 'text' || wanted.kind !== 'text') throw new Error('ids were not read as text');
  const rowCount = wanted.codes.length;
  let same = true;
  for (let row = 0; row < rowCount && same; row++) {
    same = own.dictionary[own.codes[row]!] === wanted.dictionary[wanted.codes[row]!];
  }
  if (same) return undefined;
  const positions = new Map<string | undefined, number>();
  for (let row = 0; row < rowCount; row++) positions.set(own.dictionary[own.codes[row]!], row);
  if (positions.size !== rowCount) {
    throw new InputError(
      `the features of ${name} come in another order than the data, and ${wanted.name} is not unique (${positions.size} ids in ${rowCount} rows), so that rows cannot be matched; keep the order in the query, or name a unique data.id`,
    );
  }
  return Uint32Array.from({ length: rowCount }, (_, row) => {
    const position = positions.get(wanted.dictionary[wanted.codes[row]!]);
    if (position !== undefined) return position;
    throw new InputError(
      `the features of ${name} have lost rows of the data: ids do not match; a features query must keep every row once`,
    );
  });
}

export type ScoreRowsRequest = {
  readonly scorer: Scorer;
  readonly model: ModelFile;
  readonly rows: RowSource;
  readonly configuration: Pick<Configuration, 'task' | 'data' | 'scoring'>;
  readonly classes: readonly string[];
  readonly onProgress?: (rowsDone: number) => void;
};

/** A model's scores on all rows of a source. */
export function scoreRows(request: ScoreRowsRequest): Promise<Scores> {
  const { scorer, model, rows, configuration, classes, onProgress } = request;
  const { task, data, scoring } = configuration;
  return scorer.score({
    model,
    rows,
    task,
    ...(isClassification(task) && classes.length > 0 ? { classes } : {}),
    ...(data.target === undefined ? {} : { target: data.target }),
    ...(scoring === undefined ? {} : { limits: { seconds: scoring.timeLimitSeconds } }),
    ...(onProgress ? { onProgress } : {}),
  });
}

/** The scores of some rows, in the order of their positions. */
export function takeScores(scores: Scores, positions: Uint32Array): Scores {
  const { values, width, labels, refused } = scores;
  const kept = new Map<number, string>();
  if (refused.size > 0) {
    positions.forEach((row, position) => {
      const reason = refused.get(row);
      if (reason !== undefined) kept.set(position, reason);
    });
  }
  return {
    ...scores,
    rowCount: positions.length,
    values: takeValues(values, positions, width),
    ...(labels ? { labels: takeValues(labels, positions) } : {}),
    refused: kept,
  };
}

/** The engine and the scorer that stages with data share. */
export type DataPorts = { readonly engine: DataEngine; readonly scorer: Scorer };
