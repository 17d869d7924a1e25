import { messageOf } from '../../core/errors.ts';
import type { DigestedFile } from './digest-file.ts';
import type { LoadedRows } from './loaded-rows.ts';
import { ROW_COLUMN } from './loaded-rows.ts';
import { isWorthPacking, packRows, viewPackedRows } from './packed-rows.ts';
import { linesReader } from './read-record-lines.ts';
import type { RecordRules } from './record-lines.ts';
import type { Session } from './session.ts';
import { quoteName } from './sql-text.ts';
import { type SqlColumn, unifyColumns } from './unify-columns.ts';

/** What a text file holds, as far as reading it needs to know. */
export type TextFileShape = {
  readonly columns: readonly SqlColumn[];
  /** Whether values have types of their own; else every cell is text that may look like something. */
  readonly isTyped: boolean;
  readonly headerLines: number;
  /** Text columns that look boolean. */
  readonly booleans?: readonly string[];
  readonly delimiter?: string;
  /** Rows the types were judged by; -1 means all of them. */
  readonly sampleRows?: number;
};

export type TextFileReader = {
  /** Whether every type it gives a column can be kept in a packed file. */
  readonly canPack: boolean;
  describe(
    session: Session,
    file: DigestedFile,
    options: { readonly subject: string; readonly wholeFile: boolean },
  ): Promise<TextFileShape>;
  /** The table function that reads the file. */
  scan(file: DigestedFile, shape: TextFileShape): string;
  /** What the engine threw while it read the file, as an error of ours. */
  explain(file: DigestedFile, subject: string, error: unknown): Error;
  /** Names loaded text columns that are boolean. */
  findBooleans(session: Session, table: string, candidates: readonly string[]): Promise<ReadonlySet<string>>;
  columnsToKeepAsText(
    session: Session,
    table: string,
    files: readonly { readonly file: DigestedFile; readonly shape: TextFileShape }[],
  ): Promise<ReadonlySet<string>>;
};

/** Reads text files into one table, so that the text is parsed once; rows in the order of the files. */
export async function loadTextFiles(
  session: Session,
  request: {
    readonly name: string;
    readonly files: readonly DigestedFile[];
    readonly reader: TextFileReader;
  },
): Promise<LoadedRows> {
  try {
    return await loadOnce(session, request, false);
  } catch (error) {
    // A value far down the file contradicts the type judged by the first rows: judge by all of them.
    if (!/convert|transform|sample_size/i.test(messageOf(error))) throw error;
    return await loadOnce(session, request, true);
  }
}

type Part = { readonly file: DigestedFile; readonly shape: TextFileShape };

async function loadOnce(
  session: Session,
  request: {
    readonly name: string;
    readonly files: readonly DigestedFile[];
    readonly reader: TextFileReader;
  },
  wholeFile: boolean,
): Promise<LoadedRows> {
  const { name, files, reader } = request;
  const described: Part[] = [];
  for (const file of files) {
    const subject = `${name}: ${file.shownPath}`;
    described.push({ file, shape: await reader.describe(session, file, { subject, wholeFile }) });
  }
  const columns = unifyColumns(
    name,
    described.map(({ file, shape }) => ({
      path: file.shownPath,
      columns: shape.columns,
      isTyped: shape.isTyped,
    })),
  );
  const parts = withTypes(described, columns);
  const loaded = await insertParts(session, { name, reader, parts, columns });
  const kept = await reader.columnsToKeepAsText(session, loaded.name, parts);
  if (kept.size === 0) return toLoadedRows(session, loaded, { reader, parts, columns });
  await session.run(`DROP ${loaded.kind} ${loaded.name}`);
  const exact = columns.map((column) => (kept.has(column.name) ? { ...column, sqlType: 'VARCHAR' } : column));
  const exactParts = withTypes(parts, exact);
  const reloaded = await insertParts(session, { name, reader, parts: exactParts, columns: exact });
  return toLoadedRows(session, reloaded, { reader, parts: exactParts, columns: exact });
}

function withTypes(parts: readonly Part[], columns: readonly SqlColumn[]): readonly Part[] {
  const types = new Map(columns.map(({ name, sqlType }) => [name, sqlType]));
  return parts.map(({ file, shape }) => ({
    file,
    shape: { ...shape, columns: shape.columns.map(({ name }) => ({ name, sqlType: types.get(name)! })) },
  }));
}

