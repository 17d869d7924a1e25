import type { ColumnProfile } from '../core/data/profile.ts';
import type { RowRule, RowRuleResult } from '../core/data/row-rule.ts';
import type { RowSource } from '../core/data/row-source.ts';
import type { Column, ColumnDescription, Table } from '../core/data/table.ts';
import type { ColumnChange } from '../core/masking/plan-mask.ts';
import type { CountedValue } from '../core/personal-data/find-personal.ts';
import type { DrawnSamples } from '../core/statistics/drawn-samples.ts';

export type { RowRule, RowRuleResult } from '../core/data/row-rule.ts';

/**
 * Reads data files. The files a request declares are the only ones it can touch, whatever SQL it is
 * given: no other file, no network, no extension, no change of settings.
 */
export interface DataEngine extends AsyncDisposable {
  /**
   * Opens declared files as one data set.
   * @throws InputError for a missing, empty or unreadable file, an address on the network, a pointer file (Git
   *   LFS, DVC), a digest that differs from the pinned one, files whose columns differ, a file that takes too
   *   long to read, or SQL that does not run; the message names the file and what to do.
   */
  open(request: OpenDataRequest): Promise<DataSet>;

  /**
   * Writes the rows of declared files anew, in their order, with some columns changed or left out: CSV or Parquet by the
   * name of the output. `approve` sees the written rows before the file takes its name: it is whole or not there at all.
   * @throws InputError as `open` does, for a column that does not exist or cannot be changed as asked, and for an
   *   output that is an input or of another format.
   */
  writeCopy(request: CopyRequest): Promise<CopyResult>;

  /**
   * Writes a table as one Parquet file, whole or not at all: numbers as DOUBLE, text as VARCHAR, missing as
   * NULL. Equal tables give equal bytes. Makes directories.
   */
  writeParquet(path: string, table: Table): Promise<void>;
}

export type OpenDataRequest = {
  /** How messages call the data: `training`, `holdout`, `reference`, `current`. */
  readonly name: string;
  /** Directory that relative paths start from (the directory of the config). */
  readonly baseDirectory: string;
  /**
   * Paths or globs; CSV and TSV, JSON Lines (also .gz and .zst), Parquet, Arrow IPC. A directory `key=value`
   * that a glob matched becomes the column `key`, unless the files have one of that name.
   */
  readonly paths: readonly string[];
  /** SHA-256 that the one declared file must have. */
  readonly sha256?: string;
  /** Encoding of text files without a byte-order mark, by its WHATWG name; default: UTF-8, or evident UTF-16. */
  readonly encoding?: string;
  /**
   * Conditions a row must meet, all of them, applied before the features are computed. Each sees the columns
   * of the files and, as `source`, all their rows.
   */
  readonly filters?: readonly RowFilter[];
  /**
   * `SELECT … FROM source`, where `source` is the rows that meet the conditions, and the file it came from
   * for messages. What gives other rows another time (`random()`, `now()`, samples) is refused.
   */
  readonly features?: {
    readonly sql: string;
    readonly file: string;
    /** Columns whose values the query may not see: in `source` they are null. */
    readonly withheld?: readonly string[];
  };
  /** One thread does the work, so that sums of numbers are the same to the last bit every time. */
  readonly repeatable?: boolean;
};

export type CopyRequest = {
  readonly source: OpenDataRequest;
  /** What becomes of the columns that the data have, by name; others stay. */
  readonly changesOf: (columns: readonly string[]) => ReadonlyMap<string, ColumnChange>;
  /** Secret of the hashes. */
  readonly key: Uint8Array;
  /** Absolute path. */
  readonly output: string;
  /** An error that it throws leaves no file behind. */
  readonly approve: (written: DataSet) => Promise<void>;
};

export type CopyResult = { readonly rowCount: number; readonly columns: readonly string[] };

