/** Two rows of counts over the same categories: is it one distribution? */

import { chiSquaredSurvival, noncentralChiSquaredSurvival } from './chi-squared.ts';
import { normalQuantile } from './normal.ts';
import { createRandom } from './random.ts';

/** More categories than this are merged: the most frequent of the reference stay, the rest becomes one. */
const CATEGORY_LIMIT = 50;

/** Expected counts below this call for a simulated p-value. */
const SPARSE = 5;

const SIMULATIONS = 9_999;

/** Above this many draws in all sparse categories are pooled instead of simulated. */
const SIMULATION_LIMIT = 5e7;

/** Counts of the same categories in the reference and in the current sample. */
export type CategoryCounts = {
  readonly reference: ArrayLike<number>;
  readonly current: ArrayLike<number>;
};

export type CategoryTest = {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly method: 'chi-squared' | 'chi-squared-simulated' | 'chi-squared-pooled' | 'one-category';
};

/**
 * The two-sample chi-squared test with what sparse tables need: merged beyond 50 categories, simulated when
 * an expected count is below 5, pooled where simulation would take too long. Both samples must not be empty.
 */
export function compareCategories(counts: CategoryCounts, seed: number): CategoryTest {
  const merged = withoutEmpty(mergeRare(counts));
  if (merged.reference.length < 2) {
    return { statistic: 0, degreesOfFreedom: 0, pValue: 1, method: 'one-category' };
  }
  const smaller = Math.min(total(merged.reference), total(merged.current));
  const { statistic, degreesOfFreedom, minimumExpected } = chiSquaredStatistic(merged);
  if (minimumExpected >= SPARSE) {
    const pValue = chiSquaredSurvival(statistic, degreesOfFreedom);
    return { statistic, degreesOfFreedom, pValue, method: 'chi-squared' };
  }
  if (smaller * SIMULATIONS <= SIMULATION_LIMIT) {
    const pValue = simulatedP(merged, statistic, seed);
    return { statistic, degreesOfFreedom, pValue, method: 'chi-squared-simulated' };
  }
  const pooled = chiSquaredStatistic(poolSparse(merged));
  const pValue =
    pooled.degreesOfFreedom === 0 ? 1 : chiSquaredSurvival(pooled.statistic, pooled.degreesOfFreedom);
  return {
    statistic: pooled.statistic,
    degreesOfFreedom: pooled.degreesOfFreedom,
    pValue,
    method: 'chi-squared-pooled',
  };
}

/** Pearson's statistic of the 2×K table, without continuity correction; categories empty in both are left out. */
export function chiSquaredStatistic(counts: CategoryCounts): {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly minimumExpected: number;
} {
  const { reference, current } = withoutEmpty(counts);
  const referenceTotal = total(reference);
  const currentTotal = total(current);
  const all = referenceTotal + currentTotal;
  let statistic = 0;
  let minimumExpected = Number.POSITIVE_INFINITY;
  for (let category = 0; category < reference.length; category++) {
    const column = reference[category]! + current[category]!;
    const expectedReference = (column * referenceTotal) / all;
    const expectedCurrent = (column * currentTotal) / all;
    statistic += (reference[category]! - expectedReference) ** 2 / expectedReference;
    statistic += (current[category]! - expectedCurrent) ** 2 / expectedCurrent;
    minimumExpected = Math.min(minimumExpected, expectedReference, expectedCurrent);
  }
  return { statistic, degreesOfFreedom: Math.max(0, reference.length - 1), minimumExpected };
}

/** One-sided p-value of "Cohen's w is at most `minimumEffect`" for a chi-squared statistic. */
export function cohenMinimumEffectP(
  test: { readonly statistic: number; readonly degreesOfFreedom: number },
  sizes: { readonly reference: number; readonly current: number },
  minimumEffect: number,
): number {
  const effectiveRows = (sizes.reference * sizes.current) / (sizes.reference + sizes.current);
  const noncentrality = effectiveRows * minimumEffect ** 2;
  return noncentralChiSquaredSurvival(test.statistic, test.degreesOfFreedom, noncentrality);
}

/** Cramér's V of the 2×K table, 0 … 1; 0 with a single category. */
export function cramersV(counts: CategoryCounts): number {
  const { statistic, degreesOfFreedom } = chiSquaredStatistic(counts);
  if (degreesOfFreedom === 0) return 0;
  return Math.sqrt(statistic / (total(counts.reference) + total(counts.current)));
}

/** Cramér's V with the bias correction of Bergsma (2013). */
export function cramersVCorrected(counts: CategoryCounts): number {
  const { statistic, degreesOfFreedom } = chiSquaredStatistic(counts);
  if (degreesOfFreedom === 0) return 0;
  const rows = total(counts.reference) + total(counts.current);
  const association = Math.max(0, statistic / rows - degreesOfFreedom / (rows - 1));
  const columns = degreesOfFreedom + 1 - degreesOfFreedom ** 2 / (rows - 1);
  const samples = 2 - 1 / (rows - 1);
  return Math.sqrt(association / Math.min(columns - 1, samples - 1));
}