/** Loaded rows: a table, or the view of packed files. */
type Loaded = {
  readonly name: string;
  readonly kind: 'TABLE' | 'VIEW';
  readonly rowCounts: readonly number[];
};

type LoadRequest = {
  readonly name: string;
  readonly reader: TextFileReader;
  readonly parts: readonly Part[];
  readonly columns: readonly SqlColumn[];
};

async function insertParts(session: Session, load: LoadRequest): Promise<Loaded> {
  const name = session.temporaryName();
  if (
    load.reader.canPack &&
    isWorthPacking(
      load.parts.map(({ file }) => file),
      session.packedTextMegabytes,
    )
  )
    return await packParts(session, load, name);
  const definitions = load.columns.map((column) => `${quoteName(column.name)} ${column.sqlType}`);
  await session.run(`CREATE TABLE ${name} (${definitions.join(', ')})`);
  try {
    const rowCounts = await readParts(load, (query) => session.count(`INSERT INTO ${name} ${query}`));
    return { name, kind: 'TABLE', rowCounts };
  } catch (error) {
    await session.run(`DROP TABLE ${name}`);
    throw error;
  }
}

async function packParts(session: Session, load: LoadRequest, name: string): Promise<Loaded> {
  const paths = load.parts.map(() => session.nextPackedPath());
  const rowCounts = await readParts(load, (query, part) => packRows(session, query, paths[part]!));
  const files = paths.map((path, part) => ({ path, rowCount: rowCounts[part]! }));
  await viewPackedRows(session, name, { names: load.columns.map((column) => column.name), files });
  return { name, kind: 'VIEW', rowCounts };
}

async function readParts(
  { name, reader, parts, columns }: LoadRequest,
  take: (query: string, part: number) => Promise<number>,
): Promise<readonly number[]> {
  const names = columns.map((column) => quoteName(column.name)).join(', ');
  const rowCounts: number[] = [];
  for (const [part, { file, shape }] of parts.entries()) {
    try {
      rowCounts.push(await take(`SELECT ${names} FROM ${reader.scan(file, shape)}`, part));
    } catch (error) {
      throw reader.explain(file, `${name}: ${file.shownPath}`, error);
    }
  }
  return rowCounts;
}

async function toLoadedRows(
  session: Session,
  loaded: Loaded,
  from: Omit<LoadRequest, 'name'>,
): Promise<LoadedRows> {
  const candidates = from.columns
    .map(({ name }) => name)
    .filter((name) => from.parts.every(({ shape }) => shape.booleans?.includes(name)));
  const booleans = await from.reader.findBooleans(session, loaded.name, candidates);
  if (loaded.kind === 'TABLE') {
    for (const name of booleans)
      await session.run(`ALTER TABLE ${loaded.name} ALTER COLUMN ${quoteName(name)} TYPE BOOLEAN`);
  }
  const columns = from.columns.map((column) =>
    booleans.has(column.name) ? { ...column, sqlType: 'BOOLEAN' } : column,
  );
  const casts = columns.map(({ name, sqlType }) =>
    loaded.kind === 'TABLE'
      ? quoteName(name)
      : `CAST(${quoteName(name)} AS ${sqlType}) AS ${quoteName(name)}`,
  );
  const row = loaded.kind === 'TABLE' ? `rowid AS ${ROW_COLUMN}` : ROW_COLUMN;
  const relation = session.temporaryName();
  await session.run(`CREATE VIEW ${relation} AS SELECT ${casts.join(', ')}, ${row} FROM ${loaded.name}`);
  return {
    relation,
    objects: [`VIEW ${relation}`, `${loaded.kind} ${loaded.name}`],
    columns,
    parts: from.parts.map(({ file, shape }, index) => ({
      path: file.shownPath,
      rowCount: loaded.rowCounts[index]!,
      linesBefore: shape.headerLines,
      readLines: linesReader(file, recordRules(shape)),
    })),
    isTyped: from.parts.every(({ shape }) => shape.isTyped),
  };
}

function recordRules({ delimiter, columns }: TextFileShape): RecordRules {
  if (delimiter === undefined) return { kind: 'json-lines' };
  return { kind: 'delimited', delimiter, blankIsRecord: columns.length === 1 };
}
