import { readClasses } from '../comparison/truth.ts';
import type { Column } from '../data/table.ts';
import type { CategoryTable } from './merge-categories.ts';

/** Rows of a column by what they hold. */
export type ValueCounts = {
  readonly rows: number;
  readonly missing: number;
  readonly infinite: number;
  /** Rows with a value that can be compared. */
  readonly present: number;
};

/** Whole numbers with at most so many values on both sides together are categories. */
const FEW_VALUES = 20;

export function countValues(column: Column): ValueCounts {
  let missing = 0;
  let infinite = 0;
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  for (let row = 0; row < rows; row++) {
    if (column.kind === 'text') missing += Number(column.codes[row]! < 0);
    else if (Number.isNaN(column.values[row]!)) missing++;
    else if (!Number.isFinite(column.values[row]!)) infinite++;
  }
  return { rows, missing, infinite, present: rows - missing - infinite };
}

/** Whether both sides are compared as categories: text, or few whole numbers. */
export function areCategories(reference: Column, current: Column): boolean {
  if (reference.kind === 'text' || current.kind === 'text') return true;
  const seen = new Set<number>();
  for (const { values } of [reference, current]) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      if (!Number.isInteger(value)) return false;
      seen.add(value);
      if (seen.size > FEW_VALUES) return false;
    }
  }
  return true;
}

/** The finite numbers of a column, ascending. */
export function sortedNumbers(column: Column): Float64Array {
  if (column.kind === 'text') throw new Error(`the column ${column.name} holds text, not numbers`);
  return column.values.filter((value) => Number.isFinite(value)).sort();
}

/** Counts of every category of both sides, with the names of those that the reference does not have. */
export function tabulate(
  reference: Column,
  current: Column,
): { readonly table: CategoryTable; readonly unseen: readonly { name: string; count: number }[] } {
  const positions = new Map<string, number>();
  const sides = [reference, current].map((column) => {
    const counts: number[] = [];
    const { names, codes } = readClasses(finiteOnly(column));
    const place = names.map((name) => {
      const position = positions.get(name) ?? positions.size;
      positions.set(name, position);
      return position;
    });
    for (const code of codes) {
      if (code < 0) continue;
      const position = place[code]!;
      counts[position] = (counts[position] ?? 0) + 1;
    }
    return counts;
  });
  const [before = [], now = []] = sides.map((counts) =>
    Array.from({ length: positions.size }, (_, position) => counts[position] ?? 0),
  );
  const unseen = [...positions.keys()]
    .map((name, position) => ({ name, count: now[position]!, before: before[position]! }))
    .filter((value) => value.before === 0 && value.count > 0)
    .map(({ name, count }) => ({ name, count }))
    .toSorted((left, right) => right.count - left.count);
  return { table: { reference: before, current: now }, unseen };
}

function finiteOnly(column: Column): Column {
  if (column.kind === 'text') return column;
  return { ...column, values: column.values.map((value) => (Number.isFinite(value) ? value : Number.NaN)) };
}
