import type { ColumnProfile } from '../../core/data/profile.ts';
import type { EngineColumn } from './column-types.ts';
import { profileNumbers } from './profile-numbers.ts';
import { profileValues } from './profile-values.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';

/** An integer column with at most this many values also lists them. */
const FEW_VALUES = 20;

/**
 * Exact profiles, the same to the last byte in every run: numbers and times in two scans for as many columns
 * as fit into memory together, every other column in one.
 */
export async function profileColumns(
  rows: RowSet,
  names: readonly string[],
): Promise<readonly ColumnProfile[]> {
  const columns = names.map((name) => requireColumn(rows, name));
  try {
    const numbers = await profileNumbers(rows, columns.filter(isNumeric));
    const profiles: ColumnProfile[] = [];
    for (const column of columns) {
      const profile = numbers.get(column.name) ?? (await profileValues(rows, column));
      profiles.push(await withFewValues(rows, column, profile));
    }
    return profiles;
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

function isNumeric(column: EngineColumn): boolean {
  return ['integer', 'number', 'date', 'timestamp'].includes(column.type);
}

async function withFewValues(
  rows: RowSet,
  column: EngineColumn,
  profile: ColumnProfile,
): Promise<ColumnProfile> {
  if (column.type !== 'integer' || profile.distinct === 0 || profile.distinct > FEW_VALUES) return profile;
  const { top } = await profileValues(rows, column);
  return top === undefined ? profile : { ...profile, top };
}
