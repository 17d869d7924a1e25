/** How often nothing is called drift, and how often a planted change is found. Seeds are fixed. */

import { describe, expect, test } from 'vitest';
import type { Column } from '../../../src/core/data/table.ts';
import { type ColumnPair, compareColumns } from '../../../src/core/drift/compare-columns.ts';
import { MINIMUM_EFFECTS } from '../../../src/core/drift/minimum-effects.ts';
import { createRandom, type Random } from '../../../src/core/statistics/random.ts';
import { irwinHall } from '../statistics/simulated.ts';
import { numbers } from './samples.ts';

const CHECKS = 60;

type Draw = (random: Random) => number;

/** Twenty columns of the kinds that false alarms come from: skewed, tied, rare, of very many categories. */
const draws: readonly Draw[] = [
  irwinHall,
  (random) => Math.exp(1.5 * irwinHall(random)),
  (random) => (random.uniform() < 0.6 ? 0 : random.uniform() * 100),
  (random) => Math.floor(random.uniform() * 40),
  (random) => random.integer(2),
  (random) => Number(random.uniform() < 0.006),
  (random) => Math.min(19, Math.floor(-3 * Math.log(1 - random.uniform()))),
  (random) => (random.uniform() < 0.05 ? Number.NaN : irwinHall(random)),
];

function makePairs(random: Random, rows: { reference: number; current: number }): ColumnPair[] {
  const many = (count: number): Column => ({
    kind: 'text',
    name: 'many',
    codes: Int32Array.from({ length: count }, () => random.integer(2000)),
    dictionary: Array.from({ length: 2000 }, (_, code) => `category ${code}`),
  });
  const sample = (draw: Draw, count: number): Column =>
    numbers(Float64Array.from({ length: count }, () => draw(random)));
  return Array.from({ length: 20 }, (_, index): ColumnPair => {
    const draw = draws[index % (draws.length + 1)];
    const make = (count: number) => (draw ? sample(draw, count) : many(count));
    return {
      name: `x${index}`,
      role: 'feature',
      reference: make(rows.reference),
      current: make(rows.current),
    };
  });
}

describe('nothing changed', () => {
  test.each([
    { reference: 200, current: 200 },
    { reference: 3000, current: 250 },
    { reference: 2000, current: 2000 },
  ])('$reference against $current rows: no more alarms than the level', (rows) => {
    const random = createRandom(rows.reference * 7 + rows.current);
    let byPValue = 0;
    let alarms = 0;
    for (let check = 0; check < CHECKS; check++) {
      const columns = compareColumns(makePairs(random, rows), {
        level: 0.05,
        minimum: MINIMUM_EFFECTS.small,
      });
      alarms += Number(columns.some((column) => column.drifted));
      byPValue += Number(columns.some((column) => column.adjustedPValue! < 0.05));
    }
    // With a level of 0.05 the p-values alone may cross it in 3 of 60 checks; 9 has a chance below 0.002.
    expect(byPValue).toBeLessThan(9);
    expect(alarms).toBeLessThanOrEqual(1);
  });
});

describe('a planted change', () => {
  test('a shift of half a standard deviation in one of 20 columns is found at the level of a daily check', () => {
    const random = createRandom(99);
    let found = 0;
    let others = 0;
    for (let check = 0; check < 30; check++) {
      const [first, ...rest] = makePairs(random, { reference: 2000, current: 1000 });
      const { current } = first!;
      if (current.kind !== 'number') throw new Error('the first column holds numbers');
      const shifted = numbers(current.values.map((value) => value + 0.5));
      const columns = compareColumns([{ ...first!, current: shifted }, ...rest], {
        level: 0.1 / 365,
        minimum: MINIMUM_EFFECTS.small,
      });
      found += Number(columns[0]!.drifted);
      others += columns.filter((column) => column.drifted && column.name !== 'x0').length;
    }
    expect(found).toBe(30);
    expect(others).toBe(0);
  });
});
