import { type Answer, created, GitHubError, NO_CONTENT, notFound, ok, validationFailed } from '../answers.ts';
import { assetJson, type ReleaseAsset } from '../json/release.ts';
import { answerPage } from '../pagination.ts';
import { addAsset, refuseWhenImmutable, storedAssetName } from '../releases.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import { findVisibleRelease, seesDrafts } from './releases.ts';

const READ = read('contents');
const WRITE = write('contents');

export const ASSET_ROUTES = [
  route('repos/list-release-assets', READ, listAssets),
  route('repos/upload-release-asset', WRITE, uploadAsset),
  route('repos/get-release-asset', READ, getAsset),
  route('repos/update-release-asset', WRITE, patchAsset),
  route('repos/delete-release-asset', WRITE, deleteAsset),
];

function listAssets(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository } = exchange;
  const release = findVisibleRelease(exchange);
  return answerPage(exchange, release.assets, (asset) => assetJson(links, repository, { release, asset }));
}

function uploadAsset(exchange: RepositoryExchange): Answer {
  const { state, links, repository, caller, query, headers, bytes } = exchange;
  const release = findVisibleRelease(exchange);
  const contentType = headers['content-type'];
  if (contentType === undefined) throw new GitHubError(400, 'Bad Content-Type');
  const asset = addAsset(state, release, {
    name: query.get('name')!,
    label: query.get('label'),
    contentType,
    data: bytes,
    uploader: caller.author,
  });
  return created(assetJson(links, repository, { release, asset }));
}

function getAsset(exchange: RepositoryExchange): Answer {
  const { links, repository, storage, headers } = exchange;
  const found = findAsset(exchange);
  if (!headers.accept?.includes('application/octet-stream')) return ok(assetJson(links, repository, found));
  const { asset } = found;
  asset.downloads += 1;
  if (repository.settings.assetDownload === 'redirect') {
    return { status: 302, headers: { location: storage.sign({ ...asset, fileName: asset.name }) } };
  }
  return { status: 200, bytes: asset.data, headers: { 'content-type': asset.contentType } };
}

function patchAsset(exchange: RepositoryExchange): Answer {
  const { state, links, repository, body } = exchange;
  const found = findAsset(exchange);
  const { release, asset } = found;
  refuseWhenImmutable(release, 'Cannot update assets of an immutable release.');
  const name = body.name === undefined ? asset.name : storedAssetName(body.name as string);
  if (release.assets.some((other) => other !== asset && other.name === name)) {
    throw validationFailed({ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' });
  }
  asset.name = name;
  if (body.label !== undefined) asset.label = body.label as string;
  asset.updatedAt = state.now();
  return ok(assetJson(links, repository, found));
}

function deleteAsset(exchange: RepositoryExchange): Answer {
  const { release, asset } = findAsset(exchange);
  refuseWhenImmutable(release, 'Cannot delete assets from an immutable release.');
  release.assets.splice(release.assets.indexOf(asset), 1);
  return NO_CONTENT;
}

function findAsset(exchange: RepositoryExchange): ReleaseAsset {
  const id = Number(exchange.path.asset_id);
  for (const release of exchange.repository.releases.values()) {
    const asset = release.assets.find((candidate) => candidate.id === id);
    if (asset !== undefined && (!release.draft || seesDrafts(exchange))) return { release, asset };
  }
  throw notFound();
}
