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
  | { readonly kind: 'unique'; readonly columns: readonly string[] };

/** Logical types of the Open Data Contract Standard that one cell can have. */
export type RowValueType = 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'string';

export type RowRuleResult = {
  readonly failing: number;
  /** Rows the rule could be asked of (missing values are left out, except by `present`). */
  readonly checked: number;
  /** The first failing rows (at most 5): line number in a CSV (the header is line 1), else row number from 1. */
  readonly examples: readonly { readonly file: string; readonly line: number; readonly value: string }[];
};
