import type { ChangedFile, CommitRecord } from '../commit-reader.ts';
import { apiUrl, escapePath, htmlUrl, type Links, nodeId } from '../links.ts';
import type { GitHubState, Repository } from '../state.ts';
import { userJson } from './user.ts';

export type RepositoryContext = {
  readonly state: GitHubState;
  readonly links: Links;
  readonly repository: Repository;
};

/** GitHub's `commit`, of the commits routes. */
export function commitJson({ state, links, repository }: RepositoryContext, commit: CommitRecord) {
  const api = apiUrl(links, repository);
  const author = state.userByEmail(commit.author.email);
  const committer = state.userByEmail(commit.committer.email);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${htmlUrl(links, repository)}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: verificationJson(repository, commit),
    },
    author: author === undefined ? null : userJson(links, author),
    committer: committer === undefined ? null : userJson(links, committer),
    parents: parentsJson(links, repository, commit),
  };
}

/** GitHub's `git-commit`, of the git data routes. */
export function gitCommitJson(links: Links, repository: Repository, commit: CommitRecord) {
  const api = apiUrl(links, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${htmlUrl(links, repository)}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    parents: parentsJson(links, repository, commit),
    verification: verificationJson(repository, commit),
  };
}

export type FileContext = {
  readonly links: Links;
  readonly repository: Repository;
  readonly revision: string;
};

/** GitHub's `diff-entry`. */
export function changedFileJson({ links, repository, revision }: FileContext, file: ChangedFile) {
  const html = htmlUrl(links, repository);
  const place = `${revision}/${escapePath(file.filename)}`;
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${place}`,
    raw_url: `${html}/raw/${place}`,
    contents_url: `${apiUrl(links, repository)}/contents/${escapePath(file.filename)}?ref=${revision}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousFilename === undefined ? {} : { previous_filename: file.previousFilename }),
  };
}

function parentsJson(links: Links, repository: Repository, commit: CommitRecord) {
  return commit.parents.map((sha) => ({
    sha,
    url: `${apiUrl(links, repository)}/commits/${sha}`,
    html_url: `${htmlUrl(links, repository)}/commit/${sha}`,
  }));
}

/** The signature itself is not made; only that GitHub would have signed is kept. */
function verificationJson(repository: Repository, commit: CommitRecord) {
  const verified = repository.signedCommits.has(commit.sha);
  const reason = verified ? 'valid' : 'unsigned';
  return {
    verified,
    reason,
    signature: null,
    payload: null,
    verified_at: verified ? commit.committer.date : null,
  };
}
