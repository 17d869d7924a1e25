import { createHash } from 'node:crypto';
import { checkLength, GitHubError, notFound, validationFailed } from './answers.ts';
import { readCommit } from './commit-reader.ts';
import type { Asset, GitHubState, Release, Repository, User } from './state.ts';

const LONGEST_NOTES = 125_000;

export type ReleaseFields = Pick<
  Release,
  'tagName' | 'targetCommitish' | 'name' | 'body' | 'draft' | 'prerelease' | 'makeLatest'
>;

export function findRelease(repository: Repository, id: number): Release {
  const release = repository.releases.get(id);
  if (release === undefined) throw notFound();
  return release;
}

export async function createRelease(
  state: GitHubState,
  repository: Repository,
  fields: ReleaseFields & { readonly author: User },
): Promise<Release> {
  const now = state.now();
  const release: Release = {
    ...fields,
    ...{ id: state.nextId(), draft: true, immutable: false, assets: [] },
    ...{ createdAt: now, updatedAt: now, publishedAt: null },
  };
  await changeRelease(state, { repository, release }, fields);
  repository.releases.set(release.id, release);
  return release;
}

/** Applies fields, publishing a draft (which makes its tag) when `draft` turns false. */
export async function changeRelease(
  state: GitHubState,
  { repository, release }: { readonly repository: Repository; readonly release: Release },
  fields: ReleaseFields,
): Promise<void> {
  const makesLatest =
    fields.makeLatest === 'true' && !fields.draft && (release.draft || release.makeLatest !== 'true');
  checkLength(fields.body, { resource: 'Release', field: 'body', maximum: LONGEST_NOTES });
  if (release.immutable && fields.tagName !== release.tagName) {
    throw new GitHubError(422, 'Cannot change the tag of an immutable release.');
  }
  await checkTag(repository, release, fields.tagName);
  const tag = `refs/tags/${fields.tagName}`;
  const target =
    (await repository.git.commitOf(tag)) ?? (await targetCommit(repository, fields.targetCommitish));
  const publishes = release.draft && !fields.draft;
  if (!fields.draft && (await repository.git.reference(tag)) === undefined) {
    await repository.git.updateReference(tag, target);
  }
  Object.assign(release, fields);
  release.createdAt = new Date((await readCommit(repository.git, target)).committer.date);
  release.updatedAt = state.now();
  if (makesLatest && !fields.prerelease) repository.latestReleaseId = release.id;
  if (fields.makeLatest === 'false' && repository.latestReleaseId === release.id) {
    repository.latestReleaseId = undefined;
  }
  if (!publishes) return;
  release.publishedAt = state.now();
  release.immutable = repository.settings.immutableReleases;
  if (release.immutable) repository.lockedTags.add(release.tagName);
}

/** Published releases, and drafts for those who may push; newest first. */
export function visibleReleases(repository: Repository, seesDrafts: boolean): Release[] {
  return [...repository.releases.values()]
    .filter((release) => seesDrafts || !release.draft)
    .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime() || right.id - left.id);
}

export function findReleaseByTag(repository: Repository, tag: string): Release {
  const release = visibleReleases(repository, false).find((candidate) => candidate.tagName === tag);
  if (release === undefined) throw notFound();
  return release;
}

export function findLatestRelease(repository: Repository): Release {
  const candidates = visibleReleases(repository, false).filter((release) => !release.prerelease);
  const chosen = candidates.find((release) => release.id === repository.latestReleaseId);
  const latest = chosen ?? candidates.find((release) => release.makeLatest !== 'false') ?? candidates[0];
  if (latest === undefined) throw notFound();
  return latest;
}

export type NewAsset = {
  readonly name: string;
  readonly label: string | null;
  readonly contentType: string;
  readonly data: Buffer;
  readonly uploader: User;
};

export function addAsset(state: GitHubState, release: Release, asset: NewAsset): Asset {
  refuseWhenImmutable(release, 'Cannot upload assets to an immutable release.');
  if (asset.data.length === 0) {
    const message = 'size must be greater than or equal to 1';
    throw validationFailed({ resource: 'ReleaseAsset', code: 'custom', field: 'size', message });
  }
  const name = storedAssetName(asset.name);
  if (release.assets.some((other) => other.name === name)) {
    throw validationFailed({ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' });
  }
  const sha256 = createHash('sha256').update(asset.data).digest('hex');
  const now = state.now();
  const record = { ...asset, name, sha256, id: state.nextId(), createdAt: now, updatedAt: now, downloads: 0 };
  release.assets.push(record);
  return record;
}

export function refuseWhenImmutable(release: Release, message: string): void {
  if (release.immutable) throw new GitHubError(422, message);
}

/** GitHub keeps letters, digits and `-_+@` of a name; the rest becomes single dots inside it. */
export function storedAssetName(name: string): string {
  const bare = name.normalize('NFD').replace(/\p{Diacritic}/gu, '');
  const stored = (bare.startsWith('.') ? `default${bare}` : bare)
    .replace(/[^a-z0-9\-_+@]+/gi, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
  return name !== stored && !stored.includes('.') ? `default.${stored}` : stored;
}

async function checkTag(repository: Repository, release: Release, tagName: string): Promise<void> {
  const taken = [...repository.releases.values()].some(
    (other) => other !== release && !other.draft && other.tagName === tagName,
  );
  if (taken) throw validationFailed({ resource: 'Release', code: 'already_exists', field: 'tag_name' });
  if (!release.immutable && repository.lockedTags.has(tagName)) {
    const message = 'tag_name was used by an immutable release';
    throw validationFailed({ resource: 'Release', code: 'custom', field: 'tag_name', message });
  }
  if (!(await repository.git.isValidReferenceName(`refs/tags/${tagName}`))) {
    const message = 'tag_name is not a valid tag';
    throw validationFailed({ resource: 'Release', code: 'custom', field: 'tag_name', message });
  }
}

async function targetCommit(repository: Repository, committish: string): Promise<string> {
  const branch = await repository.git.reference(`refs/heads/${committish}`);
  const commit =
    branch ?? (/^[0-9a-f]{40}$/.test(committish) ? await repository.git.commitOf(committish) : undefined);
  if (commit === undefined) {
    throw validationFailed({ resource: 'Release', code: 'invalid', field: 'target_commitish' });
  }
  return commit;
}