/** Half the summed differences of the shares, 0 … 1. */
export function totalVariation(counts: CategoryCounts): number {
  return sumOverShares(counts, (reference, current) => Math.abs(reference - current)) / 2;
}

/**
 * A one-sided bound the true total variation distance lies above: the estimate less what chance alone adds
 * on average and less the normal quantile times the standard error. Conservative.
 */
export function totalVariationLowerBound(counts: CategoryCounts, confidence: number): number {
  const referenceTotal = total(counts.reference);
  const currentTotal = total(counts.current);
  const inverse = 1 / referenceTotal + 1 / currentTotal;
  const noise =
    sumOverShares(counts, (reference, current) => {
      const pooled = (reference * referenceTotal + current * currentTotal) / (referenceTotal + currentTotal);
      return Math.sqrt((2 / Math.PI) * pooled * (1 - pooled) * inverse);
    }) / 2;
  const referenceSigns = sumOverShares(
    counts,
    (reference, current) => reference * Math.sign(reference - current),
  );
  const currentSigns = sumOverShares(
    counts,
    (reference, current) => current * Math.sign(reference - current),
  );
  const variance = ((1 - referenceSigns ** 2) / referenceTotal + (1 - currentSigns ** 2) / currentTotal) / 4;
  return Math.max(0, totalVariation(counts) - noise - normalQuantile(confidence) * Math.sqrt(variance));
}

function sumOverShares(counts: CategoryCounts, term: (reference: number, current: number) => number): number {
  const referenceTotal = total(counts.reference);
  const currentTotal = total(counts.current);
  let sum = 0;
  for (let category = 0; category < counts.reference.length; category++) {
    sum += term(counts.reference[category]! / referenceTotal, counts.current[category]! / currentTotal);
  }
  return sum;
}

/** The share of tables with the same margins that lie at least as far off, with one added to both counts. */
function simulatedP(counts: CategoryCounts, observed: number, seed: number): number {
  const random = createRandom(seed);
  const columns = Float64Array.from(counts.reference, (count, category) => count + counts.current[category]!);
  const all = new Int32Array(total(columns));
  let filled = 0;
  columns.forEach((count, category) => {
    all.fill(category, filled, filled + count);
    filled += count;
  });
  const referenceTotal = total(counts.reference);
  const drawn = Math.min(referenceTotal, all.length - referenceTotal);
  // Σ (O - E)² / E of both rows, written for the smaller row alone.
  const rowShare = drawn / all.length;
  const table = new Float64Array(columns.length);
  let asFar = 0;
  for (let simulation = 0; simulation < SIMULATIONS; simulation++) {
    table.fill(0);
    for (let draw = 0; draw < drawn; draw++) {
      const chosen = draw + random.integer(all.length - draw);
      const category = all[chosen]!;
      all[chosen] = all[draw]!;
      all[draw] = category;
      table[category] = table[category]! + 1;
    }
    let statistic = 0;
    for (let category = 0; category < columns.length; category++) {
      const expected = columns[category]! * rowShare;
      statistic += (table[category]! - expected) ** 2 / expected / (1 - rowShare);
    }
    if (statistic >= observed - 1e-9 * (1 + observed)) asFar++;
  }
  return (asFar + 1) / (SIMULATIONS + 1);
}

function mergeRare(counts: CategoryCounts): CategoryCounts {
  if (counts.reference.length <= CATEGORY_LIMIT) return counts;
  const order = Array.from(counts.reference, (_, category) => category).sort(
    (left, right) => counts.reference[right]! - counts.reference[left]! || left - right,
  );
  return merge(counts, new Set(order.slice(0, CATEGORY_LIMIT - 1)));
}

/** Categories with a small expected count become one. */
function poolSparse(counts: CategoryCounts): CategoryCounts {
  const referenceTotal = total(counts.reference);
  const currentTotal = total(counts.current);
  const smallerShare = Math.min(referenceTotal, currentTotal) / (referenceTotal + currentTotal);
  const kept = new Set<number>();
  for (let category = 0; category < counts.reference.length; category++) {
    const column = counts.reference[category]! + counts.current[category]!;
    if (column * smallerShare >= SPARSE) kept.add(category);
  }
  return merge(counts, kept);
}

function merge(counts: CategoryCounts, kept: ReadonlySet<number>): CategoryCounts {
  const mergeRow = (row: ArrayLike<number>) => {
    const list = Array.from(row);
    const rest = list.reduce((sum, count, category) => (kept.has(category) ? sum : sum + count), 0);
    return [...list.filter((_, category) => kept.has(category)), rest];
  };
  return { reference: mergeRow(counts.reference), current: mergeRow(counts.current) };
}

function withoutEmpty(counts: CategoryCounts): { reference: number[]; current: number[] } {
  const reference: number[] = [];
  const current: number[] = [];
  for (let category = 0; category < counts.reference.length; category++) {
    if (counts.reference[category]! + counts.current[category]! === 0) continue;
    reference.push(counts.reference[category]!);
    current.push(counts.current[category]!);
  }
  return { reference, current };
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let category = 0; category < counts.length; category++) sum += counts[category]!;
  return sum;
}
