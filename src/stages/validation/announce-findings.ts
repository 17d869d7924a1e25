import { relative, resolve, sep } from 'node:path';
import type { Finding } from '../../core/documents/validation.ts';
import type { SourceLocation } from '../../core/errors.ts';
import type { Log } from '../../ports/runner.ts';

/** The runner keeps so many annotations of a kind for a step and drops the rest. */
const ANNOTATIONS_OF_A_KIND = 10;

/** Findings that an annotation for all the rest names. */
const MOST_NAMED = 20;

/** Files whose line numbers are those an editor shows; packed ones have none there. */
const LINES = /\.(csv|tsv|jsonl|ndjson)$/i;

export type Place = {
  /** Where paths of examples start from, and where annotations do. */
  readonly dataDirectory: string;
  readonly workingDirectory: string;
  /** Whether the data lie in the repository, so that a line of theirs can be pointed at. */
  readonly tracked: boolean;
  /** Where the config declares a data set; undefined where no config does. */
  readonly declaration: (dataset: string) => SourceLocation | undefined;
};

/**
 * Tells every finding: errors and warnings as annotations, on the first failing line of the data where it can
 * be seen, else on the line of the contract or of the config. Where there are more than the runner keeps, the
 * last annotation names the rest, and each of them is a line of the log.
 */
export function announceFindings(findings: readonly Finding[], log: Log, place: Place): void {
  for (const severity of ['error', 'warning'] as const) {
    const found = findings.filter((finding) => finding.severity === severity);
    const alone = found.length > ANNOTATIONS_OF_A_KIND ? ANNOTATIONS_OF_A_KIND - 1 : found.length;
    for (const finding of found.slice(0, alone)) log[severity](messageOf(finding), placeOf(finding, place));
    const rest = found.slice(alone);
    if (rest.length === 0) continue;
    log[severity](nameRest(rest, severity), lineOfRule(rest[0]!, place));
    for (const finding of rest) log.info(`${severity}: ${messageOf(finding)}`);
  }
  for (const finding of findings.filter((candidate) => candidate.severity === 'info'))
    log.info(messageOf(finding));
}

function nameRest(rest: readonly Finding[], severity: string): string {
  const names = rest.slice(0, MOST_NAMED).map(({ dataset, column, check }) => {
    return `${[dataset, column].filter((name) => name !== undefined).join('.')} (${check})`;
  });
  const more = rest.length - names.length;
  return `${rest.length} more findings of severity ${severity}: ${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}; each is in the log and in validation.json`;
}

function messageOf(finding: Finding): string {
  const { location, dataset, message } = finding;
  const rule = location === undefined ? '' : ` (${location.file}${location.line ? `:${location.line}` : ''})`;
  return `${dataset}: ${message}${rule}`;
}

function placeOf(finding: Finding, place: Place): SourceLocation | undefined {
  return lineOfData(finding, place) ?? lineOfRule(finding, place);
}

function lineOfRule({ location, dataset }: Finding, place: Place): SourceLocation | undefined {
  if (location === undefined) return place.declaration(dataset);
  return { file: location.file, ...(location.line === undefined ? {} : { line: location.line }) };
}

function lineOfData({ examples }: Finding, place: Place): SourceLocation | undefined {
  const [example] = examples;
  if (!place.tracked || example === undefined || !LINES.test(example.file)) return undefined;
  const file = relative(place.workingDirectory, resolve(place.dataDirectory, example.file));
  if (file.startsWith('..')) return undefined;
  return { file: file.split(sep).join('/'), line: example.line };
}
