import * as v from 'valibot';
import {
  commonEntries,
  count,
  estimateSchema,
  evidencePath,
  failedDocumentSchema,
  finiteNumber,
  intervalSchema,
  measuredSchema,
  sha256,
} from './common.ts';
import { calibrationSchema, flipsSchema, latencySchema } from './comparison-details.ts';
import { overlapsSchema } from './overlap.ts';
import { thresholdsSchema } from './thresholds.ts';
import { windowsSchema } from './training.ts';

export type {
  Calibration,
  FlippedRow,
  Flips,
  LatencyMeasurement,
  ModelCalibration,
} from './comparison-details.ts';

export const COMPARISON_VERDICTS = [
  'better',
  'equivalent',
  'not-worse',
  'worse',
  'inconclusive',
  'no-champion',
  'unchanged',
] as const;
export type ComparisonVerdict = (typeof COMPARISON_VERDICTS)[number];

/** How one metric came out by itself; the verdict table of the product specification. */
export const METRIC_VERDICTS = ['better', 'equivalent', 'not-worse', 'worse', 'inconclusive'] as const;
export type MetricVerdict = (typeof METRIC_VERDICTS)[number];

export const differenceSchema = v.object({
  /** Challenger minus champion, turned so that more is better (a lower log loss is a positive difference). */
  value: finiteNumber,
  /** Two-sided interval of the difference; the one that decides. */
  interval: v.optional(intervalSchema),
  pValue: v.optional(finiteNumber),
  method: v.string(),
});

const metricEntries = {
  name: v.string(),
  direction: v.picklist(['higher', 'lower']),
  champion: v.optional(estimateSchema),
  challenger: v.optional(estimateSchema),
  difference: v.optional(differenceSchema),
  verdict: v.optional(v.picklist(METRIC_VERDICTS)),
  /** How much worse still counts as not worse, in the unit of the metric; absent when none could be set. */
  margin: v.optional(finiteNumber),
  /** Value of knowing nothing (prevalence, majority share, …). */
  noInformation: v.optional(finiteNumber),
  /** Why a value or interval is missing, or what to know about it. */
  note: v.optional(v.string()),
  /** Smallest difference this holdout would show with 80 % chance. */
  detectable: v.optional(finiteNumber),
};
export const metricComparisonSchema = v.object(metricEntries);
export type MetricComparison = v.InferOutput<typeof metricComparisonSchema>;

export const gateSchema = v.object({
  description: v.string(),
  metric: v.string(),
  role: v.picklist(['primary', 'guardrail', 'gate', 'baseline']),
  outcome: v.picklist(['pass', 'fail', 'inconclusive']),
  reason: v.string(),
  /** Labelled rows (or groups, see `rowsUnit`) that would settle it; only when inconclusive. */
  rowsNeeded: v.optional(count),
  rowsUnit: v.optional(v.picklist(['rows', 'groups'])),
});
export type Gate = v.InferOutput<typeof gateSchema>;

const sliceSchema = v.object({
  slice: v.string(),
  rows: count,
  positives: v.optional(count),
  ...metricEntries,
  /** p-value of this slice corrected for the share of false alarms among all that are pointed at. */
  falseDiscoveryRate: v.optional(finiteNumber),
});
export type SliceComparison = v.InferOutput<typeof sliceSchema>;

const point = v.tuple([finiteNumber, finiteNumber]);
const pairOfCurves = v.object({
  champion: v.optional(v.array(point)),
  challenger: v.array(point),
});
export type PairOfCurves = v.InferOutput<typeof pairOfCurves>;

/** Scores that a model was judged by where it was not run here as ONNX. */
const modelScoresSchema = v.object({
  /** A table that was given, the config's command, or the scores that its release holds. */
  by: v.picklist(['table', 'command', 'release']),
  /** The scores by hashed id, as Parquet, relative to the evidence folder. */
  path: evidencePath,
  sha256,
});
export type ModelScores = v.InferOutput<typeof modelScoresSchema>;

/** How an ONNX model was fed and read. */
const bindingSchema = v.object({
  /** `by name`, `by position` or `by name and position`. */
  by: v.string(),
  /** What is not obvious: conversions, outputs that were rewritten, a fixed batch, values taken for logits. */
  notes: v.array(v.string()),
});

/** Rows that a model gave no answer for. */
const refusedRowsSchema = v.object({
  rows: count,
  reasons: v.array(v.string()),
  /** File and line of the first of them. */
  first: v.array(v.string()),
});

