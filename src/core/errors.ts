/**
 * The three ways a stage can die, by whose turn it is to act. Everything that is not an
 * `InputError` or an `OutsideError` is a bug of ours and ends with exit code 70.
 */

/** A place in a file that a message or an annotation points at. Lines and columns count from 1. */
export type SourceLocation = {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
};

/** Exit codes of every stage and of the command line (product specification, section 3). */
export const EXIT_CODE = {
  passed: 0,
  failedVerdict: 1,
  inputError: 2,
  outsideError: 3,
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];

type InputErrorOptions = { readonly location?: SourceLocation; readonly cause?: unknown };

/**
 * The user can mend it: a wrong config, contract, data file, model, flag or a missing permission.
 * The message says what is wrong, the actual value, and what to write instead.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly exitCode = EXIT_CODE.inputError;
  readonly location: SourceLocation | undefined;

  constructor(message: string, options: InputErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.location = options.location;
  }
}

/**
 * Data that cannot be had in this run by design (secrets are withheld from forks and Dependabot).
 * Never green; exit code 0 there, because a job with access takes over.
 */
export class DataUnavailableError extends InputError {
  readonly dataUnavailable = true;
}

/**
 * The token may not do this. For forks and Dependabot that is by design, which the caller knows from the
 * context of the run.
 */
export class MissingPermissionError extends InputError {
  readonly missingPermission: string;
  /** `setting`: the permission is there, but a setting of the repository forbids it to actions. */
  readonly reason: 'permission' | 'setting';

  constructor(message: string, details: MissingPermission) {
    super(message, { cause: details.cause });
    this.missingPermission = details.permission;
    this.reason = details.reason;
  }
}

type MissingPermission = {
  readonly permission: string;
  readonly reason: 'permission' | 'setting';
  readonly cause: unknown;
};

/** Whether the token lacks a permission, by design or by mistake. */
export function isMissingPermission(error: unknown): error is MissingPermissionError {
  return error instanceof MissingPermissionError;
}

/** Whether the repository forbids its actions to open pull requests, whatever permissions they have. */
export function isPullRequestForbidden(error: unknown): boolean {
  return isMissingPermission(error) && error.reason === 'setting';
}

/** Something outside failed: network, GitHub, the runtime, a process that was killed. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError';
  readonly exitCode = EXIT_CODE.outsideError;

  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
  }
}

/** The exit code that belongs to whatever was thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InputError || error instanceof OutsideError) return error.exitCode;
  return EXIT_CODE.bug;
}

/** The text of whatever was thrown, never `[object Object]`. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'string' ? error : JSON.stringify(error);
}
