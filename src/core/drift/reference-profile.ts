import type { ColumnProfile } from '../data/profile.ts';
import type { CategoryCounts } from '../statistics/contingency.ts';
import { countBins } from '../statistics/population-stability.ts';
import type { CategoryTable } from './merge-categories.ts';

/**
 * Finite current numbers beside a stored profile, counted in the parts of the reference; undefined where the profile
 * has none, as of hidden columns. What is worked out of it equals what the reference's own data give for these parts.
 */
export function countAgainstProfile(
  reference: ColumnProfile,
  current: Float64Array,
): CategoryCounts | undefined {
  if (reference.parts === undefined) return undefined;
  const borders = Float64Array.from(reference.parts.borders);
  const finite = current.filter((value) => Number.isFinite(value));
  return { reference: reference.parts.counts, current: countBins(finite, borders) };
}

/**
 * The largest gap between the two distribution functions at the borders of the parts: at most the
 * Kolmogorov-Smirnov statistic of the data, and below it by less than the largest part's share.
 */
export function gapAtBorders({ reference, current }: CategoryCounts): number {
  const totals = [totalOf(reference), totalOf(current)] as const;
  let [before, now, gap] = [0, 0, 0];
  for (let part = 0; part < reference.length; part++) {
    before += reference[part]! / totals[0];
    now += current[part]! / totals[1];
    gap = Math.max(gap, Math.abs(before - now));
  }
  return gap;
}

/**
 * Current categories beside a stored profile: the values that it lists, and all others as the last one; undefined
 * where the profile lists none.
 * @param rows of the data set that the profile is of.
 */
export function tabulateAgainstProfile(
  { reference, rows }: { readonly reference: ColumnProfile; readonly rows: number },
  current: ReadonlyMap<string, number>,
): CategoryTable | undefined {
  const { top, missing } = reference;
  if (top === undefined) return undefined;
  const listed = new Set(top.map(({ value }) => value));
  const others = [...current].filter(([value]) => !listed.has(value));
  return {
    reference: [
      ...top.map(({ count }) => count),
      rows - missing - top.reduce((sum, { count }) => sum + count, 0),
    ],
    current: [
      ...top.map(({ value }) => current.get(value) ?? 0),
      others.reduce((sum, [, count]) => sum + count, 0),
    ],
  };
}

function totalOf(counts: ArrayLike<number>): number {
  let total = 0;
  for (let part = 0; part < counts.length; part++) total += counts[part]!;
  return total;
}
