import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { CurveChart, CurveLine } from '../../core/report/pictures/chart.ts';
import { drawSvg, FONT, plainText } from './echarts.ts';
import type { Palette } from './palette.ts';

const WIDTH = 400;
const HEIGHT = 340;
const FONT_SIZE = 15;
const SMALL = 14;
const TICKS = 4;
const GRID = { left: 62, right: 20, top: 40, bottom: 54 };
const KEY = { sample: 34, line: 24, padding: 8, character: 8 };

/** One or two curves with their labels inside the picture: the champion is dashed. */
export function drawCurves(chart: CurveChart, palette: Palette): string {
  const axis = (name: string) => ({
    type: 'value',
    min: 0,
    max: chart.limit,
    interval: chart.limit / TICKS,
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: palette.text, fontSize: FONT_SIZE },
    axisLabel: {
      color: palette.muted,
      fontSize: SMALL,
      formatter: (value: number) => String(Number(value.toPrecision(6))),
    },
    axisLine: { show: true, lineStyle: { color: palette.axis } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.grid } },
  });
  return drawSvg(
    {
      backgroundColor: palette.background,
      title: {
        text: chart.title,
        left: GRID.left - 4,
        top: 8,
        textStyle: { color: palette.text, fontSize: FONT_SIZE, fontWeight: 600 },
      },
      grid: { ...GRID, containLabel: false },
      xAxis: { ...axis(chart.across), nameGap: 30 },
      yAxis: { ...axis(chart.up), nameGap: 44 },
      series: [
        ...(chart.diagonal ? [diagonal(chart.limit, palette)] : []),
        ...chart.lines.map((line) => seriesOf(line, chart.dots, palette)),
        keyOf(chart, palette),
      ],
    },
    { width: WIDTH, height: HEIGHT },
  );
}

function seriesOf(line: CurveLine, dots: boolean, palette: Palette): LineSeriesOption {
  return {
    type: 'line',
    silent: true,
    clip: false,
    data: line.points.map(([x, y]) => [x, y]),
    showSymbol: dots,
    symbol: 'circle',
    symbolSize: 7,
    itemStyle: {
      color: line.name === 'champion' ? palette.background : palette[line.name],
      borderColor: palette[line.name],
      borderWidth: 1.5,
    },
    lineStyle: strokeOf(line.name, palette),
  };
}

function diagonal(limit: number, palette: Palette): LineSeriesOption {
  return {
    type: 'line',
    silent: true,
    clip: false,
    showSymbol: false,
    data: [
      [0, 0],
      [limit, limit],
    ],
    lineStyle: { color: palette.axis, width: 1, type: [2, 4] },
  };
}

function strokeOf(name: CurveLine['name'], palette: Palette) {
  const isChampion = name === 'champion';
  return { color: palette[name], width: isChampion ? 2 : 3, type: isChampion ? [7, 4] : ('solid' as const) };
}

/** A piece of each line beside its name, in the corner where it covers least. */
function keyOf({ lines, key }: CurveChart, palette: Palette): CustomSeriesOption {
  const ordered = [...lines].reverse();
  const longest = Math.max(...ordered.map(({ label }) => label.length));
  const width = KEY.padding * 2 + KEY.sample + longest * KEY.character;
  const height = KEY.padding + ordered.length * KEY.line;
  const left = key.endsWith('left') ? GRID.left + 6 : WIDTH - GRID.right - 6 - width;
  const top = key.startsWith('top') ? GRID.top + 6 : HEIGHT - GRID.bottom - 6 - height;
  const entries = ordered.flatMap(({ name, label }, index) => {
    const y = top + KEY.padding / 2 + (index + 0.5) * KEY.line;
    const { color, width: lineWidth, type } = strokeOf(name, palette);
    return [
      {
        type: 'line',
        shape: { x1: left + KEY.padding, x2: left + KEY.padding + KEY.sample - 8, y1: y, y2: y },
        style: { stroke: color, lineWidth, ...(type === 'solid' ? {} : { lineDash: type }) },
      },
      {
        type: 'text',
        style: {
          ...{ text: plainText(label), x: left + KEY.padding + KEY.sample, y, verticalAlign: 'middle' },
          ...{ fill: palette.text, fontSize: FONT_SIZE, fontFamily: FONT },
        },
      },
    ];
  });
  const ground = {
    type: 'rect',
    shape: { x: left, y: top, width, height, r: 4 },
    style: { fill: palette.background, opacity: 0.85 },
  };
  const group = { type: 'group', children: [ground, ...entries] };
  return { type: 'custom', silent: true, data: [[0, 0]], renderItem: () => group as never };
}
