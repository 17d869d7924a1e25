import type { BranchReplacement } from '../../ports/code-host.ts';
import type { Octokit } from './octokit.ts';
import type { RepositoryParameters } from './repository-name.ts';

export type NewCommit = {
  readonly message: string;
  readonly parents: readonly string[];
  /** Commit whose content the files are laid over; undefined for a commit that holds these files alone. */
  readonly base: string | undefined;
  readonly files: BranchReplacement['files'];
};

/** Makes a commit that no branch points at yet; returns its id. */
export async function createCommit(
  octokit: Octokit,
  repository: RepositoryParameters,
  { message, parents, base, files }: NewCommit,
): Promise<string> {
  const tree = await octokit.rest.git.createTree({
    ...repository,
    ...(base !== undefined && { base_tree: await treeOf(octokit, repository, base) }),
    tree: await describeFiles(octokit, repository, files),
  });
  const created = await octokit.rest.git.createCommit({
    ...repository,
    message,
    tree: tree.data.sha,
    parents: [...parents],
  });
  return created.data.sha;
}

async function treeOf(octokit: Octokit, repository: RepositoryParameters, commit: string): Promise<string> {
  return (await octokit.rest.git.getCommit({ ...repository, commit_sha: commit })).data.tree.sha;
}

/** A tree takes texts; bytes are stored first. */
async function describeFiles(octokit: Octokit, repository: RepositoryParameters, files: NewCommit['files']) {
  const described: { path: string; mode: '100644'; type: 'blob'; content?: string; sha?: string }[] = [];
  for (const [path, content] of Object.entries(files)) {
    const file = { path, mode: '100644', type: 'blob' } as const;
    if (typeof content === 'string') {
      described.push({ ...file, content });
    } else if (content instanceof Uint8Array) {
      const blob = { content: Buffer.from(content).toString('base64'), encoding: 'base64' };
      const { data } = await octokit.rest.git.createBlob({ ...repository, ...blob });
      described.push({ ...file, sha: data.sha });
    } else {
      described.push({ ...file, sha: content.content });
    }
  }
  return described;
}
