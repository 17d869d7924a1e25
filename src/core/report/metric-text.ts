import type { CompletedComparison, MetricComparison, SliceComparison } from '../documents/comparison.ts';
import {
  chooseStyle,
  formatBound,
  formatDifference,
  formatInterval,
  formatValue,
  type NumberStyle,
} from './format-number.ts';

/** Shown where a number could not be had. */
export const NO_NUMBER = '–';

/** The numbers of one metric as text, all with the same digits; plain text without markup. */
export type MetricText = {
  readonly style: NumberStyle;
  readonly champion: string;
  readonly challenger: string;
  readonly championInterval: string | undefined;
  readonly challengerInterval: string | undefined;
  /** Difference with its sign, turned so that more is better. */
  readonly gain: string;
  readonly interval: string | undefined;
  readonly noInformation: string | undefined;
  readonly margin: string | undefined;
  /** The verdict as a glyph and as words; the glyph alone says the direction without colour. */
  readonly mark: Mark;
};

export type Mark = { readonly glyph: string; readonly words: string };

const MARKS: Record<NonNullable<MetricComparison['verdict']>, Mark> = {
  better: { glyph: '▲', words: 'better' },
  equivalent: { glyph: '◆', words: 'equivalent' },
  'not-worse': { glyph: '◇', words: 'not worse' },
  worse: { glyph: '▼', words: 'worse' },
  inconclusive: { glyph: '?', words: 'undecided' },
};

/** The numbers of a metric, on the whole holdout or on a slice. */
export function describeMetric(metric: MetricComparison): MetricText {
  const { champion, challenger, difference } = metric;
  const style = chooseStyle({
    name: metric.name,
    values: [champion?.value, challenger?.value],
    interval: difference?.interval ?? challenger?.interval,
    bounds: difference !== undefined && metric.margin !== undefined ? [-metric.margin, metric.margin] : [],
  });
  const value = (number: number | undefined) =>
    number === undefined ? NO_NUMBER : formatValue(number, style);
  return {
    style,
    champion: value(champion?.value),
    challenger: value(challenger?.value),
    championInterval: champion?.interval && formatInterval(champion.interval, style),
    challengerInterval: challenger?.interval && formatInterval(challenger.interval, style),
    gain: difference === undefined ? NO_NUMBER : formatDifference(difference.value, style),
    interval:
      difference?.interval && !isExact(difference.interval)
        ? formatInterval(difference.interval, style)
        : undefined,
    noInformation: metric.noInformation === undefined ? undefined : value(metric.noInformation),
    margin: metric.margin === undefined ? undefined : formatBound(metric.margin, style),
    mark: chooseMark(metric),
  };
}

/** Sizes are known exactly: an interval of no width says nothing. */
function isExact([low, high]: readonly [number, number]): boolean {
  return low === high;
}

/** The primary metric, when it was computed. */
export function findPrimary(comparison: CompletedComparison): MetricComparison | undefined {
  return comparison.metrics.find((metric) => metric.name === comparison.primary);
}

/** Slices that lost: the corrected interval of the difference lies below zero. Worst first. */
export function findLosingSlices(slices: readonly SliceComparison[]): SliceComparison[] {
  return slices
    .filter((slice) => slice.verdict === 'worse' || isBelowZero(slice))
    .sort((left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0));
}

/** Slices that got better beyond the correction for their number. */
export function findGainingSlices(slices: readonly SliceComparison[]): SliceComparison[] {
  return slices
    .filter((slice) => (slice.difference?.interval?.[0] ?? -1) > 0)
    .sort((left, right) => (right.difference?.value ?? 0) - (left.difference?.value ?? 0));
}

/** Of the slices that are pointed at for a look this share may be false alarms. */
const FALSE_DISCOVERY_RATE = 0.05;

/** Slices that seem to have got worse although no interval proves it, the likeliest first. */
export function findSuspectSlices(slices: readonly SliceComparison[]): SliceComparison[] {
  const rateOf = (slice: SliceComparison) => slice.falseDiscoveryRate ?? 1;
  return slices
    .filter((slice) => rateOf(slice) <= FALSE_DISCOVERY_RATE && (slice.difference?.value ?? 0) < 0)
    .filter((slice) => slice.verdict !== 'worse' && !isBelowZero(slice))
    .sort((left, right) => rateOf(left) - rateOf(right));
}

/** Slices whose rows are too few to tell. */
export function countOpenSlices(slices: readonly SliceComparison[]): number {
  return slices.filter(
    (slice) =>
      slice.difference?.interval === undefined || (slice.verdict === 'inconclusive' && !isBelowZero(slice)),
  ).length;
}

/** Whether all of a difference's interval lies below zero. */
export function isBelowZero(metric: MetricComparison): boolean {
  return metric.difference?.interval !== undefined && metric.difference.interval[1] < 0;
}

function chooseMark(metric: MetricComparison): Mark {
  if (metric.verdict === undefined) return { glyph: '', words: '' };
  if (metric.verdict === 'equivalent' && isBelowZero(metric)) return { glyph: '◆', words: 'slightly worse' };
  // Certainly lower, but not certainly by more than the margin.
  if (metric.verdict === 'inconclusive' && isBelowZero(metric)) return { glyph: '▽', words: 'lower' };
  return MARKS[metric.verdict];
}