/** What is told of how a model was scored. */
export type ScoringFacts = {
  readonly binding?: v.InferOutput<typeof bindingSchema>;
  readonly refused?: v.InferOutput<typeof refusedRowsSchema>;
};

const judgedModelSchema = v.object({
  digest: sha256,
  bytes: count,
  version: v.optional(v.string()),
  /** Where it came from: a release, a path, the training of this run. */
  origin: v.string(),
  featureColumns: v.optional(v.array(v.string())),
  path: v.optional(evidencePath),
  scores: v.optional(modelScoresSchema),
  binding: v.optional(bindingSchema),
  refused: v.optional(refusedRowsSchema),
});

/** One thing of the exam (rules, data, contract) that this change would alter. */
export const examChangeSchema = v.object({
  what: v.string(),
  before: v.optional(v.string()),
  after: v.optional(v.string()),
});
export type ExamChange = v.InferOutput<typeof examChangeSchema>;

const completedComparisonSchema = v.object({
  ...commonEntries('comparison'),
  measured: v.object({ ...measuredSchema.entries, latency: v.optional(latencySchema) }),
  verdict: v.picklist(COMPARISON_VERDICTS),
  promote: v.boolean(),
  /** Code or scores of the change itself had a hand in it: it promotes nothing. */
  selfReported: v.optional(v.literal(true)),
  primary: v.string(),
  /** Version that merging would publish. */
  proposedVersion: v.optional(v.string()),
  champion: v.optional(judgedModelSchema),
  challenger: judgedModelSchema,
  exam: v.object({
    commit: v.optional(v.string()),
    changed: v.array(examChangeSchema),
    /**
     * False when the base branch does not fix the rows (in Git, pinned, or fetched by its command): it then
     * protects the config only.
     */
    coversData: v.optional(v.boolean()),
    /** True when `data.fetch`, run for training, may have run files that the change touches. */
    fetchRunsChange: v.optional(v.boolean()),
    /** The outcome under the rules this change proposes; for information only. */
    proposed: v.optional(v.object({ verdict: v.string(), note: v.string() })),
  }),
  accepted: v.optional(v.object({ by: v.string(), reason: v.string(), digest: sha256 })),
  confidence: finiteNumber,
  metrics: v.array(metricComparisonSchema),
  gates: v.array(gateSchema),
  slices: v.array(sliceSchema),
  flips: v.optional(flipsSchema),
  /** Of binary classification. */
  calibration: v.optional(calibrationSchema),
  curves: v.optional(
    v.object({
      roc: v.optional(pairOfCurves),
      precisionRecall: v.optional(pairOfCurves),
      calibration: v.optional(pairOfCurves),
      thresholds: v.optional(thresholdsSchema),
    }),
  ),
  modelContract: v.optional(
    v.object({ changes: v.array(v.object({ change: v.string(), breaking: v.boolean() })) }),
  ),
  /** Bytes of the model files; absent when there is no file of the challenger, only its scores. */
  size: v.optional(v.object({ champion: v.optional(count), challenger: count })),
  holdout: v.object({
    rows: count,
    positives: v.optional(count),
    groups: v.optional(count),
    groupsWithPositives: v.optional(count),
    digest: v.string(),
    refusedRows: v.optional(count),
    /** Rows of the holdout without a label, which are left out. */
    unlabelledRows: v.optional(count),
    /** Labelled rows with the id of an earlier one; rows of one id then count as one group. */
    repeatedIds: v.optional(count),
    /** How many pull requests and retrainings were judged on these rows, this one among them. */
    uses: v.optional(count),
    /** Which of them this one is, from 1; only where the budget is enforced: its confidence was spent by it. */
    use: v.optional(count),
    /** Labelled rows that the challenger was trained on; absent when nobody knows. */
    leakage: v.optional(count),
    overlap: v.optional(overlapsSchema),
  }),
  windows: v.optional(windowsSchema),
  /** Digest of the training rows, so that a later push can see whether they are still the same. */
  trainingData: v.optional(v.string()),
  importance: v.optional(v.array(v.object({ column: v.string(), share: finiteNumber }))),
  parametersChanged: v.optional(v.array(examChangeSchema)),
});
export type CompletedComparison = v.InferOutput<typeof completedComparisonSchema>;

export const comparisonSchema = v.union([completedComparisonSchema, failedDocumentSchema('comparison')]);
export type ComparisonDocument = v.InferOutput<typeof comparisonSchema>;
