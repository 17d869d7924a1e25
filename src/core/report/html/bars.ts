import type { Interval } from '../../documents/common.ts';
import type { DatasetProfile } from '../../documents/validation.ts';
import { formatCount, formatNumber, formatPercent } from '../format-number.ts';
import { coordinate, html, type Markup, verbatim } from './markup.ts';

type ColumnProfile = DatasetProfile['columns'][number];
type Bins = NonNullable<ColumnProfile['histogram']>;

const WIDTH = 140;
const HEIGHT = 30;
const MOST_BARS = 60;
const MOST_VALUES = 10;
const NAMED_VALUES = 3;

/** A bar of a share between 0 and 1. */
export function renderShareBar(share: number): Markup {
  const bounded = Math.min(1, Math.max(0, share));
  return html`<svg class="share" viewBox="0 0 180 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="180" height="12"/><rect class="bar" width="${coordinate(bounded * 180)}" height="12"/></svg>`;
}

/** The values that all these bins span; undefined without bins. */
export function rangeOf(bins: Bins): Interval | undefined {
  if (bins.length === 0) return undefined;
  return [Math.min(...bins.map(({ from }) => from)), Math.max(...bins.map(({ to }) => to))];
}

/**
 * The values of a column: a histogram of numbers, or the most frequent values; undefined when there is neither.
 * @param range what the picture spans, so that data sets stand below each other; its own values by default.
 */
export function renderDistribution(
  column: ColumnProfile,
  rows: number,
  range: Interval | undefined,
): Markup | undefined {
  const { histogram, top } = column;
  const span = range ?? rangeOf(histogram ?? []);
  if (histogram !== undefined && span !== undefined && histogram.length > 0) {
    return renderHistogram(histogram, span);
  }
  if (top !== undefined && top.length > 0) return renderTop(top, rows);
  return undefined;
}

/** One path for all bars, as a report may hold hundreds of histograms. */
function renderHistogram(bins: Bins, [low, high]: Interval): Markup {
  const shown = bins.slice(0, MOST_BARS);
  const largest = Math.max(1, ...shown.map((bin) => bin.count));
  const scale = high > low ? WIDTH / (high - low) : 0;
  const path = shown.map(({ from, to, count }) => {
    const height = (count / largest) * (HEIGHT - 1);
    const width = Math.max(1, (to - from) * scale - 0.6);
    return `M${coordinate((from - low) * scale)} ${HEIGHT}v-${coordinate(height)}h${coordinate(width)}v${coordinate(height)}z`;
  });
  const label = `histogram from ${formatNumber(shown[0]?.from ?? 0)} to ${formatNumber(shown.at(-1)?.to ?? 0)}, largest bin ${formatCount(largest)} rows`;
  return html`<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}"><path class="bar" d="${verbatim(path.join(''))}"/><line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}"/></svg>`;
}

/** Shares of the most frequent values in one bar, the first of them by name. */
function renderTop(top: NonNullable<ColumnProfile['top']>, rows: number): Markup {
  let start = 0;
  const shares = top.slice(0, MOST_VALUES).map(({ count }) => (rows > 0 ? Math.min(1, count / rows) : 0));
  const parts = shares.map((share, index) => {
    const x = start;
    start += share * WIDTH;
    return html`<rect class="bar part-${index % 2}" x="${coordinate(x)}" width="${coordinate(Math.max(0.5, share * WIDTH - 0.8))}" height="10"/>`;
  });
  const names = top.slice(0, NAMED_VALUES).map(({ value }, index) => {
    const share = html`${formatPercent(shares[index] ?? 0)}`;
    return html`<span>${value} ${share}</span>`;
  });
  return html`<svg width="${WIDTH}" height="10" viewBox="0 0 ${WIDTH} 10" aria-hidden="true"><rect class="track" width="${WIDTH}" height="10"/>${parts}</svg><small class="top">${names}</small>`;
}
