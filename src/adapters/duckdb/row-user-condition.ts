import type { RowRule } from '../../ports/data-engine.ts';
import type { RowCondition } from './row-condition.ts';
import { requireCondition } from './row-filters.ts';
import type { RowSet } from './row-set.ts';

/**
 * A user's condition over one row as a rule: where it is NULL the row is not asked.
 * @throws InputError led by its place in the contract.
 */
export async function userConditionOf(
  rows: RowSet,
  { expression, subject }: Extract<RowRule, { readonly kind: 'condition' }>,
): Promise<RowCondition> {
  const { sql } = await requireCondition(rows.session, { ...rows, name: subject }, expression);
  // The line break ends a comment that would swallow what follows.
  return { applies: `(${sql}\n) IS NOT NULL`, fails: `NOT (${sql}\n)`, value: "''" };
}
