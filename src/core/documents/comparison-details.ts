import * as v from 'valibot';
import { count, finiteNumber, intervalSchema } from './common.ts';

/** What a comparison document tells beside its judgement: times, flips and calibration. */

const modelLatencySchema = v.object({
  /** Median and 95 % quantile of the milliseconds of one batch. */
  median: finiteNumber,
  p95: finiteNumber,
  /** Rows of a batch by its median time. */
  rowsPerSecond: finiteNumber,
});

export const latencySchema = v.object({
  unit: v.literal('ms'),
  /** Rows that each run scored at once. */
  batchRows: count,
  /** Timed runs of each model, in turn with those of the other. */
  runs: count,
  champion: v.optional(modelLatencySchema),
  challenger: modelLatencySchema,
  /** How many times as long as the champion the challenger takes. */
  ratio: v.optional(
    v.object({
      value: finiteNumber,
      interval: v.optional(intervalSchema),
      confidence: finiteNumber,
      method: v.string(),
    }),
  ),
});
export type LatencyMeasurement = v.InferOutput<typeof latencySchema>;

/** A row by its id, as the first 16 hexadecimal digits of the SHA-256 of `<model>:<id>`. */
const flippedRowSchema = v.object({
  idHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/, 'sixteen hexadecimal digits')),
  /** What the challenger gave to the class that it chose. */
  score: finiteNumber,
});

const flipCounts = { newlyRight: count, newlyWrong: count };

export const flipsSchema = v.object({
  /** What the scores of both models were held against; absent where a model decided by itself. */
  threshold: v.optional(finiteNumber),
  ...flipCounts,
  /** By the names of `slices`; a row may be in several of them. */
  slices: v.optional(v.array(v.object({ slice: v.string(), rows: count, ...flipCounts }))),
  /** The rows that the challenger was surest of, first; absent without an id. */
  examples: v.optional(
    v.object({ newlyRight: v.array(flippedRowSchema), newlyWrong: v.array(flippedRowSchema) }),
  ),
});
export type Flips = v.InferOutput<typeof flipsSchema>;
export type FlippedRow = v.InferOutput<typeof flippedRowSchema>;

/** How far the probabilities of one model mean what they say; a number that is undefined is absent. */
const modelCalibrationSchema = v.object({
  /** Mean distance of predicted and observed share over bins of equally many rows. */
  expectedError: v.optional(finiteNumber),
  /** Mean squared distance, less what chance adds to it; about 0 when calibrated, and it may lie below. */
  squaredError: v.optional(finiteNumber),
  /** Spiegelhalter's test: above 0 too certain, below 0 too cautious. */
  spiegelhalter: v.optional(v.object({ z: finiteNumber, pValue: v.optional(finiteNumber) })),
  /** Rows whose probability of what happened was 0, and which log loss takes for more. */
  clippedRows: v.optional(count),
  /** Why a number is missing. */
  notes: v.array(v.string()),
});
export type ModelCalibration = v.InferOutput<typeof modelCalibrationSchema>;

export const calibrationSchema = v.object({
  /** Bins that were asked for; equal probabilities share one, so that there may be fewer. */
  bins: count,
  champion: v.optional(modelCalibrationSchema),
  challenger: modelCalibrationSchema,
});
export type Calibration = v.InferOutput<typeof calibrationSchema>;
