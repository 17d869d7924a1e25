import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Permissions, type Token, TokenStore } from './access.ts';
import { ArtifactService, methodOf } from './artifact-service.ts';
import type { EventContext } from './events.ts';
import { type Fault, FaultQueue, sendFault } from './faults.ts';
import { parseGitRequest, serveGit } from './git-backend.ts';
import { answerGraphql, UPDATE_REFS_ROUTE } from './graphql.ts';
import type { Links } from './links.ts';
import { servePage } from './pages.ts';
import { Person } from './people.ts';
import { createRepository, forkRepository, type NewRepository } from './repositories.ts';
import { RestService } from './rest-service.ts';
import { ACTIONS_LOGIN, GitHubState, type Repository } from './state.ts';
import { Storage } from './storage.ts';
import type { Violation } from './validation.ts';
import { WorkflowRuns } from './workflow-runs.ts';

const API_PREFIX = '/api/v3';
const GRAPHQL_PATH = '/api/graphql';
const UPLOADS_PREFIX = '/api/uploads';

export type GitHubOptions = {
  /** Clock of everything the server dates, commits included; the machine's when left out. */
  readonly now?: () => Date;
};

export type NewToken = {
  readonly repository: Repository;
  readonly permissions: Permissions;
  /** `actions` (the token of a job) when left out. */
  readonly kind?: 'actions' | 'user';
  /** `github-actions[bot]` for `actions` when left out; a user token must say whose it is. */
  readonly login?: string;
};

/** One request as the server saw it; `route` is an operation (`pulls/create`, `git-upload-pack`) or undefined. */
export type LoggedRequest = {
  readonly method: string;
  readonly path: string;
  readonly route: string | undefined;
  readonly status: number | 'drop';
  readonly login: string | undefined;
};

