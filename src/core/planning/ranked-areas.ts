/** Rows for the area under the ROC curve, before there is anything to measure it on. */

import { invertMonotoneAbove } from '../statistics/inversion.ts';
import { normalQuantile, twoSidedZ } from '../statistics/normal.ts';
import type { PowerOptions } from '../statistics/sample-size.ts';

export type AreaPlan = {
  /** Area under the champion's ROC curve, between 0.5 and 1. */
  readonly area: number;
  /** What the challenger's area is really above it; 0 for an equal challenger. */
  readonly trueDifference: number;
  /** Share of positive rows. */
  readonly prevalence: number;
  /** Correlation of the two estimated areas; models that rank alike have a high one. */
  readonly correlation: number;
};

/**
 * Standard error of an area under the ROC curve (Hanley and McNeil, 1982): exact for scores that are
 * exponential in each class, and close for most others.
 */
export function hanleyMcNeilStandardError(area: number, positives: number, negatives: number): number {
  const square = area * area;
  const twoPositives = area / (2 - area);
  const twoNegatives = (2 * square) / (1 + area);
  const variance =
    area * (1 - area) + (positives - 1) * (twoPositives - square) + (negatives - 1) * (twoNegatives - square);
  return Math.sqrt(variance / (positives * negatives));
}

/**
 * Rows on which the interval of the difference of two areas is narrow enough to clear `distance` with the
 * wanted power, not rounded.
 */
export function areaRows(plan: AreaPlan, distance: number, { confidence, power }: PowerOptions): number {
  const z = twoSidedZ(confidence) + normalQuantile(power);
  // One row of each class is the least an area can be had of.
  const low = 1 / Math.min(plan.prevalence, 1 - plan.prevalence);
  const rising = (rows: number) => distance - z * differenceStandardError(plan, rows);
  return rising(low) >= 0 ? low : invertMonotoneAbove(rising, low, low);
}

/** Standard error of the difference: √(a² + b² − 2·r·a·b) for the errors a and b of the two areas. */
function differenceStandardError(plan: AreaPlan, rows: number): number {
  const positives = rows * plan.prevalence;
  const negatives = rows - positives;
  const champion = hanleyMcNeilStandardError(plan.area, positives, negatives);
  const challenger = hanleyMcNeilStandardError(plan.area + plan.trueDifference, positives, negatives);
  return Math.sqrt(champion ** 2 + challenger ** 2 - 2 * plan.correlation * champion * challenger);
}
