import type { Column } from '../data/table.ts';
import { MINIMUM_ROWS_PER_CLASS } from '../statistics/delong.ts';
import { FEWEST_ROWS } from './checks.ts';
import { pearson, type TargetSample } from './strength.ts';

/** Numbers this close to a straight line differ by rounding only. */
const ROUNDING = 1e-9;

/**
 * Whether a column says the target in other words: the same classes under other names, or the same number in
 * another unit (a x + b). Rows where it is missing are not asked.
 */
export function isCopy(target: TargetSample, column: Column): boolean {
  switch (target.kind) {
    case 'number':
      return column.kind === 'number' && isStraightLine(target.values, column.values);
    case 'binary':
      return namesClasses(Int32Array.from(target.labels), column);
    case 'classes':
      return namesClasses(target.codes, column);
  }
}

function namesClasses(codes: Int32Array, column: Column): boolean {
  const classOf = new Map<number, number>();
  const valueOfClass = new Map<number, number>();
  const counts = new Map<number, number>();
  let asked = 0;
  for (let row = 0; row < codes.length; row++) {
    const value = column.kind === 'text' ? column.codes[row]! : column.values[row]!;
    if (column.kind === 'text' ? value < 0 : Number.isNaN(value)) continue;
    const code = codes[row]!;
    if ((classOf.get(value) ?? code) !== code || (valueOfClass.get(code) ?? value) !== value) return false;
    classOf.set(value, code);
    valueOfClass.set(code, value);
    counts.set(code, (counts.get(code) ?? 0) + 1);
    asked++;
  }
  // Few rows of a class may have a value of their own by chance.
  const supported = [...counts.values()].filter((count) => count >= MINIMUM_ROWS_PER_CLASS);
  return asked >= FEWEST_ROWS && 2 * asked >= codes.length && supported.length >= 2;
}

function isStraightLine(target: Float64Array, values: Float64Array): boolean {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (Number.isFinite(values[row])) rows.push(row);
  if (rows.length < FEWEST_ROWS || 2 * rows.length < values.length) return false;
  const correlation = pearson(
    Float64Array.from(rows, (row) => target[row]!),
    Float64Array.from(rows, (row) => values[row]!),
  );
  return Math.abs(correlation) > 1 - ROUNDING;
}
