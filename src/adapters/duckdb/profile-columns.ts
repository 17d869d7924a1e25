import type { ColumnProfile } from '../../core/data/profile.ts';
import type { EngineColumn } from './column-types.ts';
import { countValues } from './count-values.ts';
import { profileNumbers } from './profile-numbers.ts';
import { findTop, profileValues } from './profile-values.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';

/** An integer column with at most this many values also lists them. */
const FEW_VALUES = 20;

/**
 * Exact profiles, the same to the last byte in every run. The rows are read once for each column, to count its
 * values; everything else comes from those.
 */
export async function profileColumns(
  rows: RowSet,
  names: readonly string[],
): Promise<readonly ColumnProfile[]> {
  const columns = names.map((name) => requireColumn(rows, name));
  try {
    const profiles: ColumnProfile[] = [];
    for (const column of columns) {
      const { table, release } = await countValues(rows, column);
      const profile = await profileColumn(rows, column, table);
      await release(profile.distinct);
      profiles.push(profile);
    }
    return profiles;
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

async function profileColumn(rows: RowSet, column: EngineColumn, table: string): Promise<ColumnProfile> {
  if (!isNumeric(column)) return await profileValues(rows, column, table);
  const profile = await profileNumbers(rows, column, table);
  if (column.type !== 'integer' || profile.distinct === 0 || profile.distinct > FEW_VALUES) return profile;
  return { ...profile, top: await findTop(rows, column, table) };
}

function isNumeric(column: EngineColumn): boolean {
  return ['integer', 'number', 'date', 'timestamp'].includes(column.type);
}
