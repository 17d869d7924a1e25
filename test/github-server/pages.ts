import type { ServerResponse } from 'node:http';
import { visibleReleases } from './releases.ts';
import type { GitHubState } from './state.ts';
import type { Storage } from './storage.ts';

type Parts = { readonly state: GitHubState; readonly storage: Storage };

/**
 * Pages are not drawn: only the public address of an asset (`/owner/name/releases/download/tag/file`)
 * answers, with a redirect to storage. Returns its target, or undefined after a 404.
 */
export function servePage({ state, storage }: Parts, response: ServerResponse, url: URL): string | undefined {
  const [, owner = '', name = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const repository = state.findRepository(owner, name);
  if (repository?.private === false && rest[0] === 'releases' && rest[1] === 'download') {
    const release = visibleReleases(repository, false).find(({ tagName }) => tagName === rest[2]);
    const asset = release?.assets.find((candidate) => candidate.name === rest[3]);
    if (asset !== undefined) {
      const location = storage.sign({ ...asset, fileName: asset.name });
      response.writeHead(302, { location }).end();
      return location;
    }
  }
  response.writeHead(404).end();
  return undefined;
}
