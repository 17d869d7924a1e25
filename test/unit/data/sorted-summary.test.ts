import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedSummary } from '../../../src/core/data/sorted-summary.ts';
import { countBins, innerBinEdges } from '../../../src/core/statistics/population-stability.ts';

type Reference = {
  readonly name: string;
  readonly distinct: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly standardDeviation: number;
  readonly quantiles: Readonly<Record<string, number>>;
  readonly histogram: readonly number[];
  readonly borders: readonly number[];
  readonly parts: readonly number[];
};

const { columns } = JSON.parse(readFileSync(join(import.meta.dirname, 'pandas-reference.json'), 'utf8')) as {
  readonly columns: readonly Reference[];
};

/** The samples of scripts/reference/profile-columns.py. */
function spread(count: number, factor: number, modulus: number, start: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index * factor + start) % modulus) / modulus);
}

const samples: Readonly<Record<string, readonly number[]>> = {
  different: spread(30011, 7919, 30011, 5).map((share) => share * 1000 - 200),
  repeating: spread(30011, 104729, 30011, 1).map((share) => Math.floor(share ** 3 * 40)),
  'far from zero': spread(5003, 7919, 5003, 0).map((share) => 1e9 + share),
  skewed: spread(10007, 7919, 10007, 3).map((share) => Math.exp(share * 12)),
  'few rows': [2.5, -1, 7.25, 7.25],
};

/** @param pieceLength how many values are given at once. */
function summarize(values: readonly number[], pieceLength: number, isGrouped = true) {
  const sorted = Float64Array.from(values).sort();
  const grouped = new Map<number, number>();
  for (const value of sorted) grouped.set(value, (grouped.get(value) ?? 0) + 1);
  const numbers = isGrouped ? Float64Array.from(grouped.keys()) : sorted;
  const counts = isGrouped ? Float64Array.from(grouped.values()) : new Float64Array(sorted.length).fill(1);
  const [minimum, maximum] = [sorted[0]!, sorted.at(-1)!];
  const summary = new SortedSummary({ count: sorted.length, minimum, maximum, isInteger: false });
  for (let from = 0; from < numbers.length; from += pieceLength) {
    summary.add(numbers.slice(from, from + pieceLength), counts.slice(from, from + pieceLength));
  }
  return summary.finish();
}

function expectClose(own: number, reference: number, tolerance = 1e-12): void {
  expect(Math.abs(own - reference)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(reference)));
}

describe('a summary of sorted numbers', () => {
  it.each(columns)('equals pandas: $name', (reference) => {
    const summary = summarize(samples[reference.name]!, 1000);
    expectClose(summary.mean!, reference.mean);
    // A spread of one beside a billion leaves pandas seven digits fewer.
    expectClose(summary.standardDeviation!, reference.standardDeviation, 1e-9);
    for (const [p, quantile] of Object.entries(reference.quantiles))
      expectClose(summary.quantiles[p]!, quantile);
    expect(summary.histogram!.map(({ count }) => count)).toEqual(reference.histogram);
    expect(summary.parts.counts).toEqual(reference.parts);
    for (const [index, border] of reference.borders.entries())
      expectClose(summary.parts.borders[index]!, border);
  });

  it('does not depend on how the numbers are cut into pieces', () => {
    const whole = summarize(samples.skewed!, 20_000);
    for (const pieceLength of [1, 7, 4096]) expect(summarize(samples.skewed!, pieceLength)).toEqual(whole);
  });

  it('finds the same order statistics in rows as in values with their counts', () => {
    const [rows, values] = [false, true].map((isGrouped) => summarize(samples.repeating!, 500, isGrouped));
    expect(rows!.quantiles).toEqual(values!.quantiles);
    expect(rows!.histogram).toEqual(values!.histogram);
    expect(rows!.parts).toEqual(values!.parts);
    expectClose(rows!.standardDeviation!, values!.standardDeviation!);
  });

  it('has the parts that population stability is told by', () => {
    const numbers = fc.array(
      fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
      {
        minLength: 1,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(numbers, (values) => {
        const sorted = Float64Array.from(values, (value) => value + 0).sort();
        const { borders, counts } = summarize([...sorted], 16).parts;
        const edges = innerBinEdges(sorted, 20);
        expect(borders).toEqual([...edges]);
        expect(counts).toEqual([...countBins(sorted, edges)]);
      }),
    );
  });

  it('leaves out what a range beyond the largest number cannot have', () => {
    const summary = summarize([-1.7e308, 0, 1.7e308], 2);
    expect(summary).not.toHaveProperty('mean');
    expect(summary).not.toHaveProperty('histogram');
    expect(summary.quantiles['0.75']).toBe(0.85e308);
  });
});
