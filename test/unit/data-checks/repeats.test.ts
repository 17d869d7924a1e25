import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conflictFinding,
  countConflicts,
  countDuplicates,
  disagreementFinding,
  duplicateFinding,
  findEqualRows,
  measureDisagreement,
} from '../../../src/core/data-checks/repeats.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

/** Rows of few features and labels, of which many agree. */
const rows = fc.array(
  fc.record({
    key: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NaN)),
    label: fc.integer({ min: -1, max: 2 }),
  }),
  { maxLength: 60 },
);

describe('rows that repeat others', () => {
  it('are counted as by comparing each with each', () => {
    fc.assert(
      fc.property(rows, (made) => {
        const equal = findEqualRows(Float64Array.from(made, ({ key }) => key));
        const labels = Int32Array.from(made, ({ label }) => label);
        const repeats = made.flatMap((row, at) => {
          const like = made.findIndex((other) => other.key === row.key && other.label === row.label);
          return like >= 0 && like < at ? [{ row: at, like }] : [];
        });
        expect(countDuplicates(equal, labels)).toEqual({ rows: repeats.length, first: repeats.slice(0, 5) });

        const isLabelled = ({ label }: { label: number }) => label >= 0;
        const alike = (key: number) => made.filter((row) => row.key === key && isLabelled(row));
        const involved = made.flatMap((row, at) =>
          isLabelled(row) && alike(row.key).some(({ label }) => label !== row.label) ? [at] : [],
        );
        const best = [...new Set(made.map(({ key }) => key))].reduce((sum, key) => {
          if (Number.isNaN(key))
            return sum + made.filter((row) => Number.isNaN(row.key) && isLabelled(row)).length;
          const counts = [0, 1, 2].map((label) => alike(key).filter((row) => row.label === label).length);
          return sum + Math.max(...counts);
        }, 0);
        const labelled = made.filter(isLabelled).length;
        expect(countConflicts(equal, labels)).toEqual({
          rows: involved.length,
          labelled,
          unreachable: labelled - best,
          first: involved.slice(0, 5),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('with numbers for labels bound R²: no means of groups do better', () => {
    fc.assert(
      fc.property(rows, (made) => {
        const keys = Float64Array.from(made, ({ key }) => (Number.isNaN(key) ? 99 : key));
        const labels = Float64Array.from(made, ({ label }) => (label < 0 ? Number.NaN : label * 1.5));
        const { bestDetermination, labelled } = measureDisagreement(findEqualRows(keys), labels);
        const known = [...labels.keys()].filter((row) => !Number.isNaN(labels[row]!));
        expect(labelled).toBe(known.length);
        const mean = (of: readonly number[]) => of.reduce((sum, row) => sum + labels[row]!, 0) / of.length;
        const squares = (of: readonly number[], about: number) =>
          of.reduce((sum, row) => sum + (labels[row]! - about) ** 2, 0);
        const total = squares(known, mean(known));
        const within = [...new Set(keys)].reduce((sum, key) => {
          const group = known.filter((row) => keys[row] === key);
          return group.length === 0 ? sum : sum + squares(group, mean(group));
        }, 0);
        expect(bestDetermination).toBeCloseTo(total > 0 ? 1 - within / total : 1, 10);
      }),
      { numRuns: 200 },
    );
  });

  it('say what they mean, as a warning from 5 % on', () => {
    const few = { rows: 5, first: [{ row: 3, like: 1 }] };
    expect(duplicateFinding(few, 100)).toMatchObject([
      { severity: 'info', failing: 5, checked: 100, rows: [3] },
    ]);
    expect(duplicateFinding({ ...few, rows: 6 }, 100)).toMatchObject([{ severity: 'warning' }]);
    expect(duplicateFinding({ rows: 0, first: [] }, 100)).toEqual([]);

    const conflict = { rows: 4, labelled: 100, unreachable: 2, first: [0] };
    expect(conflictFinding(conflict, 'y')).toMatchObject([
      { severity: 'info', message: expect.stringContaining('no model has an accuracy above 0.9800') },
    ]);
    expect(conflictFinding({ ...conflict, rows: 6 }, 'y')).toMatchObject([{ severity: 'warning' }]);
    expect(conflictFinding({ ...conflict, labelled: 1e6 }, 'y')[0]!.message).toContain('above 0.9999');
    const found = { rows: 10, labelled: 50, bestDetermination: 0.8, first: [0] };
    expect(disagreementFinding(found, 'y')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('R² above 0.8000') },
    ]);
  });
});

type Golden = {
  readonly duplicates_conflicts: {
    readonly rows: readonly { readonly a: number; readonly b: string; readonly y: number }[];
    readonly duplicate_full_rows: number;
    readonly conflicting_samples: number;
  };
};

describeWithSharedData('rows of the reference', () => {
  it('repeat and conflict as pandas counts them', () => {
    const golden = readGolden<Golden>('data_validation').duplicates_conflicts;
    const names = golden.rows.map(({ a, b }) => `${a}${b}`);
    const equal = findEqualRows(Float64Array.from(names, (name) => names.indexOf(name)));
    const labels = Int32Array.from(golden.rows, ({ y }) => y);
    expect(countDuplicates(equal, labels).rows).toBe(golden.duplicate_full_rows);
    expect(countConflicts(equal, labels)).toMatchObject({
      rows: golden.conflicting_samples,
      labelled: 6,
      unreachable: 1,
    });
  });
});
