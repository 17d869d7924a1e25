import type { ColumnProfile } from '../core/data/profile.ts';
import type { RowRule, RowRuleResult } from '../core/data/row-rule.ts';
import type { ColumnDescription, Table } from '../core/data/table.ts';

export type { RowRule, RowRuleResult } from '../core/data/row-rule.ts';

/**
 * Reads data files. The files a request declares are the only ones it can touch, whatever SQL it is
 * given: no other file, no network, no extension, no change of settings.
 */
export interface DataEngine extends AsyncDisposable {
  /**
   * Opens declared files as one data set.
   * @throws InputError for a missing, empty or unreadable file, a pointer file (Git LFS, DVC), a digest
   *   that differs from the pinned one, files whose columns differ, or SQL that does not run; the message
   *   names the file and what to do.
   */
  open(request: OpenDataRequest): Promise<DataSet>;
}

export type OpenDataRequest = {
  /** How messages call the data: `training`, `holdout`, `reference`, `current`. */
  readonly name: string;
  /** Directory that relative paths start from (the directory of the config). */
  readonly baseDirectory: string;
  /** Paths or globs; CSV and TSV (also .gz and .zst), Parquet, JSON Lines. */
  readonly paths: readonly string[];
  /** SHA-256 that the one declared file must have. */
  readonly sha256?: string;
  /** Conditions a row must meet, all of them, applied before the features are computed. */
  readonly filters?: readonly RowFilter[];
  /** `SELECT … FROM source`, and the file it came from for messages. */
  readonly features?: { readonly sql: string; readonly file: string };
};

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
      /** Rows whose hash of `column` (a number in [0, 1) that depends on the value alone) is in [from, to). */
      readonly kind: 'hash';
      readonly column: string;
      readonly from: number;
      readonly to: number;
    };

export type DataFileRead = { readonly path: string; readonly sha256: string; readonly bytes: number };

export interface DataSet extends AsyncDisposable {
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

  /** Hex digest of the rows after conditions, which does not depend on their order. */
  digest(): Promise<string>;

  /** Exact profiles of the named columns. */
  profile(columns: readonly string[]): Promise<readonly ColumnProfile[]>;

  /** Counts the rows that break each rule, with the first few as examples. */
  check(rules: readonly RowRule[]): Promise<readonly RowRuleResult[]>;

  /** Smallest and largest value of a time column in milliseconds since 1970 UTC; undefined when no row has one. */
  timeRange(
    column: string,
    options?: { readonly where?: string },
  ): Promise<{ readonly from: number; readonly to: number } | undefined>;
}

/** `number` casts booleans, dates and timestamps as `NumberColumn` says; `text` casts anything. */
export type ColumnRequest = { readonly name: string; readonly as: 'number' | 'text' };
