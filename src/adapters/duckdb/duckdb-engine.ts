import { mkdir, mkdtemp } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { DataEngine, DataSet, OpenDataRequest } from '../../ports/data-engine.ts';
import { openArrowFiles } from './arrow-files.ts';
import { columnTypeOf, type EngineColumn } from './column-types.ts';
import { delimitedTextReader } from './delimited-text.ts';
import type { DigestedFile } from './digest-file.ts';
import { DuckdbDataSet } from './duckdb-data-set.ts';
import { runFeaturesQuery } from './features-query.ts';
import { jsonLinesReader } from './json-lines.ts';
import { type LoadedRows, ROW_COLUMN } from './loaded-rows.ts';
import { openParquetFiles } from './parquet-files.ts';
import { addPartitionColumns } from './partition-columns.ts';
import { addPassing, removePassing } from './passing-paths.ts';
import { deadlineOf, describeRead, readFiles } from './read-files.ts';
import { conditionOf } from './row-filters.ts';
import type { RowSet } from './row-set.ts';
import { explainError, openSession, type Session } from './session.ts';
import { quoteName } from './sql-text.ts';
import { loadTextFiles } from './text-files.ts';
import { type WritableRows, writeCopy } from './write-copy.ts';
import { writeParquet } from './write-parquet.ts';

export type DuckdbEngineOptions = {
  /** Loads the native module; called once, when the first data is opened. */
  readonly load: () => Promise<typeof import('@duckdb/node-api')>;
  /** Where data that does not fit into memory is kept meanwhile. */
  readonly temporaryDirectory: string;
  /** Memory of each open data set before it spills to disk; default 1024. */
  readonly memoryLimitMegabytes?: number;
  /** Default: all cores. Results do not depend on it. */
  readonly threads?: number;
  /** Longest time of a single statement, a user's query among them; default 300. */
  readonly timeLimitSeconds?: number;
  /** Longest time that reading one data set may take before its rows are ready; default 600. */
  readonly readTimeLimitSeconds?: number;
  /** Delimited text of this size, unpacked, is kept packed on disk and not as a table in memory; default 64. */
  readonly packedTextMegabytes?: number;
  /** When given, declared files outside this directory are refused, symbolic links followed. */
  readonly rootDirectory?: string;
};

/**
 * Reads data files by DuckDB. Each data set has a database of its own in memory that is locked to the
 * declared files before anything of them is read.
 */
export function createDuckdbEngine(options: DuckdbEngineOptions): DataEngine {
  const openSets = new Set<DataSet>();
  return {
    async open(request) {
      const set = await openDataSet(options, request, (closed) => openSets.delete(closed));
      openSets.add(set);
      return set;
    },
    async writeParquet(path, table) {
      const spillDirectory = await makeSpillDirectory(options);
      try {
        const duckdb = await options.load();
        await writeParquet(path, table, { duckdb, spillDirectory, ...limitsOf(options) });
      } finally {
        await removePassing(spillDirectory);
      }
    },
    writeCopy(request) {
      return writeCopy(request, {
        openRows: (source, output) => openRows(options, source, [output]),
        open: (source) => this.open(source),
      });
    },
    async [Symbol.asyncDispose]() {
      for (const set of [...openSets]) await set[Symbol.asyncDispose]();
    },
  };
}

async function makeSpillDirectory({ temporaryDirectory }: DuckdbEngineOptions): Promise<string> {
  await mkdir(temporaryDirectory, { recursive: true });
  const directory = await mkdtemp(join(temporaryDirectory, 'duckdb-'));
  addPassing(directory);
  return directory;
}

function limitsOf(options: DuckdbEngineOptions) {
  return {
    memoryLimitMegabytes: options.memoryLimitMegabytes ?? 1024,
    timeLimitSeconds: options.timeLimitSeconds ?? 300,
    packedTextMegabytes: options.packedTextMegabytes ?? 64,
  };
}

async function openDataSet(
  options: DuckdbEngineOptions,
  request: OpenDataRequest,
  onClose: (set: DataSet) => void,
): Promise<DataSet> {
  const { rows, files, parts, close } = await openRows(options, request, []);
  const set: DataSet = new DuckdbDataSet(
    rows,
    files.map((file, index) => describeRead(file, parts[index]!.rowCount)),
    async () => {
      onClose(set);
      await close();
    },
  );
  return set;
}

