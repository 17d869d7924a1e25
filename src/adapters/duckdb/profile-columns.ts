import type { ColumnProfile } from '../../core/data/profile.ts';
import type { EngineColumn } from './column-types.ts';
import { countValues, keepCounted } from './count-values.ts';
import { inNarrowParts } from './narrow-parts.ts';
import { profileCounted, profileSorted } from './profile-numbers.ts';
import { findTop, profileValues } from './profile-values.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import { isExactlyKeyed } from './sorted-numbers.ts';
import { quoteName } from './sql-text.ts';

/** An integer column with at most this many values also lists them. */
const FEW_VALUES = 20;

/** Rows that say whether the values of a column differ; fewer are not worth the question. */
const SAMPLE_ROWS = 20_000;

/** Of a sample; from there on a sort is cheaper than counting. */
const MOSTLY = 0.9;

/** Sorting holds all rows of a column in memory; where they are more, their values are counted, which spills. */
const MOST_SORTED_ROWS = 4_000_000;

/**
 * Exact profiles, the same to the last byte in every run. The rows are read once for each column, to count its
 * values or to sort its numbers; everything else comes from those.
 */
export async function profileColumns(
  rows: RowSet,
  names: readonly string[],
): Promise<readonly ColumnProfile[]> {
  const columns = names.map((name) => requireColumn(rows, name));
  try {
    const differing = await findDiffering(rows, columns);
    const profiles: ColumnProfile[] = [];
    await inNarrowParts(rows, columns, async (part, some) => {
      for (const column of some) {
        const sorted = differing.has(column) ? await profileSorted(part, column) : undefined;
        if (sorted !== undefined) rememberCounts(part, sorted);
        profiles.push(sorted ?? (await profileByValues(part, column)));
      }
    });
    return profiles;
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

/** The columns of numbers whose values mostly differ; it decides how they are read, not what is found. */
async function findDiffering(
  rows: RowSet,
  columns: readonly EngineColumn[],
): Promise<ReadonlySet<EngineColumn>> {
  if (rows.rowCount < SAMPLE_ROWS || rows.rowCount > MOST_SORTED_ROWS) return new Set();
  const candidates = columns.filter((column) => isExactlyKeyed(column));
  if (candidates.length === 0) return new Set();
  const names = candidates.map(({ name }) => quoteName(name));
  const [found] = await rows.session.rows(
    `SELECT ${names.map((name) => `count(DISTINCT ${name})`).join(', ')}
     FROM (SELECT ${names.join(', ')} FROM ${rows.relation} LIMIT ${SAMPLE_ROWS})`,
  );
  return new Set(candidates.filter((_, index) => Number(found![index]) > SAMPLE_ROWS * MOSTLY));
}

async function profileByValues(rows: RowSet, column: EngineColumn): Promise<ColumnProfile> {
  const table = await countValues(rows, column);
  const profile = await profileTable(rows, column, table);
  const { distinct, missing } = profile;
  await keepCounted(rows, column, { table, distinct, present: rows.rowCount - missing });
  return profile;
}

async function profileTable(rows: RowSet, column: EngineColumn, table: string): Promise<ColumnProfile> {
  if (!['integer', 'number', 'date', 'timestamp'].includes(column.type))
    return await profileValues(rows, column, table);
  const profile = await profileCounted(rows, column, table);
  if (column.type !== 'integer' || profile.distinct === 0 || profile.distinct > FEW_VALUES) return profile;
  return { ...profile, top: await findTop(rows, column, table) };
}

function rememberCounts(rows: RowSet, { name, distinct, missing }: ColumnProfile): void {
  rows.counted.set(name, { distinct, present: rows.rowCount - missing });
}
