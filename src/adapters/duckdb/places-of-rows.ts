import type { RowPlace } from '../../ports/data-engine.ts';
import { placesOfRows, ROW_COLUMN } from './loaded-rows.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';

/** File and line of the rows at these positions, in their order. */
export async function placesAt(rows: RowSet, positions: readonly number[]): Promise<readonly RowPlace[]> {
  const found: number[] = [];
  try {
    for (const position of positions) {
      const row = await rows.session.count(
        `SELECT ${ROW_COLUMN} FROM ${rows.relation} LIMIT 1 OFFSET ${Math.trunc(position)}`,
      );
      found.push(row);
    }
  } catch (error) {
    throw explainError(rows.label, error);
  }
  return await placesOfRows(rows.parts, found);
}
