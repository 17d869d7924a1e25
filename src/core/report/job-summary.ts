import { DETAIL_STEPS, type Detail } from './comment/detail.ts';
import { fitReport } from './comment.ts';
import type { ModelEvidence, RunReference } from './evidence.ts';
import { escapeText } from './markdown.ts';
import { renderDriftEvidence } from './retraining.ts';
import { SUMMARY_LIMIT_BYTES } from './summary-limit.ts';

/** Drift checks get a quarter; a character takes at most three bytes. */
const DRIFT_UNITS = SUMMARY_LIMIT_BYTES / 12;
const MOST_LINES = 1000;

/** As those of a comment, with room for many more models. */
const [EVERYTHING, ...SMALLER] = DETAIL_STEPS;
const SUMMARY_STEPS: readonly [Detail, ...Detail[]] = [
  { ...EVERYTHING, parts: 100, lines: MOST_LINES },
  ...SMALLER.map((step) => ({ ...step, lines: MOST_LINES })),
  ...SMALLER.slice(-1),
];

/** The job summary: the same report as the comment, under the limit of summaries. */
export function renderJobSummary(models: readonly ModelEvidence[], run: RunReference): string {
  // Drift checks and other stages may stand in the same summary, so half is left to them.
  const limit = { units: SUMMARY_LIMIT_BYTES / 2, bytes: SUMMARY_LIMIT_BYTES / 2 };
  return `${fitReport(models, run, limit, SUMMARY_STEPS).text}\n`;
}

/** What the drift checks found: those with something to tell first, and as many as fit in full. */
export function renderDriftSummaries(evidence: readonly ModelEvidence[]): string[] {
  const checks = evidence
    .flatMap(({ model, drift }) => (drift === undefined ? [] : [{ model, drift }]))
    .sort((left, right) => rankOf(left.drift.verdict) - rankOf(right.drift.verdict));
  let room = DRIFT_UNITS;
  const parts: string[] = [];
  for (const { model, drift } of checks) {
    const title =
      drift.verdict === 'error'
        ? `### Drift check of ${escapeText(model)} stopped`
        : `### Drift check of ${escapeText(model)}: ${drift.verdict}`;
    const body =
      drift.verdict === 'error' ? escapeText(drift.error.message, 600) : renderDriftEvidence(drift);
    room -= title.length + body.length;
    if (room < 0) break;
    parts.push(`${title}\n\n${body}\n`);
  }
  const more = checks.length - parts.length;
  return more === 0 ? parts : [...parts, `and ${more} more drift checks, which are in the evidence\n`];
}

function rankOf(verdict: string): number {
  const order = ['error', 'drift', 'insufficient-data', 'no-data'];
  const index = order.indexOf(verdict);
  return index < 0 ? order.length : index;
}
