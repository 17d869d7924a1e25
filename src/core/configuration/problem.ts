import { InputError, type SourceLocation } from '../errors.ts';

/** Keys and list indices from the root of the config to a value. */
export type Path = readonly (string | number)[];

export type Problem = {
  readonly path: Path;
  /** Whether the key or its value is what is wrong. */
  readonly at: 'key' | 'value';
  /** What is wrong, the actual value, and what to write instead. */
  readonly message: string;
};

/** Knows where a value was written, in a file or as a flag, and what to call it there. */
export type Origin = {
  name(path: Path): string;
  locate(path: Path, at: 'key' | 'value'): SourceLocation | undefined;
};

export type LocatedProblem = { readonly message: string; readonly location: SourceLocation | undefined };

const MAX_PROBLEMS = 20;

/**
 * One error for all problems, a line each, in the order of the file; its location is the first one's.
 * Lists the first 20 and counts the rest.
 */
export function errorOfProblems(problems: readonly LocatedProblem[]): InputError {
  const sorted = [...problems].sort((left, right) => compareLocations(left.location, right.location));
  const lines = sorted.slice(0, MAX_PROBLEMS).map(renderProblem);
  if (sorted.length > MAX_PROBLEMS) lines.push(`… and ${sorted.length - MAX_PROBLEMS} more`);
  const location = sorted.find((problem) => problem.location !== undefined)?.location;
  return new InputError(lines.join('\n'), location === undefined ? {} : { location });
}

/** `data.holdout.path`, `comparison.gates[2].value`, `deployment[0].set["a.b"]`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${quote(step)}]`;
  }
  return text;
}

const MAX_QUOTED_CHARACTERS = 80;

/** Text as it can be shown in one line: quoted, control characters escaped, shortened. */
export function quote(text: string): string {
  const short = text.length > MAX_QUOTED_CHARACTERS ? `${text.slice(0, MAX_QUOTED_CHARACTERS)}…` : text;
  return JSON.stringify(short);
}

/** A value of a config in words: `5`, `"abc"`, `a list of 3 entries`, `a map`. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value))
    return value.length === 1 ? 'a list of 1 entry' : `a list of ${value.length} entries`;
  if (typeof value === 'object') return 'a map of keys';
  return String(value);
}

function renderProblem({ message, location }: LocatedProblem): string {
  if (location === undefined) return message;
  const parts = [location.file, location.line, location.column].filter((part) => part !== undefined);
  return `${parts.join(':')}: ${message}`;
}

function compareLocations(left: SourceLocation | undefined, right: SourceLocation | undefined): number {
  const byLine = (left?.line ?? 0) - (right?.line ?? 0);
  return byLine === 0 ? (left?.column ?? 0) - (right?.column ?? 0) : byLine;
}
