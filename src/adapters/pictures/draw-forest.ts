import type { CustomSeriesOption } from 'echarts/charts';
import type { ForestChart, ForestRow } from '../../core/report/pictures/chart.ts';
import { drawSvg, FONT, plainText } from './echarts.ts';
import type { Palette } from './palette.ts';

const WIDTH = 480;
const ROW = 34;
const TOP = 32;
const SIDE = 12;
const FONT_SIZE = 15;
const SMALL = 14;
/** Widths of texts in pixels, on the wide side: which font a reader has is not known. */
const CHARACTER = 7.6;
const GAP = 14;
const REACH = 1.06;

type Place = { readonly x: (value: number) => number; readonly y: number };
type Shapes = NonNullable<Extract<ReturnType<NonNullable<CustomSeriesOption['renderItem']>>, object>>;

/** Rows of names, intervals and numbers under each other; better is to the right. */
export function drawForest(chart: ForestChart, palette: Palette): string {
  const { rows, ends, subject } = chart;
  const left = SIDE + GAP + widest([subject, ...rows.map(({ label }) => label)]);
  const right = SIDE + GAP + widest(['gain', ...rows.map(({ gain }) => gain)]);
  const bottom = ends === undefined ? 8 : 28;
  const height = TOP + rows.length * ROW + bottom;
  const words = (text: string, x: number, align: 'left' | 'center' | 'right', y: number) => ({
    type: 'text' as const,
    style: {
      ...textStyle(palette.muted, SMALL),
      text: plainText(text),
      x,
      y,
      align,
      verticalAlign: 'middle' as const,
    },
  });
  const frame = (x: Place['x']) => {
    const middle = x(0);
    const foot = height - bottom;
    return [
      rule({ x1: middle, x2: middle, y1: TOP - 4, y2: foot }, palette.axis, 1),
      words(subject, SIDE, 'left', TOP / 2),
      words('◂ worse', middle - 8, 'right', TOP / 2),
      words('better ▸', middle + 8, 'left', TOP / 2),
      words('gain', WIDTH - SIDE, 'right', TOP / 2),
      ...(ends === undefined
        ? []
        : [
            words(ends[0], x(-1), 'center', foot + 14),
            words('0', middle, 'center', foot + 14),
            words(ends[1], x(1), 'center', foot + 14),
          ]),
    ];
  };
  return drawSvg(
    {
      backgroundColor: palette.background,
      grid: { left, right, top: TOP, bottom, containLabel: false },
      xAxis: { type: 'value', min: -REACH, max: REACH, show: false },
      yAxis: { type: 'category', data: rows.map((_, index) => String(index)), inverse: true, show: false },
      series: [
        {
          type: 'custom',
          silent: true,
          data: rows.map((_, index) => [0, index]),
          renderItem: (_params, api) => {
            const index = Number(api.value(1));
            const x = (value: number) => api.coord([value, index])[0] as number;
            const y = api.coord([0, index])[1] as number;
            const row = rows[index] as ForestRow;
            const children = [
              ...drawRow(row, { x, y }, palette),
              ...(index === rows.length - 1 ? frame(x) : []),
            ];
            // The line of no difference lies under the points and over the bands.
            return {
              type: 'group',
              children: children.sort((one, other) => depth(one) - depth(other)),
            } as Shapes;
          },
        } satisfies CustomSeriesOption,
      ],
    },
    { width: WIDTH, height },
  );
}

function depth({ type }: { readonly type: string }): number {
  return ['rect', 'line', 'circle', 'text'].indexOf(type);
}

/** Shapes in the units of the picture; what a row is drawn of. */
function drawRow(row: ForestRow, { x, y }: Place, palette: Palette) {
  const colour = palette.tones[row.tone];
  const label = (text: string, style: object) => ({
    type: 'text' as const,
    style: {
      ...textStyle(palette.text, FONT_SIZE),
      text: plainText(text),
      y,
      verticalAlign: 'middle' as const,
      ...style,
    },
  });
  const { margin, interval, value } = row;
  const band = margin === undefined ? [] : [bandOf(x(-margin), x(margin), y, palette.band)];
  const whisker =
    interval === undefined
      ? []
      : [
          rule({ x1: x(interval[0]), x2: x(interval[1]), y1: y, y2: y }, colour, 3),
          ...interval.map((end) => rule({ x1: x(end), x2: x(end), y1: y - 6, y2: y + 6 }, colour, 2)),
        ];
  return [
    ...band,
    ...whisker,
    {
      type: 'circle' as const,
      shape: { cx: x(value), cy: y, r: 6 },
      style: { fill: colour, stroke: palette.background, lineWidth: 1.5 },
    },
    label(row.label, { x: SIDE, align: 'left' }),
    label(row.gain, { x: WIDTH - SIDE, align: 'right', fontWeight: 600 }),
  ];
}

function bandOf(from: number, to: number, y: number, fill: string) {
  const shape = { x: from, y: y - ROW / 2 + 3, width: Math.max(2, to - from), height: ROW - 6 };
  return { type: 'rect' as const, shape, style: { fill } };
}

function rule(shape: { x1: number; x2: number; y1: number; y2: number }, stroke: string, lineWidth: number) {
  return { type: 'line' as const, shape, style: { stroke, lineWidth } };
}

function textStyle(fill: string, fontSize: number) {
  return { fill, fontSize, fontFamily: FONT };
}

/** Characters of Asian scripts take two places. */
function widest(texts: readonly string[]): number {
  const widths = texts.map((text) =>
    [...text].reduce((sum, one) => sum + (/[ᄀ-￿]/u.test(one) && !/[\u2000-\u27bf]/u.test(one) ? 2 : 1), 0),
  );
  return Math.max(...widths) * CHARACTER;
}