/** Starts a GitHub of its own on loopback: REST, git over HTTP and asset storage. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubServer> {
  const root = await mkdtemp(path.join(tmpdir(), 'local-github-'));
  const storage = new Storage();
  await storage.open();
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const state = new GitHubState(options.now ?? (() => new Date()));
  return new GitHubServer({ root, storage, http, state });
}

export class GitHubServer implements AsyncDisposable {
  /** Value for `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** Value for `GITHUB_SERVER_URL`; git resolves `*.localhost`, and the toolkit takes it for github.com. */
  readonly serverUrl: string;
  /** The same place for programs that cannot resolve `*.localhost`. */
  readonly loopbackUrl: string;
  readonly state: GitHubState;
  readonly requests: LoggedRequest[] = [];
  /** Workflow runs, and the artifacts of their jobs. */
  readonly actions: WorkflowRuns;
  readonly #root: string;
  readonly #http: Server;
  readonly #storage: Storage;
  readonly #links: Links;
  readonly #rest: RestService;
  readonly #tokens = new TokenStore();
  readonly #faults = new FaultQueue();
  readonly #artifacts: ArtifactService;

  constructor(parts: { root: string; storage: Storage; http: Server; state: GitHubState }) {
    const { port } = parts.http.address() as AddressInfo;
    this.#root = parts.root;
    this.#http = parts.http;
    this.#storage = parts.storage;
    this.state = parts.state;
    this.loopbackUrl = `http://127.0.0.1:${port}`;
    this.serverUrl = `http://github.localhost:${port}`;
    this.apiUrl = this.loopbackUrl + API_PREFIX;
    this.#links = { api: this.apiUrl, uploads: this.loopbackUrl + UPLOADS_PREFIX, server: this.serverUrl };
    const { state, storage } = parts;
    this.actions = new WorkflowRuns(state, this.loopbackUrl);
    this.#artifacts = new ArtifactService(this.actions, storage);
    this.#rest = new RestService({ state, storage, links: this.#links, tokens: this.#tokens });
    this.#http.on('request', (request, response) => void this.#receive(request, response));
  }

  createRepository(request: NewRepository): Promise<Repository> {
    return createRepository(this.state, this.#root, request);
  }

  forkRepository(parent: Repository, owner: string): Promise<Repository> {
    return forkRepository(this.state, this.#root, { parent, owner });
  }

  createToken({ repository, permissions, kind = 'actions', login }: NewToken): Token {
    const owner = login ?? (kind === 'actions' ? ACTIONS_LOGIN : undefined);
    if (owner === undefined) throw new Error('Say whose the user token is: createToken({login: …})');
    return this.#tokens.create({ repository, permissions, kind, login: owner });
  }

  revokeToken(token: Token): void {
    this.#tokens.revoke(token.value);
  }

  /** The acts of a person, who is made on first mention. */
  as(login: string): Person {
    return new Person(this.state, this.state.user(login));
  }

  /** What the functions of events.ts need to make a workflow's payload. */
  eventContext(repository: Repository): EventContext {
    return { state: this.state, links: this.#links, repository };
  }

  /** Variables that point Octokit, the toolkit and git at this server. */
  environment(repository: Repository): Record<string, string> {
    return {
      GITHUB_API_URL: this.apiUrl,
      GITHUB_SERVER_URL: this.serverUrl,
      GITHUB_GRAPHQL_URL: `${this.loopbackUrl}${GRAPHQL_PATH}`,
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_REPOSITORY_OWNER: repository.owner.login,
      GITHUB_REPOSITORY_ID: String(repository.id),
    };
  }

  /** The next fitting requests fail this way. */
  failNext(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Announced failures that no request has met. */
  get pendingFaults(): readonly Fault[] {
    return this.#faults.pending;
  }

  get violations(): readonly Violation[] {
    return this.#rest.violations;
  }

  /** Returns the violations and forgets them: for tests that provoke them. */
  takeViolations(): Violation[] {
    return this.#rest.violations.splice(0);
  }

  /** @throws Error that lists every request or answer that GitHub's description does not allow. */
  assertNoViolations(): void {
    if (this.violations.length === 0) return;
    const list = this.violations.map(({ request, problem, details }) =>
      [`${request}: ${problem}`, ...details.map((detail) => `    ${detail}`)].join('\n'),
    );
    throw new Error(`Against GitHub's description of its API:\n${list.join('\n')}`);
  }

  /** Stops and removes everything, then reports violations as `assertNoViolations` does. */
  async close(): Promise<void> {
    if (this.#http.listening) {
      await new Promise((resolve) => {
        this.#http.close(resolve);
        this.#http.closeAllConnections();
      });
      await this.#storage.close();
      await rm(this.#root, { recursive: true, force: true });
    }
    this.assertNoViolations();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.loopbackUrl);
    try {
      if (url.pathname === GRAPHQL_PATH) await this.#receiveGraphql(request, response);
      else if (url.pathname.startsWith('/twirp/')) await this.#receiveResults(request, response, url);
      else if (url.pathname.startsWith('/api/')) await this.#receiveRest(request, response, url);
      else await this.#receiveGit(request, response, url);
    } catch (error) {
      // A client that was killed while it sent is its own business, not a fault of this server.
      if (request.errored !== null) return;
      const details = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
      this.#note(`${request.method} ${url.pathname}`, 'the local GitHub failed', details);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  }

  #note(request: string, problem: string, details: readonly string[] = []): void {
    this.#rest.violations.push({ request, problem, details });
  }

  async #receiveRest(message: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const bytes = await readAll(message);
    const upload = url.pathname.startsWith(UPLOADS_PREFIX);
    const pathname = url.pathname.replace(upload ? UPLOADS_PREFIX : API_PREFIX, '');
    const method = message.method ?? 'GET';
    const match = this.#rest.match({ method, pathname, upload });
    const operation = match?.route.operation.operationId;
    const fault = this.#faults.take({
      method,
      path: pathname,
      operation,
      template: match?.route.operation.route,
    });
    const entry = { method, path: pathname, route: operation };
    if (fault !== undefined && fault.performed !== true) {
      this.#log({ ...entry, status: fault.status, login: undefined });
      sendFault(response, fault);
      return;
    }
    const answer = await this.#rest.answer({ message, method, pathname, url, upload, bytes }, match);
    this.#log({ ...entry, status: fault?.status ?? answer.status, login: answer.login });
    if (fault !== undefined) {
      sendFault(response, fault);
      return;
    }
    const json = answer.body === undefined ? undefined : Buffer.from(JSON.stringify(answer.body));
    const content = answer.bytes ?? json;
    if (json !== undefined) response.setHeader('content-type', 'application/json; charset=utf-8');
    if (content !== undefined) response.setHeader('content-length', content.length);
    response.writeHead(answer.status, answer.headers);
    response.end(content);
  }

  async #receiveResults(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const bytes = await readAll(request);
    const operation = methodOf(url.pathname);
    const method = request.method ?? 'GET';
    const entry = { method, path: url.pathname, route: operation, login: undefined };
    const fault = this.#faults.take({ method, path: url.pathname, operation, template: undefined });
    if (operation === undefined) this.#note(`${method} ${url.pathname}`, 'there is no such service');
    const answer =
      fault !== undefined && fault.performed !== true
        ? undefined
        : this.#artifacts.answer(operation ?? '', request.headers.authorization, bytes);
    this.#log({ ...entry, status: fault?.status ?? answer?.status ?? 500 });
    if (fault !== undefined) {
      sendFault(response, fault);
      return;
    }
    response.writeHead(answer?.status ?? 500, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer?.body));
  }

  async #receiveGraphql(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readAll(message);
    const entry = { method: 'POST', path: '/graphql', route: UPDATE_REFS_ROUTE };
    const fault = this.#faults.take({ ...entry, operation: UPDATE_REFS_ROUTE, template: undefined });
    if (fault !== undefined && fault.performed !== true) {
      this.#log({ ...entry, status: fault.status, login: undefined });
      sendFault(response, fault);
      return;
    }
    const { authorization } = message.headers;
    const answer = await answerGraphql(bytes, { authorization, state: this.state, tokens: this.#tokens });
    if (answer.violation !== undefined) this.#note('POST /graphql', answer.violation);
    this.#log({ ...entry, status: fault?.status ?? 200, login: answer.login });
    if (fault !== undefined) {
      sendFault(response, fault);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer.body));
  }

  async #receiveGit(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const git = parseGitRequest(url);
    const method = request.method ?? 'GET';
    const entry = { method, path: url.pathname, login: undefined };
    const fault = this.#faults.take({
      method,
      path: url.pathname,
      operation: git?.service,
      template: undefined,
    });
    if (fault !== undefined) {
      request.resume();
      this.#log({ ...entry, route: git?.service, status: fault.status });
      sendFault(response, fault);
    } else if (git !== undefined) {
      await serveGit({ state: this.state, tokens: this.#tokens, git, request, response });
      this.#log({ ...entry, route: git.service, status: response.statusCode });
    } else {
      request.resume();
      const page = servePage({ state: this.state, storage: this.#storage }, response, url);
      if (page === undefined) this.#note(`${method} ${url.pathname}`, 'there is no such page');
      this.#log({ ...entry, route: undefined, status: response.statusCode });
    }
  }

  #log(entry: LoggedRequest): void {
    this.requests.push(entry);
  }
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
