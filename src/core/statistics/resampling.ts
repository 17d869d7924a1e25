/** How a bootstrap draws: single rows, rows within classes, or whole groups. */

import { indexGroups } from './groups.ts';
import { countDraws, drawPoissonCounts } from './random.ts';

/**
 * How often each row counts: whole numbers of a resample (few bytes, which is what makes sweeps over many rows
 * quick), or numbers of any size.
 */
export type Multiplicities = Float64Array | Uint8Array;

export type ResamplingDesign =
  | { readonly kind: 'rows'; readonly rowCount: number }
  /** Each stratum (equal codes) is drawn to its own size. */
  | { readonly kind: 'strata'; readonly codes: Uint8Array | Int32Array }
  /** Whole groups are drawn, as many as there are; code -1 is a group of its own. */
  | { readonly kind: 'groups'; readonly codes: Int32Array };

/** Turns the number of a replicate into how often each row was drawn. */
export type Resampler = {
  readonly rowCount: number;
  /** The unit of drawing of each row, from 0 to unitCount - 1: the row itself or its group. */
  readonly unitOfRow: Int32Array;
  readonly unitCount: number;
  /** No row is ever drawn more than 255 times. */
  readonly countsAreSmall: boolean;
  /**
   * Overwrites `multiplicities` (one per row) with those of a replicate. A replicate depends on the seed
   * and its number alone, so any part of a bootstrap can be computed apart: replicate r owns the draws of
   * one long stream that begin at r times the draws of a replicate. Streams begin to repeat after 2^32
   * draws in all.
   */
  draw(seed: number, replicate: number, multiplicities: Multiplicities): void;
};

export function createResampler(design: ResamplingDesign): Resampler {
  switch (design.kind) {
    case 'rows':
      return rowResampler(design.rowCount);
    case 'strata':
      return strataResampler(design.codes);
    case 'groups':
      return groupResampler(design.codes);
  }
}

/**
 * With more units than this each is drawn by itself, as often as a Poisson variable of mean 1 says. The number
 * of rows of a resample then varies by its square root, which no average can tell from a fixed one, and no
 * memory is jumped about in.
 */
export const POISSON_FROM = 20_000;

function rowResampler(rowCount: number): Resampler {
  if (rowCount > POISSON_FROM) return poissonResampler(rowCount);
  return {
    rowCount,
    unitOfRow: positions(rowCount),
    unitCount: rowCount,
    countsAreSmall: false,
    draw(seed, replicate, multiplicities) {
      multiplicities.fill(0);
      const plan = { seed, position: replicate * rowCount, draws: rowCount, items: rowCount };
      countDraws(plan, multiplicities);
    },
  };
}

function poissonResampler(rowCount: number): Resampler {
  const draws = Math.ceil(rowCount / 2);
  return {
    rowCount,
    unitOfRow: positions(rowCount),
    unitCount: rowCount,
    countsAreSmall: true,
    draw: (seed, replicate, multiplicities) =>
      drawPoissonCounts({ seed, position: replicate * draws }, multiplicities),
  };
}

/** Strata are drawn from the highest code down (positives before negatives), rows in row order. */
function strataResampler(codes: Uint8Array | Int32Array): Resampler {
  const rowCount = codes.length;
  const rows = positions(rowCount).sort((left, right) => codes[right]! - codes[left]! || left - right);
  const ends: number[] = [];
  for (let index = 0; index < rowCount; index++) {
    if (index + 1 === rowCount || codes[rows[index + 1]!] !== codes[rows[index]!]) ends.push(index + 1);
  }
  const counts = new Float64Array(rowCount);
  return {
    rowCount,
    unitOfRow: positions(rowCount),
    unitCount: rowCount,
    countsAreSmall: false,
    draw(seed, replicate, multiplicities) {
      counts.fill(0);
      let start = 0;
      for (const end of ends) {
        const size = end - start;
        const position = replicate * rowCount + start;
        countDraws({ seed, position, draws: size, items: size }, counts, start);
        start = end;
      }
      for (let index = 0; index < rowCount; index++) multiplicities[rows[index]!] = counts[index]!;
    },
  };
}

function groupResampler(codes: Int32Array): Resampler {
  const { groupCount, groupOfRow } = indexGroups(codes);
  const counts = new Float64Array(groupCount);
  return {
    rowCount: codes.length,
    unitOfRow: groupOfRow,
    unitCount: groupCount,
    countsAreSmall: false,
    draw(seed, replicate, multiplicities) {
      counts.fill(0);
      countDraws({ seed, position: replicate * groupCount, draws: groupCount, items: groupCount }, counts);
      for (let row = 0; row < groupOfRow.length; row++) multiplicities[row] = counts[groupOfRow[row]!]!;
    },
  };
}

function positions(length: number): Int32Array {
  const result = new Int32Array(length);
  for (let index = 0; index < length; index++) result[index] = index;
  return result;
}
