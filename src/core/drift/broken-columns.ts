import { countValues } from './column-values.ts';
import type { ColumnPair } from './compare-columns.ts';
import { MINIMUM_ROWS } from './minimum-effects.ts';

/** A column whose current data are broken rather than changed, in words. */
export type BrokenColumn = { readonly name: string; readonly words: string };

/**
 * Columns that have lost all their values, and columns that are numbers on one side and text on the other.
 * Nothing must be learned from such data. Labels and predictions arrive late and are left out.
 */
export function findBrokenColumns(
  pairs: readonly ColumnPair[],
  types: { readonly reference: ReadonlyMap<string, string>; readonly current: ReadonlyMap<string, string> },
): readonly BrokenColumn[] {
  return pairs.flatMap((pair) => {
    if (pair.role !== 'feature') return [];
    const reference = countValues(pair.reference);
    const current = countValues(pair.current);
    if (reference.present >= MINIMUM_ROWS && current.rows >= MINIMUM_ROWS && current.present === 0) {
      return [{ name: pair.name, words: `${pair.name} has no values any more` }];
    }
    const [before, after] = [types.reference.get(pair.name), types.current.get(pair.name)];
    if (before === undefined || after === undefined || isText(before) === isText(after)) return [];
    return [{ name: pair.name, words: `${pair.name} was ${before} and is ${after} now` }];
  });
}

function isText(type: string): boolean {
  return type === 'string';
}
