import { distance } from 'fastest-levenshtein';
import { InputError } from '../../core/errors.ts';
import type { EngineColumn } from './column-types.ts';
import { shorten } from './sql-text.ts';

/**
 * The column of that name.
 * @throws InputError naming the nearest columns, or all of a few.
 */
export function requireColumn(
  rows: { readonly name: string; readonly columns: readonly EngineColumn[] },
  name: string,
): EngineColumn {
  const found = rows.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = rows.columns.map((column) => column.name);
  const nearest = names
    .map((candidate) => ({ candidate, edits: distance(candidate.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= Math.max(2, Math.floor(name.length / 3)))
    .sort((left, right) => left.edits - right.edits)
    .slice(0, 3)
    .map(({ candidate }) => `"${shorten(candidate, 60)}"`);
  const hint =
    nearest.length > 0
      ? `did you mean ${nearest.join(' or ')}?`
      : `its columns are ${names
          .slice(0, 12)
          .map((each) => shorten(each, 60))
          .join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`;
  throw new InputError(`${rows.name} has no column "${shorten(name, 60)}"; ${hint}`);
}
