import { createOctokit, type Octokit } from '../../../src/adapters/github/octokit.ts';
import type { Permissions } from '../../github-server/access.ts';
import type { GitHubServer } from '../../github-server/server.ts';
import type { Repository, RepositorySettings } from '../../github-server/state.ts';

export const USER_AGENT = 'contender/0.1.0';

let created = 0;

/** A repository of its own for each test. */
export async function createTestRepository(
  server: GitHubServer,
  settings: Partial<RepositorySettings> = {},
): Promise<{ repository: Repository; commit: string }> {
  created += 1;
  const repository = await server.createRepository({
    owner: 'octo',
    name: `model-${created}`,
    files: { 'contender.yml': 'model: fraud-detector\n' },
    settings,
    collaborators: { ada: 'write', tim: 'triage' },
  });
  const commit = await repository.git.commitOf('main');
  return { repository, commit: commit! };
}

export const FULL: Permissions = {
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
  statuses: 'write',
};

export type TestClient = {
  readonly repository: Repository;
  readonly permissions?: Permissions;
  readonly maximumWaitSeconds?: number;
  readonly login?: string;
};

export function connect(server: GitHubServer, client: TestClient): Octokit {
  const { repository, permissions = FULL, login, maximumWaitSeconds } = client;
  const owner = login === undefined ? {} : ({ kind: 'user', login } as const);
  const token = server.createToken({ repository, permissions, ...owner });
  return createOctokit({
    token: token.value,
    userAgent: USER_AGENT,
    apiUrl: server.apiUrl,
    retryMilliseconds: 1,
    ...(maximumWaitSeconds !== undefined && { maximumWaitSeconds }),
  });
}
