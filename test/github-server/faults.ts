import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { requestId } from './request-id.ts';

/** A failure to come. Every field that is left out fits any request. */
export type Fault = {
  readonly method?: string;
  /**
   * Operation (`issues/create-comment`, `git-receive-pack`), path template
   * (`/repos/{owner}/{repo}/releases`), or a pattern for the path.
   */
  readonly route?: string | RegExp;
  /** `drop` ends the connection without an answer. */
  readonly status: number | 'drop';
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: unknown;
  /** How many requests it hits; 1 when left out. */
  readonly times?: number;
  /** The request is carried out and only its answer is lost. */
  readonly performed?: boolean;
};

export type FaultSubject = {
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly template: string | undefined;
};

/** Failures in the order they were announced; each is used up by the requests it hits. */
export class FaultQueue {
  readonly #faults: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** The failure that hits this request, counted as used. */
  take(subject: FaultSubject): Fault | undefined {
    const index = this.#faults.findIndex(({ fault }) => hits(fault, subject));
    const entry = this.#faults[index];
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#faults.splice(index, 1);
    return entry.fault;
  }

  /** Failures that no request has met. */
  get pending(): readonly Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }
}

export function sendFault(response: ServerResponse, fault: Fault): void {
  if (fault.status === 'drop') {
    response.destroy();
    return;
  }
  response.writeHead(fault.status, {
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': requestId(),
    ...fault.headers,
  });
  response.end(JSON.stringify(faultBody(fault)));
}

/** What GitHub says with the code when the fault does not say it itself. */
function faultBody(fault: Fault): unknown {
  if (fault.body !== undefined) return fault.body;
  if (fault.status === 403 || fault.status === 429) {
    return {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url:
        'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    };
  }
  return { message: fault.status === 503 ? 'Service Unavailable' : 'Server Error' };
}

function hits({ method, route }: Fault, subject: FaultSubject): boolean {
  if (method !== undefined && method.toUpperCase() !== subject.method) return false;
  if (route === undefined) return true;
  if (route instanceof RegExp) return route.test(subject.path);
  return route === subject.operation || route === subject.template;
}
