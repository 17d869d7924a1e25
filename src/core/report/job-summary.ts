import { fitReport } from './comment.ts';
import type { ModelEvidence, RunReference } from './evidence.ts';

/** A step's summary may hold 1 MiB; more is refused as a whole. */
export const SUMMARY_LIMIT_BYTES = 1_048_576;

/** The job summary: the same report as the comment, under the limit of summaries. */
export function renderJobSummary(models: readonly ModelEvidence[], run: RunReference): string {
  // Other steps of the same job append to the same summary, so half is left to them.
  const limit = { units: SUMMARY_LIMIT_BYTES / 2, bytes: SUMMARY_LIMIT_BYTES / 2 };
  return `${fitReport(models, run, limit).text}\n`;
}