/** A condition on rows: a user's SQL, a span of time (milliseconds since 1970 UTC), or a share of hashed ids. */
export type RowFilter =
  | { readonly kind: 'sql'; readonly condition: string }
  | {
      readonly kind: 'time';
      readonly column: string;
      /** Inclusive. */
      readonly from?: number;
      /** Exclusive. */
      readonly to?: number;
    }
  | {
      /**
       * Rows whose hash of `column` is in [from, to). The hash is a number in [0, 1) that depends on the text
       * of the value alone (missing counts as the empty text): the first 13 hexadecimal digits of its MD5,
       * divided by 16^13.
       */
      readonly kind: 'hash';
      readonly column: string;
      readonly from: number;
      readonly to: number;
    };

/**
 * Where a row lies: line number in a CSV (the header is line 1, a row is taken as one line), else the number
 * of the row from 1. Behind a features query `file` is the query's and rows are counted in its result.
 */
export type RowPlace = { readonly file: string; readonly line: number };

export type DataFileRead = {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Rows of the file, before any condition. */
  readonly rowsRead: number;
  /** Rows of the file that were not read: always 0, since a file that cannot be read in full is refused. */
  readonly rejectedRows: number;
  /** The encoding of a text that is not UTF-8. */
  readonly encoding?: string;
};

/** Open rows. Reading batch by batch holds the data set until the last batch was taken or the loop is left. */
export interface DataSet extends RowSource, AsyncDisposable {
  readonly name: string;
  readonly files: readonly DataFileRead[];
  /** Columns after the features query, in its order. */
  readonly columns: readonly ColumnDescription[];
  readonly rowCount: number;

  /**
   * Reads columns in row order; the same files and request give the same rows in the same order.
   * @throws InputError when a column does not exist (names the nearest) or cannot be read as asked.
   */
  read(columns: readonly ColumnRequest[]): Promise<Table>;

  /**
   * Hex digest (SHA-256) of the columns and rows of this data set, which does not depend on the order of the
   * rows, on how they are split into files, or on threads.
   */
  digest(): Promise<string>;

  /**
   * A hash of each row over the values of some columns (at least one), in row order: a whole number below 2^52 that depends on the
   * values alone, not on the order of the columns, the type or format a file gives them, or the version of the
   * engine. NaN for a row in which all of them are missing.
   * @throws InputError when a column does not exist.
   */
  rowHashes(columns: readonly string[]): Promise<Float64Array>;

  /**
   * A key of each row over some columns (at least one), in row order: a whole number below 2^52, equal for equal
   * values of any data set of this engine, whatever type or format a file gives them. NaN for a row in which all
   * of them are missing. Much faster than `rowHashes`; another version of the engine may give other keys.
   * @throws InputError when a column does not exist.
   */
  rowKeys(columns: readonly string[]): Promise<Float64Array>;

  /**
   * Reads columns of all rows, or of about `most` where there are more: chosen evenly by their position alone,
   * in row order, the same ones every time.
   * @throws InputError as `read` does.
   */
  sample(columns: readonly ColumnRequest[], most: number): Promise<DataSample>;

  /** Where the rows at these positions (in reading order, from 0) come from; for the few that a message names. */
  places(rows: readonly number[]): Promise<readonly RowPlace[]>;

  /** Exact profiles of the named columns. */
  profile(columns: readonly string[]): Promise<readonly ColumnProfile[]>;

  /** Counts the rows that break each rule, with the first few as examples. */
  check(rules: readonly RowRule[]): Promise<readonly RowRuleResult[]>;

  /**
   * The distinct values of each column that an expression matches, as text of at most 4096 characters, with
   * their rows; of columns of texts and of numbers from a million on.
   * @throws InputError when a column does not exist.
   */
  matchingValues(requests: readonly MatchRequest[]): Promise<readonly MatchingValues[]>;

  /**
   * The number that a query over all rows gives (true is 1, false 0), and what it can tell of single values.
   * @throws InputError led by the subject when it is not one SELECT over the data set with one row and one
   *   column, does not run, or takes too long; the message holds no value of the data.
   */
  measure(query: MeasureQuery): Promise<QueryMeasured>;

