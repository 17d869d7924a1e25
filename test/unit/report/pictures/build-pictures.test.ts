import { describe, expect, it } from 'vitest';
import { buildPictures } from '../../../../src/core/report/pictures/build-pictures.ts';
import type { Chart, ForestChart, PictureKind } from '../../../../src/core/report/pictures/chart.ts';
import {
  addReport,
  parsePictureIndex,
  renderPictureIndex,
} from '../../../../src/core/report/pictures/picture-index.ts';
import {
  comparison,
  firstComparison,
  losingSlice,
  metric,
  slice,
  slices,
} from '../../../support/documents.ts';

type Overrides = Parameters<typeof comparison>[0];

function pictureOf(kind: PictureKind, overrides: Overrides = {}) {
  return buildPictures(comparison(overrides)).find((picture) => picture.kind === kind);
}

function chartOf<Type extends Chart['type']>(
  type: Type,
  kind: PictureKind,
  overrides: Overrides = {},
): Extract<Chart, { type: Type }> {
  const chart = pictureOf(kind, overrides)?.chart;
  if (chart?.type !== type) throw new Error(`${kind} is no ${type}`);
  return chart as Extract<Chart, { type: Type }>;
}

describe('the pictures of a comparison', () => {
  it('are the differences, the slices and the curves', () => {
    const kinds = buildPictures(comparison({ slices: slices() })).map(({ kind }) => kind);
    expect(kinds).toEqual(['metrics', 'slices', 'roc', 'precision-recall', 'calibration']);
  });

  it('of a first model have no differences', () => {
    const kinds = buildPictures(firstComparison()).map(({ kind }) => kind);
    expect(kinds).not.toContain('metrics');
    expect(kinds).not.toContain('slices');
  });

  it('are none where nothing was measured', () => {
    const { curves: _curves, ...bare } = comparison({ metrics: [], slices: [] });
    expect(buildPictures(bare)).toEqual([]);
  });
});

describe('the forest of metrics', () => {
  it('has the primary first, each on its own scale that reaches its ends, and no latency', () => {
    const { rows, ends } = chartOf('forest', 'metrics', { primary: 'log_loss' });
    expect(rows.map(({ label }) => label)).toEqual(['log_loss', 'average_precision', 'roc_auc']);
    const [first, second] = rows;
    expect(first?.interval?.[1]).toBe(1);
    expect(second?.interval?.[1]).toBe(1);
    expect(second?.value).toBeCloseTo(0.032 / 0.043, 12);
    expect(second?.margin).toBeCloseTo(0.0173 / 0.043, 12);
    expect(second?.gain).toBe('▲ +0.032');
    expect(ends).toBeUndefined();
  });

  it('says in words what it shows', () => {
    expect(pictureOf('metrics')?.alternative).toBe(
      'Gains of the challenger: average_precision better +0.032 [0.021, 0.043]; roc_auc equivalent +0.0015 [−0.0004, 0.0034]; log_loss better +0.0014 [0.0008, 0.0020]',
    );
  });

  it('leaves out what has no interval, and a band that is wider than the picture', () => {
    const { margin: _margin, ...bare } = metric({ name: 'a' });
    const { rows } = chartOf('forest', 'metrics', {
      metrics: [
        bare,
        metric({ name: 'b', margin: 10 }),
        metric({ name: 'c', difference: { value: 1, method: 'exact' } }),
      ],
    });
    expect(rows.map(({ label, margin }) => [label, margin])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });
});

describe('the forest of slices', () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    slice({
      slice: `merchant category = number ${index} of a long list`,
      difference: {
        value: 0.04 - index * 0.002,
        interval: [0.03 - index * 0.002, 0.05 - index * 0.002],
        method: 'x',
      },
    }),
  );

  it('has the 15 that lost most on one scale, whose ends are named', () => {
    const chart = chartOf('forest', 'slices', { slices: many });
    expect(chart.rows).toHaveLength(15);
    expect(chart.rows[0]?.label).toBe('merchant cate…a long list');
    const values = chart.rows.map(({ value }) => value);
    expect(values).toEqual([...values].sort((left, right) => left - right));
    expect(chart.ends).toEqual(['−0.048', '+0.048']);
    expect(pictureOf('slices', { slices: many })?.alternative).toContain('; and 34 others');
  });

  it('marks the one that lost', () => {
    const { rows } = chartOf('forest', 'slices', { slices: [...slices(), losingSlice()] }) as ForestChart;
    expect(rows[0]).toMatchObject({ label: 'hour = night', tone: 'bad', gain: '▼ −0.038' });
  });

  it('names the metric where there are several, and then has no scale to name', () => {
    const chart = chartOf('forest', 'slices', { slices: [slice(), slice({ name: 'recall' })] });
    expect(chart.ends).toBeUndefined();
    expect(chart.rows.every(({ label }) => label.includes('…'))).toBe(true);
  });
});

