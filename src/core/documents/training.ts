import * as v from 'valibot';
import {
  commonEntries,
  count,
  evidencePath,
  failedDocumentSchema,
  finiteNumber,
  sha256,
  weightsFileSchema,
} from './common.ts';

/** A moment as ISO 8601 in UTC. Windows include `from` and exclude `to`. */
export const windowSchema = v.object({ from: v.optional(v.string()), to: v.optional(v.string()) });
export const windowsSchema = v.object({ training: windowSchema, holdout: windowSchema });
/** Spans of time that training and holdout rows come from. */
export type Windows = v.InferOutput<typeof windowsSchema>;

export const tensorSignatureSchema = v.object({
  name: v.string(),
  /** ONNX element type: `float`, `double`, `int64`, `string`, … */
  type: v.string(),
  /** Dimensions; a text is a symbolic size, null an unknown one. */
  shape: v.array(v.union([v.number(), v.string(), v.null()])),
});
export const signatureSchema = v.object({
  inputs: v.array(tensorSignatureSchema),
  outputs: v.array(tensorSignatureSchema),
});
export type ModelSignature = v.InferOutput<typeof signatureSchema>;

const parameterSchema = v.union([v.number(), v.string(), v.boolean()]);

const completedTrainingSchema = v.object({
  ...commonEntries('training'),
  verdict: v.picklist(['trained', 'cached']),
  learner: v.optional(v.string()),
  command: v.optional(v.string()),
  parameters: v.record(v.string(), parameterSchema),
  seed: count,
  /** What the model is known by: the SHA-256 of its file, or of all its files where there are more. */
  digest: sha256,
  /** Model file, relative to the evidence folder. */
  path: evidencePath,
  /** Of all its files. */
  bytes: count,
  /** Files beside the model file that hold its weights; absent when there are none. */
  files: v.optional(v.array(weightsFileSchema)),
  rows: count,
  /** Numbers that training itself reported (loss by split of the training data, iterations). Not judged. */
  metrics: v.record(v.string(), finiteNumber),
  importance: v.optional(v.array(v.object({ column: v.string(), share: finiteNumber }))),
  environment: v.record(v.string(), v.string()),
  /** Order-free digest of the training rows after conditions. */
  data: v.string(),
  windows: v.optional(windowsSchema),
  /** Digest of everything the bytes depend on (code, data, parameters, seed, tool version). */
  recipe: v.string(),
  /** Absent when the model is no ONNX file, so that it was never opened. */
  signature: v.optional(signatureSchema),
  featureColumns: v.array(v.object({ name: v.string(), type: v.string() })),
  /** The features query the model was trained with, relative to the evidence folder. */
  features: v.optional(evidencePath),
  /** Which rows it was trained on, as hashes; absent when its data have no column that tells rows apart. */
  fingerprint: v.optional(v.object({ path: evidencePath, sha256 })),
});
export type CompletedTraining = v.InferOutput<typeof completedTrainingSchema>;

export const trainingSchema = v.union([completedTrainingSchema, failedDocumentSchema('training')]);
export type TrainingDocument = v.InferOutput<typeof trainingSchema>;
