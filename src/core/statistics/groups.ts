/**
 * Rows that belong together (one customer, one query): they are drawn, deleted and counted as one.
 */

/** Inference over groups needs at least this many, and this many that hold a positive row. */
export const MINIMUM_GROUPS = 20;

/** Rows with the number of their group, counted without gaps. */
export type GroupIndex = {
  readonly groupCount: number;
  /** For each row a number from 0 to groupCount - 1, in ascending order of the codes. */
  readonly groupOfRow: Int32Array;
};

/** Numbers the groups of the rows. A code of -1 says the row is a group of its own; these come last. */
export function indexGroups(codes: Int32Array): GroupIndex {
  const distinct = Int32Array.from(new Set(codes)).sort();
  const numbers = new Map<number, number>();
  for (const code of distinct) if (code !== -1) numbers.set(code, numbers.size);
  const groupOfRow = new Int32Array(codes.length);
  let groupCount = numbers.size;
  for (let row = 0; row < codes.length; row++) {
    groupOfRow[row] = numbers.get(codes[row]!) ?? groupCount++;
  }
  return { groupCount, groupOfRow };
}

/** How many groups hold a row that counts; without codes, or with a code of -1, each row is a group of its own. */
export function countGroups(
  rowCount: number,
  codes: Int32Array | undefined,
  counts: (row: number) => boolean = () => true,
): number {
  const seen = new Set<number>();
  let single = 0;
  for (let row = 0; row < rowCount; row++) {
    if (!counts(row)) continue;
    const code = codes?.[row] ?? -1;
    if (code === -1) single++;
    else seen.add(code);
  }
  return seen.size + single;
}

/** The sum of a value over the rows of each group. */
export function sumByGroup(index: GroupIndex, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(index.groupCount);
  for (let row = 0; row < index.groupOfRow.length; row++) {
    const group = index.groupOfRow[row]!;
    sums[group] = sums[group]! + values[row]!;
  }
  return sums;
}
