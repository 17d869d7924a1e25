import { binomialCdf } from '../statistics/binomial.ts';
import type { ContractRule, Limit, LimitOperator } from './contract.ts';

/** Chance below which a share in a sample is evidence against the limit (methods of Great Expectations' `mostly`). */
const SIGNIFICANCE = 0.05;

export type LimitJudgement =
  | { readonly kept: true }
  /** `pValue`: chance of as many breaking rows in a sample of a population that keeps the limit. */
  | { readonly kept: false; readonly weak: boolean; readonly pValue?: number };

/** Holds a number of breaking rows to the limit of a rule; no rows keep every share. */
export function judgeRows(rule: ContractRule, failing: number, checked: number): LimitJudgement {
  if (keepsLimit(rule.limit, failing, checked)) return { kept: true };
  const share = allowedShare(rule.limit);
  if (rule.mode !== 'population' || share === undefined) return { kept: false, weak: false };
  const pValue = violationPValue({ failing, checked, allowedShare: share });
  return { kept: false, weak: pValue >= SIGNIFICANCE, pValue };
}

/** P(X >= failing) where each of `checked` rows breaks the rule with a chance of `allowedShare`. */
export function violationPValue(sample: {
  readonly failing: number;
  readonly checked: number;
  readonly allowedShare: number;
}): number {
  if (sample.failing === 0) return 1;
  if (sample.allowedShare <= 0) return 0;
  return 1 - binomialCdf(sample.failing - 1, sample.checked, Math.min(1, sample.allowedShare));
}

/** The largest share of rows (0 … 1) that a limit allows; undefined where it is no upper limit in percent. */
export function allowedShare({ operator, values, unit }: Limit): number | undefined {
  const isUpper = operator === 'mustBeLessOrEqualTo' || operator === 'mustBeLessThan';
  return unit === 'percent' && isUpper ? values[0]! / 100 : undefined;
}

/** Whether a number keeps a limit; `checked` rows are the whole of which `percent` is a share. */
export function keepsLimit(limit: Limit, amount: number, checked: number): boolean {
  return keepsBounds(
    limit,
    limit.unit === 'percent' ? (checked === 0 ? 0 : (100 * amount) / checked) : amount,
  );
}

/** Whether a value in the unit of the limit keeps it. */
export function keepsBounds(limit: Limit, value: number): boolean {
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
  return `${words[limit.operator]}${unitInWords(limit.unit, first)}`;
}

function unitInWords(unit: Limit['unit'], first: number): string {
  switch (unit) {
    case 'percent':
      return ' percent';
    case 'hours':
      return ' hours';
    case 'value':
      return '';
    case 'rows':
      return first === 1 ? ' row' : ' rows';
  }
}
