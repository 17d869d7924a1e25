import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Token, TokenStore } from './access.ts';
import { Caller } from './access.ts';
import { GitHubError } from './answers.ts';
import { ISOLATED_GIT_ENVIRONMENT } from './git-process.ts';
import { synchronizePulls } from './pull-synchronization.ts';
import type { GitHubState, Repository } from './state.ts';

export type GitRequest = {
  readonly owner: string;
  readonly name: string;
  readonly path: string;
  readonly service: 'git-upload-pack' | 'git-receive-pack';
  readonly search: string;
};

const GIT_PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** The part of a git client's request that its address holds; undefined when it is none. */
export function parseGitRequest(url: URL): GitRequest | undefined {
  const found = GIT_PATH.exec(url.pathname);
  if (found === null) return undefined;
  const [, owner = '', name = '', path = ''] = found;
  const service = path === 'info/refs' ? url.searchParams.get('service') : path;
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') return undefined;
  return { owner, name, path, service, search: url.search.slice(1) };
}

export type GitExchange = {
  readonly state: GitHubState;
  readonly tokens: TokenStore;
  readonly git: GitRequest;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

/** Serves clone, fetch and push; answers as GitHub does when the caller may not. */
export async function serveGit(exchange: GitExchange): Promise<void> {
  const { state, git, request, response } = exchange;
  let access: { repository: Repository; caller: Caller };
  try {
    access = authorize(exchange);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    request.resume();
    const challenge = error.status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
    response.writeHead(error.status, { 'content-type': 'text/plain; charset=utf-8', ...challenge });
    response.end(error.message);
    return;
  }
  const { repository, caller } = access;
  if (git.path !== 'git-receive-pack') {
    send(response, await runBackend(exchange, repository, caller.token));
    return;
  }
  await repository.exclusively(async () => {
    const output = await runBackend(exchange, repository, caller.token);
    // The pusher hears of its success only after the pull requests have followed.
    await synchronizePulls(state, repository, caller.author);
    send(response, output);
  });
}

function authorize({ state, tokens, git, request }: GitExchange) {
  const token = tokens.fromHeader(request.headers.authorization);
  const caller = new Caller(token, token === undefined ? undefined : state.user(token.login));
  const repository = state.findRepository(git.owner, git.name);
  const isPush = git.service === 'git-receive-pack';
  if (repository !== undefined && caller.can(repository, 'contents', isPush ? 'write' : 'read')) {
    return { repository, caller };
  }
  if (token === undefined) throw new GitHubError(401, 'Authentication required.');
  if (repository === undefined || !caller.can(repository, 'metadata', 'read')) {
    throw new GitHubError(404, 'Repository not found.');
  }
  if (!isPush) throw new GitHubError(403, 'Write access to repository not granted.');
  throw new GitHubError(403, `Permission to ${repository.fullName}.git denied to ${token.login}.`);
}

/** Runs `git http-backend` (a CGI program) on the request and returns all it printed. */
function runBackend(
  { git, request }: GitExchange,
  repository: Repository,
  token: Token | undefined,
): Promise<Buffer> {
  const { headers } = request;
  const environment: Record<string, string> = {
    ...ISOLATED_GIT_ENVIRONMENT,
    GIT_PROJECT_ROOT: repository.git.directory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${git.path}`,
    QUERY_STRING: git.search,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    REMOTE_USER: token?.login ?? '',
    REMOTE_ADDR: '127.0.0.1',
    GITHUB_PUSHER_KIND: token?.kind ?? '',
  };
  if (headers['content-length'] !== undefined) environment.CONTENT_LENGTH = headers['content-length'];
  const protocol = headers['git-protocol'];
  if (typeof protocol === 'string') environment.GIT_PROTOCOL = protocol;
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(chunks)));
    child.stdin.on('error', () => undefined);
    // A client that died in the middle of its push must not leave the repository waiting for it.
    request.on('close', () => {
      if (!request.complete) child.kill();
    });
    request.pipe(child.stdin);
  });
}

function send(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) {
    response.writeHead(500).end();
    return;
  }
  let status = 200;
  for (const line of output.subarray(0, end).toString('latin1').split('\r\n')) {
    const separator = line.indexOf(': ');
    const name = line.slice(0, separator);
    const value = line.slice(separator + 2);
    if (name === 'Status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
  response.end(output.subarray(end + 4));
}
