/** A rule that rows must keep; what is counted is the rows that break it. Missing values break only `present`. */
export type RowRule =
  | { readonly kind: 'type'; readonly column: string; readonly type: RowValueType }
  /** `words`: texts that mean missing too, such as "n/a". */
  | { readonly kind: 'present'; readonly column: string; readonly words?: readonly string[] }
  | {
      readonly kind: 'range';
      readonly column: string;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly exclusiveMinimum?: number;
      readonly exclusiveMaximum?: number;
    }
  /** Broken by infinite values, or by those that are written as NaN; other types than `number` keep it. */
  | { readonly kind: 'finite'; readonly column: string; readonly of: 'infinite' | 'nan' }
  | { readonly kind: 'set'; readonly column: string; readonly values: readonly string[] }
  /** Broken by each row that repeats an earlier one's values of the columns; rows missing one are not asked. */
  | { readonly kind: 'unique'; readonly columns: readonly string[] }
  | TimeRangeRule
  /** Characters of the text. */
  | {
      readonly kind: 'length';
      readonly column: string;
      readonly minimum?: number;
      readonly maximum?: number;
    }
  /** Broken where the expression (the syntax of RE2) matches nowhere in the text. */
  | { readonly kind: 'pattern'; readonly column: string; readonly pattern: string }
  | { readonly kind: 'multiple-of'; readonly column: string; readonly divisor: number }
  /** Broken by text that is no time in this format (the directives of `strptime`); typed times keep it. */
  | { readonly kind: 'time-format'; readonly column: string; readonly format: string }
  /** Broken where an SQL condition over the row is false; where it is NULL the row is not asked. */
  | { readonly kind: 'condition'; readonly expression: string; readonly subject: string }
  /** Broken by each row whose value lies before that of the row above it (`strict`: or is the same). */
  | {
      readonly kind: 'monotonic';
      readonly column: string;
      readonly direction: 'increasing' | 'decreasing';
      readonly strict: boolean;
    }
  /** Broken by rows whose values, as text, are none of the keys; rows missing one of them are not asked. */
  | {
      readonly kind: 'reference';
      readonly columns: readonly string[];
      readonly keys: readonly (readonly string[])[];
    };

/** Bounds in milliseconds: since 1970 UTC, or since midnight for times of day. */
export type TimeRangeRule = {
  readonly kind: 'time-range';
  readonly column: string;
  readonly of: 'instant' | 'time-of-day';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
};

/** Logical types of the Open Data Contract Standard that one cell can have. */
export type RowValueType = 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'time' | 'string';

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
  /** Of the failing rows, for rules with bounds: the smallest and largest of what is measured. Raw. */
  readonly extremes?: { readonly minimum: number; readonly maximum: number };
  /** Of the failing rows of a `set`: their distinct values, most frequent first; absent when more than 50. Raw. */
  readonly values?: readonly string[];
};
