import type { CompletedComparison } from '../documents/comparison.ts';

type Changes = NonNullable<CompletedComparison['modelContract']>['changes'];

/** What callers have to act on comes first; the rest stays in its order. */
export function breakingFirst(changes: Changes): Changes {
  return [...changes.filter(({ breaking }) => breaking), ...changes.filter(({ breaking }) => !breaking)];
}
