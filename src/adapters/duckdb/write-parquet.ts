import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { DuckDBAppender } from '@duckdb/node-api';
import type { Column, Table } from '../../core/data/table.ts';
import { explainError, openSession } from './session.ts';
import { quoteName, quoteText } from './sql-text.ts';

export type WriteParquetOptions = {
  readonly duckdb: typeof import('@duckdb/node-api');
  readonly spillDirectory: string;
  readonly memoryLimitMegabytes: number;
  readonly timeLimitSeconds: number;
};

const TABLE = 'rows_to_write';

/**
 * Writes a table as one Parquet file, whole or not at all. One thread writes it, so that equal tables give
 * equal bytes.
 */
export async function writeParquet(path: string, table: Table, options: WriteParquetOptions): Promise<void> {
  const target = resolve(path);
  const partial = join(dirname(target), `.${basename(target)}.partial`);
  await mkdir(dirname(target), { recursive: true });
  const session = await openSession({ ...options, files: [partial], threads: 1 });
  try {
    const definitions = table.columns.map(({ name, kind }) => `${quoteName(name)} ${SQL_TYPES[kind]}`);
    await session.run(`CREATE TABLE ${TABLE} (${definitions.join(', ')})`);
    append(await session.connection.createAppender(TABLE), table);
    await session.run(
      `COPY ${TABLE} TO ${quoteText(partial)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`,
    );
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw explainError(basename(target), error);
  } finally {
    session.close();
  }
}

const SQL_TYPES: Readonly<Record<Column['kind'], string>> = { number: 'DOUBLE', text: 'VARCHAR' };

function append(appender: DuckDBAppender, { rowCount, columns }: Table): void {
  for (let row = 0; row < rowCount; row++) {
    for (const column of columns) {
      if (column.kind === 'number') {
        const value = column.values[row]!;
        if (Number.isNaN(value)) appender.appendNull();
        else appender.appendDouble(value);
      } else {
        const code = column.codes[row]!;
        if (code < 0) appender.appendNull();
        else appender.appendVarchar(column.dictionary[code]!);
      }
    }
    appender.endRow();
  }
  appender.closeSync();
}
