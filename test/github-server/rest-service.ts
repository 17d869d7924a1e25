import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Caller, type Token, type TokenStore } from './access.ts';
import { type Answer, GitHubError, notFound } from './answers.ts';
import type { Links } from './links.ts';
import { requestId } from './request-id.ts';
import { type Exchange, findRoute, type Match, type RateLimit } from './router.ts';
import { ROUTES } from './routes/all.ts';
import type { GitHubState } from './state.ts';
import type { Storage } from './storage.ts';
import { requestProblems, responseProblems, type Violation } from './validation.ts';

const REQUESTS_PER_HOUR = { actions: 1_000, user: 5_000, anonymous: 60 };

export type RestRequest = {
  readonly message: IncomingMessage;
  readonly method: string;
  /** Path after the API's prefix, such as `/repos/o/r/pulls`. */
  readonly pathname: string;
  readonly url: URL;
  readonly upload: boolean;
  readonly bytes: Buffer;
};

/** Answers REST requests and notes what goes against GitHub's description of its API. */
export class RestService {
  readonly violations: Violation[] = [];
  readonly #used = new Map<string, number>();
  readonly #parts: { state: GitHubState; links: Links; storage: Storage; tokens: TokenStore };

  constructor(parts: { state: GitHubState; links: Links; storage: Storage; tokens: TokenStore }) {
    this.#parts = parts;
  }

  /** The route of a request; `/repositories/ID` stands for the repository's name, as in GitHub's own links. */
  match({
    method,
    pathname,
    upload,
  }: Pick<RestRequest, 'method' | 'pathname' | 'upload'>): Match | undefined {
    const byName = pathname.replace(/^\/repositories\/(\d+)(?=\/|$)/, (whole, id: string) => {
      const repository = this.#parts.state.repositories.find((candidate) => candidate.id === Number(id));
      return repository === undefined ? whole : `/repos/${repository.fullName}`;
    });
    return findRoute(ROUTES, { method, pathname: byName, upload });
  }

  async answer(
    request: RestRequest,
    match: Match | undefined,
  ): Promise<Answer & { login: string | undefined }> {
    const name = `${request.method} ${request.url.pathname}${request.url.search}`;
    let token: Token | undefined;
    let answer: Answer;
    try {
      if (match === undefined) {
        this.#note(name, { problem: 'the local GitHub has no such route', details: [] });
        throw notFound();
      }
      if (request.message.headers['user-agent'] === undefined) {
        throw new GitHubError(
          403,
          'Request forbidden by administrative rules. Please send a User-Agent header.',
        );
      }
      token = this.#parts.tokens.fromHeader(request.message.headers.authorization);
      const exchange = this.#exchange(request, match, token);
      this.#checkRequest(name, match, exchange);
      answer = await perform(match, exchange, this.#parts.state);
    } catch (error) {
      answer = this.#errorAnswer(name, error);
    }
    if (match !== undefined) {
      for (const problem of responseProblems(match.route.operation, {
        status: answer.status,
        body: answer.body,
      })) {
        this.#note(name, problem);
      }
    }
    const headers = { ...this.#commonHeaders(token), ...answer.headers };
    return { ...answer, headers, login: token?.login };
  }

  #exchange(request: RestRequest, match: Match, token: Token | undefined): Exchange {
    const { state, links, storage } = this.#parts;
    const user = token === undefined ? undefined : state.user(token.login);
    const hasJson = match.route.operation.requestBody?.content !== undefined;
    const { owner, repo } = match.path;
    const repository = owner === undefined ? undefined : state.findRepository(owner, repo ?? '');
    const rest =
      repository === undefined
        ? ''
        : request.pathname.replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)/, '');
    const place = repository === undefined ? request.pathname : `/repositories/${repository.id}${rest}`;
    return {
      ...{ state, links, storage, bytes: request.bytes, path: match.path, query: request.url.searchParams },
      caller: new Caller(token, user),
      body: (hasJson ? parseJson(request.bytes) : undefined) ?? {},
      headers: request.message.headers,
      url: new URL(`${links.api}${place}${request.url.search}`),
      rateLimit: this.#rateLimit(token, 0),
    };
  }

  #checkRequest(name: string, match: Match, exchange: Exchange): void {
    const hasBody = match.route.operation.requestBody?.content !== undefined && exchange.bytes.length > 0;
    const problems = requestProblems(match.route.operation, {
      path: exchange.path,
      query: exchange.query,
      body: hasBody ? exchange.body : undefined,
    });
    if (problems.length === 0) return;
    for (const problem of problems) this.#note(name, problem);
    const text = problems.map(({ problem, details }) => `${problem}: ${details.join(', ')}`).join('\n');
    throw new GitHubError(422, `Invalid request.\n\n${text}`);
  }

  #errorAnswer(name: string, error: unknown): Answer {
    if (error instanceof GitHubError) return error.answer;
    const details = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    this.#note(name, { problem: 'the local GitHub failed', details });
    return new GitHubError(500, 'Server Error').answer;
  }

  #note(request: string, problem: Omit<Violation, 'request'>): void {
    this.violations.push({ request, ...problem });
  }

  #commonHeaders(token: Token | undefined): OutgoingHttpHeaders {
    const { limit, remaining, used, reset } = this.#rateLimit(token, 1);
    return {
      ...{ server: 'github.com', 'x-github-media-type': 'github.v3; format=json' },
      'x-github-request-id': requestId(),
      'x-ratelimit-limit': limit,
      'x-ratelimit-remaining': remaining,
      'x-ratelimit-used': used,
      'x-ratelimit-reset': reset,
      'x-ratelimit-resource': 'core',
    };
  }

  #rateLimit(token: Token | undefined, spent: number): RateLimit {
    const key = token?.value ?? 'anonymous';
    const used = (this.#used.get(key) ?? 0) + spent;
    this.#used.set(key, used);
    const limit = REQUESTS_PER_HOUR[token?.kind ?? 'anonymous'];
    const hour = 3_600;
    const reset = (Math.floor(Date.now() / 1000 / hour) + 1) * hour;
    return { limit, used, remaining: Math.max(0, limit - used), reset };
  }
}

async function perform({ route }: Match, exchange: Exchange, state: GitHubState): Promise<Answer> {
  if (route.scope === 'global') return route.handle(exchange);
  const { owner = '', repo = '' } = exchange.path;
  const repository = state.findRepository(owner, repo);
  if (repository === undefined) throw notFound();
  exchange.caller.require(repository, route.needs);
  const act = async () => route.handle({ ...exchange, repository });
  return route.operation.method === 'GET' ? act() : repository.exclusively(act);
}

function parseJson(bytes: Buffer): Record<string, unknown> | undefined {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new GitHubError(400, 'Problems parsing JSON');
  }
}
