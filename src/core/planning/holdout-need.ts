import { MINIMUM_ROWS } from '../comparison/defaults.ts';
import { MINIMUM_ROWS_PER_CLASS } from '../statistics/delong.ts';
import { MINIMUM_GROUPS } from '../statistics/groups.ts';
import { designEffect, type GroupDesign } from './design-effect.ts';

/** What a holdout has to have. */
export type HoldoutNeed = {
  /** Rows whose true answer is known. */
  readonly rows: number;
  /** Of these, rows of the positive class; where its share is known. */
  readonly positives?: number;
  /** Groups that the rows come from; where rows depend on each other. */
  readonly groups?: number;
};

/** What the rows to come are like. */
export type RowDesign = {
  /** Share of the rows that are positive. */
  readonly positiveShare?: number | undefined;
  /**
   * Of a metric over the rows of one class only: the share of them. The formula then counts rows of that class.
   */
  readonly countedShare?: number | undefined;
  readonly groups?: GroupDesign | undefined;
  /** Where the units are groups already: rows in a group, and the share of groups with a positive row. */
  readonly perGroup?: { readonly rows: number; readonly shareWithPositives?: number | undefined } | undefined;
};

/**
 * Rows, positives and groups from the units of a formula. Below 30 rows, 10 of a class, or 20 groups (20 with
 * positives) a comparison gives no interval at all, so that no plan asks for fewer.
 */
export function holdoutNeed(units: number, design: RowDesign): HoldoutNeed {
  const { positiveShare, groups, perGroup } = design;
  if (perGroup !== undefined) {
    const least = MINIMUM_GROUPS / (perGroup.shareWithPositives ?? 1);
    const count = Math.ceil(Math.max(units, least));
    const rows = Math.ceil(count * perGroup.rows);
    return { rows, ...positivesOf(rows, positiveShare), groups: count };
  }
  const counted = units / (design.countedShare ?? 1);
  if (groups !== undefined) {
    const count = Math.ceil(Math.max((counted * designEffect(groups)) / groups.size, MINIMUM_GROUPS));
    const rows = Math.ceil(count * groups.size);
    return { rows, ...positivesOf(rows, positiveShare), groups: count };
  }
  const rarer = positiveShare === undefined ? 1 : Math.min(positiveShare, 1 - positiveShare);
  const least = Math.max(MINIMUM_ROWS, positiveShare === undefined ? 0 : MINIMUM_ROWS_PER_CLASS / rarer);
  const rows = Math.ceil(Math.max(counted, least));
  return { rows, ...positivesOf(rows, positiveShare) };
}

function positivesOf(rows: number, share: number | undefined): { positives?: number } {
  return share === undefined ? {} : { positives: Math.ceil(rows * share) };
}
