import type { ComparisonDocument } from '../../core/documents/comparison.ts';
import type { DriftDocument } from '../../core/documents/drift.ts';
import type { ValidationDocument } from '../../core/documents/validation.ts';
import { renderValidationSummary } from '../../core/report/comment/data-part.ts';
import { renderJobSummary } from '../../core/report/job-summary.ts';
import { renderDriftEvidence } from '../../core/report/retraining.ts';
import type { RunContext } from '../../ports/runner.ts';
import type { Outcome } from '../outcome.ts';

/** The judgement as the report shows it. */
export function detailComparison({ model, document }: Outcome, context: RunContext): string | undefined {
  if (document === undefined) return undefined;
  const comparison = document as ComparisonDocument;
  const run = {
    commit: context.headCommit,
    run: context.run,
    attempt: context.attempt,
    runUrl: context.runUrl,
  };
  return renderJobSummary([{ model, comparison }], run);
}

/** The data sets, what was found in them, and the edits that accept it. */
export function detailValidation({ document }: Outcome): string | undefined {
  const validation = document as ValidationDocument | undefined;
  return validation === undefined || validation.verdict === 'error'
    ? undefined
    : renderValidationSummary(validation);
}

/** What the check found, column by column. */
export function detailDrift({ document }: Outcome): string | undefined {
  const drift = document as DriftDocument | undefined;
  return drift === undefined || drift.verdict === 'error' ? undefined : renderDriftEvidence(drift);
}
