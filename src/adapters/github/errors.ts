import { InputError, MissingPermissionError, OutsideError } from '../../core/errors.ts';

/** What a request is for, in the words of a message, and the permission it needs. */
export type Purpose = {
  /** `create a comment`, `read the releases`. */
  readonly what: string;
  /** As it stands in a workflow: `pull-requests: write`. */
  readonly permission: string;
};

/** Makes a request and turns its failure into an error of ours. */
export async function request<Result>(purpose: Purpose, send: () => Promise<Result>): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    throw translateError(error, purpose);
  }
}

/** As `request`, with undefined where GitHub says that there is no such thing. */
export async function requestOrUndefined<Result>(
  purpose: Purpose,
  send: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await send();
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw translateError(error, purpose);
  }
}

/** HTTP status of a failed request; undefined for anything else that was thrown. */
export function statusOf(error: unknown): number | undefined {
  return isRequestError(error) ? error.status : undefined;
}

/** Whether GitHub refused with 422 and these words somewhere in its answer. */
export function isRefusedWith(error: unknown, words: RegExp): boolean {
  if (statusOf(error) !== 422) return false;
  const { message, response } = error as RequestError;
  return words.test(message) || words.test(JSON.stringify(response?.data ?? null));
}

export function translateError(error: unknown, purpose: Purpose): unknown {
  if (!isRequestError(error)) return error;
  const { status, response } = error;
  const said = `${status} ${firstLine(error.message)}`;
  if (response === undefined) {
    return new OutsideError(`GitHub could not be reached to ${purpose.what}: ${firstLine(error.message)}`, {
      cause: error,
    });
  }
  if (status === 401) {
    const message = `GitHub refused the token when asked to ${purpose.what} (${said}); give a github-token that is valid and has not ended`;
    return new InputError(message, { cause: error });
  }
  if (status === 403 && !isLimit(error)) return missingPermission(error, purpose, said);
  if (status === 404) return notFound(error, purpose, said);
  if (status === 410) {
    const message = `GitHub could not ${purpose.what} (${said}): the feature is switched off in this repository; switch it on in its settings`;
    return new InputError(message, { cause: error });
  }
  const tried = status >= 500 || isLimit(error) ? 'failed after retries to' : 'refused to';
  return new OutsideError(`GitHub ${tried} ${purpose.what}: ${said}${requestId(error)}`, { cause: error });
}

function missingPermission(error: RequestError, purpose: Purpose, said: string): MissingPermissionError {
  const { permission } = purpose;
  if (/not permitted to create or approve pull requests/i.test(error.message)) {
    return new MissingPermissionError(
      `the repository forbids actions to ${purpose.what} (${said}); allow it under Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests"`,
      { permission, reason: 'setting', cause: error },
    );
  }
  return new MissingPermissionError(
    `the token may not ${purpose.what} (${said}); add under "permissions:" of the job: ${permission}`,
    { permission, reason: 'permission', cause: error },
  );
}

/** GitHub hides what a token may not see, and some of what it may not do, behind a 404. */
function notFound(error: RequestError, purpose: Purpose, said: string): InputError {
  const message = `GitHub found nothing when asked to ${purpose.what} (${said}): it does not exist, or the token may not; the permission under "permissions:" of the job is ${purpose.permission}`;
  const { permission } = purpose;
  if (!permission.endsWith('write')) return new InputError(message, { cause: error });
  return new MissingPermissionError(message, { permission, reason: 'permission', cause: error });
}

function isLimit({ message, response }: RequestError): boolean {
  return /rate limit/i.test(message) || response?.headers['x-ratelimit-remaining'] === '0';
}

function requestId({ response }: RequestError): string {
  const id = response?.headers['x-github-request-id'];
  return id === undefined ? '' : ` (request id ${id})`;
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 500);
}

type RequestError = Error & {
  readonly status: number;
  readonly response?: {
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly data: unknown;
  };
};

/** By its name, since the class comes in as many copies as there are packages that bundle it. */
function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error;
}
