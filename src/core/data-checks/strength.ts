/** How well one column by itself tells what the target is. */

import { areaInterval, MINIMUM_ROWS_PER_CLASS } from '../statistics/delong.ts';
import { type Interval, intervalAround, simultaneousConfidence } from '../statistics/interval.ts';
import { twoSidedZ } from '../statistics/normal.ts';
import { ascending, midranks } from '../statistics/ordering.ts';
import { quantileOfSorted } from '../statistics/quantiles.ts';

const CONFIDENCE = 0.95;

/** A number is cut into at most so many intervals to be looked at as categories. */
const MOST_BINS = 50;

/** Of more classes than these only the largest are judged. */
const MOST_CLASSES = 20;

/** Rows that a rank correlation needs for its interval. */
const FEWEST_PAIRS = 10;

/** The target of some rows, each of which has one. */
export type TargetSample =
  | { readonly kind: 'binary'; readonly labels: Uint8Array }
  /** Codes from 0; `names` are the classes. */
  | { readonly kind: 'classes'; readonly codes: Int32Array; readonly classes: number }
  | { readonly kind: 'number'; readonly values: Float64Array };

/** The area under the ROC curve (0.5 to 1), or the squared rank correlation with a number (0 to 1). */
export type Strength = {
  readonly measure: 'AUC' | 'R² of ranks';
  readonly value: number;
  readonly interval: Interval;
};

/**
 * The strength of numbers as they are: by their order, whichever way round it goes; rows where they are missing (NaN)
 * are left out. Of several classes the one that is told apart best. Undefined where rows or spread are too few.
 */
export function strengthOfOrder(target: TargetSample, values: Float64Array): Strength | undefined {
  const rows = presentRows(values);
  const scores = Float64Array.from(rows, (row) => values[row]!);
  switch (target.kind) {
    case 'binary':
      return strengthOfScores(
        Uint8Array.from(rows, (row) => target.labels[row]!),
        scores,
        CONFIDENCE,
      );
    case 'number':
      return rankCorrelation(
        Float64Array.from(rows, (row) => target.values[row]!),
        scores,
      );
    case 'classes': {
      const codes = Int32Array.from(rows, (row) => target.codes[row]!);
      let best: Strength | undefined;
      for (const code of largestClasses(codes, target.classes)) {
        const next = strengthOfClass(codes, code, { scores, classes: target.classes });
        if (next && next.interval.low > (best?.interval.low ?? 0)) best = next;
      }
      return best;
    }
  }
}

/**
 * The strength of categories: the mean of the target in each is learned on one half of the rows and its order
 * measured on the other. Of several classes the one that is told apart worst, of those with rows enough. Codes below 0
 * are a category too.
 * @param enough what is asked for: a class that is told apart less well ends the search.
 */
export function strengthOfCategories(
  target: TargetSample,
  codes: Int32Array,
  enough = 0,
): Strength | undefined {
  const halves = splitHalves(codes.length);
  switch (target.kind) {
    case 'binary': {
      const scores = heldOutMeans(codes, target.labels, halves);
      return strengthOfScores(
        Uint8Array.from(halves.judged, (row) => target.labels[row]!),
        scores,
        CONFIDENCE,
      );
    }
    case 'number':
      return rankCorrelation(
        Float64Array.from(halves.judged, (row) => target.values[row]!),
        heldOutMeans(codes, target.values, halves),
      );
    case 'classes': {
      const judged = Int32Array.from(halves.judged, (row) => target.codes[row]!);
      let worst: Strength | undefined;
      for (const code of largestClasses(judged, target.classes)) {
        const own = Uint8Array.from(target.codes, (other) => Number(other === code));
        const scores = heldOutMeans(codes, own, halves);
        const next = strengthOfClass(judged, code, { scores, classes: target.classes });
        if (next && (worst === undefined || next.value < worst.value)) worst = next;
        if (worst !== undefined && worst.value < enough) break;
      }
      return worst;
    }
  }
}

