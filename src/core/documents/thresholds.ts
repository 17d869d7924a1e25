import * as v from 'valibot';
import { count, finiteNumber } from './common.ts';

/** What one model would have decided at a threshold; the other two cells follow from the rows of the holdout. */
const thresholdPointSchema = v.object({
  /** Rows with this score or more count as positive. */
  threshold: finiteNumber,
  truePositives: count,
  falsePositives: count,
  /** Total cost of the wrong decisions, where `comparison.cost` says what they cost. */
  cost: v.optional(finiteNumber),
});
export type ThresholdPoint = v.InferOutput<typeof thresholdPointSchema>;

/** Both models at the same thresholds, ascending; for understanding, never to choose a threshold on the holdout. */
export const thresholdsSchema = v.object({
  /** What the decisions were made by; absent where a model gave its own labels. */
  inUse: v.optional(finiteNumber),
  champion: v.optional(v.array(thresholdPointSchema)),
  challenger: v.array(thresholdPointSchema),
});
export type Thresholds = v.InferOutput<typeof thresholdsSchema>;
