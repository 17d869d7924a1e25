import { InputError, OutsideError } from '../../core/errors.ts';
import { formatTag, isPrerelease, parseTag } from '../../core/release/tag.ts';
import type { DraftRequest, PublishRequest } from '../../ports/model-registry.ts';
import { isRefusedWith, request, requestOrUndefined, translateError } from './errors.ts';
import { digestOf, type ReleaseHost, type StoredAsset } from './release-assets.ts';

/** Releases as GitHub keeps them, and the one draft that belongs to a set of assets. */

export type StoredRelease = {
  readonly id: number;
  readonly tag_name: string;
  readonly target_commitish: string;
  readonly name: string | null;
  readonly html_url: string;
  readonly upload_url: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly body?: string | null;
  readonly created_at: string;
  readonly published_at: string | null;
  readonly assets: readonly (StoredAsset & { readonly updated_at: string })[];
};

const PAGE = 100;
/** Of the 125,000 that GitHub keeps. */
const MAX_NOTES_CHARACTERS = 120_000;

export async function getRelease(host: ReleaseHost, id: number): Promise<StoredRelease | undefined> {
  const { octokit, repository } = host;
  return (
    await requestOrUndefined({ what: 'read a release', permission: 'contents: write' }, () =>
      octokit.rest.repos.getRelease({ ...repository, release_id: id }),
    )
  )?.data;
}

/** A published release; drafts are never found by their tag. */
export async function getReleaseByTag(host: ReleaseHost, tag: string): Promise<StoredRelease | undefined> {
  const { octokit, repository } = host;
  return (
    await requestOrUndefined({ what: `read the release ${tag}`, permission: 'contents: read' }, () =>
      octokit.rest.repos.getReleaseByTag({ ...repository, tag }),
    )
  )?.data;
}

/** The drafts of a model, which only a listing of all releases shows. */
export async function listDraftReleases(host: ReleaseHost, model: string): Promise<readonly StoredRelease[]> {
  const { octokit, repository } = host;
  const releases = await request({ what: 'list the releases', permission: 'contents: write' }, () =>
    octokit.paginate(octokit.rest.repos.listReleases, { ...repository, per_page: PAGE }),
  );
  return releases.filter(({ draft, tag_name }) => draft && parseTag(tag_name)?.model === model);
}

/**
 * The one draft for these assets: an earlier run's when there is one, else a new one. Of several, which
 * runs at once or a lost answer can leave, the oldest stays; every run agrees on that.
 */
export async function settleDraft(
  host: ReleaseHost,
  wanted: DraftRequest,
  contentDigest: string,
): Promise<StoredRelease> {
  const isSame = (draft: StoredRelease) => contentDigestOf(draft) === contentDigest;
  let same = (await listDraftReleases(host, wanted.model)).filter(isSame);
  if (same.length === 0) {
    const created = await createDraftRelease(host, wanted, contentDigest);
    same = (await listDraftReleases(host, wanted.model)).filter(isSame);
    if (same.length === 0) same = [created];
  }
  const [kept, ...others] = [...same].sort((left, right) => left.id - right.id);
  for (const other of others) await deleteRelease(host, other.id);
  if (kept === undefined) throw new OutsideError('the draft of the release vanished while it was made');
  return kept;
}

async function createDraftRelease(
  host: ReleaseHost,
  wanted: DraftRequest,
  contentDigest: string,
): Promise<StoredRelease> {
  const { octokit, repository } = host;
  const fields = releaseFields(wanted.model, wanted, contentDigest);
  try {
    return (await octokit.rest.repos.createRelease({ ...repository, ...fields, draft: true })).data;
  } catch (error) {
    throw releaseError(error, { what: 'create a draft release', tag: fields.tag_name });
  }
}

export type IdentifiedDraft = { readonly id: number; readonly model: string; readonly contentDigest: string };

/** Brings tag, title, notes and target up to date, and publishes only when asked to. */
export async function updateRelease(
  host: ReleaseHost,
  draft: IdentifiedDraft,
  change: PublishRequest & { readonly publish: boolean },
): Promise<StoredRelease> {
  const { octokit, repository } = host;
  const { data } = await octokit.rest.repos.updateRelease({
    ...repository,
    ...releaseFields(draft.model, change, draft.contentDigest),
    release_id: draft.id,
    // Never `draft: true`: another run may have published it meanwhile, and that would take it back.
    ...(change.publish && { draft: false }),
  });
  return data;
}

/** Whether a release has the tag, title, notes and target already. */
export function isUpToDate(release: StoredRelease, model: string, wanted: PublishRequest): boolean {
  const fields = releaseFields(model, wanted, contentDigestOf(release) ?? '');
  return (
    release.tag_name === fields.tag_name &&
    release.target_commitish === fields.target_commitish &&
    release.name === fields.name &&
    release.body === fields.body
  );
}

/** A tag that an immutable release has used stays taken, even when that release is deleted. */
export function releaseError(error: unknown, { what, tag }: { what: string; tag: string }): unknown {
  if (isRefusedWith(error, /used by an immutable release/i)) {
    return new InputError(
      `${tag} was used by an immutable release; leave the version to auto or take a higher one`,
      {
        cause: error,
      },
    );
  }
  return translateError(error, { what, permission: 'contents: write' });
}

export async function deleteRelease(host: ReleaseHost, id: number): Promise<void> {
  const { octokit, repository } = host;
  await requestOrUndefined({ what: 'delete a draft release', permission: 'contents: write' }, () =>
    octokit.rest.repos.deleteRelease({ ...repository, release_id: id }),
  );
}

function releaseFields(model: string, wanted: PublishRequest, contentDigest: string) {
  return {
    tag_name: formatTag(model, wanted.version),
    target_commitish: wanted.commit,
    name: wanted.title,
    // The mark comes after the cut, so that no length of notes can lose it.
    body: `${wanted.notes.slice(0, MAX_NOTES_CHARACTERS)}\n\n${markOf(contentDigest)}`,
    prerelease: isPrerelease(wanted.version),
    make_latest: 'false' as const,
  };
}

/** Says which set of assets a release is for, in a comment that is not shown. */
function markOf(contentDigest: string): string {
  return `<!-- contender-assets ${contentDigest} -->`;
}

/** Digest of the `SHA256SUMS` that a release is for, by its mark. */
export function contentDigestOf(release: Pick<StoredRelease, 'body'>): string | undefined {
  const marks = [...(release.body ?? '').matchAll(/<!-- contender-assets ([0-9a-f]{64}) -->/g)];
  return marks.at(-1)?.[1];
}

/** Assets of a release that are whole. */
export function wholeAssets(release: StoredRelease) {
  return release.assets
    .filter(({ state }) => state === 'uploaded')
    .map((asset) => {
      const sha256 = digestOf(asset);
      return { name: asset.name, bytes: asset.size, ...(sha256 !== undefined && { sha256 }) };
    });
}
