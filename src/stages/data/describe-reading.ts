import { logLine } from '../../core/report/log-text.ts';
import type { DataSet } from '../../ports/data-engine.ts';

/** What was read of a data set, in one line for the log. */
export function describeReading({ name, files, columns, rowCount }: DataSet): string {
  const rows = files.reduce((sum, file) => sum + file.rowsRead, 0);
  const rejected = files.reduce((sum, file) => sum + file.rejectedRows, 0);
  const read = `${files.length === 1 ? '1 file' : `${files.length} files`}, ${rows} rows read, ${rejected} rejected`;
  const kept = rowCount === rows ? '' : `; ${rowCount} rows after conditions and features`;
  return logLine(`${name}: ${read}, ${columns.length} columns${kept}`);
}
