import { InputError } from '../../core/errors.ts';
import type { DigestedFile } from './digest-file.ts';
import { type LoadedRows, ROW_COLUMN } from './loaded-rows.ts';
import { type ColumnChunk, checkPages, hasEncryptedColumns } from './parquet-pages.ts';
import { explainError, type Session } from './session.ts';
import { quoteName, quoteText } from './sql-text.ts';
import { unifyColumns } from './unify-columns.ts';

/** Parquet files as one view: columns are read from the files when they are asked for. */
export async function openParquetFiles(
  session: Session,
  request: { readonly name: string; readonly files: readonly DigestedFile[] },
): Promise<LoadedRows> {
  const described = [];
  for (const file of request.files) described.push(await describe(session, request.name, file));
  const columns = unifyColumns(
    request.name,
    described.map(({ file, columns }) => ({ path: file.shownPath, columns, isTyped: true })),
  );
  let firstRow = 0;
  const selects = described.map(({ file, rowCount }) => {
    const casts = columns.map(
      ({ name, sqlType }) => `CAST(${quoteName(name)} AS ${sqlType}) AS ${quoteName(name)}`,
    );
    const row = `file_row_number + ${firstRow} AS ${ROW_COLUMN}`;
    firstRow += rowCount;
    return `SELECT ${[...casts, row].join(', ')} FROM ${scan(file, true)}`;
  });
  const relation = session.temporaryName();
  await session.run(`CREATE VIEW ${relation} AS ${selects.join(' UNION ALL ')}`);
  return {
    relation,
    objects: [`VIEW ${relation}`],
    columns,
    parts: described.map(({ file, rowCount }) => ({ path: file.shownPath, rowCount, linesBefore: 0 })),
    isTyped: true,
  };
}

async function describe(session: Session, name: string, file: DigestedFile) {
  const subject = `${name}: ${file.shownPath}`;
  if (await hasEncryptedColumns(file.realPath)) {
    throw new InputError(
      `${subject} has encrypted columns, which are not read; no key is ever asked for: decrypt it in a step before`,
    );
  }
  try {
    await checkPages(subject, file.realPath, await chunksOf(session, file));
    const columns = await session.columnsOf(`SELECT * FROM ${scan(file, false)}`);
    const rowCount = await session.count(`SELECT count(*) FROM ${scan(file, false)}`);
    return { file, columns, rowCount };
  } catch (error) {
    throw explainError(`${subject} cannot be read as Parquet`, error);
  }
}

async function chunksOf(session: Session, file: DigestedFile): Promise<readonly ColumnChunk[]> {
  const rows = await session.rows(
    `SELECT path_in_schema, least(nullif(dictionary_page_offset, 0), data_page_offset), total_compressed_size
     FROM parquet_metadata(${quoteText(file.realPath)}) WHERE total_compressed_size > 0 ORDER BY 2`,
  );
  return rows.map(([column, offset, bytes]) => ({
    column: String(column),
    offset: Number(offset),
    bytes: Number(bytes),
  }));
}

function scan(file: DigestedFile, withRowNumber: boolean): string {
  // Directories are no columns here: left to itself, the engine puts their values in place of the file's own.
  return `read_parquet(${quoteText(file.realPath)}, hive_partitioning = false${withRowNumber ? ', file_row_number = true' : ''})`;
}
