import * as v from 'valibot';
import { commonEntries, count, failedDocumentSchema, finiteNumber, intervalSchema } from './common.ts';

const driftColumnSchema = v.object({
  name: v.string(),
  role: v.picklist(['feature', 'target', 'prediction']),
  /** Test and effect in words: `kolmogorov-smirnov`, `chi-squared`, `two-proportion (missing values)`. */
  method: v.string(),
  statistic: v.optional(finiteNumber),
  pValue: v.optional(finiteNumber),
  adjustedPValue: v.optional(finiteNumber),
  effect: v.optional(
    v.object({
      name: v.string(),
      value: finiteNumber,
      interval: v.optional(intervalSchema),
      minimum: finiteNumber,
    }),
  ),
  drifted: v.boolean(),
  note: v.optional(v.string()),
});
export type DriftColumn = v.InferOutput<typeof driftColumnSchema>;

const completedDriftSchema = v.object({
  ...commonEntries('drift'),
  verdict: v.picklist(['stable', 'drift', 'insufficient-data', 'no-data']),
  recommendation: v.picklist(['none', 'fix-data', 'collect-labels', 'retrain', 'roll-back', 'refactor']),
  /** Why this recommendation, in words. */
  reason: v.string(),
  champion: v.optional(v.object({ version: v.optional(v.string()), digest: v.string() })),
  reference: v.object({ rows: count, description: v.string() }),
  current: v.object({
    rows: count,
    labelledRows: v.optional(count),
    from: v.optional(v.string()),
    to: v.optional(v.string()),
  }),
  /** Level of the false discovery rate over all columns of this check. */
  level: finiteNumber,
  columns: v.array(driftColumnSchema),
  performance: v.optional(
    v.object({
      kind: v.picklist(['realized', 'estimated']),
      metric: v.string(),
      reference: finiteNumber,
      current: finiteNumber,
      /** Interval of the change, turned so that more is better. */
      interval: intervalSchema,
      margin: v.optional(finiteNumber),
      degraded: v.boolean(),
    }),
  ),
  /** What could not be checked, and why. */
  leftOut: v.optional(v.string()),
  form: v.picklist(['sudden', 'gradual', 'incremental', 'recurring', 'unknown']),
});
export type CompletedDrift = v.InferOutput<typeof completedDriftSchema>;

export const driftSchema = v.union([completedDriftSchema, failedDocumentSchema('drift')]);
export type DriftDocument = v.InferOutput<typeof driftSchema>;