describe('curves', () => {
  it('carry the number that sums them up, and at most 100 points each', () => {
    const points = Array.from({ length: 5000 }, (_, index): [number, number] => [index / 4999, index / 4999]);
    const chart = chartOf('curves', 'roc', { curves: { roc: { champion: points, challenger: points } } });
    expect(chart.lines.map(({ label }) => label)).toEqual(['champion, AUC 0.9871', 'challenger, AUC 0.9886']);
    expect(chart.lines.map((line) => line.points.length)).toEqual([100, 100]);
    expect(chart.lines[0]?.points.at(-1)).toEqual([1, 1]);
  });

  it('have their key where no curve is', () => {
    expect(chartOf('curves', 'roc').key).toBe('bottom-right');
    expect(chartOf('curves', 'precision-recall').key).toBe('bottom-left');
    const low: [number, number][] = [
      [0, 0.02],
      [1, 0.01],
    ];
    expect(
      chartOf('curves', 'precision-recall', { curves: { precisionRecall: { challenger: low } } }).key,
    ).toBe('top-right');
  });

  it('of rare events fill their frame', () => {
    const rare: [number, number][] = [
      [0.001, 0.0005],
      [0.013, 0.017],
    ];
    expect(chartOf('curves', 'calibration', { curves: { calibration: { challenger: rare } } }).limit).toBe(
      0.02,
    );
  });

  it('of a challenger alone have one line', () => {
    const challenger: [number, number][] = [
      [0, 0],
      [1, 1],
    ];
    expect(chartOf('curves', 'roc', { curves: { roc: { challenger } } }).lines).toHaveLength(1);
  });
});

describe('the index', () => {
  const reportOf = (pullRequest: number, file = 'a') => ({ pullRequest, key: 'report', files: [file] });

  it('reads what it wrote, and nothing from what is none', () => {
    const reports = [reportOf(1), reportOf(2)];
    expect(parsePictureIndex(renderPictureIndex(reports))).toEqual(reports);
    for (const text of [undefined, '', '{', '[]', '{"reports": 3}'])
      expect(parsePictureIndex(text)).toEqual([]);
  });

  it('keeps of an open pull request the newest report only, beyond the newest fifty of all', () => {
    const old = [reportOf(7, 'first'), reportOf(7, 'second'), reportOf(8)];
    const others = Array.from({ length: 49 }, (_, index) => reportOf(100 + index));
    const kept = addReport([...old, ...others], reportOf(500), (number) => number === 7);
    expect(kept[0]).toEqual(reportOf(7, 'second'));
    expect(kept).toHaveLength(51);
  });

  it('moves a report that is written again to the end', () => {
    const kept = addReport([reportOf(1), reportOf(2)], reportOf(1), () => false);
    expect(kept.map(({ pullRequest }) => pullRequest)).toEqual([2, 1]);
  });
});
