import { randomBytes } from 'node:crypto';
import { GitHubError, notFound } from './answers.ts';
import type { Repository, Role, User } from './state.ts';

export type PermissionName =
  | 'actions'
  | 'checks'
  | 'contents'
  | 'deployments'
  | 'issues'
  | 'metadata'
  | 'pull-requests'
  | 'statuses';
export type PermissionLevel = 'read' | 'write';
export type Permissions = Readonly<Partial<Record<PermissionName, PermissionLevel>>>;

export type Token = {
  readonly value: string;
  readonly login: string;
  /** `actions`: the GITHUB_TOKEN of a job. `user`: a fine-grained personal token. */
  readonly kind: 'actions' | 'user';
  readonly repository: Repository;
  readonly permissions: Permissions;
};

export type Need = { readonly anyOf: readonly PermissionName[]; readonly level: PermissionLevel };

/** Who is asking, and what they may. */
export class Caller {
  readonly token: Token | undefined;
  readonly user: User | undefined;

  constructor(token: Token | undefined, user: User | undefined) {
    this.token = token;
    this.user = user;
  }

  /** The user, on routes where a need was met and so a token is known. */
  get author(): User {
    if (this.user === undefined) throw new GitHubError(401, 'Requires authentication');
    return this.user;
  }

  /** Whether the token itself was given a permission, whatever everybody may. */
  has(repository: Repository, permission: PermissionName, level: PermissionLevel): boolean {
    const { token } = this;
    const granted = token?.repository === repository ? token.permissions[permission] : undefined;
    return granted === 'write' || granted === level;
  }

  can(repository: Repository, permission: PermissionName, level: PermissionLevel): boolean {
    const { token } = this;
    const isPublicRead = level === 'read' && !repository.private;
    if (token === undefined || token.repository !== repository) return isPublicRead;
    if (token.kind === 'user' && !roleAllows(repository.roleOf(token.login), permission, level))
      return isPublicRead;
    if (permission === 'metadata' && level === 'read') return true;
    const granted = token.permissions[permission];
    return isPublicRead || granted === 'write' || granted === level;
  }

  /** Throws what GitHub answers when the caller may not: 401, 403, or 404 where even existence is hidden. */
  require(repository: Repository, need: Need): void {
    if (need.anyOf.some((permission) => this.can(repository, permission, need.level))) return;
    if (!this.can(repository, 'metadata', 'read')) throw notFound();
    if (this.token === undefined) throw new GitHubError(401, 'Requires authentication');
    const by = this.token.kind === 'actions' ? 'integration' : 'personal access token';
    throw new GitHubError(403, `Resource not accessible by ${by}`);
  }
}

export class TokenStore {
  readonly #tokens = new Map<string, Token>();

  create(fields: Omit<Token, 'value'>): Token {
    const prefix = fields.kind === 'actions' ? 'ghs_' : 'github_pat_';
    const token = { ...fields, value: `${prefix}${randomBytes(20).toString('hex')}` };
    this.#tokens.set(token.value, token);
    return token;
  }

  revoke(value: string): void {
    this.#tokens.delete(value);
  }

  /** The token of an `Authorization` header (`token`, `bearer` or `basic`); undefined without a header. */
  fromHeader(header: string | undefined): Token | undefined {
    if (header === undefined) return undefined;
    const [scheme = '', credentials = ''] = header.split(' ', 2);
    const value =
      scheme.toLowerCase() === 'basic'
        ? (Buffer.from(credentials, 'base64').toString('utf8').split(':').at(-1) ?? '')
        : credentials;
    const token = this.#tokens.get(value);
    if (token === undefined) throw new GitHubError(401, 'Bad credentials');
    return token;
  }
}

function roleAllows(role: Role, permission: PermissionName, level: PermissionLevel): boolean {
  if (role === 'none') return false;
  if (level === 'read') return true;
  // Anyone who can read may open and discuss; what needs more is decided by the route.
  if (permission === 'issues' || permission === 'pull-requests') return true;
  return canPush(role);
}

export function canPush(role: Role): boolean {
  return role === 'write' || role === 'maintain' || role === 'admin';
}
