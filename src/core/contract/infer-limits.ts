import { wilsonInterval } from '../statistics/proportions.ts';
import { quantileOfSorted } from '../statistics/quantiles.ts';

/** Chance that a sample as large as the one seen goes beyond an end that was extrapolated. */
const EXCEEDANCE = 0.001;

/** Fewer values say nothing about the tail; the interquartile range alone widens them. */
const FEWEST_FOR_TAIL = 50;

/** A tail heavier than this (that of a Cauchy distribution) is not believed of a sample. */
const HEAVIEST_TAIL = 1;

/** No tail is followed further than so many times what was seen: nobody would believe such a limit. */
const FURTHEST = 10;

export type Ends = { readonly minimum: number; readonly maximum: number };

/**
 * Ends that leave honest room: what was seen, widened by the interquartile range, or further where the tail is
 * so heavy that a sample as large would go beyond that. A column that was never negative stays so.
 * @param sorted finite numbers, ascending, at least one.
 */
export function widenedEnds(sorted: Float64Array): Ends {
  const smallest = sorted[0]!;
  const largest = sorted.at(-1)!;
  const quartiles = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  const slack = quartiles > 0 ? quartiles : (largest - smallest) / 2;
  const middle = quantileOfSorted(sorted, 0.5);
  const above = sorted.filter((value) => value > middle).map((value) => value - middle);
  const below = sorted.filter((value) => value < middle).map((value) => middle - value);
  below.reverse();
  const maximum = Math.max(largest + slack, middle + tailQuantile(above, sorted.length));
  const minimum = Math.min(smallest - slack, middle - tailQuantile(below, sorted.length));
  return { minimum: smallest >= 0 ? Math.max(0, minimum) : minimum, maximum };
}

/**
 * The distance that one of `rows` further values goes beyond with a chance of EXCEEDANCE, from the largest √n of
 * the distances: the moment estimator of the tail index with its quantile (Dekkers, Einmahl and de Haan 1989).
 * @param distances ascending, above 0.
 */
function tailQuantile(distances: Float64Array, rows: number): number {
  const tail = Math.min(Math.floor(Math.sqrt(rows)), distances.length - 1);
  if (rows < FEWEST_FOR_TAIL || tail < 5) return 0;
  const threshold = distances[distances.length - 1 - tail]!;
  let first = 0;
  let second = 0;
  for (let index = distances.length - tail; index < distances.length; index++) {
    const excess = Math.log(distances[index]! / threshold);
    first += excess / tail;
    second += excess ** 2 / tail;
  }
  // All of the tail is one value.
  if (second === 0) return 0;
  const negative = 1 - 0.5 / (1 - first ** 2 / second);
  const estimate = first + negative;
  const standardError = Math.sqrt((1 + estimate ** 2) / tail);
  // A tail that seems light in few values may be heavy: its upper end at 97.7 % is what counts.
  const index = Math.min(HEAVIEST_TAIL, estimate + 2 * standardError);
  const scale = threshold * first * (1 - Math.min(0, negative));
  const ratio = tail / EXCEEDANCE;
  const growth = Math.abs(index) < 1e-6 ? Math.log(ratio) : (ratio ** index - 1) / index;
  const distance = threshold + scale * growth;
  return Number.isFinite(distance) ? Math.min(distance, FURTHEST * distances.at(-1)!) : 0;
}

/** A number of few digits at or beyond an end, which reads better and holds as well; `scale` is what digits are of. */
export function roundOutwards(
  value: number,
  end: 'minimum' | 'maximum',
  { digits, scale = Math.abs(value) }: { readonly digits: number; readonly scale?: number },
): number {
  if (value === 0 || scale === 0 || !Number.isFinite(value)) return value;
  const power = Math.floor(Math.log10(scale)) - digits + 1;
  // A power of ten below 1 is not exact; its reciprocal is.
  const steps = power < 0 ? value * 10 ** -power : value / 10 ** power;
  const whole = end === 'maximum' ? Math.ceil(steps) : Math.floor(steps);
  return power < 0 ? whole / 10 ** -power : whole * 10 ** power;
}

/** Upper end in percent (two digits) of the share that so many of so many rows stand for, at 99 % (Wilson). */
export function upperPercent(rows: number, all: number): number {
  const { high } = wilsonInterval({ successes: rows, rows: all }, 0.99);
  return Math.min(100, roundOutwards(100 * high, 'maximum', { digits: 2 }));
}

/** Percent of further values that lie within what n values spanned, at 95 % (rule of three); in words. */
export function coveredPercent(rows: number): string {
  const percent = 100 * (1 - 3 / Math.max(rows, 4));
  return String(Number(percent.toPrecision(percent > 99 ? 4 : 2)));
}
