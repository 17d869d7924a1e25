import type { DigestedFile } from './inspect-file.ts';
import { type LoadedRows, ROW_COLUMN } from './loaded-rows.ts';
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
  try {
    const columns = await session.columnsOf(`SELECT * FROM ${scan(file, false)}`);
    const rowCount = await session.count(`SELECT count(*) FROM ${scan(file, false)}`);
    return { file, columns, rowCount };
  } catch (error) {
    throw explainError(`${name}: ${file.shownPath} cannot be read as Parquet`, error);
  }
}

function scan(file: DigestedFile, withRowNumber: boolean): string {
  return `read_parquet(${quoteText(file.realPath)}${withRowNumber ? ', file_row_number = true' : ''})`;
}
