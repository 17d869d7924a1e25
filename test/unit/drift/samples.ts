/** Columns for the tests of drift. */

import type { NumberColumn, TextColumn } from '../../../src/core/data/table.ts';

/** Numbers in [0, 1) that fill it evenly, in a scrambled order; as `spread` of scripts/reference/drift-columns.py. */
export function spread(count: number, factor: number, modulus: number, start: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => ((index * factor + start) % modulus) / modulus);
}

export function numbers(values: ArrayLike<number>, name = 'x'): NumberColumn {
  return { kind: 'number', name, values: Float64Array.from(values) };
}

export function texts(values: readonly (string | undefined)[], name = 'x'): TextColumn {
  const dictionary = [...new Set(values.filter((value) => value !== undefined))];
  const codes = Int32Array.from(values, (value) => (value === undefined ? -1 : dictionary.indexOf(value)));
  return { kind: 'text', name, codes, dictionary };
}

/** Each value as often as its count says. */
export function repeated(counts: readonly number[]): string[] {
  return counts.flatMap((count, value) => new Array<string>(count).fill(`value ${value}`));
}
