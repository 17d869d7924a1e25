import { messageOf } from '../../core/errors.ts';
import type { DigestedFile } from './digest-file.ts';
import type { LoadedRows } from './loaded-rows.ts';
import { ROW_COLUMN } from './loaded-rows.ts';
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
  describe(
    session: Session,
    file: DigestedFile,
    options: { readonly subject: string; readonly wholeFile: boolean },
  ): Promise<TextFileShape>;
  /** The table function that reads the file. */
  scan(file: DigestedFile, shape: TextFileShape): string;
  /** What the engine threw while it read the file, as an error of ours. */
  explain(file: DigestedFile, subject: string, error: unknown): Error;
  /** Turns loaded text columns that are boolean into such, and names them. */
  settleBooleans(
    session: Session,
    table: string,
    candidates: readonly string[],
  ): Promise<ReadonlySet<string>>;
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
  const kept = await reader.columnsToKeepAsText(session, loaded.table, parts);
  if (kept.size === 0) return toLoadedRows(session, loaded, { reader, parts, columns });
  await session.run(`DROP TABLE ${loaded.table}`);
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

async function insertParts(
  session: Session,
  load: {
    readonly name: string;
    readonly reader: TextFileReader;
    readonly parts: readonly Part[];
    readonly columns: readonly SqlColumn[];
  },
): Promise<{ readonly table: string; readonly rowCounts: readonly number[] }> {
  const table = session.temporaryName();
  const definitions = load.columns.map(({ name, sqlType }) => `${quoteName(name)} ${sqlType}`);
  await session.run(`CREATE TABLE ${table} (${definitions.join(', ')})`);
  const names = load.columns.map(({ name }) => quoteName(name)).join(', ');
  const rowCounts: number[] = [];
  try {
    for (const { file, shape } of load.parts) {
      try {
        rowCounts.push(
          await session.count(`INSERT INTO ${table} SELECT ${names} FROM ${load.reader.scan(file, shape)}`),
        );
      } catch (error) {
        throw load.reader.explain(file, `${load.name}: ${file.shownPath}`, error);
      }
    }
  } catch (error) {
    await session.run(`DROP TABLE ${table}`);
    throw error;
  }
  return { table, rowCounts };
}

async function toLoadedRows(
  session: Session,
  loaded: { readonly table: string; readonly rowCounts: readonly number[] },
  from: {
    readonly reader: TextFileReader;
    readonly parts: readonly Part[];
    readonly columns: readonly SqlColumn[];
  },
): Promise<LoadedRows> {
  const candidates = from.columns
    .map(({ name }) => name)
    .filter((name) => from.parts.every(({ shape }) => shape.booleans?.includes(name)));
  const booleans = await from.reader.settleBooleans(session, loaded.table, candidates);
  const relation = session.temporaryName();
  const names = from.columns.map(({ name }) => quoteName(name)).join(', ');
  await session.run(
    `CREATE VIEW ${relation} AS SELECT ${names}, rowid AS ${ROW_COLUMN} FROM ${loaded.table}`,
  );
  return {
    relation,
    objects: [`VIEW ${relation}`, `TABLE ${loaded.table}`],
    columns: from.columns.map((column) =>
      booleans.has(column.name) ? { ...column, sqlType: 'BOOLEAN' } : column,
    ),
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
