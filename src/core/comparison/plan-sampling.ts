import { BCA_ROW_LIMIT } from '../statistics/bootstrap.ts';
import { BOOTSTRAP_REPLICATES } from './defaults.ts';

/** How a metric is sampled whose values an engine elsewhere computes. */

/** Rows times replicates that an engine is asked for; more rows go by blocks. */
const AFFORDABLE_ROWS = 40_000_000;

const FEWEST_REPLICATES = 400;

const MOST_BLOCKS = 200;
const FEWEST_BLOCKS = 20;
const GROUPS_IN_A_BLOCK = 5;

export type SamplingPlan =
  | { readonly kind: 'bootstrap'; readonly replicates: number; readonly jackknife: boolean }
  | { readonly kind: 'blocks'; readonly blocks: number };

/**
 * A bootstrap of 2000 replicates, of as few as 400 where there are many rows, and blocks where even these are
 * too many: as many as leave five groups in each, from 20 to 200.
 * @param size rows and units of drawing; `sharing`: rows of all parts that share the work, these among them.
 */
export function planSampling(size: {
  readonly rows: number;
  readonly units: number;
  readonly isGrouped: boolean;
  readonly sharing?: number;
}): SamplingPlan {
  const { rows, units, isGrouped } = size;
  if (rows * FEWEST_REPLICATES > AFFORDABLE_ROWS) {
    const inGroups = Math.max(FEWEST_BLOCKS, Math.floor(units / GROUPS_IN_A_BLOCK));
    return { kind: 'blocks', blocks: Math.min(MOST_BLOCKS, units, isGrouped ? inGroups : MOST_BLOCKS) };
  }
  const affordable = Math.floor(AFFORDABLE_ROWS / (size.sharing ?? rows));
  return {
    kind: 'bootstrap',
    replicates: Math.min(BOOTSTRAP_REPLICATES, Math.max(FEWEST_REPLICATES, affordable)),
    jackknife: rows <= BCA_ROW_LIMIT,
  };
}
