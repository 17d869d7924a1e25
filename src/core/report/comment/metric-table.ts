import type { CompletedComparison, MetricComparison } from '../../documents/comparison.ts';
import { formatCount, formatValue } from '../format-number.ts';
import { formatConfidence } from '../holdout-use.ts';
import { codeSpan, renderTable } from '../markdown.ts';
import { describeMetric, type MetricText, NO_NUMBER } from '../metric-text.ts';
import type { Detail } from './detail.ts';

/** The table of metrics, the primary one first; narrow enough for a phone. */
export function renderMetricTable(comparison: CompletedComparison, detail: Detail): string {
  const metrics = primaryFirst(comparison);
  const shown = metrics.slice(0, detail.rows);
  const hidden = metrics.length - shown.length;
  const table =
    comparison.champion === undefined ? renderFirstModel(shown) : renderPairs(shown, comparison.confidence);
  const note =
    hidden > 0
      ? `${formatCount(hidden)} more ${hidden === 1 ? 'metric is' : 'metrics are'} in the report.`
      : '';
  return [table, note].filter((part) => part !== '').join('\n\n');
}

/** Values of both models with their own intervals, margins and what the holdout could see; for the folded part. */
export function renderIntervalTable(comparison: CompletedComparison, detail: Detail): string | undefined {
  const rows = primaryFirst(comparison)
    .slice(0, detail.rows)
    .map((metric) => {
      const text = describeMetric(metric);
      return [
        codeSpan(metric.name),
        twoLines(text.champion, text.championInterval),
        twoLines(text.challenger, text.challengerInterval),
        text.margin ?? NO_NUMBER,
        metric.detectable === undefined ? NO_NUMBER : formatValue(metric.detectable, text.style),
      ];
    });
  if (rows.length === 0) return undefined;
  return renderTable(['metric', 'champion', 'challenger', 'margin', 'detectable'], rows, 'lrrrr');
}

function renderPairs(metrics: readonly MetricComparison[], confidence: number): string {
  const rows = metrics.map((metric) => {
    const text = describeMetric(metric);
    return [nameCell(metric), gainCell(text), text.champion, text.challenger, unbroken(text.mark.words)];
  });
  const header = ['metric', `gain [${formatConfidence(confidence)}]`, 'champion', 'challenger', ''];
  return renderTable(header, rows, 'lrrrl');
}

function renderFirstModel(metrics: readonly MetricComparison[]): string {
  const rows = metrics.map((metric) => {
    const text = describeMetric(metric);
    const value = text.challenger === NO_NUMBER ? NO_NUMBER : `**${text.challenger}**`;
    return [nameCell(metric), twoLines(value, text.challengerInterval), text.noInformation ?? NO_NUMBER];
  });
  return renderTable(['metric', 'challenger', 'knowing nothing'], rows, 'lrr');
}

function nameCell(metric: MetricComparison): string {
  const name = codeSpan(metric.name, 40);
  return metric.direction === 'lower' ? `${name}<br><sub>lower is better</sub>` : name;
}

/** The gain with its interval below; the glyph says the direction where the last column is out of sight. */
export function gainCell({ gain, interval, mark }: MetricText): string {
  if (gain === NO_NUMBER) return gain;
  const glyph = mark.glyph === '' ? '' : `${mark.glyph}&nbsp;`;
  return twoLines(`${glyph}**${gain}**`, interval);
}

/** Text of ours that stays on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', '&nbsp;');
}

function twoLines(first: string, second: string | undefined): string {
  return second === undefined ? first : `${first}<br>${unbroken(second)}`;
}

function primaryFirst(comparison: CompletedComparison): MetricComparison[] {
  const isPrimary = (metric: MetricComparison) => Number(metric.name === comparison.primary);
  return [...comparison.metrics].sort((left, right) => isPrimary(right) - isPrimary(left));
}
