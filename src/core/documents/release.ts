import * as v from 'valibot';
import { commonEntries, count, failedDocumentSchema, sha256 } from './common.ts';

const completedReleaseSchema = v.object({
  ...commonEntries('release'),
  verdict: v.picklist(['published', 'unchanged', 'draft', 'refused']),
  version: v.optional(v.string()),
  tag: v.optional(v.string()),
  url: v.optional(v.string()),
  digest: v.optional(sha256),
  assets: v.array(v.object({ name: v.string(), sha256, bytes: count })),
  /** Where the bytes came from and why they were, or were not, published. */
  reason: v.string(),
});
export type CompletedRelease = v.InferOutput<typeof completedReleaseSchema>;

export const releaseSchema = v.union([completedReleaseSchema, failedDocumentSchema('release')]);
export type ReleaseDocument = v.InferOutput<typeof releaseSchema>;
