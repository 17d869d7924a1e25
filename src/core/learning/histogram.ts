import { type BinnedTable, SLOTS } from './binning.ts';

/**
 * Histograms of first and second derivatives, both in one 64-bit float: `gradient * 2^26 + hessian`
 * in whole steps. One addition per value instead of two, and sums of steps are exact, so the result
 * does not depend on the order of rows and a sibling is an exact difference. The price is a coarse
 * step on large data (`stepsFor`), which random rounding makes unbiased; leaf values are computed from
 * the unrounded derivatives. The idea of training on few levels: Shi et al., "Quantized Training of
 * Gradient Boosting Decision Trees", NeurIPS 2022.
 */

/** Place value of one gradient step. */
export const GRADIENT_UNIT = 67_108_864;

/** Its inverse, exact because it is a power of two. */
export const PER_GRADIENT_UNIT = 1 / GRADIENT_UNIT;

/** Rows at most: beyond, fewer than four steps are left for a derivative. */
export const MAXIMUM_ROWS = GRADIENT_UNIT / 4 - 1;

const MAXIMUM_STEPS = 65_535;

/** Steps from zero to the largest derivative so that no sum over all rows overflows its half: 63 for a million rows. */
export function stepsFor(rowCount: number): number {
  return Math.min(MAXIMUM_STEPS, Math.floor((GRADIENT_UNIT - 1) / rowCount));
}

/** Length of a histogram of all features; features are padded to groups of four. */
export function histogramLength(table: BinnedTable): number {
  return table.groups.length * 4 * SLOTS;
}

/** Sums over all rows into a zeroed histogram. */
export function sumAllRows(table: BinnedTable, packed: Float64Array, histogram: Float64Array): void {
  table.groups.forEach((bins, group) => {
    sumGroupOfAll(bins, packed, histogram.subarray(group * 4 * SLOTS, (group + 1) * 4 * SLOTS));
  });
}

/** Sums over the given rows into a zeroed histogram; `scratch` holds at least as many values as rows. */
export function sumRows(
  table: BinnedTable,
  rows: Int32Array,
  sums: { readonly packed: Float64Array; readonly scratch: Float64Array; readonly histogram: Float64Array },
): void {
  const { packed, scratch, histogram } = sums;
  for (let index = 0; index < rows.length; index++) scratch[index] = packed[rows[index]!]!;
  for (let group = 0; group < table.groups.length; group += 2) {
    const bins = table.groups[group]!;
    const moreBins = table.groups[group + 1];
    const part = histogram.subarray(group * 4 * SLOTS, (group + 2) * 4 * SLOTS);
    if (moreBins === undefined) sumGroup(bins, rows, { values: scratch, histogram: part });
    else sumTwoGroups(bins, moreBins, { rows, values: scratch, histogram: part });
  }
}

/** What is left of the parent's histogram without one child: the other child's, in place. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let slot = 0; slot < parent.length; slot++) parent[slot]! -= child[slot]!;
}

function sumGroupOfAll(bins: Int32Array, packed: Float64Array, histogram: Float64Array): void {
  for (let row = 0; row < bins.length; row++) {
    const four = bins[row]!;
    const value = packed[row]!;
    histogram[four & 255]! += value;
    histogram[256 + ((four >>> 8) & 255)]! += value;
    histogram[512 + ((four >>> 16) & 255)]! += value;
    histogram[768 + (four >>> 24)]! += value;
  }
}

type Sums = { readonly values: Float64Array; readonly histogram: Float64Array };

function sumGroup(bins: Int32Array, rows: Int32Array, { values, histogram }: Sums): void {
  for (let index = 0; index < rows.length; index++) {
    const four = bins[rows[index]!]!;
    const value = values[index]!;
    histogram[four & 255]! += value;
    histogram[256 + ((four >>> 8) & 255)]! += value;
    histogram[512 + ((four >>> 16) & 255)]! += value;
    histogram[768 + (four >>> 24)]! += value;
  }
}

/** Eight features in one pass: the rows are fetched half as often. */
function sumTwoGroups(bins: Int32Array, moreBins: Int32Array, sums: Sums & { rows: Int32Array }): void {
  const { rows, values, histogram } = sums;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    const four = bins[row]!;
    const more = moreBins[row]!;
    const value = values[index]!;
    histogram[four & 255]! += value;
    histogram[256 + ((four >>> 8) & 255)]! += value;
    histogram[512 + ((four >>> 16) & 255)]! += value;
    histogram[768 + (four >>> 24)]! += value;
    histogram[1024 + (more & 255)]! += value;
    histogram[1280 + ((more >>> 8) & 255)]! += value;
    histogram[1536 + ((more >>> 16) & 255)]! += value;
    histogram[1792 + (more >>> 24)]! += value;
  }
}
