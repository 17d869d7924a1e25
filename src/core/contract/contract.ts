import type { RowRule } from '../data/row-rule.ts';

/** A rule of a data contract, ready to be checked, with the line it stands on. */
export type ContractRule = {
  readonly check: 'type' | 'required' | 'range' | 'set' | 'unique' | 'row-count';
  readonly severity: 'error' | 'warning' | 'info';
  readonly column?: string;
  /** Line of the contract, from 1. */
  readonly line: number;
  /** Rows that break it are counted by this rule; absent for the number of rows itself. */
  readonly rowRule?: RowRule;
  /** What the number (of breaking rows, or of rows) must be. */
  readonly limit: Limit;
};

/** The comparison words of the Open Data Contract Standard. */
export type LimitOperator =
  | 'mustBe'
  | 'mustNotBe'
  | 'mustBeGreaterThan'
  | 'mustBeGreaterOrEqualTo'
  | 'mustBeLessThan'
  | 'mustBeLessOrEqualTo'
  | 'mustBeBetween'
  | 'mustNotBeBetween';

export type Limit = {
  readonly operator: LimitOperator;
  readonly values: readonly number[];
  /** `percent` of the rows checked, else a number of rows. */
  readonly unit: 'rows' | 'percent';
};

export type Contract = {
  readonly file: string;
  /** Columns that must be there, with the line that names them. */
  readonly columns: readonly { readonly name: string; readonly line: number }[];
  readonly rules: readonly ContractRule[];
  /** Rules of kinds that are not checked yet, in words. */
  readonly notChecked: readonly { readonly words: string; readonly line: number }[];
};

/** Whether a number keeps a limit; `checked` rows are the whole of which `percent` is a share. */
export function keepsLimit(limit: Limit, amount: number, checked: number): boolean {
  const value = limit.unit === 'percent' ? (checked === 0 ? 0 : (100 * amount) / checked) : amount;
  const [first = 0, second = 0] = limit.values;
  switch (limit.operator) {
    case 'mustBe':
      return value === first;
    case 'mustNotBe':
      return value !== first;
    case 'mustBeGreaterThan':
      return value > first;
    case 'mustBeGreaterOrEqualTo':
      return value >= first;
    case 'mustBeLessThan':
      return value < first;
    case 'mustBeLessOrEqualTo':
      return value <= first;
    case 'mustBeBetween':
      return value >= first && value <= second;
    case 'mustNotBeBetween':
      return value < first || value > second;
  }
}

/** A limit in words: "at most 5 percent", "0 rows". */
export function describeLimit(limit: Limit): string {
  const [first = 0, second = 0] = limit.values;
  const unit = limit.unit === 'percent' ? ' percent' : first === 1 ? ' row' : ' rows';
  const words: Record<LimitOperator, string> = {
    mustBe: `${first}`,
    mustNotBe: `not ${first}`,
    mustBeGreaterThan: `more than ${first}`,
    mustBeGreaterOrEqualTo: `at least ${first}`,
    mustBeLessThan: `less than ${first}`,
    mustBeLessOrEqualTo: `at most ${first}`,
    mustBeBetween: `between ${first} and ${second}`,
    mustNotBeBetween: `not between ${first} and ${second}`,
  };
  return `${words[limit.operator]}${unit}`;
}
