import type { MetricComparison } from '../../documents/comparison.ts';
import { describeMetric } from '../metric-text.ts';
import { html, type Markup } from './markup.ts';

/** The verdict on one metric as a coloured word; nothing without one. */
export function renderMark(metric: MetricComparison): Markup | undefined {
  const { glyph, words } = describeMetric(metric).mark;
  return words === ''
    ? undefined
    : html`<span class="mark ${metric.verdict ?? 'plain'}">${glyph} ${words}</span>`;
}
