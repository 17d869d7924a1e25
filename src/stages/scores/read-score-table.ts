import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Column, TextColumn } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import { chooseScoreColumns } from '../../core/scoring/score-columns.ts';
import type { ScoreTable } from '../../core/scoring/score-values.ts';
import { ID_HASH_COLUMN } from '../../core/scoring/stored-scores.ts';
import type { DataEngine, DataFileRead, DataSet, OpenDataRequest } from '../../ports/data-engine.ts';

export type ScoreTableRequest = {
  readonly engine: DataEngine;
  /** How messages call the table: `challenger-scores`, `scores of champion 1.2.0`. */
  readonly name: string;
  /** Directory that the path starts from. */
  readonly baseDirectory: string;
  readonly path: string;
  readonly configuration: Configuration;
  /** Classes that occur in the holdout; of two the positive last. */
  readonly classes: readonly string[];
};

/** A score table that was read; its rows are not matched with any holdout yet. */
export type ReadScores = {
  readonly name: string;
  readonly table: ScoreTable;
  readonly ids: TextColumn;
  /** Whether the ids are hashes, as in the scores of a release. */
  readonly hashed: boolean;
  readonly file: DataFileRead;
  /** How messages name rows of the table: file and line. */
  readonly placesOf: (rows: readonly number[]) => Promise<readonly string[]>;
};

/** @throws InputError when the table cannot be read, or its columns do not say what is the id and what the score. */
export async function readScoreTable(request: ScoreTableRequest): Promise<ReadScores> {
  const { engine, name, baseDirectory, path, configuration } = request;
  const open: OpenDataRequest = { name, baseDirectory, paths: [path] };
  await using data = await engine.open(open);
  const [file, ...others] = data.files;
  if (file === undefined || others.length > 0) {
    throw new InputError(`${name}: ${path} matches ${data.files.length} files; name one table`);
  }
  const id = idColumnOf(request, data);
  const columns = chooseScoreColumns({
    table: `${name}: ${file.path}`,
    columns: data.columns.map((column) => column.name),
    id,
    task: configuration.task,
    classes: request.classes,
    target: configuration.data.target,
  });
  const { scores, label } = columns;
  const scoreNames = scores.kind === 'single' ? [scores.column] : scores.columns.map(({ column }) => column);
  const read = await data.read([
    { name: id, as: 'text' },
    ...scoreNames.map((column) => ({ name: column, as: 'number' as const })),
    ...(label === undefined ? [] : [{ name: label, as: 'text' as const }]),
  ]);
  const values = read.columns.slice(1, 1 + scoreNames.length).map(numbersOf);
  const labels = label === undefined ? undefined : read.columns.at(-1);
  return {
    name,
    table: { columns, values, ...(labels?.kind === 'text' ? { labels } : {}) },
    ids: textOf(read.columns[0]),
    hashed: id === ID_HASH_COLUMN && configuration.data.id !== ID_HASH_COLUMN,
    file,
    placesOf: (rows) => namePlaces(engine, open, rows),
  };
}

/** Classes that a table has scores for; none where it has one score for each row. */
export function classesOfScores({ table }: ReadScores): readonly string[] {
  const { scores } = table.columns;
  return scores.kind === 'single' ? [] : scores.columns.map(({ className }) => className);
}

/** File and line of rows of a data set, which is opened again, since only messages ask. */
export async function namePlaces(
  engine: DataEngine,
  open: OpenDataRequest,
  rows: readonly number[],
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  await using data = await engine.open(open);
  return await placeNames(data, rows);
}

/** `scores.csv line 14`, or `scores.parquet row 13`: Parquet has no lines. */
export async function placeNames(data: DataSet, rows: readonly number[]): Promise<readonly string[]> {
  const places = await data.places(rows);
  return places.map(
    ({ file, line }) => `${file} ${/\.(parquet|parq|pq)$/i.test(file) ? 'row' : 'line'} ${line}`,
  );
}

function idColumnOf({ name, path, configuration }: ScoreTableRequest, data: DataSet): string {
  const { id } = configuration.data;
  if (id === undefined) throw missingId(name);
  const names = data.columns.map((column) => column.name);
  const found = [id, ID_HASH_COLUMN].find((column) => names.includes(column));
  if (found !== undefined) return found;
  throw new InputError(
    `${name}: ${path} has no column ${JSON.stringify(id)} (data.id), by which its rows are matched with those of the holdout; it has ${names.map((column) => JSON.stringify(column)).join(', ')}`,
  );
}

/** Scores are matched by the id and by nothing else: rows that come in another order must not count as others. */
export function missingId(name: string): InputError {
  return new InputError(
    `${name}: scores are matched with the rows of the holdout by an id, and none is named; write data.id (or --id): a column that tells all rows apart`,
  );
}

function numbersOf(column: Column): Float64Array {
  if (column.kind === 'number') return column.values;
  throw new Error(`the scores in ${column.name} were not read as numbers`);
}

function textOf(column: Column | undefined): TextColumn {
  if (column?.kind === 'text') return column;
  throw new Error('the ids of a score table were not read as text');
}
