import type { CompletedComparison, MetricComparison, SliceComparison } from '../../documents/comparison.ts';
import { formatDifference, formatQuantity } from '../format-number.ts';
import { reachOf } from '../html/forest.ts';
import { makeVisible } from '../markdown.ts';
import { describeMetric, isBelowZero } from '../metric-text.ts';
import type { ForestRow, Picture, Tone } from './chart.ts';

const MOST_METRICS = 12;
const MOST_SLICES = 15;
const MOST_TOLD = 6;
const LONGEST_LABEL = 26;

/**
 * The differences of the metrics, the primary one first, each on a scale of its own; undefined without one that
 * has an interval. Latency is left out: it differs with every run, and so would the picture.
 */
export function buildMetricForest(comparison: CompletedComparison): Picture | undefined {
  const { metrics, primary } = comparison;
  const drawn = metrics.filter((metric) => isDrawn(metric) && !metric.name.startsWith('latency_'));
  const sorted = [...drawn].sort(
    (left, right) => Number(right.name === primary) - Number(left.name === primary),
  );
  const rows = sorted
    .slice(0, MOST_METRICS)
    .flatMap((metric) => buildRow(metric, metric.name, reachOf([metric])) ?? []);
  if (rows.length === 0) return undefined;
  return {
    kind: 'metrics',
    chart: { type: 'forest', subject: 'metric', rows },
    alternative: `Gains of the challenger: ${tell(sorted, ({ name }) => name)}`,
  };
}

/** The differences of the slices, the largest loss first; those of one metric share a scale. */
export function buildSliceForest(comparison: CompletedComparison): Picture | undefined {
  const slices = comparison.slices.filter((slice) => isDrawn(slice) && !slice.name.startsWith('latency_'));
  const sorted = [...slices].sort(
    (left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0),
  );
  const shown = sorted.slice(0, MOST_SLICES);
  const names = [...new Set(shown.map(({ name }) => name))];
  const reaches = new Map(names.map((name) => [name, reachOf(shown.filter((one) => one.name === name))]));
  const labelOf = ({ slice, name }: SliceComparison) => (names.length > 1 ? `${slice} · ${name}` : slice);
  const rows = shown.flatMap((slice) => buildRow(slice, labelOf(slice), reaches.get(slice.name) ?? 0) ?? []);
  const [first] = shown;
  if (first === undefined || rows.length < 2) return undefined;
  const reach = reaches.get(first.name) ?? 0;
  const { style } = describeMetric(first);
  const ends = [formatDifference(-reach, style), formatDifference(reach, style)] as const;
  return {
    kind: 'slices',
    chart: { type: 'forest', subject: 'slice', rows, ...(names.length === 1 ? { ends } : {}) },
    alternative: `Gains by slice, the largest loss first: ${tell(sorted, labelOf)}`,
  };
}

function isDrawn({ difference }: MetricComparison): boolean {
  const { interval } = difference ?? {};
  return interval !== undefined && interval[0] !== interval[1];
}

function buildRow(metric: MetricComparison, name: string, reach: number): ForestRow | undefined {
  const { difference, margin } = metric;
  if (difference === undefined || !(reach > 0)) return undefined;
  const { gain, mark } = describeMetric(metric);
  const share = (value: number) => Math.min(1, Math.max(-1, value / reach));
  return {
    label: shorten(makeVisible(name)),
    gain: `${mark.glyph} ${gain}`.trim(),
    tone: toneOf(metric),
    value: share(difference.value),
    interval: difference.interval && [share(difference.interval[0]), share(difference.interval[1])],
    margin: margin === undefined || margin > reach ? undefined : share(margin),
  };
}

function toneOf(metric: MetricComparison): Tone {
  if (metric.verdict === 'better') return 'good';
  if (metric.verdict === 'worse' || isBelowZero(metric)) return 'bad';
  return metric.verdict === 'inconclusive' ? 'unsure' : 'neutral';
}

/** Names of slices differ at their ends and share their starts, so that the middle goes. */
function shorten(label: string): string {
  const characters = [...label];
  if (characters.length <= LONGEST_LABEL) return label === '' ? '(empty)' : label;
  const tail = Math.floor((LONGEST_LABEL - 1) / 2);
  const head = LONGEST_LABEL - 1 - tail;
  return `${characters.slice(0, head).join('').trimEnd()}…${characters.slice(-tail).join('').trimStart()}`;
}

function tell<One extends MetricComparison>(metrics: readonly One[], nameOf: (one: One) => string): string {
  const told = metrics.slice(0, MOST_TOLD).map((metric) => {
    const { gain, interval, mark } = describeMetric(metric);
    const numbers = interval === undefined ? gain : `${gain} ${interval}`;
    return `${makeVisible(nameOf(metric), 60)} ${mark.words} ${numbers}`.replace('  ', ' ');
  });
  const more = metrics.length - told.length;
  return `${told.join('; ')}${more > 0 ? `; and ${formatQuantity(more, 'other')}` : ''}`;
}
