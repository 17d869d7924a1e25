import * as v from 'valibot';
import { count, finiteNumber } from './common.ts';

/** Holdout rows that one model was trained on, by one way to tell that two rows are the same. */
const overlapCheckSchema = v.object({
  /** By id; or by the values of all columns but id, target, weight and excluded ones, of rows that no id found. */
  by: v.picklist(['id', 'values']),
  rows: count,
  /** How many a clean split would show: false positives of the hashes, and rows that repeat by nature. */
  expected: finiteNumber,
  /** More than chance explains, and enough to matter. */
  suspicious: v.boolean(),
});
export type OverlapCheck = v.InferOutput<typeof overlapCheckSchema>;

const overlapSchema = v.union([
  v.object({
    /** Why nobody knows which rows it was trained on, or whether they are in the holdout. */
    notChecked: v.string(),
  }),
  v.object({
    /** Labelled rows that were looked for. */
    labelledRows: count,
    checks: v.array(overlapCheckSchema),
  }),
]);
export type Overlap = v.InferOutput<typeof overlapSchema>;

/** Whether each model was trained on rows of the holdout. */
export const overlapsSchema = v.object({
  challenger: overlapSchema,
  champion: v.optional(overlapSchema),
});
export type Overlaps = v.InferOutput<typeof overlapsSchema>;
