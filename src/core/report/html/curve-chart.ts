import type { PairOfCurves } from '../../documents/comparison.ts';
import { formatPercent } from '../format-number.ts';
import type { Point } from '../sparkline.ts';
import {
  acrossOf,
  CHART_HEIGHT,
  CHART_LEFT,
  CHART_SIDE,
  CHART_TOP,
  CHART_WIDTH,
  upOf,
} from './chart-scale.ts';
import { coordinate, html, type Markup } from './markup.ts';

/** A square chart of two curves with both axes from 0 to 1. */

const TICKS = [0, 0.25, 0.5, 0.75, 1];

export type CurveWords = {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  /** The diagonal means chance (ROC) or perfection (calibration); absent where it means nothing. */
  readonly diagonal?: boolean;
  /** Draw the points, where each one is a group of rows. */
  readonly dots?: boolean;
  /** What the script of the page calls it, where the curve can be read off there. */
  readonly name?: string;
  /** Where each model stands at the threshold that is shown. */
  readonly marks?: { readonly champion?: Point | undefined; readonly challenger?: Point | undefined };
};

/** The picture with its caption; the description names what can be seen, for those who cannot. */
export function renderCurveChart(pair: PairOfCurves, words: CurveWords): Markup {
  const diagonal = words.diagonal
    ? html`<line class="limit" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`
    : undefined;
  const curves = [
    { name: 'champion', points: pair.champion ?? [] },
    { name: 'challenger', points: pair.challenger },
  ].filter(({ points }) => points.length > 0);
  const description = `${words.up} against ${words.across.toLowerCase()}: ${curves.map(({ name, points }) => `${name} ${describeCurve(points)}`).join('; ')}`;
  const read = words.name === undefined ? undefined : html` data-chart="${words.name}"`;
  return html`<figure${read}><figcaption>${words.title}</figcaption>
<svg class="chart" viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" role="img" aria-label="${description}">
${TICKS.map(renderTick)}
${diagonal}
${curves.map(({ name, points }) => renderCurve(name, points, words.dots === true))}
${renderMark('champion', words.marks?.champion)}${renderMark('challenger', words.marks?.challenger)}
<text x="${CHART_LEFT + CHART_SIDE / 2}" y="${CHART_HEIGHT - 4}" text-anchor="middle">${words.across}</text>
<text transform="translate(11 ${CHART_TOP + CHART_SIDE / 2}) rotate(-90)" text-anchor="middle">${words.up}</text>
</svg></figure>`;
}

/** Which line is which, by colour and by dashes; with `marks` also what the ringed points are. */
export function renderCurveKey(hasChampion: boolean, marks: boolean): Markup {
  const sample = (model: string) =>
    html`<span><svg width="28" height="12" aria-hidden="true"><line class="line ${model}" x1="1" x2="27" y1="6" y2="6"/></svg>${model}</span>`;
  const mark = html`<span><svg width="14" height="12" aria-hidden="true"><circle class="stop challenger" cx="7" cy="6" r="4.5"/></svg>at the threshold below</span>`;
  return html`<p class="key">${sample('challenger')}${hasChampion ? sample('champion') : undefined}${marks ? mark : undefined}</p>`;
}

function renderTick(value: number): Markup {
  return html`<line class="grid" x1="${x(value)}" x2="${x(value)}" y1="${y(0)}" y2="${y(1)}"/><line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(value)}" y2="${y(value)}"/><text x="${x(value)}" y="${CHART_TOP + CHART_SIDE + 15}" text-anchor="middle">${value}</text><text x="${CHART_LEFT - 6}" y="${coordinate(Number(y(value)) + 4)}" text-anchor="end">${value}</text>`;
}

function renderCurve(name: string, points: readonly Point[], dots: boolean): Markup {
  const path = points.map(([across, up]) => `${x(across)},${y(up)}`).join(' ');
  const circles = dots
    ? points.map(([across, up]) => html`<circle class="dot ${name}" cx="${x(across)}" cy="${y(up)}" r="3"/>`)
    : [];
  return html`<polyline class="line ${name}" points="${{ markup: path }}"/>${circles}`;
}

function describeCurve(points: readonly Point[]): string {
  const middle = points[Math.floor(points.length / 2)] as Point;
  return `reaches ${formatPercent(middle[1])} at ${formatPercent(middle[0])}`;
}

function renderMark(name: string, point: Point | undefined): Markup | undefined {
  if (point === undefined) return undefined;
  return html`<circle class="stop ${name}" data-mark="${name}" cx="${x(point[0])}" cy="${y(point[1])}" r="5.5"/>`;
}

function x(value: number): string {
  return coordinate(acrossOf(value));
}

function y(value: number): string {
  return coordinate(upOf(value));
}
