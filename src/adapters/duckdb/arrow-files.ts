import { readFile } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import type { Table } from '@uwdata/flechette';
import { InputError, messageOf } from '../../core/errors.ts';
import { type ArrowColumn, arrowColumnOf, checkBatches, isBigEndian } from './arrow-columns.ts';
import { checkArrowMessages } from './arrow-messages.ts';
import type { DigestedFile } from './digest-file.ts';
import { type LoadedRows, ROW_COLUMN } from './loaded-rows.ts';
import { decodeLz4Frame } from './lz4-frame.ts';
import { explainError, type Session, TimeLimitError } from './session.ts';
import { quoteName, shorten } from './sql-text.ts';
import { unifyColumns } from './unify-columns.ts';

type Flechette = typeof import('@uwdata/flechette');

/** Rows that DuckDB takes at a time. */
const CHUNK_ROWS = 2048;

/** A file is held in memory as a whole. */
const MAXIMUM_BYTES = 2 ** 31 - 1;

/** Arrow IPC files and streams (Feather 2), column by column into a table for each file. */
export async function openArrowFiles(
  session: Session,
  request: { readonly name: string; readonly files: readonly DigestedFile[] },
): Promise<LoadedRows> {
  // Loaded only when such a file is met.
  const flechette = await import('@uwdata/flechette');
  registerCodecs(flechette);
  const loaded = [];
  for (const file of request.files) {
    const subject = `${request.name}: ${file.shownPath}`;
    const { columns, rowCount } = await readArrow(flechette, subject, file);
    const table = session.temporaryName();
    await fillTable(session, { subject, table, columns, rowCount });
    loaded.push({ file, table, columns, rowCount });
  }
  const columns = unifyColumns(
    request.name,
    loaded.map(({ file, columns }) => ({ path: file.shownPath, columns, isTyped: true })),
  );
  let firstRow = 0;
  const selects = loaded.map(({ table, rowCount }) => {
    const casts = columns.map(
      ({ name, sqlType }) => `CAST(${quoteName(name)} AS ${sqlType}) AS ${quoteName(name)}`,
    );
    const select = `SELECT ${[...casts, `rowid + ${firstRow} AS ${ROW_COLUMN}`].join(', ')} FROM ${table}`;
    firstRow += rowCount;
    return select;
  });
  const relation = session.temporaryName();
  await session.run(`CREATE VIEW ${relation} AS ${selects.join(' UNION ALL ')}`);
  return {
    relation,
    objects: [`VIEW ${relation}`, ...loaded.map(({ table }) => `TABLE ${table}`)],
    columns,
    parts: loaded.map(({ file, rowCount }) => ({ path: file.shownPath, rowCount, linesBefore: 0 })),
    isTyped: true,
  };
}

function registerCodecs({ setCompressionCodec, CompressionType }: Flechette): void {
  const encode = (): never => {
    throw new Error('nothing is written as Arrow');
  };
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: decodeLz4Frame });
  setCompressionCodec(CompressionType.ZSTD, {
    encode,
    decode: (bytes, expectedBytes) => {
      const content = zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, expectedBytes) });
      if (content.length !== expectedBytes) throw new Error('a compressed buffer has another length');
      // A copy of its own is aligned for the numbers in it.
      return new Uint8Array(content);
    },
  });
}

async function readArrow(
  { tableFromIPC }: Flechette,
  subject: string,
  file: DigestedFile,
): Promise<{ readonly columns: readonly ArrowColumn[]; readonly rowCount: number }> {
  if (file.bytes > MAXIMUM_BYTES) {
    throw new InputError(
      `${subject} has ${file.bytes} bytes; an Arrow file of 2 GiB or more is not read; split it, or write it as Parquet`,
    );
  }
  const bytes = new Uint8Array(await readFile(file.realPath));
  let table: Table;
  try {
    checkArrowMessages(bytes);
    table = tableFromIPC(bytes, { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true });
    if (isBigEndian(table)) throw new Error('its numbers are big-endian');
    const names = table.schema.fields.map(({ name }) => name);
    const columns = table.children.map((column, index) => {
      checkBatches(column, names[index]!, table.numRows);
      return { column, name: names[index]! };
    });
    refuseSameNames(subject, names);
    return {
      columns: columns.map(({ column, name }) => arrowColumnOf(subject, name, column)),
      rowCount: table.numRows,
    };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${subject} cannot be read as Arrow IPC (${messageOf(error)}); it is damaged, cut off or uses something that is not read; write it anew, or as Parquet`,
      { cause: error },
    );
  }
}

function refuseSameNames(subject: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) {
      throw new InputError(`${subject} has two columns named "${name}" (case does not count); rename one`);
    }
    seen.add(name.toLowerCase());
  }
  if (names.length === 0) throw new InputError(`${subject} has no columns`);
}

async function fillTable(
  session: Session,
  work: {
    readonly subject: string;
    readonly table: string;
    readonly columns: readonly ArrowColumn[];
    readonly rowCount: number;
  },
): Promise<void> {
  const { subject, table, columns, rowCount } = work;
  const { DuckDBDataChunk } = session.duckdb;
  const end = performance.now() + session.timeLimitSeconds * 1000;
  try {
    const definitions = columns.map(({ name, sqlType }) => `${quoteName(name)} ${sqlType}`);
    await session.run(`CREATE TABLE ${table} (${definitions.join(', ')})`);
    const appender = await session.connection.createAppender(table);
    const chunk = DuckDBDataChunk.create(
      columns.map(({ duckdbType }) => duckdbType(session.duckdb)),
      CHUNK_ROWS,
    );
    const readers = columns.map(({ name, reader }) => ({ name, read: reader(session.duckdb) }));
    for (let from = 0; from < rowCount; from += CHUNK_ROWS) {
      const to = Math.min(rowCount, from + CHUNK_ROWS);
      chunk.reset();
      chunk.rowCount = to - from;
      for (const [index, { name, read }] of readers.entries()) {
        try {
          chunk.setColumnValues(index, read(from, to));
        } catch (error) {
          throw outOfRange(subject, name, error);
        }
      }
      appender.appendDataChunk(chunk);
      if (performance.now() > end) throw new TimeLimitError(session.timeLimitSeconds, undefined);
    }
    appender.closeSync();
  } catch (error) {
    throw explainError(subject, error);
  }
}

function outOfRange(subject: string, name: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  return new InputError(
    `${subject}: column "${shorten(name, 60)}" holds a value that its type cannot (${messageOf(error)}); write the file anew`,
    { cause: error },
  );
}