  /** Smallest and largest value of a time column in milliseconds since 1970 UTC; undefined when no row has one. */
  timeRange(
    column: string,
    options?: { readonly where?: string },
  ): Promise<{ readonly from: number; readonly to: number } | undefined>;

  /**
   * Makes ready to compute a user's aggregate over some rows, beside columns that the caller brings. It sees
   * no other rows and gives out nothing but numbers: no message holds a value of the data.
   * @throws InputError led by the subject when the SQL is not one aggregate of a number, names a column that
   *   does not exist or is withheld, or looks at no answer of a model.
   */
  aggregate(request: AggregateRequest): Promise<RowAggregate>;
}

/** Some rows, of how many there are. */
export type DataSample = { readonly table: Table; readonly total: number };

export type MatchRequest = {
  readonly column: string;
  /** In the syntax of RE2; a value is wanted that one of them matches. */
  readonly expressions: readonly string[];
  /** Rows of the column that have a value. */
  readonly present: number;
  /** Its distinct values, as far as known; a guess costs time alone. */
  readonly distinct: number;
  /** Where more distinct values match, a share of all distinct values is looked at that has about so many. */
  readonly most: number;
};

export type MatchingValues = {
  readonly column: string;
  /** Rows with a value that were looked at: all, or those that have a value of the share. */
  readonly checked: number;
  /** In the order of their first rows. */
  readonly values: readonly CountedValue[];
};

export type QueryMeasured = {
  /** Absent where the query gives NULL. */
  readonly value?: number;
  /** A count of rows tells no value; other numbers tell of the columns that are named, or, where none of that can be seen, of any. */
  readonly reach:
    | { readonly kind: 'row-count' }
    | { readonly kind: 'columns'; readonly names: readonly string[] }
    | { readonly kind: 'anything' };
};

export type MeasureQuery = {
  readonly sql: string;
  /** How messages call the query. */
  readonly subject: string;
  /** Names beside `source` by which it may call the data set. */
  readonly tables: readonly string[];
};

export type AggregateRequest = {
  /** How messages call the SQL. */
  readonly subject: string;
  /** One aggregate expression, such as `avg(abs(label - score))`. */
  readonly sql: string;
  /** Positions in reading order. */
  readonly rows: Uint32Array;
  /** Number of each of the rows; rows with equal numbers are ordered by their columns. */
  readonly ranks: Int32Array;
  /** Columns of the rows that win over those of the data with the same name; NaN and -1 are NULL. */
  readonly shared: readonly Column[];
  /** Columns of each model's answer, under the same names; the aggregate is computed for each. */
  readonly models: readonly (readonly Column[])[];
  /** Columns of the data that the SQL may not read. */
  readonly withheld: readonly string[];
};

/** An aggregate that was made ready. It works for the time limit of one statement in all, and then gives up. */
export interface RowAggregate extends AsyncDisposable {
  /** False when resamples cannot tell how it varies: it counts distinct values or picks out single rows. */
  readonly isResamplable: boolean;

  /**
   * Looks at some of the rows from now on.
   * @param rows positions among the rows of the request; absent: all.
   * @param units the unit of drawing of each chosen row, in the order of their ranks.
   */
  choose(part: { readonly rows?: Uint32Array; readonly units: Int32Array }): Promise<void>;

  /**
   * The value of each model on each sample of the chosen rows' units; NaN where it is NULL or no finite number.
   * @throws InputError led by the subject when it fails on the data, or takes too much time or memory.
   */
  compute(samples: DrawnSamples): Promise<readonly Float64Array[]>;
}

/**
 * `number` casts booleans, dates and timestamps as `NumberColumn` says, and text that spells a number in every
 * row that has one; whole numbers beyond 2^53 lose digits. `text` casts anything and is exact for integers of
 * any length; a binary floating-point value without a fraction is written without `.0`.
 */
export type ColumnRequest = { readonly name: string; readonly as: 'number' | 'text' };
