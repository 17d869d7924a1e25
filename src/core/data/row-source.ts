import { InputError } from '../errors.ts';
import { type Column, type ColumnDescription, findColumn, type Table } from './table.ts';

/** How a column of a batch is wanted: `integer` keeps every digit of a 64-bit whole number. */
export type BatchRequest = { readonly name: string; readonly as: 'number' | 'text' | 'integer' };

/**
 * Whole numbers as they are; `missing` has a 1 where the row has no value and a 2 where no signed 64 bits hold
 * it (then the value is 0).
 */
export type IntegerColumn = {
  readonly kind: 'integer';
  readonly name: string;
  readonly values: BigInt64Array;
  readonly missing: Uint8Array;
};

export type BatchColumn = Column | IntegerColumn;

/** Some rows that follow each other, in columns of equal length, in the order of the request. */
export type RowBatch = { readonly rowCount: number; readonly columns: readonly BatchColumn[] };

/**
 * Rows that are read batch by batch, so that memory does not grow with their number. The dictionary of a text
 * column is the same object in every batch of one reading.
 */
export type RowSource = {
  readonly rowCount: number;
  readonly columns: readonly ColumnDescription[];
  /**
   * All rows in their order; every batch but the last has `rowsPerBatch` rows. The arrays of a batch hold its
   * values until the next one is asked for.
   */
  batches(requests: readonly BatchRequest[], rowsPerBatch: number): AsyncIterable<RowBatch>;
};

/** Rows of a table that is in memory. Numbers are written as text where text is asked for; text stays text. */
export function rowsOfTable(table: Table): RowSource {
  const columns = table.columns.map(({ name, kind }): ColumnDescription => {
    return { name, type: kind === 'text' ? 'string' : 'number' };
  });
  return {
    rowCount: table.rowCount,
    columns,
    async *batches(requests, rowsPerBatch) {
      const asked = requests.map(({ name, as }) => {
        const column = requireColumn(table, name);
        return as === 'text' ? asText(column) : column;
      });
      for (let start = 0; start < table.rowCount; start += rowsPerBatch) {
        const end = Math.min(start + rowsPerBatch, table.rowCount);
        yield { rowCount: end - start, columns: asked.map((column) => cutColumn(column, start, end)) };
      }
    },
  };
}

/** The first rows of a batch; views of its arrays. */
export function firstRowsOf({ rowCount, columns }: RowBatch, count: number): RowBatch {
  const end = Math.min(count, rowCount);
  return {
    rowCount: end,
    columns: columns.map((column) => {
      if (column.kind !== 'integer') return cutColumn(column, 0, end);
      return { ...column, values: column.values.subarray(0, end), missing: column.missing.subarray(0, end) };
    }),
  };
}

/** Some columns of other rows, in the order given. @throws InputError for a name they do not have. */
export function pickColumns(rows: RowSource, names: readonly string[]): RowSource {
  const columns = names.map((name) => {
    const column = rows.columns.find((candidate) => candidate.name === name);
    if (column !== undefined) return column;
    const known = rows.columns.map((candidate) => candidate.name);
    throw new InputError(
      `the data have no column ${JSON.stringify(name)}, which the model needs; they have ${known.join(', ')}`,
    );
  });
  return { rowCount: rows.rowCount, columns, batches: (requests, size) => rows.batches(requests, size) };
}

function requireColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`the table has no column ${name}`);
  return column;
}

function asText(column: Column): Column {
  if (column.kind === 'text') return column;
  const codes = new Int32Array(column.values.length);
  const known = new Map<number, number>();
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row]!;
    const code = Number.isNaN(value) ? -1 : (known.get(value) ?? known.size);
    if (code === known.size) known.set(value, code);
    codes[row] = code;
  }
  return { kind: 'text', name: column.name, codes, dictionary: [...known.keys()].map(String) };
}

function cutColumn(column: Column, start: number, end: number): Column {
  if (column.kind === 'number') return { ...column, values: column.values.subarray(start, end) };
  return { ...column, codes: column.codes.subarray(start, end) };
}
