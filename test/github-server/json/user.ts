import { type Links, nodeId } from '../links.ts';
import type { Repository, User } from '../state.ts';

/** GitHub's `simple-user`. */
export function userJson(links: Links, user: User) {
  const url = `${links.api}/users/${encodeURIComponent(user.login)}`;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId('User', user.id),
    avatar_url: `${links.server}/avatars/u/${user.id}`,
    gravatar_id: '',
    url,
    html_url: `${links.server}/${user.type === 'Bot' ? `apps/${user.login.replace('[bot]', '')}` : user.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

export function authorAssociation(repository: Repository, user: User): string {
  if (user.id === repository.owner.id) return 'OWNER';
  const role = repository.collaborators.get(user.login.toLowerCase());
  return role === undefined || role === 'none' ? 'NONE' : 'COLLABORATOR';
}
