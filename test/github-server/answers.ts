import type { OutgoingHttpHeaders } from 'node:http';

/** What a route answers; `body` is JSON, `bytes` anything else. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly bytes?: Buffer;
  readonly headers?: OutgoingHttpHeaders;
};

export type FieldError = {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
};

const DOCUMENTATION = 'https://docs.github.com/rest';

/** An error answer in the shape GitHub gives it. */
export class GitHubError extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;

  constructor(status: number, message: string, errors?: readonly FieldError[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  get answer(): Answer {
    const body: Record<string, unknown> = { message: this.message };
    if (this.errors !== undefined) body.errors = this.errors;
    body.documentation_url = DOCUMENTATION;
    body.status = String(this.status);
    return { status: this.status, body };
  }
}

export function notFound(): GitHubError {
  return new GitHubError(404, 'Not Found');
}

export function validationFailed(...errors: readonly FieldError[]): GitHubError {
  return new GitHubError(422, 'Validation Failed', errors);
}

export function tooLong(resource: string, field: string, maximum: number): GitHubError {
  const message = `${field} is too long (maximum is ${maximum} characters)`;
  return validationFailed({ resource, code: 'custom', field, message });
}

/** Throws the 422 of a text that is longer than GitHub keeps. */
export function checkLength(text: string | null | undefined, limit: TextLimit): void {
  if ((text ?? '').length > limit.maximum) throw tooLong(limit.resource, limit.field, limit.maximum);
}

export type TextLimit = { readonly resource: string; readonly field: string; readonly maximum: number };

export function ok(body: unknown, headers?: OutgoingHttpHeaders): Answer {
  return headers === undefined ? { status: 200, body } : { status: 200, body, headers };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export const NO_CONTENT: Answer = { status: 204 };
