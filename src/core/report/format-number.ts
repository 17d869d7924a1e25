import type { Interval } from '../documents/common.ts';

/**
 * The one place where numbers become text. The locale is fixed: a point before decimals, commas between
 * thousands, a true minus sign, and no-break spaces before units, so that a number never breaks over lines.
 */

/** Between a number and its unit. */
export const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';
const MAX_DECIMALS = 6;
/** A sign of an end that only shows after so many more decimals is rounding noise for a reader. */
const EXTRA_DECIMALS = 3;

/** How the values of one metric are written; all numbers of one row of a table share it. */
export type NumberStyle = {
  readonly unit: 'plain' | 'milliseconds' | 'bytes';
  readonly decimals: number;
};

export type MetricNumbers = {
  /** Name of the metric, which decides the unit. */
  readonly name: string;
  readonly values: readonly (number | undefined)[];
  /** The widest interval that has to be read; its width decides how many digits mean something. */
  readonly interval?: Interval | undefined;
  /** Bounds that the printed ends must stay on the right side of, zero included by itself. */
  readonly bounds?: readonly number[];
};

/**
 * Decimals for one row: two significant digits of the width of the interval, at least three decimals for
 * metrics between 0 and 1, and as many more as it takes for each end to be printed on its own side of zero
 * and of the margin, since the printed interval is the one that decides.
 */
export function chooseStyle(numbers: MetricNumbers): NumberStyle {
  if (numbers.name.endsWith('_bytes')) return { unit: 'bytes', decimals: 0 };
  const unit = numbers.name.endsWith('_ms') ? 'milliseconds' : 'plain';
  const present = numbers.values.filter((value) => value !== undefined);
  const least = unit === 'plain' && present.every((value) => Math.abs(value) <= 1) ? 3 : 0;
  const decimals = Math.max(least, decimalsOfWidth(numbers, present));
  return { unit, decimals: separateEnds(numbers, Math.min(decimals, MAX_DECIMALS)) };
}

/** A value of a metric: `0.903`, `12.4 ms`, `1.2 MB`. */
export function formatValue(value: number, style: NumberStyle): string {
  if (style.unit === 'bytes') return formatBytes(value);
  const text = formatFixed(value, style.decimals);
  return style.unit === 'milliseconds' ? `${text}${NO_BREAK_SPACE}ms` : text;
}

/** A bound or a margin: as `formatValue`, but never written as zero when it is not. */
export function formatBound(value: number, style: NumberStyle): string {
  const text = formatValue(value, style);
  return value !== 0 && !/[1-9]/.test(text) ? formatNumber(value) : text;
}

/** A difference, always with its sign: `+0.032`, `−0.004`; zero has none. */
export function formatDifference(value: number, style: NumberStyle): string {
  const text = formatValue(value, style);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** `[0.021, 0.043]`; a unit comes once, after the bracket. */
export function formatInterval([low, high]: Interval, style: NumberStyle): string {
  if (style.unit === 'bytes') return `[${formatBytes(low)}, ${formatBytes(high)}]`;
  const text = `[${formatFixed(low, style.decimals)}, ${formatFixed(high, style.decimals)}]`;
  return style.unit === 'milliseconds' ? `${text}${NO_BREAK_SPACE}ms` : text;
}

/** A number that stands alone, with four significant digits: `0.01725`, `12,340`, `1.2e-9`. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -MAX_DECIMALS || size > 14) return withMinus(value.toExponential(2));
  const text = formatFixed(value, Math.max(0, 3 - size));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Rows, groups, uses: `12,340`. */
export function formatCount(count: number): string {
  return formatFixed(Math.round(count), 0);
}

/** `1 row`, `12,340 rows`. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A share as per cent with at most one decimal, never rounded to 0 or 100 from beyond: `34.5 %`, `< 0.1 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return `<${NO_BREAK_SPACE}0.1${NO_BREAK_SPACE}%`;
  if (percent < 100 && percent > 99.95) return `>${NO_BREAK_SPACE}99.9${NO_BREAK_SPACE}%`;
  return `${formatFixed(percent, 1).replace(/\.0$/, '')}${NO_BREAK_SPACE}%`;
}

/** Bytes in decimal units, three significant digits: `850 B`, `1.24 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = Math.abs(bytes);
  let index = 0;
  while (scaled >= 999.5 && index < units.length - 1) {
    scaled /= 1000;
    index += 1;
  }
  const text = index === 0 ? formatFixed(scaled, 0) : formatNumber(Number(scaled.toPrecision(3)));
  return `${bytes < 0 ? MINUS : ''}${text}${NO_BREAK_SPACE}${units[index]}`;
}

/** Spans of time: `40 ms`, `12.4 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return `${formatFixed(seconds * 1000, 0)}${NO_BREAK_SPACE}ms`;
  if (seconds < 60) return `${formatFixed(seconds, 1).replace(/\.0$/, '')}${NO_BREAK_SPACE}s`;
  const whole = Math.round(seconds);
  if (whole < 3600) {
    return joinSpan([Math.floor(whole / 60), 'min'], [whole % 60, 's']);
  }
  return joinSpan([Math.floor(whole / 3600), 'h'], [Math.floor((whole % 3600) / 60), 'min']);
}

/** `p = 0.034`, `p < 0.001`; never `p = 0`. */
export function formatPValue(value: number): string {
  if (value < 0.001) return `p${NO_BREAK_SPACE}<${NO_BREAK_SPACE}0.001`;
  return `p${NO_BREAK_SPACE}=${NO_BREAK_SPACE}${formatFixed(value, 3)}`;
}

function joinSpan(large: readonly [number, string], small: readonly [number, string]): string {
  const text = `${large[0]}${NO_BREAK_SPACE}${large[1]}`;
  return small[0] === 0 ? text : `${text} ${small[0]}${NO_BREAK_SPACE}${small[1]}`;
}

function decimalsOfWidth(numbers: MetricNumbers, present: readonly number[]): number {
  const width = numbers.interval ? numbers.interval[1] - numbers.interval[0] : 0;
  if (width > 0) return Math.max(0, 1 - Math.floor(Math.log10(width)));
  const largest = Math.max(0, ...present.map(Math.abs));
  return largest === 0 ? 3 : Math.max(0, 3 - Math.max(0, Math.ceil(Math.log10(largest))));
}

function separateEnds(numbers: MetricNumbers, decimals: number): number {
  const { interval } = numbers;
  if (interval === undefined) return decimals;
  const bounds = [0, ...(numbers.bounds ?? [])];
  const apart = (digits: number) =>
    interval.every((end) =>
      bounds.every((bound) => end === bound || printed(end, digits) !== printed(bound, digits)),
    );
  for (let extra = 0; extra <= EXTRA_DECIMALS; extra += 1) {
    if (apart(decimals + extra)) return decimals + extra;
  }
  return decimals;
}

function printed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(?=[0.]+$)/, '');
}

function formatFixed(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e15) return withMinus(value.toExponential(2));
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.') as [string, string | undefined];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

function withMinus(text: string): string {
  return text.replace(/-/g, MINUS);
}
