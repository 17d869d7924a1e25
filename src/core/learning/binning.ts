import type { Column, NumberColumn, TextColumn } from '../data/table.ts';
import { seededRandom } from './seeded-random.ts';
import type { EnsembleFeature } from './tree-ensemble.ts';

/** Slots of one feature in a histogram; the last holds missing values. */
export const SLOTS = 256;
export const MISSING_BIN = SLOTS - 1;

/** Quantiles are taken of about so many values; more change the edges by less than a rank in a thousand. */
const QUANTILE_SAMPLE = 200_000;

/** Rows of average target that a category's own mean is mixed with before ordering. */
const CATEGORY_SMOOTHING = 10;

/** How one column is cut into bins 0 to `binCount - 1`. */
export type BinnedFeature = {
  readonly feature: EnsembleFeature;
  readonly binCount: number;
  /** Of a number: bin `b` holds values up to `edges[b]`; the last edge is infinite. */
  readonly edges: Float32Array;
};

/**
 * Training rows as bins of one byte, four features to an integer: a histogram pass then touches a
 * quarter of the memory.
 */
export type BinnedTable = {
  readonly rowCount: number;
  readonly features: readonly BinnedFeature[];
  /** By group of four features: for each row the bins, the first feature in the lowest byte. */
  readonly groups: readonly Int32Array[];
};

export type BinningOptions = {
  readonly columns: readonly Column[];
  /** Rows to take, in order. */
  readonly rows: Uint32Array;
  /** Target by row taken; orders the categories of text columns. */
  readonly target: Float64Array;
  readonly maxBins: number;
  readonly seed: number;
};

/** Cuts numbers at quantiles and gives the most frequent texts a bin each, the rest one in common. */
export function binTable(options: BinningOptions): BinnedTable {
  const { columns, rows } = options;
  const groups = Array.from({ length: Math.ceil(columns.length / 4) }, () => new Int32Array(rows.length));
  const features = columns.map((column, position) => {
    const place = { group: groups[position >> 2]!, shift: (position & 3) * 8 };
    return column.kind === 'number' ? binNumbers(column, options, place) : binTexts(column, options, place);
  });
  return { rowCount: rows.length, features, groups };
}

type Place = { readonly group: Int32Array; readonly shift: number };

function binNumbers(column: NumberColumn, options: BinningOptions, place: Place): BinnedFeature {
  const { rows, maxBins, seed } = options;
  const values = new Float32Array(rows.length);
  for (let index = 0; index < rows.length; index++) values[index] = column.values[rows[index]!]!;
  const edges = quantileEdges(sampleValues(values, seed), maxBins);
  writeNumberBins(values, edges, place);
  return { feature: { kind: 'number', name: column.name }, binCount: edges.length, edges };
}

/** One value drawn from each stretch of rows, so that periodic data is sampled evenly. Missing ones are left out. */
function sampleValues(values: Float32Array, seed: number): Float32Array {
  const stretch = Math.max(1, Math.floor(values.length / QUANTILE_SAMPLE));
  const random = seededRandom(seed);
  const sample = new Float32Array(Math.ceil(values.length / stretch));
  let size = 0;
  for (let start = 0; start < values.length; start += stretch) {
    const offset = stretch === 1 ? 0 : Math.floor(random() * Math.min(stretch, values.length - start));
    const value = values[start + offset]!;
    if (!Number.isNaN(value)) sample[size++] = value;
  }
  return sample.subarray(0, size).sort();
}

/** Upper edges of at most `maxBins` bins of about equal size; equal values share a bin. */
function quantileEdges(sorted: Float32Array, maxBins: number): Float32Array {
  const runEnds: number[] = [];
  for (let index = 1; index <= sorted.length; index++) {
    if (sorted[index] !== sorted[index - 1]) runEnds.push(index);
  }
  const edges: number[] = [];
  const everyValue = runEnds.length <= maxBins;
  let binsLeft = maxBins;
  let binStart = 0;
  for (const end of runEnds) {
    if (end === sorted.length) break;
    const isFull = end - binStart >= (sorted.length - binStart) / binsLeft;
    if (!everyValue && (!isFull || binsLeft === 1)) continue;
    edges.push(edgeBetween(sorted[end - 1]!, sorted[end]!));
    binStart = end;
    binsLeft--;
  }
  edges.push(Number.POSITIVE_INFINITY);
  return Float32Array.from(edges);
}

/** A 32-bit float that is at least `low` and below `high`. */
function edgeBetween(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle >= low && middle < high ? middle : low;
}

function writeNumberBins(values: Float32Array, edges: Float32Array, place: Place): void {
  const padded = new Float32Array(SLOTS).fill(Number.POSITIVE_INFINITY);
  padded.set(edges);
  const { group, shift } = place;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let bin = 0;
    for (let step = SLOTS >> 1; step > 0; step >>= 1) {
      if (value > padded[bin + step - 1]!) bin += step;
    }
    group[row]! |= (Number.isNaN(value) ? MISSING_BIN : bin) << shift;
  }
}

function binTexts(column: TextColumn, options: BinningOptions, place: Place): BinnedFeature {
  const { rows } = options;
  const codes = orderedCategories(column, options);
  const binOfCode = new Uint8Array(column.dictionary.length).fill(codes.length);
  codes.forEach((code, position) => {
    binOfCode[code] = position;
  });
  const { group, shift } = place;
  for (let row = 0; row < rows.length; row++) {
    const code = column.codes[rows[row]!]!;
    const isMissing = code < 0 || column.dictionary[code] === '';
    group[row]! |= (isMissing ? MISSING_BIN : binOfCode[code]!) << shift;
  }
  return {
    feature: {
      kind: 'text',
      name: column.name,
      categories: codes.map((code) => column.dictionary[code]!),
    },
    binCount: codes.length + 1,
    edges: new Float32Array(0),
  };
}

/** Codes of the most frequent texts, ordered by the smoothed mean of the target. */
function orderedCategories(column: TextColumn, options: BinningOptions): number[] {
  const { rows, target, maxBins } = options;
  const counts = new Float64Array(column.dictionary.length);
  const sums = new Float64Array(column.dictionary.length);
  let total = 0;
  for (let index = 0; index < rows.length; index++) {
    total += target[index]!;
    const code = column.codes[rows[index]!]!;
    if (code < 0) continue;
    counts[code]! += 1;
    sums[code]! += target[index]!;
  }
  const average = total / rows.length;
  const smoothedMean = (code: number): number =>
    (sums[code]! + CATEGORY_SMOOTHING * average) / (counts[code]! + CATEGORY_SMOOTHING);
  return Array.from(counts.keys())
    .filter((code) => counts[code]! > 0 && column.dictionary[code] !== '')
    .sort((one, other) => counts[other]! - counts[one]! || one - other)
    .slice(0, maxBins - 1)
    .sort((one, other) => smoothedMean(one) - smoothedMean(other) || one - other);
}