/** Numbers as categories: intervals that hold about equally many of the rows, missing ones apart (-1). */
export function binNumbers(values: Float64Array): Int32Array {
  const sorted = ascending(Float64Array.from(presentRows(values), (row) => values[row]!));
  const bins = Math.max(2, Math.min(MOST_BINS, Math.floor(Math.sqrt(sorted.length / 2))));
  const edges = [
    ...new Set(Array.from({ length: bins - 1 }, (_, index) => quantileOfSorted(sorted, (index + 1) / bins))),
  ];
  return Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (edges[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** The squared rank correlation of Spearman, its interval by Fisher's z with the variance of Bonett and Wright (2000). */
export function rankCorrelation(left: Float64Array, right: Float64Array): Strength | undefined {
  const count = left.length;
  if (count < FEWEST_PAIRS) return undefined;
  const correlation = pearson(midranks(left), midranks(right));
  if (Number.isNaN(correlation)) return undefined;
  const bounded = Math.min(Math.abs(correlation), 1 - 1e-12);
  const spread = twoSidedZ(CONFIDENCE) * Math.sqrt((1 + bounded ** 2 / 2) / (count - 3));
  const { low, high } = intervalAround(Math.atanh(bounded), spread);
  return {
    measure: 'R² of ranks',
    value: Math.min(1, correlation ** 2),
    interval: { low: Math.max(0, Math.tanh(low)) ** 2, high: Math.tanh(high) ** 2 },
  };
}

/** Pearson's correlation; NaN where one side has no spread. */
export function pearson(left: Float64Array, right: Float64Array): number {
  const count = left.length;
  const leftMean = left.reduce((sum, value) => sum + value, 0) / count;
  const rightMean = right.reduce((sum, value) => sum + value, 0) / count;
  let [both, leftSquares, rightSquares] = [0, 0, 0];
  for (let row = 0; row < count; row++) {
    const a = left[row]! - leftMean;
    const b = right[row]! - rightMean;
    both += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  }
  return leftSquares > 0 && rightSquares > 0 ? both / Math.sqrt(leftSquares * rightSquares) : Number.NaN;
}

function strengthOfScores(
  labels: Uint8Array,
  scores: Float64Array,
  confidence: number,
): Strength | undefined {
  const positives = labels.reduce((count, label) => count + label, 0);
  if (Math.min(positives, labels.length - positives) < MINIMUM_ROWS_PER_CLASS) return undefined;
  const found = areaInterval(labels, scores, confidence);
  if (!found.defined) return undefined;
  const { area, interval } = found;
  if (area >= 0.5) return { measure: 'AUC', value: area, interval };
  return {
    measure: 'AUC',
    value: 1 - area,
    interval: { low: 1 - interval.high, high: 1 - interval.low },
  };
}

/** One class against all others, with an interval that holds together with those of the rest. */
function strengthOfClass(
  codes: Int32Array,
  code: number,
  { scores, classes }: { readonly scores: Float64Array; readonly classes: number },
): Strength | undefined {
  const labels = Uint8Array.from(codes, (own) => Number(own === code));
  return strengthOfScores(labels, scores, simultaneousConfidence(CONFIDENCE, classes));
}

/** The classes with the most rows, which are judged. */
function largestClasses(codes: Int32Array, classes: number): readonly number[] {
  const counts = new Float64Array(classes);
  for (const code of codes) counts[code] = counts[code]! + 1;
  return [...counts.keys()].sort((left, right) => counts[right]! - counts[left]!).slice(0, MOST_CLASSES);
}

type Halves = { readonly learned: Uint32Array; readonly judged: Uint32Array };

/** Two halves of the rows, the same ones every time. */
function splitHalves(count: number): Halves {
  const learned: number[] = [];
  const judged: number[] = [];
  for (let row = 0; row < count; row++) ((scramble(row) & 1) === 0 ? learned : judged).push(row);
  return { learned: Uint32Array.from(learned), judged: Uint32Array.from(judged) };
}

/** The last mixing step of MurmurHash3: neighbours have nothing in common. */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** For the rows of one half the mean of the target in their category by the other half, drawn a little to that of all. */
function heldOutMeans(
  codes: Int32Array,
  target: ArrayLike<number>,
  { learned, judged }: Halves,
): Float64Array {
  let size = 0;
  for (const code of codes) if (code + 2 > size) size = code + 2;
  const sums = new Float64Array(size);
  const counts = new Float64Array(size);
  let sum = 0;
  for (const row of learned) {
    const place = codes[row]! + 1;
    sums[place] = sums[place]! + target[row]!;
    counts[place] = counts[place]! + 1;
    sum += target[row]!;
  }
  const mean = learned.length === 0 ? 0 : sum / learned.length;
  return Float64Array.from(judged, (row) => {
    const place = codes[row]! + 1;
    return (sums[place]! + mean) / (counts[place]! + 1);
  });
}

function presentRows(values: Float64Array): Uint32Array {
  const rows = new Uint32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row]!)) rows[count++] = row;
  return rows.subarray(0, count);
}
