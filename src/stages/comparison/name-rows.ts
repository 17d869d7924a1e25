import { openRole } from '../data/open-data.ts';
import { placeNames } from '../scores/read-score-table.ts';
import type { Holdout } from './read-holdout.ts';

/** File and line of rows of the holdout, by which they are named: an id is never printed. */
export async function nameHoldoutRows(holdout: Holdout, rows: readonly number[]): Promise<readonly string[]> {
  await using data = await openRole(holdout.request.ports.engine, { role: 'holdout', ...holdout.request });
  return (await placeNames(data, rows)).map((place) => `holdout ${place}`);
}
