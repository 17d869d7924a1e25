import type { DatasetProfile } from '../../documents/validation.ts';
import { formatCount, formatNumber, formatPercent } from '../format-number.ts';
import { coordinate, html, type Markup } from './markup.ts';

type ColumnProfile = DatasetProfile['columns'][number];

const WIDTH = 150;
const HEIGHT = 32;
const MOST_BARS = 40;

/** A bar of a share between 0 and 1. */
export function renderShareBar(share: number): Markup {
  const bounded = Math.min(1, Math.max(0, share));
  return html`<svg width="180" height="12" viewBox="0 0 180 12" aria-hidden="true"><rect class="track" width="180" height="12" rx="3"/><rect class="bar" width="${coordinate(bounded * 180)}" height="12" rx="3"/></svg>`;
}

/** The values of a column: a histogram of numbers, or the most frequent values; undefined when there is neither. */
export function renderDistribution(column: ColumnProfile, rows: number): Markup | undefined {
  if (column.histogram !== undefined && column.histogram.length > 0) return renderHistogram(column.histogram);
  if (column.top !== undefined && column.top.length > 0) return renderTop(column.top, rows);
  return undefined;
}

function renderHistogram(bins: NonNullable<ColumnProfile['histogram']>): Markup {
  const shown = bins.slice(0, MOST_BARS);
  const largest = Math.max(1, ...shown.map((bin) => bin.count));
  const width = WIDTH / shown.length;
  const bars = shown.map((bin, index) => {
    const height = (bin.count / largest) * HEIGHT;
    return html`<rect class="bar" x="${coordinate(index * width + 0.5)}" y="${coordinate(HEIGHT - height)}" width="${coordinate(Math.max(0.5, width - 1))}" height="${coordinate(height)}"/>`;
  });
  const first = shown[0]?.from ?? 0;
  const last = shown.at(-1)?.to ?? 0;
  const label = `histogram from ${formatNumber(first)} to ${formatNumber(last)}, largest bin ${formatCount(largest)} rows`;
  return html`<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${bars}<line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}"/></svg>`;
}

function renderTop(top: NonNullable<ColumnProfile['top']>, rows: number): Markup {
  return html`${top
    .slice(0, 3)
    .map(
      ({ value, count }) => html`<small>${value} ${rows > 0 ? formatPercent(count / rows) : ''}</small>`,
    )}`;
}
