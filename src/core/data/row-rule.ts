/** A rule that rows must keep; what is counted is the rows that break it. Missing values break only `present`. */
export type RowRule =
  | { readonly kind: 'type'; readonly column: string; readonly type: RowValueType }
  | { readonly kind: 'present'; readonly column: string }
  | {
      readonly kind: 'range';
      readonly column: string;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly exclusiveMinimum?: number;
      readonly exclusiveMaximum?: number;
    }
  | { readonly kind: 'set'; readonly column: string; readonly values: readonly string[] }
  /** Broken by each row that repeats an earlier one's values of the columns; rows missing one are not asked. */
  | { readonly kind: 'unique'; readonly columns: readonly string[] };

/** Logical types of the Open Data Contract Standard that one cell can have. */
export type RowValueType = 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'string';

export type RowRuleResult = {
  readonly failing: number;
  /** Rows the rule could be asked of (missing values are left out, except by `present`). */
  readonly checked: number;
  /**
   * The first failing rows (at most 5): line number in a CSV (the header is line 1, a row is taken as one
   * line), else row number from 1. Behind a features query rows are counted in its result and `file` is the
   * query's. The value is raw: hiding personal data is the caller's part.
   */
  readonly examples: readonly { readonly file: string; readonly line: number; readonly value: string }[];
};
