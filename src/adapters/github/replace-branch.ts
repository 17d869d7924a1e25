import { MissingPermissionError, OutsideError } from '../../core/errors.ts';
import type { BranchReplacement, HostFile } from '../../ports/code-host.ts';
import { createCommit } from './create-commit.ts';
import { type Purpose, request, requestOrUndefined, translateError } from './errors.ts';
import type { Octokit } from './octokit.ts';
import type { RepositoryParameters } from './repository-name.ts';

const WRITE = 'contents: write';

/** Every file of a commit. @throws OutsideError when there are more than the server lists. */
export async function listFiles(
  octokit: Octokit,
  repository: RepositoryParameters,
  commit: string,
): Promise<readonly HostFile[]> {
  const purpose = { what: `list the files of ${commit}`, permission: 'contents: read' };
  const { data } = await request(purpose, () =>
    octokit.rest.git.getTree({ ...repository, tree_sha: commit, recursive: 'true' }),
  );
  if (data.truncated) throw new OutsideError(`GitHub lists only a part of the files of ${commit}`);
  return data.tree.filter(({ type }) => type === 'blob').map(({ path, sha }) => ({ path, content: sha }));
}

/**
 * REST moves a branch backwards only unconditionally, so that two jobs at once would lose one's work; the
 * GraphQL mutation `updateRefs` takes what the branch must point at before.
 */
export async function replaceBranch(
  octokit: Octokit,
  repository: RepositoryParameters,
  { branch, expected, message, files }: BranchReplacement,
): Promise<string | undefined> {
  const purpose = { what: `write the branch ${branch}`, permission: WRITE };
  const commit = await request(purpose, () =>
    createCommit(octokit, repository, { message, files, parents: [], base: undefined }),
  );
  try {
    if (expected === undefined) {
      await octokit.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: commit });
    } else {
      await swap(octokit, repository, { branch, expected, commit });
    }
    return commit;
  } catch (error) {
    const head = await headOf(octokit, repository, branch);
    // A first try whose answer was lost may have moved it.
    if (head === commit) return commit;
    if (head !== expected) return undefined;
    throw translateRefusal(error, purpose);
  }
}

const UPDATE_REFS = `mutation ($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`;

async function swap(
  octokit: Octokit,
  repository: RepositoryParameters,
  {
    branch,
    expected,
    commit,
  }: { readonly branch: string; readonly expected: string; readonly commit: string },
): Promise<void> {
  const { data } = await octokit.rest.repos.get(repository);
  await octokit.graphql(UPDATE_REFS, {
    input: {
      repositoryId: data.node_id,
      refUpdates: [{ name: `refs/heads/${branch}`, beforeOid: expected, afterOid: commit, force: true }],
    },
  });
}

async function headOf(
  octokit: Octokit,
  repository: RepositoryParameters,
  branch: string,
): Promise<string | undefined> {
  const purpose = { what: `read the branch ${branch}`, permission: 'contents: read' };
  const answer = await requestOrUndefined(purpose, () =>
    octokit.rest.git.getRef({ ...repository, ref: `heads/${branch}` }),
  );
  return answer?.data.object.sha;
}

/** GraphQL refuses with status 200 and a list of what went wrong. */
function translateRefusal(error: unknown, purpose: Purpose): unknown {
  if (!isGraphqlRefusal(error)) return translateError(error, purpose);
  const said = error.errors
    .map(({ message }) => message)
    .join('; ')
    .slice(0, 500);
  const { permission } = purpose;
  if (error.errors.some(({ type }) => type === 'FORBIDDEN')) {
    return new MissingPermissionError(
      `the token may not ${purpose.what} (${said}); add under "permissions:" of the job: ${permission}`,
      { permission, reason: 'permission', cause: error },
    );
  }
  return new OutsideError(`GitHub refused to ${purpose.what}: ${said}`, { cause: error });
}

type GraphqlRefusal = Error & {
  readonly errors: readonly { readonly type?: string; readonly message: string }[];
};

/** By its name, since the class comes in as many copies as there are packages that bundle it. */
function isGraphqlRefusal(error: unknown): error is GraphqlRefusal {
  return error instanceof Error && error.name === 'GraphqlResponseError' && 'errors' in error;
}
