import { type BinnedTable, MISSING_BIN, SLOTS } from './binning.ts';
import type { Split } from './split.ts';

/** Rows of a node: `rows[start]` to `rows[end - 1]`; `scratch` is as long as `rows`. */
export type RowRange = {
  readonly start: number;
  readonly end: number;
  readonly rows: Int32Array;
  readonly scratch: Int32Array;
};

/** Moves the rows that go left to the front, keeping their order; returns where the right ones begin. */
export function partitionRows(table: BinnedTable, split: Split, range: RowRange): number {
  const goesLeft = split.leftBins ?? leftBinsOfNumber(split);
  const bins = table.groups[split.feature >> 2]!;
  return partitionByBin(bins, { goesLeft, shift: (split.feature & 3) * 8 }, range);
}

function leftBinsOfNumber(split: Split): Uint8Array {
  const goesLeft = new Uint8Array(SLOTS).fill(1, 0, split.lastLeftBin + 1);
  goesLeft[MISSING_BIN] = split.missingLeft ? 1 : 0;
  return goesLeft;
}

/** Without a branch that depends on the data: the processor cannot guess which way a row goes. */
function partitionByBin(
  bins: Int32Array,
  side: { readonly goesLeft: Uint8Array; readonly shift: number },
  range: RowRange,
): number {
  const { goesLeft, shift } = side;
  const { start, end, rows, scratch } = range;
  let left = start;
  let right = 0;
  for (let index = start; index < end; index++) {
    const row = rows[index]!;
    const isLeft = goesLeft[(bins[row]! >>> shift) & 255]!;
    rows[left] = row;
    scratch[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}
