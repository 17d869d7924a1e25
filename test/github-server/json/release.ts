import { apiUrl, htmlUrl, type Links, nodeId, timestamp } from '../links.ts';
import type { Asset, Release, Repository, Status } from '../state.ts';
import { authorAssociation, userJson } from './user.ts';

export function releaseJson(links: Links, repository: Repository, release: Release) {
  const url = `${apiUrl(links, repository)}/releases/${release.id}`;
  const html = htmlUrl(links, repository);
  const tag = encodeURIComponent(release.tagName);
  return {
    id: release.id,
    node_id: nodeId('Release', release.id),
    url,
    assets_url: `${url}/assets`,
    upload_url: `${links.uploads}/repos/${repository.fullName}/releases/${release.id}/assets{?name,label}`,
    html_url: `${html}/releases/tag/${release.draft ? untaggedName(release) : tag}`,
    tarball_url: release.draft ? null : `${apiUrl(links, repository)}/tarball/${tag}`,
    zipball_url: release.draft ? null : `${apiUrl(links, repository)}/zipball/${tag}`,
    author: userJson(links, release.author),
    author_association: authorAssociation(repository, release.author),
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: timestamp(release.createdAt),
    updated_at: timestamp(release.updatedAt),
    published_at: release.publishedAt === null ? null : timestamp(release.publishedAt),
    assets: release.assets.map((asset) => assetJson(links, repository, { release, asset })),
  };
}

export type ReleaseAsset = { readonly release: Release; readonly asset: Asset };

export function assetJson(links: Links, repository: Repository, { release, asset }: ReleaseAsset) {
  const tag = release.draft ? untaggedName(release) : encodeURIComponent(release.tagName);
  return {
    id: asset.id,
    node_id: nodeId('ReleaseAsset', asset.id),
    url: `${apiUrl(links, repository)}/releases/assets/${asset.id}`,
    browser_download_url: `${htmlUrl(links, repository)}/releases/download/${tag}/${asset.name}`,
    name: asset.name,
    label: asset.label,
    state: 'uploaded',
    content_type: asset.contentType,
    size: asset.data.length,
    digest: `sha256:${asset.sha256}`,
    download_count: asset.downloads,
    uploader: userJson(links, asset.uploader),
    created_at: timestamp(asset.createdAt),
    updated_at: timestamp(asset.updatedAt),
  };
}

export function statusJson(links: Links, repository: Repository, status: Status) {
  return {
    url: `${apiUrl(links, repository)}/statuses/${status.sha}`,
    avatar_url: userJson(links, status.creator).avatar_url,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: timestamp(status.createdAt),
    updated_at: timestamp(status.createdAt),
    creator: userJson(links, status.creator),
  };
}

/** Drafts have no tag yet, so their page has a name of its own. */
function untaggedName(release: Release): string {
  return `untagged-${release.id.toString(16).padStart(20, '0')}`;
}
