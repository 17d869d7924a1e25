import { ROW_COLUMN } from './loaded-rows.ts';
import type { Session } from './session.ts';
import { quoteName, quoteText } from './sql-text.ts';

/** What compressed text may become. */
const COMPRESSION = 5;

/** Whether text is so large that it is kept packed, on disk: as a table in memory it would be larger still. */
export function isWorthPacking(
  files: readonly { readonly bytes: number; readonly compression: string }[],
  packedTextMegabytes: number,
): boolean {
  const bytes = files.map((file) => file.bytes * (file.compression === 'none' ? 1 : COMPRESSION));
  return bytes.reduce((total, size) => total + size, 0) >= packedTextMegabytes * 2 ** 20;
}

/** Packs the rows of a query into a file of its own; their number. */
export async function packRows(session: Session, query: string, path: string): Promise<number> {
  return await session.count(
    `COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION snappy, USE_TMP_FILE false)`,
  );
}

/** The rows of packed files as one view with `ROW_COLUMN`, like a table of them. */
export async function viewPackedRows(
  session: Session,
  view: string,
  packed: {
    readonly names: readonly string[];
    readonly files: readonly { readonly path: string; readonly rowCount: number }[];
  },
): Promise<void> {
  let firstRow = 0;
  const selects = packed.files.map(({ path, rowCount }) => {
    const row = `file_row_number + ${firstRow} AS ${ROW_COLUMN}`;
    firstRow += rowCount;
    return `SELECT ${[...packed.names.map(quoteName), row].join(', ')}
      FROM read_parquet(${quoteText(path)}, hive_partitioning = false, file_row_number = true)`;
  });
  await session.run(`CREATE VIEW ${view} AS ${selects.join(' UNION ALL ')}`);
}