/** @param outputs - files that the session may write */
async function openRows(
  options: DuckdbEngineOptions,
  request: OpenDataRequest,
  outputs: readonly string[],
): Promise<OpenRows> {
  const spillDirectory = await makeSpillDirectory(options);
  let session: Session | undefined;
  const close = async (): Promise<void> => {
    session?.close();
    session = undefined;
    await removePassing(spillDirectory);
  };
  try {
    const deadline = deadlineOf(options);
    const files = await readFiles(options, request, { directory: spillDirectory, signal: deadline.signal });
    session = await openSession({
      duckdb: await options.load(),
      files: [...files.map(({ realPath }) => realPath), ...outputs],
      spillDirectory,
      threads: request.repeatable === true ? 1 : (options.threads ?? availableParallelism()),
      ...limitsOf(options),
    });
    session.limitStatements(deadline.secondsLeft());
    const loaded = await load(session, request.name, files);
    session.limitStatements(limitsOf(options).timeLimitSeconds);
    const rows = await prepareRows(session, request, loaded);
    return { rows, files, parts: loaded.parts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type OpenRows = WritableRows & { readonly parts: LoadedRows['parts'] };

async function prepareRows(session: Session, request: OpenDataRequest, loaded: LoadedRows): Promise<RowSet> {
  if (loaded.parts.every(({ rowCount }) => rowCount === 0)) {
    throw new InputError(
      `${request.name}: ${loaded.parts.map(({ path }) => path).join(', ')} has columns but no rows; add data`,
    );
  }
  const filtered = await filter(session, request, loaded);
  if (request.features === undefined) return toRowSet(session, request.name, filtered);
  return await computeFeatures(session, { request, features: request.features, filtered });
}

async function load(session: Session, name: string, files: readonly DigestedFile[]): Promise<LoadedRows> {
  return await addPartitionColumns(session, await loadFiles(session, name, files), files);
}

async function loadFiles(
  session: Session,
  name: string,
  files: readonly DigestedFile[],
): Promise<LoadedRows> {
  switch (files[0]!.format) {
    case 'parquet':
      return await openParquetFiles(session, { name, files });
    case 'arrow':
      return await openArrowFiles(session, { name, files });
    case 'json-lines':
      return await loadTextFiles(session, { name, files, reader: jsonLinesReader });
    case 'delimited':
      return await loadTextFiles(session, { name, files, reader: delimitedTextReader });
  }
}

async function filter(session: Session, request: OpenDataRequest, loaded: LoadedRows): Promise<LoadedRows> {
  const filters = request.filters ?? [];
  if (filters.length === 0) return loaded;
  const columns = loaded.columns.map(toEngineColumn);
  const condition = await conditionOf(
    session,
    { name: request.name, relation: loaded.relation, columns },
    filters,
  );
  const relation = session.temporaryName();
  const query = `SELECT * FROM ${loaded.relation} WHERE ${condition.sql}`;
  if (!condition.readsSource) {
    // A view reads only the columns that are asked for, and needs no second copy of the rows.
    await session.run(`CREATE VIEW ${relation} AS ${query}`);
    return { ...loaded, relation, objects: [`VIEW ${relation}`, ...loaded.objects] };
  }
  try {
    await session.run(`CREATE TABLE ${relation} AS ${query}`);
  } catch (error) {
    throw explainError(`${request.name}: conditions`, error);
  }
  await session.run('DROP VIEW IF EXISTS source');
  await dropRows(session, loaded);
  return { ...loaded, relation, objects: [`TABLE ${relation}`] };
}

async function dropRows(session: Session, rows: LoadedRows): Promise<void> {
  for (const object of rows.objects) await session.run(`DROP ${object}`);
}

async function computeFeatures(
  session: Session,
  work: {
    readonly request: OpenDataRequest;
    readonly features: NonNullable<OpenDataRequest['features']>;
    readonly filtered: LoadedRows;
  },
): Promise<RowSet> {
  const { request, features, filtered } = work;
  const table = await runFeaturesQuery(session, {
    features,
    relation: filtered.relation,
    columns: filtered.columns,
  });
  await dropRows(session, filtered);
  const columns = await session.columnsOf(`SELECT * FROM ${table}`);
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  const relation = session.temporaryName();
  await session.run(`CREATE VIEW ${relation} AS SELECT ${names}, rowid AS ${ROW_COLUMN} FROM ${table}`);
  const rowCount = await session.count(`SELECT count(*) FROM ${table}`);
  const parts = [{ path: features.file, rowCount, linesBefore: 0 }];
  const objects = [`VIEW ${relation}`, `TABLE ${table}`];
  return toRowSet(session, request.name, { relation, objects, columns, parts, isTyped: filtered.isTyped });
}

async function toRowSet(session: Session, name: string, rows: LoadedRows): Promise<RowSet> {
  const label = `${name}: ${rows.parts[0]!.path}${rows.parts.length > 1 ? ` and ${rows.parts.length - 1} more` : ''}`;
  try {
    const rowCount = await session.count(`SELECT count(*) FROM ${rows.relation}`);
    return {
      session,
      name,
      label,
      relation: rows.relation,
      columns: rows.columns.map(toEngineColumn),
      rowCount,
      parts: rows.parts,
      isTyped: rows.isTyped,
      counted: new Map(),
    };
  } catch (error) {
    throw explainError(label, error);
  }
}

function toEngineColumn({
  name,
  sqlType,
}: {
  readonly name: string;
  readonly sqlType: string;
}): EngineColumn {
  return { name, sqlType, type: columnTypeOf(sqlType) };
}
