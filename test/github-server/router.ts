import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, Need, PermissionName } from './access.ts';
import type { Answer } from './answers.ts';
import { describedOperation, type OperationDescription } from './description.ts';
import type { Links } from './links.ts';
import type { GitHubState, Repository } from './state.ts';
import type { Storage } from './storage.ts';

/** One request on its way to a route, with everything the route may use. */
export type Exchange = {
  readonly state: GitHubState;
  readonly links: Links;
  readonly storage: Storage;
  readonly caller: Caller;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
  readonly headers: IncomingHttpHeaders;
  /** Absolute address of the request, for pagination links. */
  readonly url: URL;
  readonly rateLimit: RateLimit;
};

/** The caller's budget of requests in this hour; `reset` in seconds since 1970. */
export type RateLimit = {
  readonly limit: number;
  readonly remaining: number;
  readonly used: number;
  readonly reset: number;
};

export type RepositoryExchange = Exchange & { readonly repository: Repository };

type Handler<Kind> = (exchange: Kind) => Promise<Answer> | Answer;

export type Route = {
  readonly operation: OperationDescription;
  readonly pattern: RegExp;
  readonly literalSegments: number;
  /** On the host that takes uploads instead of the one of the API. */
  readonly upload: boolean;
} & (
  | { readonly scope: 'repository'; readonly needs: Need; readonly handle: Handler<RepositoryExchange> }
  | { readonly scope: 'global'; readonly handle: Handler<Exchange> }
);

/** Path parameters that may hold slashes. */
const WIDE_PARAMETERS = new Set(['ref', 'basehead', 'tag', 'branch']);

/** A route of a repository; method and path come from GitHub's description of the operation. */
export function route(operationId: string, needs: Need, handle: Handler<RepositoryExchange>): Route {
  return { ...patternOf(operationId), scope: 'repository', needs, handle };
}

/** A route that belongs to no repository. */
export function globalRoute(operationId: string, handle: Handler<Exchange>): Route {
  return { ...patternOf(operationId), scope: 'global', handle };
}

export function read(...anyOf: readonly PermissionName[]): Need {
  return { anyOf, level: 'read' };
}

export function write(...anyOf: readonly PermissionName[]): Need {
  return { anyOf, level: 'write' };
}

export type Match = { readonly route: Route; readonly path: Record<string, string> };

/** The most specific of the routes that a request fits. */
export function findRoute(
  routes: readonly Route[],
  request: { readonly method: string; readonly pathname: string; readonly upload: boolean },
): Match | undefined {
  const matches = routes.flatMap((candidate): Match[] => {
    if (candidate.operation.method !== request.method || candidate.upload !== request.upload) return [];
    const found = candidate.pattern.exec(request.pathname);
    if (found === null) return [];
    const groups = Object.entries(found.groups ?? {});
    const path = Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value ?? '')]));
    return [{ route: candidate, path }];
  });
  return matches.sort((left, right) => right.route.literalSegments - left.route.literalSegments)[0];
}

function patternOf(operationId: string) {
  const operation = describedOperation(operationId);
  const segments = operation.route.split('/').slice(1);
  const source = segments.map((segment) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined) return segment.replaceAll('.', '\\.');
    return WIDE_PARAMETERS.has(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`;
  });
  return {
    operation,
    // The path of contents may be empty, and then the slash before it is missing too.
    pattern: new RegExp(`^/${source.join('/').replace('/(?<path>[^/]+)', '(?:/(?<path>.*))?')}$`),
    literalSegments: segments.filter((segment) => !segment.startsWith('{')).length,
    upload: operationId === 'repos/upload-release-asset',
  };
}
