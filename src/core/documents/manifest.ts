import * as v from 'valibot';
import { TASKS } from '../configuration/configuration.ts';
import { count, finiteNumber, intervalSchema, modelName, sha256, weightsFileSchema } from './common.ts';
import { signatureSchema, windowsSchema } from './training.ts';

const metricValueSchema = v.object({ value: finiteNumber, interval: v.optional(intervalSchema) });

/** `manifest.json` of a release: what the model is, where it comes from and how it was judged. */
export const manifestSchema = v.object({
  schemaVersion: v.literal(1),
  model: modelName,
  version: v.string(),
  task: v.picklist(TASKS),
  /** The model file among the assets. */
  file: v.string(),
  /** What the model is known by: the SHA-256 of its file, or of all its files where there are more. */
  digest: sha256,
  /** Of all its files. */
  bytes: count,
  /** Other assets that hold its weights, which lie beside the model file; absent when there are none. */
  files: v.optional(v.array(weightsFileSchema)),
  /** Absent when the model is no ONNX file. */
  signature: v.optional(signatureSchema),
  /** Asset with the scores of the model on its holdout, by hashed id. */
  scores: v.optional(v.string()),
  featureColumns: v.array(v.object({ name: v.string(), type: v.string() })),
  /** Asset with the features query; absent when the columns of the data are the features. */
  features: v.optional(v.string()),
  /** Asset that tells which rows it was trained on, as hashes. */
  fingerprint: v.optional(v.string()),
  primary: v.string(),
  metrics: v.record(v.string(), metricValueSchema),
  parameters: v.record(v.string(), v.union([v.number(), v.string(), v.boolean()])),
  learner: v.optional(v.string()),
  command: v.optional(v.string()),
  seed: count,
  trainingData: v.string(),
  holdoutData: v.string(),
  windows: v.optional(windowsSchema),
  recipe: v.string(),
  previous: v.optional(v.string()),
  commit: v.optional(v.string()),
  run: v.optional(v.string()),
  verdict: v.string(),
  accepted: v.optional(v.object({ by: v.string(), reason: v.string(), digest: sha256 })),
  tool: v.object({ name: v.string(), version: v.string() }),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** `contender.lock.yml`: the candidate a retraining pull request proposes. */
export const lockSchema = v.object({
  schemaVersion: v.literal(1),
  model: modelName,
  version: v.string(),
  digest: sha256,
  /** The champion it was judged against. */
  champion: v.optional(v.object({ version: v.string(), digest: sha256 })),
  trainingData: v.string(),
  windows: windowsSchema,
  metrics: v.record(v.string(), metricValueSchema),
});
export type Lock = v.InferOutput<typeof lockSchema>;
