import * as v from 'valibot';
import { TASKS } from '../configuration/configuration.ts';

/**
 * Fields that every evidence document has. Readers ignore fields they do not know, so additive
 * changes keep `schemaVersion` 1.
 */

export const DOCUMENT_KINDS = ['validation', 'training', 'comparison', 'drift', 'release'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** JSON has no NaN and no infinity: what is undefined is left out or says why. */
export const finiteNumber = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'));
export const modelName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/), v.maxLength(100));
/** A path inside the evidence folder: relative, no way out. */
export const evidencePath = v.pipe(
  v.string(),
  v.check(
    (path) => !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..'),
    'a path inside the evidence folder',
  ),
);

/** Names that every registry stores as they are: letters, digits and `-_+@`, with single dots inside. */
export const STORABLE_NAME = /^[A-Za-z0-9_+@-]+(\.[A-Za-z0-9_+@-]+)*$/;

/** A file beside a model that holds weights of it. */
export const weightsFileSchema = v.object({
  /** As written in the model. */
  name: v.pipe(v.string(), v.regex(STORABLE_NAME, 'a file name that a release keeps')),
  sha256,
  bytes: count,
});

export const intervalSchema = v.pipe(
  v.tuple([finiteNumber, finiteNumber]),
  v.metadata({ description: 'lower and upper end of a two-sided interval' }),
);
export type Interval = v.InferOutput<typeof intervalSchema>;

export const estimateSchema = v.object({
  value: finiteNumber,
  interval: v.optional(intervalSchema),
});
export type Estimate = v.InferOutput<typeof estimateSchema>;

/** The data and files a stage read. */
export const inputSchema = v.object({
  role: v.optional(v.string()),
  path: v.string(),
  sha256: v.optional(sha256),
  bytes: v.optional(count),
  rows: v.optional(count),
  /** Rows of the file, before any condition. */
  rowsRead: v.optional(count),
  /** Rows of the file that were not read. */
  rejectedRows: v.optional(count),
  /** The encoding of a text that is not UTF-8. */
  encoding: v.optional(v.string()),
  /** Order-free digest of the rows after conditions; identifies a data set. */
  rowsDigest: v.optional(v.string()),
  /** Of a holdout ledger: how many uses of the holdout it told of, that of this judgement left out. */
  uses: v.optional(count),
});
export type DocumentInput = v.InferOutput<typeof inputSchema>;

export const sourceSchema = v.object({
  repository: v.optional(v.string()),
  headCommit: v.optional(v.string()),
  mergeCommit: v.optional(v.string()),
  baseCommit: v.optional(v.string()),
  run: v.optional(v.string()),
  attempt: v.optional(v.string()),
});
export type DocumentSource = v.InferOutput<typeof sourceSchema>;

/** Whatever differs from run to run although nothing changed; no equality looks at it. */
export const measuredSchema = v.object({
  createdAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  seconds: v.optional(finiteNumber),
  peakMemoryBytes: v.optional(finiteNumber),
});
export type Measured = v.InferOutput<typeof measuredSchema>;

export const documentErrorSchema = v.object({
  code: v.picklist(['input', 'data-unavailable', 'outside', 'bug']),
  message: v.string(),
  file: v.optional(v.string()),
  line: v.optional(count),
});
export type DocumentError = v.InferOutput<typeof documentErrorSchema>;

/** The common entries of a document of one kind; spread into the object schema of the kind. */
export function commonEntries<const Kind extends DocumentKind>(kind: Kind) {
  return {
    kind: v.literal(kind),
    schemaVersion: v.literal(1),
    model: modelName,
    task: v.optional(v.picklist(TASKS)),
    tool: v.object({ name: v.string(), version: v.string() }),
    source: sourceSchema,
    inputs: v.array(inputSchema),
    measured: measuredSchema,
  };
}

/** What a stage leaves behind when it dies: the common fields, verdict `error` and why. */
export function failedDocumentSchema<const Kind extends DocumentKind>(kind: Kind) {
  return v.object({
    ...commonEntries(kind),
    verdict: v.literal('error'),
    error: documentErrorSchema,
  });
}

/** Common fields that the runner of a stage fills in. */
export type DocumentHeader = {
  readonly tool: { readonly name: string; readonly version: string };
  readonly source: DocumentSource;
};
