import { readClasses } from '../comparison/truth.ts';
import type { Column } from '../data/table.ts';
import { createRandom, shuffle } from '../statistics/random.ts';

export type SampleRequest = {
  readonly rowCount: number;
  /** Rows of equal value stay together; a row without one is a group of its own. */
  readonly groups?: Column;
  /** Share of the rows, or of the groups, that is taken; above 0, at most 1. */
  readonly share: number;
  readonly seed: number;
};

/** Positions of a random share of rows or whole groups, ascending; the same for the same seed. */
export function chooseSample({ rowCount, groups, share, seed }: SampleRequest): Uint32Array {
  const unitOfRow = groups === undefined ? undefined : numberUnits(readClasses(groups).codes);
  const unitCount = unitOfRow?.count ?? rowCount;
  const order = Uint32Array.from({ length: unitCount }, (_, unit) => unit);
  shuffle(order, createRandom(seed));
  const taken = new Uint8Array(unitCount);
  for (const unit of order.subarray(0, Math.max(1, Math.round(share * unitCount)))) taken[unit] = 1;
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    if (taken[unitOfRow?.units[row] ?? row] === 1) rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** Numbers without gaps, by first appearance. */
function numberUnits(codes: Int32Array): { readonly units: Uint32Array; readonly count: number } {
  const numbers = new Map<number, number>();
  let count = 0;
  const units = Uint32Array.from(codes, (code) => {
    const known = code === -1 ? undefined : numbers.get(code);
    if (known !== undefined) return known;
    if (code !== -1) numbers.set(code, count);
    return count++;
  });
  return { units, count };
}
