/** Counts of the same values in two samples. */
export type CategoryTable = {
  readonly reference: readonly number[];
  readonly current: readonly number[];
};

/** More values than this are put together. */
const CATEGORY_LIMIT = 50;

/**
 * Keeps the values that are most frequent in both samples together and puts the rest into one. Choosing by the
 * reference alone would pick values that were frequent there by chance and find them rarer in any other
 * sample; chosen by the sum of both, a table without change stays one.
 */
export function mergeCategories(table: CategoryTable): CategoryTable {
  if (table.reference.length <= CATEGORY_LIMIT) return table;
  const order = byFrequency(table);
  return putTogether(table, new Set(order.slice(0, CATEGORY_LIMIT - 1)));
}

/** The values that are too rare for the chi-squared test by what is expected of them, and a table without them. */
export function splitRare(
  table: CategoryTable,
  leastExpected: number,
): { readonly dense: CategoryTable; readonly rare: readonly number[] } {
  const smallerShare = Math.min(sum(table.reference), sum(table.current)) / total(table);
  const isRare = (category: number) =>
    (table.reference[category]! + table.current[category]!) * smallerShare < leastExpected;
  const order = byFrequency(table);
  const rare = order.filter(isRare);
  const frequent = order.filter((category) => !isRare(category));
  // When even all rare ones together are too few they join the least frequent of the others.
  const leftOver = rare.reduce(
    (count, category) => count + table.reference[category]! + table.current[category]!,
    0,
  );
  const kept = leftOver * smallerShare < leastExpected && rare.length > 0 ? frequent.slice(0, -1) : frequent;
  return { dense: rare.length === 0 ? table : putTogether(table, new Set(kept)), rare };
}

function byFrequency(table: CategoryTable): number[] {
  return table.reference
    .map((_, category) => category)
    .sort(
      (left, right) =>
        table.reference[right]! + table.current[right]! - table.reference[left]! - table.current[left]! ||
        left - right,
    );
}

function putTogether(table: CategoryTable, kept: ReadonlySet<number>): CategoryTable {
  const row = (counts: readonly number[]) => [
    ...counts.filter((_, category) => kept.has(category)),
    counts.reduce((rest, count, category) => (kept.has(category) ? rest : rest + count), 0),
  ];
  return { reference: row(table.reference), current: row(table.current) };
}

function total(table: CategoryTable): number {
  return sum(table.reference) + sum(table.current);
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
