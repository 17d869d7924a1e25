import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSample } from '../../../src/core/calibration/choose-sample.ts';

describe('a sample of training rows', () => {
  it('is a share of the rows in their order, the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.integer(),
        (rowCount, share, seed) => {
          const rows = chooseSample({ rowCount, share, seed });
          expect(rows).toHaveLength(Math.max(1, Math.round(share * rowCount)));
          expect([...rows]).toEqual([...new Set(rows)].sort((left, right) => left - right));
          expect(Math.max(...rows)).toBeLessThan(rowCount);
          expect(chooseSample({ rowCount, share, seed })).toEqual(rows);
        },
      ),
    );
  });

  it('is another one for another seed', () => {
    const rows = [1, 2, 3].map((seed) => chooseSample({ rowCount: 200, share: 0.5, seed }).join());
    expect(new Set(rows).size).toBe(3);
  });

  it('takes whole groups, and rows without one alone', () => {
    // Groups of 1, 2, …, 10 rows, and 10 rows without a group.
    const codes = Array.from({ length: 10 }, (_, group) => new Array<number>(group + 1).fill(group)).flat();
    const groups = {
      kind: 'text' as const,
      name: 'card',
      codes: Int32Array.from([...codes, ...new Array<number>(10).fill(-1)]),
      dictionary: Array.from({ length: 10 }, (_, group) => `card ${group}`),
    };
    const rowCount = groups.codes.length;
    for (const seed of [1, 2, 3, 4]) {
      const taken = [...chooseSample({ rowCount, groups, share: 0.5, seed })].map(
        (row) => groups.codes[row]!,
      );
      const whole = new Set(taken.filter((code) => code >= 0));
      for (const code of whole) expect(taken.filter((own) => own === code)).toHaveLength(code + 1);
      expect(whole.size + taken.filter((code) => code === -1).length).toBe(10);
    }
  });
});
