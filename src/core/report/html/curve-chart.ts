import type { PairOfCurves } from '../../documents/comparison.ts';
import { formatPercent } from '../format-number.ts';
import type { Point } from '../sparkline.ts';
import { coordinate, html, type Markup } from './markup.ts';

/** A square chart of two curves with both axes from 0 to 1. */

const SIDE = 260;
const LEFT = 40;
const TOP = 10;
const BOTTOM = 36;
const WIDTH = LEFT + SIDE + 12;
const HEIGHT = TOP + SIDE + BOTTOM;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

export type CurveWords = {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  /** The diagonal means chance (ROC) or perfection (calibration); absent where it means nothing. */
  readonly diagonal?: boolean;
  /** Draw the points, where each one is a group of rows. */
  readonly dots?: boolean;
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
  return html`<figure><figcaption>${words.title}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${description}">
${TICKS.map(renderTick)}
${diagonal}
${curves.map(({ name, points }) => renderCurve(name, points, words.dots === true))}
<text x="${LEFT + SIDE / 2}" y="${HEIGHT - 4}" text-anchor="middle">${words.across}</text>
<text transform="translate(11 ${TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">${words.up}</text>
</svg></figure>`;
}

/** Which line is which, by colour and by dashes. */
export function renderCurveKey(hasChampion: boolean): Markup {
  const champion = html`<span><svg width="28" height="10" aria-hidden="true"><line class="line champion" x1="1" x2="27" y1="5" y2="5"/></svg>champion</span>`;
  return html`<p class="key"><span><svg width="28" height="10" aria-hidden="true"><line class="line" x1="1" x2="27" y1="5" y2="5"/></svg>challenger</span>${hasChampion ? champion : undefined}</p>`;
}

function renderTick(value: number): Markup {
  return html`<line class="grid" x1="${x(value)}" x2="${x(value)}" y1="${y(0)}" y2="${y(1)}"/><line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(value)}" y2="${y(value)}"/><text x="${x(value)}" y="${TOP + SIDE + 15}" text-anchor="middle">${value}</text><text x="${LEFT - 6}" y="${coordinate(Number(y(value)) + 4)}" text-anchor="end">${value}</text>`;
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

function x(value: number): string {
  return coordinate(LEFT + bounded(value) * SIDE);
}

function y(value: number): string {
  return coordinate(TOP + (1 - bounded(value)) * SIDE);
}

function bounded(value: number): number {
  return Math.min(1, Math.max(0, value));
}
