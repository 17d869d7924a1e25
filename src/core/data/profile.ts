import type { ColumnType } from './table.ts';

/** One bar of a histogram: values from `from` (inclusive) to `to` (exclusive; inclusive in the last bar). */
export type HistogramBin = { readonly from: number; readonly to: number; readonly count: number };

/** What one column of a data set looks like; the shape of `datasets[].columns[]` in `validation.json`. */
export type ColumnProfile = {
  readonly name: string;
  readonly type: ColumnType;
  /** Rows without a value. */
  readonly missing: number;
  /** Exact number of distinct values, missing not counted. */
  readonly distinct: number;
  /** Numbers and timestamps (milliseconds since 1970 UTC) only; infinite values are left out. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly mean?: number;
  readonly standardDeviation?: number;
  /** Exact quantiles at 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99 (type 7), by their probability. */
  readonly quantiles?: Readonly<Record<string, number>>;
  readonly histogram?: readonly HistogramBin[];
  /**
   * Parts of the distribution with equal shares of the rows (20, fewer where values repeat): the borders between them,
   * each a value of the part above it, and the number of finite values in each of the borders.length + 1 parts.
   */
  readonly parts?: { readonly borders: readonly number[]; readonly counts: readonly number[] };
  /** The most frequent values of text, boolean and few-valued integer columns, most frequent first. */
  readonly top?: readonly { readonly value: string; readonly count: number }[];
};
