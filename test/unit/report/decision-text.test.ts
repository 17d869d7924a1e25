import { describe, expect, it } from 'vitest';
import { keyOf, orderRows } from '../../../report-page/row-order.ts';
import {
  decide,
  describeCell,
  describeChange,
  describeRate,
  startOf,
} from '../../../src/core/report/decision-text.ts';
import { heightAt } from '../../../src/core/report/html/chart-scale.ts';
import { dataBlock } from '../../../src/core/report/html/markup.ts';

const TOTALS = { positives: 40, negatives: 960 };
const point = (truePositives: number, falsePositives: number, cost?: number) => ({
  threshold: 0.5,
  truePositives,
  falsePositives,
  ...(cost === undefined ? {} : { cost }),
});
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('decisions at a threshold', () => {
  it('have all four cells and what is read from them', () => {
    const decisions = decide(point(30, 90, 510), TOTALS);
    expect(decisions).toEqual({
      truePositives: 30,
      falseNegatives: 10,
      falsePositives: 90,
      trueNegatives: 870,
      recall: 0.75,
      precision: 0.25,
      falsePositiveRate: 90 / 960,
      calledPositive: 0.12,
      cost: 510,
      costPerRow: 0.51,
    });
    expect(plain(describeCell('falsePositives', decisions, TOTALS).share)).toBe('9.4 %');
    expect(describeRate('cost', decisions)).toBe('510');
  });

  it('have a dash where a number is undefined, and never a negative cell from documents that disagree', () => {
    const none = decide(point(0, 0), TOTALS);
    expect(describeRate('precision', none)).toBe('–');
    expect(describeRate('cost', none)).toBe('–');
    expect(describeChange('precision', none, decide(point(30, 90), TOTALS))).toBe('');
    expect(decide(point(50, 2000), TOTALS)).toMatchObject({ falseNegatives: 0, trueNegatives: 0 });
    expect(describeRate('recall', decide(point(0, 5), { positives: 0, negatives: 0 }))).toBe('–');
  });

  it('change by what a reader finds who subtracts the printed numbers', () => {
    const change = (before: number, after: number) =>
      plain(
        describeChange(
          'recall',
          decide(point(before, 0), { positives: 10_000, negatives: 1 }),
          decide(point(after, 0), { positives: 10_000, negatives: 1 }),
        ),
      );
    expect(change(7944, 7956)).toBe('+0.2 points');
    expect(change(7941, 7944)).toBe('0');
    expect(change(7000, 7100)).toBe('+1 point');
    expect(change(5000, 4980)).toBe('−0.2 points');
  });

  it('start at the threshold in use, else near one half', () => {
    const points = [0.1, 0.4, 0.62, 0.9].map((threshold) => ({ ...point(1, 1), threshold }));
    expect(startOf(points, 0.9)).toBe(3);
    expect(startOf(points, undefined)).toBe(1);
  });
});

describe('a drawn curve', () => {
  it('is read between its points, at a step at its upper end, and not beside its ends', () => {
    const curve = [
      [0, 0],
      [0, 0.4],
      [0.5, 0.8],
      [0.75, 1],
    ] as const;
    expect(heightAt(curve, 0)).toBe(0.4);
    expect(heightAt(curve, 0.25)).toBeCloseTo(0.6, 12);
    expect(heightAt(curve, 0.75)).toBe(1);
    expect(heightAt(curve, 0.9)).toBeUndefined();
    expect(heightAt(curve.slice(2), 0.2)).toBeUndefined();
    expect(heightAt([], 0.2)).toBeUndefined();
  });
});

describe('rows of a table', () => {
  it('sort by number or word, equal ones keep their order, and missing ones come last both ways', () => {
    const numbers = [
      keyOf('number', 'x', '3'),
      keyOf('number', '–', undefined),
      keyOf('number', 'x', '-1'),
      keyOf('number', 'x', '3'),
    ];
    expect(orderRows(numbers, 'ascending')).toEqual([2, 0, 3, 1]);
    expect(orderRows(numbers, 'descending')).toEqual([0, 3, 2, 1]);
    const words = ['shop 10', 'Shop 9', ' ', 'bar'].map((text) => keyOf('text', text, undefined));
    expect(orderRows(words, 'ascending')).toEqual([3, 1, 0, 2]);
    expect(orderRows(words, 'descending')).toEqual([0, 1, 3, 2]);
  });
});

describe('numbers for the script of the page', () => {
  it('cannot end their own block', () => {
    const value = { a: '</script><script>alert(1)</script><!--', b: [1, 2.5] };
    const { markup } = dataBlock('curves', value);
    const inside = markup.slice(markup.indexOf('>') + 1, markup.lastIndexOf('</script>'));
    expect(inside).not.toContain('<');
    expect(JSON.parse(inside)).toEqual(value);
  });
});
