import { InputError } from '../../core/errors.ts';
import type { BranchCommit, CodeHost, HostCommit } from '../../ports/code-host.ts';
import { createCommit } from './create-commit.ts';
import { isRefusedWith, type Purpose, request, requestOrUndefined, translateError } from './errors.ts';
import type { Octokit } from './octokit.ts';
import { listFiles, replaceBranch } from './replace-branch.ts';
import type { RepositoryParameters } from './repository-name.ts';

const READ = 'contents: read';
const WRITE = 'contents: write';
const PAGE = 100;

/** Branches over the git data API: commits without an author of their own, which GitHub signs for bots. */
export function createBranches(octokit: Octokit, repository: RepositoryParameters): CodeHost['branches'] {
  return {
    head: (branch) => headOf(octokit, repository, branch),
    readFile: (revision, path, limit) => readFile(octokit, repository, { revision, path, ...limit }),
    commitsBetween: (base, head) => commitsBetween(octokit, repository, `${base}...${head}`),
    commit: (wanted) => commitFiles(octokit, repository, wanted),
    list: (commit) => listFiles(octokit, repository, commit),
    replace: (wanted) => replaceBranch(octokit, repository, wanted),
    async delete(branch) {
      const purpose = { what: `delete the branch ${branch}`, permission: WRITE };
      try {
        await octokit.rest.git.deleteRef({ ...repository, ref: `heads/${branch}` });
      } catch (error) {
        if (!isRefusedWith(error, /does not exist/i)) throw translateError(error, purpose);
      }
    },
  };
}

async function headOf(
  octokit: Octokit,
  repository: RepositoryParameters,
  branch: string,
): Promise<string | undefined> {
  const purpose = { what: `read the branch ${branch}`, permission: READ };
  const answer = await requestOrUndefined(purpose, () =>
    octokit.rest.git.getRef({ ...repository, ref: `heads/${branch}` }),
  );
  return answer?.data.object.sha;
}

type FileWish = { readonly revision: string; readonly path: string; readonly maximumBytes?: number };

async function readFile(
  octokit: Octokit,
  repository: RepositoryParameters,
  { revision, path, maximumBytes = Number.POSITIVE_INFINITY }: FileWish,
): Promise<Uint8Array | undefined> {
  const purpose = { what: `read ${path} at ${revision}`, permission: READ };
  const answer = await requestOrUndefined(purpose, () =>
    octokit.rest.repos.getContent({ ...repository, path, ref: revision }),
  );
  const file = answer?.data;
  if (file === undefined || Array.isArray(file) || file.type !== 'file') return undefined;
  if (file.size > maximumBytes) {
    throw new InputError(
      `${path} at ${revision} has ${file.size} bytes, and at most ${maximumBytes} are read; make it smaller by hand`,
    );
  }
  if ('content' in file && (file.content !== '' || file.size === 0))
    return Buffer.from(file.content, 'base64');
  // Above a megabyte the content is left out here.
  const blob = await request(purpose, () => octokit.rest.git.getBlob({ ...repository, file_sha: file.sha }));
  return Buffer.from(blob.data.content, 'base64');
}

async function commitsBetween(
  octokit: Octokit,
  repository: RepositoryParameters,
  basehead: string,
): Promise<readonly HostCommit[]> {
  const purpose = { what: `compare ${basehead}`, permission: READ };
  const commits: HostCommit[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await request(purpose, () =>
      octokit.rest.repos.compareCommitsWithBasehead({ ...repository, basehead, page, per_page: PAGE }),
    );
    for (const { sha, commit, author } of data.commits) {
      commits.push({ id: sha, message: commit.message, author: author?.login ?? commit.author?.name ?? '' });
    }
    if (data.commits.length < PAGE) return commits.reverse();
  }
}

/**
 * The branch only ever moves forward: where it has commits that the parent does not know, the new commit
 * keeps them as its first parent. So the server itself refuses the move when somebody was faster, and no
 * commit of anybody is ever lost.
 */
async function commitFiles(
  octokit: Octokit,
  repository: RepositoryParameters,
  wanted: BranchCommit,
): Promise<string | undefined> {
  const purpose = { what: `write a commit to the branch ${wanted.branch}`, permission: WRITE };
  const { parent, expected, message, files } = wanted;
  const parents = [...new Set([expected, parent].filter((id) => id !== undefined))];
  const commit = await request(purpose, () =>
    createCommit(octokit, repository, { message, files, parents, base: parent }),
  );
  return await moveBranch(octokit, repository, { ...wanted, commit, purpose });
}

type Move = BranchCommit & { readonly commit: string; readonly purpose: Purpose };

async function moveBranch(
  octokit: Octokit,
  repository: RepositoryParameters,
  { branch, expected, commit, purpose }: Move,
): Promise<string | undefined> {
  try {
    if (expected === undefined) {
      await octokit.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: commit });
    } else {
      await octokit.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha: commit, force: false });
    }
    return commit;
  } catch (error) {
    if (!isRefusedWith(error, /already exists|does not exist|not a fast forward/i)) {
      throw translateError(error, purpose);
    }
    // A first try whose answer was lost may have moved it.
    return (await headOf(octokit, repository, branch)) === commit ? commit : undefined;
  }
}
