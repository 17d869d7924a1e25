import { DEFAULT_SHARE_OF_GAIN } from '../../comparison/margin.ts';
import type { MetricComparison } from '../../documents/comparison.ts';
import { formatNumber, formatPercent } from '../format-number.ts';
import { describeMetric } from '../metric-text.ts';

/** The margin and where it comes from, as far as the numbers tell; sentences. */
export function marginSentences(metric: MetricComparison): readonly string[] {
  const { margin, champion, noInformation } = metric;
  if (margin === undefined) {
    return [
      'There is none: the config sets none for this metric (comparison.margins), and none could be derived. Then nothing but better or inconclusive can be said.',
    ];
  }
  const text = describeMetric(metric);
  const start = `A loss of up to ${text.margin} still counts as not worse.`;
  if (champion === undefined) return [start];
  const gain =
    noInformation === undefined
      ? undefined
      : (metric.direction === 'higher' ? 1 : -1) * (champion.value - noInformation);
  if (gain !== undefined && isNear(margin, DEFAULT_SHARE_OF_GAIN * gain)) {
    return [
      `${start} That is ${formatPercent(DEFAULT_SHARE_OF_GAIN)} of what the champion gains over knowing nothing (${text.champion} against ${text.noInformation}), as it is where the config sets no other margin.`,
    ];
  }
  const share =
    champion.value === 0
      ? ''
      : ` It is ${formatPercent(margin / Math.abs(champion.value))} of the champion's value.`;
  return [`${start} The config sets it (comparison.margins, ${formatNumber(margin)}).${share}`];
}

function isNear(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.abs(right);
}
