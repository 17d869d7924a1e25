import { type Answer, created, GitHubError, notFound, ok } from '../answers.ts';
import { readCommit } from '../commit-reader.ts';
import { lines, type Signature, type TreeChange } from '../git-repository.ts';
import { gitCommitJson } from '../json/commit.ts';
import { apiUrl, type Links, nodeId } from '../links.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { Repository } from '../state.ts';

const READ = read('contents');
const WRITE = write('contents');
const LARGEST_NEW_BLOB = 40 * 1024 * 1024;

export const GIT_OBJECT_ROUTES = [
  route('git/create-blob', WRITE, postBlob),
  route('git/get-blob', READ, getBlob),
  route('git/create-tree', WRITE, postTree),
  route('git/get-tree', READ, getTree),
  route('git/create-commit', WRITE, postCommit),
  route('git/get-commit', READ, getCommit),
];

async function postBlob({ links, repository, body }: RepositoryExchange): Promise<Answer> {
  const encoding = body.encoding === 'base64' ? 'base64' : 'utf8';
  const content = Buffer.from(body.content as string, encoding);
  if (content.length > LARGEST_NEW_BLOB)
    throw new GitHubError(422, 'Sorry, your input was too large to process.');
  const sha = await repository.git.createBlob(content);
  return created({ sha, url: `${apiUrl(links, repository)}/git/blobs/${sha}` });
}

async function getBlob({ links, repository, path, headers }: RepositoryExchange): Promise<Answer> {
  const sha = path.file_sha!;
  if ((await repository.git.objectType(sha)) !== 'blob') throw notFound();
  const data = await repository.git.blob(sha);
  if (wantsRaw(headers.accept)) return rawAnswer(data);
  return ok({
    sha,
    node_id: nodeId('Blob', sha),
    size: data.length,
    url: `${apiUrl(links, repository)}/git/blobs/${sha}`,
    content: base64Lines(data),
    encoding: 'base64',
  });
}

async function postTree({ links, repository, body }: RepositoryExchange): Promise<Answer> {
  const { git } = repository;
  const base = body.base_tree as string | undefined;
  const baseTree = base === undefined ? undefined : await git.object(`${base}^{tree}`);
  if (base !== undefined && baseTree === undefined) throw notFound();
  const changes = body.tree as (Partial<TreeChange> & { sha?: string | null; content?: string })[];
  const checked = await Promise.all(changes.map((change) => treeChange(repository, change)));
  const sha = await git.createTree(baseTree, checked);
  return created({ ...(await treeJson(links, repository, { sha, recursive: false })) });
}

async function treeChange(
  { git }: Repository,
  change: Omit<Partial<TreeChange>, 'sha'> & { sha?: string | null },
): Promise<TreeChange> {
  const { path, mode, sha, content } = change;
  if (path === undefined || mode === undefined || path.startsWith('/') || path.split('/').includes('..')) {
    throw new GitHubError(422, 'tree.path contains a malformed path component');
  }
  if (sha === null) return { path, mode };
  if (sha === undefined && content === undefined) {
    throw new GitHubError(422, 'Must supply either tree.sha or tree.content.');
  }
  if (sha !== undefined && mode !== '160000' && (await git.objectType(sha)) === undefined) {
    throw new GitHubError(422, `tree.sha ${sha} is not a valid object`);
  }
  return sha === undefined ? { path, mode, content: content! } : { path, mode, sha };
}

async function getTree({ links, repository, path, query }: RepositoryExchange): Promise<Answer> {
  const sha = await repository.git.object(`${path.tree_sha}^{tree}`);
  if (sha === undefined) throw notFound();
  // Whatever the value is, even `false`: the mere presence of the parameter makes it recursive.
  return ok(await treeJson(links, repository, { sha, recursive: query.has('recursive') }));
}

async function treeJson(
  links: Links,
  repository: Repository,
  { sha, recursive }: { readonly sha: string; readonly recursive: boolean },
) {
  const api = apiUrl(links, repository);
  const options = recursive ? ['-r', '-t'] : [];
  const { text } = await repository.git.git(['ls-tree', '-l', '-z', ...options, sha]);
  const tree = text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [details = '', path = ''] = entry.split('\t');
      const [mode = '', type = '', object = '', size = '-'] = details.split(/ +/);
      const url = `${api}/git/${type}s/${object}`;
      return { path, mode, type, sha: object, url, ...(size === '-' ? {} : { size: Number(size) }) };
    });
  return { sha, url: `${api}/git/trees/${sha}`, tree, truncated: false };
}

async function postCommit(exchange: RepositoryExchange): Promise<Answer> {
  const { state, links, repository, caller, body } = exchange;
  const { git } = repository;
  const tree = body.tree as string;
  const parents = (body.parents as string[] | undefined) ?? [];
  if ((await git.objectType(tree)) !== 'tree') throw new GitHubError(422, 'Tree SHA does not exist');
  for (const parent of parents) {
    if ((await git.objectType(parent)) !== 'commit') {
      throw new GitHubError(422, 'Parent SHA does not exist or is not a commit object');
    }
  }
  const standing = { name: caller.author.name, email: caller.author.email, date: state.now() };
  const author = signature(body.author, standing);
  const committer = signature(body.committer, author);
  const sha = await git.createCommit({
    tree,
    parents,
    message: body.message as string,
    author,
    committer,
  });
  const isOwnWork = body.author === undefined && body.committer === undefined;
  if (caller.author.type === 'Bot' && isOwnWork) repository.signedCommits.add(sha);
  return created(gitCommitJson(links, repository, await readCommit(git, sha)));
}

async function getCommit({ links, repository, path }: RepositoryExchange): Promise<Answer> {
  const sha = path.commit_sha!;
  if ((await repository.git.objectType(sha)) !== 'commit') throw notFound();
  return ok(gitCommitJson(links, repository, await readCommit(repository.git, sha)));
}

function signature(value: unknown, standing: Signature): Signature {
  const given = (value ?? {}) as { name?: string; email?: string; date?: string };
  return {
    name: given.name ?? standing.name,
    email: given.email ?? standing.email,
    date: given.date === undefined ? standing.date : new Date(given.date),
  };
}

export function wantsRaw(accept: string | undefined): boolean {
  return accept !== undefined && /application\/vnd\.github(\.v3)?\.raw/.test(accept);
}

export function rawAnswer(data: Buffer): Answer {
  return {
    status: 200,
    bytes: data,
    headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' },
  };
}

/** Base64 in lines of 60 characters with a newline after each, as GitHub sends it. */
export function base64Lines(data: Buffer): string {
  const wrapped = data.toString('base64').replace(/.{1,60}/g, '$&\n');
  return lines(wrapped).join('\n');
}
