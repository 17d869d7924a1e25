import { join, relative } from 'node:path';
import type { Finding } from '../../core/documents/validation.ts';
import type { SourceLocation } from '../../core/errors.ts';
import type { Log } from '../../ports/runner.ts';

/** The runner shows at most so many annotations of a kind for a step. */
const ANNOTATIONS_OF_A_KIND = 10;

/** Files whose line numbers are those an editor shows. */
const LINES = /\.(csv|tsv|txt|jsonl|ndjson|json)$/i;

export type Place = {
  /** Where paths of examples start from, and where annotations do. */
  readonly dataDirectory: string;
  readonly workingDirectory: string;
  /** Whether the data lie in the repository, so that a line of theirs can be pointed at. */
  readonly tracked: boolean;
};

/**
 * Tells every finding: errors and warnings as annotations, on the first failing line of the data where it can
 * be seen, else on the line of the contract.
 */
export function announceFindings(findings: readonly Finding[], log: Log, place: Place): void {
  for (const severity of ['error', 'warning'] as const) {
    const found = findings.filter((finding) => finding.severity === severity);
    for (const finding of found.slice(0, ANNOTATIONS_OF_A_KIND)) {
      log[severity](messageOf(finding), placeOf(finding, place));
    }
    const rest = found.length - ANNOTATIONS_OF_A_KIND;
    if (rest > 0) log.info(`${rest} more findings of severity ${severity} are in validation.json`);
  }
  for (const finding of findings.filter((candidate) => candidate.severity === 'info'))
    log.info(messageOf(finding));
}

function messageOf(finding: Finding): string {
  const { location, dataset, message } = finding;
  const rule = location === undefined ? '' : ` (${location.file}${location.line ? `:${location.line}` : ''})`;
  return `${dataset}: ${message}${rule}`;
}

function placeOf(finding: Finding, place: Place): SourceLocation | undefined {
  const [example] = finding.examples;
  if (place.tracked && example !== undefined && LINES.test(example.file)) {
    const file = relative(place.workingDirectory, join(place.dataDirectory, example.file));
    return { file, line: example.line };
  }
  const { location } = finding;
  if (location === undefined) return undefined;
  return { file: location.file, ...(location.line === undefined ? {} : { line: location.line }) };
}
