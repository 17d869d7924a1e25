import { apiUrl, htmlUrl, type Links, nodeId, timestamp } from '../links.ts';
import type { Repository } from '../state.ts';
import { userJson } from './user.ts';

/** GitHub's `repository`; its `minimal-repository` asks for less and allows all of it. */
export function repositoryJson(links: Links, repository: Repository) {
  const url = apiUrl(links, repository);
  const html = htmlUrl(links, repository);
  const openIssues = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  const created = timestamp(repository.createdAt);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    owner: userJson(links, repository.owner),
    html_url: html,
    description: null,
    fork: repository.parent !== undefined,
    url,
    ...resourceUrls(url),
    git_url: html.replace(/^http/, 'git'),
    ssh_url: `git@${new URL(html).hostname}:${repository.fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    mirror_url: null,
    language: null,
    license: null,
    topics: [],
    default_branch: repository.defaultBranch,
    archived: false,
    disabled: false,
    is_template: false,
    has_issues: repository.settings.hasIssues,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    size: 0,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: openIssues,
    open_issues_count: openIssues,
    created_at: created,
    updated_at: created,
    pushed_at: created,
  };
}

export function fullRepositoryJson(links: Links, repository: Repository) {
  const { parent } = repository;
  const origin = parent === undefined ? {} : { parent: repositoryJson(links, parent) };
  return {
    ...repositoryJson(links, repository),
    network_count: 0,
    subscribers_count: 0,
    ...origin,
    ...(parent === undefined ? {} : { source: repositoryJson(links, parent) }),
  };
}

const TEMPLATES: Readonly<Record<string, string>> = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
};

function resourceUrls(url: string): Record<string, string> {
  return Object.fromEntries(Object.entries(TEMPLATES).map(([name, suffix]) => [`${name}_url`, url + suffix]));
}
