import { canPush } from '../access.ts';
import { type Answer, GitHubError, notFound, ok } from '../answers.ts';
import { readCommit } from '../commit-reader.ts';
import { commitJson } from '../json/commit.ts';
import { fullRepositoryJson } from '../json/repository.ts';
import { userJson } from '../json/user.ts';
import { apiUrl, htmlUrl } from '../links.ts';
import { type RepositoryExchange, read, route } from '../router.ts';
import type { Role } from '../state.ts';

export const REPOSITORY_ROUTES = [
  route('repos/get', read('metadata'), getRepository),
  route('repos/get-branch', read('contents'), getBranch),
  route('repos/get-collaborator-permission-level', read('metadata'), getPermission),
];

function getRepository({ links, repository, caller }: RepositoryExchange): Answer {
  const body = fullRepositoryJson(links, repository);
  if (caller.token === undefined) return ok(body);
  const may = (level: 'read' | 'write') => caller.can(repository, 'contents', level);
  const role = caller.token.kind === 'user' ? repository.roleOf(caller.token.login) : 'none';
  const permissions = {
    ...{ admin: role === 'admin', maintain: role === 'admin' || role === 'maintain' },
    ...{ push: may('write'), triage: may('write'), pull: may('read') },
  };
  return ok({ ...body, permissions });
}

async function getBranch(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const name = path.branch!;
  const sha = await repository.git.reference(`refs/heads/${name}`);
  if (sha === undefined) throw new GitHubError(404, 'Branch not found');
  const url = `${apiUrl(links, repository)}/branches/${name}`;
  return ok({
    name,
    commit: commitJson(exchange, await readCommit(repository.git, sha)),
    _links: { self: url, html: `${htmlUrl(links, repository)}/tree/${name}` },
    protected: false,
    protection: { enabled: false },
    protection_url: `${url}/protection`,
  });
}

/** The older field knows four levels; `role_name` says which of the six it is. */
function getPermission({ state, links, repository, path, caller }: RepositoryExchange): Answer {
  if (caller.token === undefined) throw new GitHubError(401, 'Requires authentication');
  const role = caller.token.kind === 'user' ? repository.roleOf(caller.token.login) : 'write';
  if (!canPush(role)) throw new GitHubError(403, 'Must have push access to view collaborator permission.');
  const user = state.findUser(path.username!);
  if (user === undefined) throw notFound();
  const roleName = user.type === 'Bot' ? 'none' : repository.roleOf(user.login);
  return ok({
    permission: LEGACY_PERMISSION[roleName],
    role_name: roleName,
    user: { ...userJson(links, user), role_name: roleName },
  });
}

const LEGACY_PERMISSION: Readonly<Record<Role, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
};
