import { InputError } from '../../core/errors.ts';
import type { DigestedFile } from './digest-file.ts';
import { type LoadedRows, ROW_COLUMN } from './loaded-rows.ts';
import type { Session } from './session.ts';
import { quoteName, quoteText, shorten } from './sql-text.ts';

/**
 * Adds the columns that the directories of the files spell (`year=2024/month=01/rows.parquet`, as Hive lays
 * them out). A column that the files have themselves wins. Whole numbers without leading zeros are integers,
 * ISO dates are dates, everything else is text.
 * @throws InputError when the files do not lie in directories of the same keys.
 */
export async function addPartitionColumns(
  session: Session,
  rows: LoadedRows,
  files: readonly DigestedFile[],
): Promise<LoadedRows> {
  const keys = keysOf(files);
  const taken = new Set(rows.columns.map(({ name }) => name.toLowerCase()));
  const columns = keys.filter((key) => !taken.has(key.toLowerCase())).map((key) => columnOf(key, files));
  if (columns.length === 0) return rows;
  const relation = session.temporaryName();
  const selected = columns.map(
    ({ name, sqlType, values }) => `${valueByRow(values, sqlType, rows.parts)} AS ${quoteName(name)}`,
  );
  await session.run(`CREATE VIEW ${relation} AS SELECT *, ${selected.join(', ')} FROM ${rows.relation}`);
  return {
    ...rows,
    relation,
    objects: [`VIEW ${relation}`, ...rows.objects],
    columns: [...rows.columns, ...columns.map(({ name, sqlType }) => ({ name, sqlType }))],
  };
}

function keysOf(files: readonly DigestedFile[]): readonly string[] {
  const spelled = files.map(({ partitions = [] }) => partitions.map(({ key }) => key));
  const [first] = spelled;
  const other = spelled.findIndex((keys) => keys.join('/') !== first?.join('/'));
  if (other > 0) {
    throw new InputError(
      `${shorten(files[0]!.shownPath)} and ${shorten(files[other]!.shownPath)} lie in directories key=value of different keys; files read together need the same keys`,
    );
  }
  return first ?? [];
}

type PartitionColumn = {
  readonly name: string;
  readonly sqlType: string;
  /** One for each file. */
  readonly values: readonly (string | null)[];
};

function columnOf(key: string, files: readonly DigestedFile[]): PartitionColumn {
  const values = files.map(
    ({ partitions }) => partitions?.find((partition) => partition.key === key)?.value ?? null,
  );
  return { name: key, sqlType: typeOf(values.filter((value) => value !== null)), values };
}

function typeOf(values: readonly string[]): string {
  if (values.length === 0) return 'VARCHAR';
  if (values.every((value) => /^(0|-?[1-9]\d{0,17})$/.test(value))) return 'BIGINT';
  return values.every(isDate) ? 'DATE' : 'VARCHAR';
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** Files of equal values that follow each other are one branch. */
function valueByRow(values: readonly (string | null)[], sqlType: string, parts: LoadedRows['parts']): string {
  const branches: string[] = [];
  let row = 0;
  for (const [index, { rowCount }] of parts.entries()) {
    row += rowCount;
    const value = values[index]!;
    if (index + 1 < values.length && values[index + 1] === value) continue;
    branches.push(`WHEN ${ROW_COLUMN} < ${row} THEN ${value === null ? 'NULL' : quoteText(value)}`);
  }
  return `CAST(CASE ${branches.join(' ')} END AS ${sqlType})`;
}
