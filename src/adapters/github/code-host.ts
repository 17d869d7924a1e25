import type { CodeHost, CommitStatus } from '../../ports/code-host.ts';
import { createBranches } from './branches.ts';
import { createComments, createIssues, createPulls, viewerLogin } from './discussion.ts';
import { request, requestOrUndefined } from './errors.ts';
import type { Octokit } from './octokit.ts';
import { parseRepositoryName, type RepositoryParameters } from './repository-name.ts';

const MAX_DESCRIPTION_CHARACTERS = 140;

/** The code host port over GitHub's REST API. @throws InputError when the name is no `owner/name`. */
export function createCodeHost(octokit: Octokit, repositoryName: string): CodeHost {
  const repository = parseRepositoryName(repositoryName);
  return {
    repository: { owner: repository.owner, name: repository.repo },
    comments: createComments(octokit, repository),
    pulls: createPulls(octokit, repository),
    issues: createIssues(octokit, repository),
    branches: createBranches(octokit, repository),
    statuses: { set: (commit, status) => setStatus(octokit, repository, { commit, status }) },
    permissionOf: (login) => permissionOf(octokit, repository, login),
    async defaultBranch() {
      const purpose = { what: 'read the repository', permission: 'contents: read' };
      return (await request(purpose, () => octokit.rest.repos.get(repository))).data.default_branch;
    },
    viewer: () => viewerLogin(octokit),
  };
}

async function setStatus(
  octokit: Octokit,
  repository: RepositoryParameters,
  { commit, status }: { readonly commit: string; readonly status: CommitStatus },
): Promise<void> {
  const purpose = { what: `set the status ${status.context}`, permission: 'statuses: write' };
  await request(purpose, () =>
    octokit.rest.repos.createCommitStatus({
      ...repository,
      sha: commit,
      context: status.context,
      state: status.state,
      description: shortened(status.description),
      ...(status.targetUrl !== undefined && { target_url: status.targetUrl }),
    }),
  );
}

function shortened(description: string): string {
  if (description.length <= MAX_DESCRIPTION_CHARACTERS) return description;
  const cut = description.slice(0, MAX_DESCRIPTION_CHARACTERS - 1);
  // A surrogate without its partner is no character.
  return `${cut.replace(/[\ud800-\udbff]$/, '')}…`;
}

async function permissionOf(
  octokit: Octokit,
  repository: RepositoryParameters,
  login: string,
): Promise<'admin' | 'write' | 'read' | 'none'> {
  const purpose = { what: `read the permission of ${login}`, permission: 'metadata: read' };
  const answer = await requestOrUndefined(purpose, () =>
    octokit.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login }),
  );
  const permission = answer?.data.permission;
  return permission === 'admin' || permission === 'write' || permission === 'read' ? permission : 'none';
}
