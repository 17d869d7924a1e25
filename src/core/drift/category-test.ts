import { chiSquaredSurvival } from '../statistics/chi-squared.ts';
import { chiSquaredStatistic, totalVariation, totalVariationLowerBound } from '../statistics/contingency.ts';
import type { Effect } from './column-test.ts';
import { fisherExactP } from './fisher-exact.ts';
import { type CategoryTable, mergeCategories, splitRare, sum } from './merge-categories.ts';
import { EFFECT_CONFIDENCE, type MinimumEffects } from './minimum-effects.ts';
import type { TestedSample } from './numeric-test.ts';

/** Values with a smaller expected count are not left to the chi-squared approximation. */
const LEAST_EXPECTED = 5;

const ONE_SIDED = 0.5 + EFFECT_CONFIDENCE / 2;

/**
 * Compares counts of categories: the two-sample chi-squared test with the total variation distance. Rare
 * values are put together for it and each asked by Fisher's exact test besides, so that a value that was rare
 * and no longer is cannot hide among the others; the two answers are combined by Bonferroni.
 */
export function compareCategoryCounts(table: CategoryTable, minimum: MinimumEffects): TestedSample {
  const merged = mergeCategories(withoutEmpty(table));
  const { dense, rare } = splitRare(merged, LEAST_EXPECTED);
  const { statistic, degreesOfFreedom } = chiSquaredStatistic(dense);
  const whole = degreesOfFreedom === 0 ? undefined : chiSquaredSurvival(statistic, degreesOfFreedom);
  const single = rarestP(merged, rare);
  const answers = [whole, single].filter((p) => p !== undefined);
  return {
    method: single === undefined ? 'chi-squared' : 'chi-squared (rare values by Fisher)',
    statistic,
    // A single value on both sides: there is nothing to ask.
    pValue: answers.length === 0 ? 1 : Math.min(1, answers.length * Math.min(...answers)),
    effect: variationEffect(merged, minimum.totalVariation),
  };
}

/** The smallest p-value of the rare values by themselves, times their number. */
function rarestP(table: CategoryTable, rare: readonly number[]): number | undefined {
  if (rare.length === 0) return undefined;
  const referenceRows = sum(table.reference);
  const currentRows = sum(table.current);
  const pValues = rare.map((category) =>
    fisherExactP({
      reference: table.reference[category]!,
      referenceRows,
      current: table.current[category]!,
      currentRows,
    }),
  );
  return Math.min(1, rare.length * Math.min(...pValues));
}

function variationEffect(table: CategoryTable, minimum: number): Effect {
  const value = totalVariation(table);
  const lowerBound = totalVariationLowerBound(table, ONE_SIDED);
  // The bound at the opposite confidence lies above; what chance adds is not taken off there.
  const noise = value - totalVariationLowerBound(table, 0.5);
  const upper = Math.min(1, Math.max(value, totalVariationLowerBound(table, 1 - ONE_SIDED) + noise));
  return { name: 'total variation', value, interval: [lowerBound, upper], lowerBound, minimum };
}

function withoutEmpty(table: CategoryTable): CategoryTable {
  const kept = table.reference.map((count, category) => count + table.current[category]! > 0);
  return {
    reference: table.reference.filter((_, category) => kept[category]),
    current: table.current.filter((_, category) => kept[category]),
  };
}
