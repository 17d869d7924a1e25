import type { MetricComparison } from '../../documents/comparison.ts';
import { formatNumber } from '../format-number.ts';
import { coordinate, html, type Markup } from './markup.ts';

/** One row of a forest plot: interval and point of a difference around the line of no difference. */

const WIDTH = 220;
const HEIGHT = 26;
const CENTRE = WIDTH / 2;
const REACH = WIDTH / 2 - 8;
/** A margin far narrower than its interval is drawn as a line, one far wider would hide the interval. */
const MARGIN_SHARE = 4;

/** How far the scale of a row reaches to both sides, in units of the metric. */
export function reachOf(metrics: readonly MetricComparison[]): number {
  const ends = metrics.flatMap(({ difference }) => [
    Math.abs(difference?.value ?? 0),
    ...(difference?.interval ?? []).map(Math.abs),
  ]);
  const largest = Math.max(0, ...ends);
  const margins = metrics
    .map(({ margin }) => margin ?? 0)
    .filter((margin) => margin <= largest * MARGIN_SHARE);
  return Math.max(largest, ...margins);
}

/**
 * The picture of one difference; losses left, gains right. It repeats numbers that stand beside it, so readers
 * of the text lose nothing and it is hidden from them.
 * @param reach what the outermost point of the scale stands for, in units of the metric.
 */
export function renderForestRow(metric: MetricComparison, reach: number): Markup | undefined {
  const { difference, margin } = metric;
  if (difference === undefined || !(reach > 0)) return undefined;
  const x = (value: number) => coordinate(CENTRE + Math.min(1.02, Math.max(-1.02, value / reach)) * REACH);
  const middle = HEIGHT / 2;
  const band =
    margin === undefined || margin > reach
      ? undefined
      : html`<rect class="band" x="${x(-margin)}" y="2" width="${coordinate((2 * margin * REACH) / reach)}" height="${HEIGHT - 4}"/>`;
  const whisker =
    difference.interval === undefined
      ? undefined
      : html`<line class="whisker" x1="${x(difference.interval[0])}" x2="${x(difference.interval[1])}" y1="${middle}" y2="${middle}"/>`;
  return html`<svg class="${metric.verdict ?? 'plain'}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${band}<line class="zero" x1="${CENTRE}" x2="${CENTRE}" y1="0" y2="${HEIGHT}"/>${whisker}<circle class="knob" cx="${x(difference.value)}" cy="${middle}" r="4.5"/></svg>`;
}
/** The scale of a column of pictures: both ends and no difference between them; nothing where rows differ in it. */
export function renderForestAxis(reach: number): Markup | undefined {
  if (!(reach > 0)) return undefined;
  const end = Number(reach.toPrecision(2));
  const at = (value: number) => coordinate(CENTRE + Math.min(1, Math.max(-1, value / reach)) * REACH);
  return html`<span class="unseen">Loss, gain</span><svg class="scale" width="${WIDTH}" height="26" viewBox="0 0 ${WIDTH} 26" aria-hidden="true"><text x="${at(-end)}" y="10" text-anchor="start" dx="-6">loss ${formatNumber(-end)}</text><text x="${at(end)}" y="10" text-anchor="end" dx="6">gain ${formatNumber(end)}</text><line class="zero" x1="${CENTRE}" x2="${CENTRE}" y1="16" y2="26"/><line class="zero" x1="${at(-end)}" x2="${at(-end)}" y1="16" y2="21"/><line class="zero" x1="${at(end)}" x2="${at(end)}" y1="16" y2="21"/><line class="zero" x1="${at(-end)}" x2="${at(end)}" y1="21" y2="21"/></svg>`;
}
