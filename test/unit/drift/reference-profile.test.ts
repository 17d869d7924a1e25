import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../../src/core/data/profile.ts';
import { SortedSummary } from '../../../src/core/data/sorted-summary.ts';
import { compareCategoryCounts } from '../../../src/core/drift/category-test.ts';
import { MINIMUM_EFFECTS } from '../../../src/core/drift/minimum-effects.ts';
import {
  countAgainstProfile,
  gapAtBorders,
  tabulateAgainstProfile,
} from '../../../src/core/drift/reference-profile.ts';
import { kolmogorovSmirnovTest } from '../../../src/core/statistics/kolmogorov-smirnov.ts';
import {
  countBins,
  innerBinEdges,
  testStability,
} from '../../../src/core/statistics/population-stability.ts';

function numbers(count: number, factor: number, shift: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => ((row * factor) % 10_007) / 100 + shift).sort();
}

function profileOf(sorted: Float64Array): ColumnProfile {
  const [minimum, maximum] = [sorted[0]!, sorted.at(-1)!];
  const summary = new SortedSummary({ count: sorted.length, minimum, maximum, isInteger: false });
  summary.add(sorted, new Float64Array(sorted.length).fill(1));
  // As it comes back from validation.json.
  const stored = JSON.stringify({ name: 'x', type: 'number', missing: 0, distinct: 1, ...summary.finish() });
  return JSON.parse(stored) as ColumnProfile;
}

describe('drift against a stored profile', () => {
  const reference = numbers(8000, 7919, 0);
  const current = numbers(3000, 104_729, 4);

  it('has the numbers that the data of the reference give for the same parts', () => {
    const counts = countAgainstProfile(profileOf(reference), current)!;
    const edges = innerBinEdges(reference, 20);
    const own = { reference: countBins(reference, edges), current: countBins(current, edges) };
    expect(testStability(counts, 0.1)).toEqual(testStability(own, 0.1));
    expect(testStability(counts, 0.1).index).toBeGreaterThan(0.01);
  });

  it('has a gap within one part of the Kolmogorov-Smirnov statistic', () => {
    const gap = gapAtBorders(countAgainstProfile(profileOf(reference), current)!);
    const { statistic } = kolmogorovSmirnovTest(reference, current);
    expect(gap).toBeLessThanOrEqual(statistic + 1e-12);
    expect(gap).toBeGreaterThan(statistic - 0.05);
  });

  it('leaves infinite and missing values out', () => {
    const spoilt = Float64Array.from([...current, Number.NaN, Number.POSITIVE_INFINITY]);
    const profile = profileOf(reference);
    expect(countAgainstProfile(profile, spoilt)).toEqual(countAgainstProfile(profile, current));
  });

  it('compares listed categories and the rest', () => {
    const top = [
      { value: 'a', count: 500 },
      { value: 'b', count: 300 },
    ];
    const profile: ColumnProfile = { name: 'c', type: 'string', missing: 20, distinct: 9, top };
    const now = new Map([
      ['b', 40],
      ['new', 7],
      ['a', 60],
      ['other', 3],
    ]);
    const table = tabulateAgainstProfile({ reference: profile, rows: 1000 }, now)!;
    expect(table).toEqual({ reference: [500, 300, 180], current: [60, 40, 10] });
    const byHand = { reference: [500, 300, 180], current: [60, 40, 10] };
    expect(compareCategoryCounts(table, MINIMUM_EFFECTS.small)).toEqual(
      compareCategoryCounts(byHand, MINIMUM_EFFECTS.small),
    );
  });

  it('knows nothing of hidden columns', () => {
    const hidden: ColumnProfile = { name: 'id', type: 'number', missing: 0, distinct: 5 };
    expect(countAgainstProfile(hidden, current)).toBeUndefined();
    expect(tabulateAgainstProfile({ reference: hidden, rows: 5 }, new Map())).toBeUndefined();
  });
});
