import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetProfile, Finding } from '../../../src/core/documents/validation.ts';
import { renderData } from '../../../src/core/report/html/data-section.ts';
import { validation } from '../../support/documents.ts';

type Column = DatasetProfile['columns'][number];

function column(more: Partial<Column>): Column {
  return { name: 'amt', type: 'number', missing: 0, distinct: 9, ...more };
}

function pageOf(
  sets: Readonly<Record<string, readonly Column[]>>,
  findings: readonly Finding[] = [],
): string {
  const datasets = Object.entries(sets).map(([name, columns]) => ({
    name,
    rows: 100,
    columns: [...columns],
  }));
  return renderData(validation({ datasets, findings: [...findings] }), 'model-1').markup;
}

/** Corners of the outline of each data set, from the left. */
function outlinesOf(page: string): [x: number, y: number][][] {
  return [...page.matchAll(/<path class="values set-\d" d="([^"]+)"/g)].map(([, path = '']) => {
    let at: [number, number] = [0, 0];
    return [...path.matchAll(/([MHV])(-?[\d.]+)(?: (-?[\d.]+))?/g)].map(([, step, first, second]) => {
      if (step === 'M') at = [Number(first), Number(second)];
      else at = step === 'H' ? [Number(first), at[1]] : [at[0], Number(first)];
      return at;
    });
  });
}

function areaOf(corners: readonly [number, number][]): number {
  return corners.slice(1).reduce((sum, [x, y], index) => sum + (x - corners[index]![0]) * (60 - y), 0);
}

function histogramOf(from: number, counts: readonly number[], width: number): Column['histogram'] {
  return counts.map((count, index) => ({
    from: from + index * width,
    to: from + (index + 1) * width,
    count,
  }));
}

const histogram = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 5, max: 30 }))
  .chain(([from, width]) =>
    fc
      .array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 8 })
      .map((counts) => histogramOf(from, counts, width)!),
  );

describe('the values of a column', () => {
  it('have the same area in every data set, on one scale, whatever their bins and rows', () => {
    fc.assert(
      fc.property(histogram, histogram, (training, holdout) => {
        const page = pageOf({
          training: [column({ histogram: training })],
          holdout: [column({ histogram: holdout })],
        });
        const [first, second] = outlinesOf(page) as [[number, number][], [number, number][]];
        expect(areaOf(first) / areaOf(second)).toBeCloseTo(1, 1);
        const all = [...training, ...holdout];
        const low = Math.min(...all.map(({ from }) => from));
        const scale = 196 / (Math.max(...all.map(({ to }) => to)) - low);
        expect(first[0]![0]).toBeCloseTo((training[0]!.from - low) * scale, 1);
        expect(second.at(-1)![0]).toBeCloseTo((holdout.at(-1)!.to - low) * scale, 1);
      }),
    );
  });

  it('are those of the middle where a few lie far out', () => {
    const quantiles = { '0.01': 0, '0.05': 2, '0.25': 4, '0.5': 6, '0.75': 8, '0.95': 10, '0.99': 14 };
    const page = pageOf({
      training: [column({ quantiles, histogram: histogramOf(0, [99, 0, 0, 1], 250) })],
    });
    expect(page).toContain('middle 90 %');
    const [corners] = outlinesOf(page);
    // A fifth of the values between 2 and 4, a quarter in each of the others.
    const heights = [1, 3, 5, 7].map((index) => 60 - corners![index]![1]);
    expect(heights[0]! / heights[1]!).toBeCloseTo(0.2 / 0.25, 1);
    expect(heights[3]! / heights[1]!).toBeCloseTo(0.2 / 0.25, 1);
  });

  it('are shares of the most frequent, and a value that a data set does not list is told as such', () => {
    const top = (counts: Readonly<Record<string, number>>) =>
      column({
        type: 'string',
        top: Object.entries(counts).map(([value, count]) => ({ value, count })),
      });
    const page = pageOf({ training: [top({ web: 60, shop: 40 })], current: [top({ web: 100 })] });
    expect(page).toContain('<small>60 · 100\u00a0%</small>');
    expect(page).toMatch(/<small>40 · [–-]\u00a0%<\/small>/u);
    expect(page).toContain('aria-label="training 40\u00a0%; current not among the most frequent"');
  });

  it('are not shown of hidden columns, of which counts are left', () => {
    const page = pageOf({ training: [column({ name: 'card', type: 'string', missing: 3, distinct: 83 })] });
    expect(page).toContain('values are hidden');
    expect(page).toContain('>83</td>');
    expect(pageOf({ training: [column({ missing: 100, distinct: 0 })] })).toContain('no value');
  });

  it('are drawn of four data sets at most', () => {
    const sets = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [
        `part-${index}`,
        [column({ histogram: histogramOf(0, [1, 2], 1) })],
      ]),
    );
    const page = pageOf(sets);
    expect(outlinesOf(page)).toHaveLength(4);
    expect(page).toContain('The first 4 data sets are drawn.');
  });
});

describe('findings', () => {
  const finding: Finding = {
    check: 'range',
    severity: 'error',
    dataset: 'training',
    column: 'amt',
    message: '3 of 9 rows are above 5',
    examples: [{ file: 'data/train.csv', line: 12, value: '7' }],
    location: { file: 'contract.yml', line: 9 },
    edit: {
      file: 'contract.yml',
      line: 9,
      path: 'schema[0]',
      before: '    maximum: 5  # <b>\n',
      after: '    maximum: 7  # <b>\n',
    },
  };

  it('stand beside their column with the edit that accepts them, space by space', () => {
    const page = pageOf({ training: [column({}), column({ name: 'age' })] }, [finding]);
    const beside = page.slice(page.indexOf('<h4>Columns'));
    expect(beside.match(/<tbody data-marked/g)).toHaveLength(1);
    for (const part of [page.slice(0, page.indexOf('<h4>Columns')), beside]) {
      expect(part).toContain('3 of 9 rows are above 5');
      expect(part).toContain('contract.yml:9\n<del>-    maximum: 5  # &lt;b&gt;\n</del>');
      expect(part).toContain('<ins>+    maximum: 7  # &lt;b&gt;\n</ins>');
    }
    expect(page).toContain('first at <code>data/train.csv:12</code>; rule at <code>contract.yml:9</code>');
  });

  it('come worst first, and many of one column are counted', () => {
    const many = Array.from(
      { length: 8 },
      (_, index): Finding => ({
        ...finding,
        severity: index === 7 ? 'error' : 'info',
        message: `finding ${index}`,
      }),
    );
    const page = pageOf({ training: [column({})] }, many);
    expect(page.indexOf('finding 7')).toBeLessThan(page.indexOf('finding 0'));
    expect(page).toContain('and 3 findings more above');
  });
});
