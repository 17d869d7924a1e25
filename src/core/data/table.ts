/**
 * Columns as typed arrays: the one shape in which data reaches training, scoring, metrics and drift.
 * A table is read once and never copied by row.
 */

/** Numbers, booleans (0 and 1) and timestamps (milliseconds since 1970 UTC). Missing is NaN. */
export type NumberColumn = {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
};

/** Text as positions in a dictionary of the distinct values in order of first appearance. Missing is -1. */
export type TextColumn = {
  readonly kind: 'text';
  readonly name: string;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
};

export type Column = NumberColumn | TextColumn;

/** Columns of equal length; the row order is the order of the data source. */
export type Table = {
  readonly rowCount: number;
  readonly columns: readonly Column[];
};

/** The logical type of a column as read, in words a user knows. */
export type ColumnType = 'integer' | 'number' | 'boolean' | 'string' | 'date' | 'timestamp' | 'other';

export type ColumnDescription = {
  readonly name: string;
  readonly type: ColumnType;
};

/** The column of that name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The text of one cell of a column; undefined when missing. */
export function cellText(column: Column, row: number): string | undefined {
  if (column.kind === 'text') return column.dictionary[column.codes[row]!];
  const value = column.values[row]!;
  return Number.isNaN(value) ? undefined : String(value);
}

/** The rows of a table at the given positions, in that order. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  return { rowCount: rows.length, columns: table.columns.map((column) => takeColumnRows(column, rows)) };
}

function takeColumnRows(column: Column, rows: Uint32Array): Column {
  if (column.kind === 'number') {
    const values = new Float64Array(rows.length);
    for (let index = 0; index < rows.length; index++) values[index] = column.values[rows[index]!]!;
    return { ...column, values };
  }
  const codes = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index++) codes[index] = column.codes[rows[index]!]!;
  return { ...column, codes };
}
