import * as v from 'valibot';
import { commonEntries, count, failedDocumentSchema, finiteNumber } from './common.ts';

const columnProfileSchema = v.object({
  name: v.string(),
  type: v.picklist(['integer', 'number', 'boolean', 'string', 'date', 'timestamp', 'other']),
  missing: count,
  distinct: count,
  minimum: v.optional(finiteNumber),
  maximum: v.optional(finiteNumber),
  mean: v.optional(finiteNumber),
  standardDeviation: v.optional(finiteNumber),
  quantiles: v.optional(v.record(v.string(), finiteNumber)),
  histogram: v.optional(v.array(v.object({ from: finiteNumber, to: finiteNumber, count }))),
  parts: v.optional(v.object({ borders: v.array(finiteNumber), counts: v.array(count) })),
  top: v.optional(v.array(v.object({ value: v.string(), count }))),
});

const askedRuleSchema = v.object({
  check: v.string(),
  column: v.optional(v.string()),
  /** What its author calls it. */
  name: v.optional(v.string()),
  /** Line of the contract, from 1. */
  line: count,
});

export const datasetProfileSchema = v.object({
  name: v.string(),
  rows: count,
  columns: v.array(columnProfileSchema),
  /** Rules of the contract that it was held to; absent without a contract. */
  rules: v.optional(v.array(askedRuleSchema)),
});
export type DatasetProfile = v.InferOutput<typeof datasetProfileSchema>;

/** The exact change of a contract that would accept what broke it. */
export const contractEditSchema = v.object({
  file: v.string(),
  /** First line of `before`, from 1. */
  line: count,
  /** What changes, such as `schema[0].properties[3].logicalTypeOptions.maximum`. */
  path: v.string(),
  /** Whole lines as they are, and as they would be; `after` is empty where they go. */
  before: v.string(),
  after: v.string(),
});
export type ContractEdit = v.InferOutput<typeof contractEditSchema>;

export const findingSchema = v.object({
  /** Which check: `type`, `required`, `range`, `set`, `unique`, `row-count`, `column-missing`, … */
  check: v.string(),
  severity: v.picklist(['error', 'warning', 'info']),
  dataset: v.string(),
  column: v.optional(v.string()),
  message: v.string(),
  failing: v.optional(count),
  checked: v.optional(count),
  examples: v.array(v.object({ file: v.string(), line: count, value: v.string() })),
  /** The line of the contract or of the data file an annotation points at. */
  location: v.optional(v.object({ file: v.string(), line: v.optional(count) })),
  /** Absent where nothing in the data says how the rule should read, or where it would show hidden values. */
  edit: v.optional(contractEditSchema),
});
export type Finding = v.InferOutput<typeof findingSchema>;

const completedValidationSchema = v.object({
  ...commonEntries('validation'),
  verdict: v.picklist(['pass', 'warn', 'fail']),
  /** Digest of the rows of all data sets together. */
  fingerprint: v.string(),
  datasets: v.array(datasetProfileSchema),
  findings: v.array(findingSchema),
  contract: v.optional(v.object({ path: v.string(), rules: count })),
});
export type CompletedValidation = v.InferOutput<typeof completedValidationSchema>;

export const validationSchema = v.union([completedValidationSchema, failedDocumentSchema('validation')]);
export type ValidationDocument = v.InferOutput<typeof validationSchema>;
