import { type Answer, notFound, ok } from '../answers.ts';
import { apiUrl, escapePath, htmlUrl } from '../links.ts';
import { type RepositoryExchange, read, route } from '../router.ts';
import { base64Lines, rawAnswer, wantsRaw } from './git-objects.ts';

const LARGEST_JSON_FILE = 1024 * 1024;
const LARGEST_FILE = 100 * 1024 * 1024;

export const CONTENT_ROUTES = [route('repos/get-content', read('contents'), getContent)];

async function getContent(exchange: RepositoryExchange): Promise<Answer> {
  const { repository, path, query, headers } = exchange;
  const { git } = repository;
  const reference = query.get('ref') ?? repository.defaultBranch;
  const commit = await git.commitOf(reference);
  const file = path.path!.replace(/^\/+|\/+$/g, '');
  const sha = commit === undefined ? undefined : await git.object(`${commit}:${file}`);
  if (sha === undefined) throw notFound();
  const type = await git.objectType(sha);
  if (type === 'tree') return ok(await directoryJson(exchange, { directory: file, sha, reference }));
  if (type !== 'blob') throw notFound();
  const data = await git.blob(sha);
  if (data.length > LARGEST_FILE) throw notFound();
  if (wantsRaw(headers.accept)) return rawAnswer(data);
  // Over a megabyte the JSON answer has no content; only the raw media type has.
  const isSmall = data.length <= LARGEST_JSON_FILE;
  return ok({
    ...entryJson(exchange, { path: file, sha, type: 'file', size: data.length, reference }),
    content: isSmall ? base64Lines(data) : '',
    encoding: isSmall ? 'base64' : 'none',
  });
}

async function directoryJson(
  exchange: RepositoryExchange,
  { directory, sha, reference }: { directory: string; sha: string; reference: string },
) {
  const { text } = await exchange.repository.git.git(['ls-tree', '-l', '-z', sha]);
  return text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [details = '', name = ''] = entry.split('\t');
      const [, type = '', object = '', size = '-'] = details.split(/ +/);
      const file = directory === '' ? name : `${directory}/${name}`;
      const kind = type === 'tree' ? 'dir' : 'file';
      return entryJson(exchange, { path: file, sha: object, type: kind, size: Number(size) || 0, reference });
    });
}

type Entry = {
  readonly path: string;
  readonly sha: string;
  readonly type: 'file' | 'dir';
  readonly size: number;
  readonly reference: string;
};

function entryJson({ links, repository }: RepositoryExchange, entry: Entry) {
  const { path, sha, type, size, reference } = entry;
  const escaped = escapePath(path);
  const html = htmlUrl(links, repository);
  const self = `${apiUrl(links, repository)}/contents/${escaped}?ref=${encodeURIComponent(reference)}`;
  const git = `${apiUrl(links, repository)}/git/${type === 'dir' ? 'trees' : 'blobs'}/${sha}`;
  const page = `${html}/${type === 'dir' ? 'tree' : 'blob'}/${escapePath(reference)}/${escaped}`;
  return {
    ...{ type, size, name: path.split('/').at(-1)!, path, sha },
    ...{ url: self, git_url: git, html_url: page },
    download_url: type === 'dir' ? null : `${html}/raw/${escapePath(reference)}/${escaped}`,
    _links: { self, git, html: page },
  };
}
