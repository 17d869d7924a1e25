import type { RowRule } from '../../ports/data-engine.ts';
import { doubleLiteral } from './sql-text.ts';

/** A rule as SQL over one row. */
export type RowCondition = {
  /** True where the rule can be asked. */
  readonly applies: string;
  /** True where it is broken. */
  readonly fails: string;
  /** The text shown of a failing row. */
  readonly value: string;
  /** The number that bounds are about; absent where there are none. */
  readonly measure?: string;
  /** Whether the distinct values of failing rows are wanted. */
  readonly listsValues?: boolean;
};

/** Rules that one row alone keeps or breaks. */
export type SingleRowRule = Exclude<
  RowRule,
  { readonly kind: 'unique' | 'monotonic' | 'reference' | 'condition' }
>;

/** Whether a number lies within the bounds of a rule, as SQL. */
export function isInRange(number: string, rule: Bounds): string {
  const bounds = [
    rule.minimum === undefined ? [] : [`${number} >= ${doubleLiteral(rule.minimum)}`],
    rule.maximum === undefined ? [] : [`${number} <= ${doubleLiteral(rule.maximum)}`],
    rule.exclusiveMinimum === undefined ? [] : [`${number} > ${doubleLiteral(rule.exclusiveMinimum)}`],
    rule.exclusiveMaximum === undefined ? [] : [`${number} < ${doubleLiteral(rule.exclusiveMaximum)}`],
  ].flat();
  return bounds.length === 0 ? 'true' : bounds.join(' AND ');
}

type Bounds = Pick<
  Extract<RowRule, { readonly kind: 'range' }>,
  'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum'
>;
