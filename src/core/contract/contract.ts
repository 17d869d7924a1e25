import type { RowRule } from '../data/row-rule.ts';
import type { CheckSetting } from '../data-checks/checks.ts';
import type { AcceptTarget } from './accept-target.ts';

/** A rule of a data contract, ready to be checked, with the line it stands on. */
export type ContractRule = {
  readonly check: ContractCheck;
  readonly severity: 'error' | 'warning' | 'info';
  readonly column?: string;
  /** What its author calls it. */
  readonly name?: string;
  /** Line of the contract, from 1. */
  readonly line: number;
  /** Rows that break it are counted by this rule. */
  readonly rowRule?: RowRule;
  /** Rows must be found in another data set; becomes a row rule when that one was read. */
  readonly reference?: Reference;
  /** One number of the whole data set that is held to the limit. */
  readonly measure?: Measure;
  /** What the number (of breaking rows, or the measure) must be. */
  readonly limit: Limit;
  /**
   * `observed` (the default) judges the share that was seen. `population` fails only where a share as high as
   * this one would be seen in fewer than 5 % of samples of a population that keeps the limit, and warns else.
   */
  readonly mode?: 'observed' | 'population';
  /** What in the contract has to be written anew for the rule to be kept. */
  readonly accept?: AcceptTarget;
};

export const CONTRACT_CHECKS = [
  ...(['type', 'format', 'required', 'range', 'length', 'set', 'pattern', 'multiple-of', 'unique'] as const),
  ...(['row-count', 'freshness', 'monotonic', 'change', 'condition', 'reference', 'sql'] as const),
  'distribution',
] as const;
export type ContractCheck = (typeof CONTRACT_CHECKS)[number];

/** Columns of the data set whose values must be found in columns of another one. */
export type Reference = {
  readonly columns: readonly string[];
  /** A data set of the run, or an object of the contract whose `physicalName` is a path. */
  readonly dataset: string;
  readonly keys: readonly string[];
  /** Path of the object's file, from the directory of the config. */
  readonly path?: string;
};

/** What `change` can watch. */
export const CHANGE_MEASURES = [
  ...(['row-count', 'missing-share', 'distinct', 'mean', 'standard-deviation', 'median'] as const),
  ...(['minimum', 'maximum'] as const),
] as const;
export type ChangeMeasure = (typeof CHANGE_MEASURES)[number];

export type Measure =
  | { readonly kind: 'row-count' }
  /** Hours since the latest value of a time column. */
  | { readonly kind: 'freshness'; readonly column: string }
  /** The number that a query gives; `tables` are the names by which it may call the data set. */
  | { readonly kind: 'sql'; readonly query: string; readonly tables: readonly string[] }
  /** Percent by which a figure differs from that of another data set. */
  | {
      readonly kind: 'change';
      readonly of: ChangeMeasure;
      readonly column?: string;
      readonly against: string;
    }
  /** 1 where a column's values come from another distribution than those of another data set, else 0. */
  | {
      readonly kind: 'distribution';
      readonly column: string;
      readonly against: string;
      readonly minimumEffect: 'small' | 'medium' | 'large';
    };

/** The data set a measure is compared with: the same files as the base branch has them. */
export const PREVIOUS = 'previous';

/** The comparison words of the Open Data Contract Standard. */
export const LIMIT_OPERATORS = [
  ...(['mustBe', 'mustNotBe', 'mustBeGreaterThan', 'mustBeGreaterOrEqualTo'] as const),
  ...(['mustBeLessThan', 'mustBeLessOrEqualTo', 'mustBeBetween', 'mustNotBeBetween'] as const),
] as const;
export type LimitOperator = (typeof LIMIT_OPERATORS)[number];

export type Limit = {
  readonly operator: LimitOperator;
  readonly values: readonly number[];
  /** `percent` of the rows checked (of the earlier figure for `change`), else a number of rows, hours or a value. */
  readonly unit: 'rows' | 'percent' | 'hours' | 'value';
};

/** Something in a contract that no rule was made of, in words. */
export type NotChecked = { readonly words: string; readonly line: number; readonly column?: string };

export type Contract = {
  readonly file: string;
  /** The whole file, as edits are made to it. */
  readonly text: string;
  /** Columns that must be there, with the line that names them. */
  readonly columns: readonly {
    readonly name: string;
    readonly line: number;
    /** What takes the column out of the contract. */
    readonly accept?: AcceptTarget;
  }[];
  /** Where another column would be written; absent where the object lists none. */
  readonly nextColumn?: { readonly offset: number; readonly indent: number };
  readonly rules: readonly ContractRule[];
  /** What is said of the checks that need no rule. */
  readonly checks?: readonly CheckSetting[];
  /** What was read and is not checked. */
  readonly notChecked: readonly NotChecked[];
  /** Words that the standard requires of every contract and that this one lacks; absent where none is. */
  readonly lacking?: {
    readonly words: readonly string[];
    /** What it is about, for an `id`. */
    readonly name: string;
    /** Line of `apiVersion`. */
    readonly line: number;
  };
};
