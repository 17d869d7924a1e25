import { InputError, OutsideError } from '../../core/errors.ts';
import { refuseLowerVersion, refuseProblems, versionTaken } from '../../core/release/check-release.ts';
import { championVersions, formatTag, parseTag } from '../../core/release/tag.ts';
import type {
  DraftRequest,
  ModelRegistry,
  PublishRequest,
  ReleaseReference,
} from '../../ports/model-registry.ts';
import { isRefusedWith, request } from './errors.ts';
import { createStorageClient, type Octokit } from './octokit.ts';
import { withPreparedAssets } from './prepared-assets.ts';
import {
  fetchDigest,
  type LocalAsset,
  type ReleaseHost,
  type StoredAsset,
  settleAssets,
} from './release-assets.ts';
import { downloadRelease, findIncompleteAssets } from './release-download.ts';
import {
  contentDigestOf,
  deleteRelease,
  getRelease,
  getReleaseByTag,
  type IdentifiedDraft,
  isUpToDate,
  listDraftReleases,
  releaseError,
  type StoredRelease,
  settleDraft,
  updateRelease,
  wholeAssets,
} from './release-drafts.ts';
import { parseRepositoryName } from './repository-name.ts';

export type GithubRegistryOptions = {
  readonly octokit: Octokit;
  /** `owner/name`. */
  readonly repository: string;
  readonly userAgent: string;
  readonly retryMilliseconds?: number;
};

const PARALLEL_DOWNLOADS = 4;

/** The model registry port over the releases of a GitHub repository. */
export function createGithubModelRegistry(options: GithubRegistryOptions): ModelRegistry {
  const { octokit, userAgent, retryMilliseconds = 1000 } = options;
  const host: ReleaseHost = {
    octokit,
    storage: createStorageClient({ userAgent, retryMilliseconds }),
    repository: parseRepositoryName(options.repository),
    retryMilliseconds,
  };
  return {
    findChampion: (model) => findChampion(host, model),
    async findRelease(model, version) {
      const release = await getReleaseByTag(host, formatTag(model, version));
      return release && referenceOf(release);
    },
    async listDrafts(model) {
      const drafts = (await listDraftReleases(host, model)).map(referenceOf);
      return drafts.sort((left, right) => Number(right.id) - Number(left.id));
    },
    download: (release, directory) => downloadRelease(host, release, directory),
    createDraft: (wanted) => createDraft(host, wanted),
    publish: (draft, wanted) => publish(host, draft, wanted),
    deleteDraft: (draft) => deleteDraft(host, draft),
  };
}

/** By tags and not by paging through releases; a tag without a release, or of a prerelease, is passed over. */
async function findChampion(host: ReleaseHost, model: string): Promise<ReleaseReference | undefined> {
  const { octokit, repository } = host;
  const purpose = { what: 'list the tags of the model', permission: 'contents: read' };
  const references = await request(purpose, () =>
    octokit.paginate(octokit.rest.git.listMatchingRefs, { ...repository, ref: `tags/${model}@v` }),
  );
  const tags = references.map(({ ref }) => ref.slice('refs/tags/'.length));
  for (const version of championVersions(model, tags)) {
    const release = await getReleaseByTag(host, formatTag(model, version));
    if (release !== undefined && !release.draft && !release.prerelease) return referenceOf(release);
  }
  return undefined;
}

async function createDraft(host: ReleaseHost, wanted: DraftRequest): Promise<ReleaseReference> {
  return await withPreparedAssets(wanted.assets, async ({ assets, contentDigest }) => {
    const tag = formatTag(wanted.model, wanted.version);
    const published = await getReleaseByTag(host, tag);
    if (published !== undefined) {
      if (contentDigestOf(published) === contentDigest) return referenceOf(published);
      throw versionTaken(tag);
    }
    const draft = await settleDraft(host, wanted, contentDigest);
    const upload = { releaseId: draft.id, uploadUrl: draft.upload_url, assets };
    await verifyAssets(host, await settleAssets(host, upload), assets);
    return referenceOf(await refreshDraft(host, draft, wanted));
  });
}

/** What came back is what decides, not what the server says it has. */
async function verifyAssets(
  host: ReleaseHost,
  stored: readonly StoredAsset[],
  assets: readonly LocalAsset[],
): Promise<void> {
  const waiting = [...stored];
  const worker = async () => {
    for (let asset = waiting.shift(); asset !== undefined; asset = waiting.shift()) {
      const { name } = asset;
      const expected = assets.find((local) => local.name === name)?.sha256;
      const actual = await fetchDigest(host, asset);
      if (actual !== expected) {
        throw new OutsideError(
          `${name} came back from GitHub with the SHA-256 ${actual} instead of ${expected}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_DOWNLOADS }, worker));
}

async function refreshDraft(
  host: ReleaseHost,
  draft: StoredRelease,
  wanted: DraftRequest,
): Promise<StoredRelease> {
  const current = await getRelease(host, draft.id);
  if (current === undefined)
    throw new OutsideError(`the draft of ${draft.tag_name} was deleted while it was made`);
  if (!current.draft || isUpToDate(current, wanted.model, wanted)) return current;
  const contentDigest = contentDigestOf(draft) ?? '';
  try {
    return await updateRelease(
      host,
      { id: draft.id, model: wanted.model, contentDigest },
      { ...wanted, publish: false },
    );
  } catch (error) {
    throw releaseError(error, {
      what: 'change a draft release',
      tag: formatTag(wanted.model, wanted.version),
    });
  }
}

async function publish(
  host: ReleaseHost,
  draft: ReleaseReference,
  wanted: PublishRequest,
): Promise<ReleaseReference> {
  const tag = formatTag(draft.model, wanted.version);
  const [current, published] = await Promise.all([
    getRelease(host, Number(draft.id)),
    getReleaseByTag(host, tag),
  ]);
  if (published !== undefined) return await acceptPublished(host, { published, draft, current });
  if (current === undefined) {
    throw new InputError(`the draft ${draft.tag} is gone; make it again before publishing`);
  }
  if (!current.draft)
    throw new InputError(`the draft was published as ${current.tag_name} already, not as ${tag}`);
  const champion = await findChampion(host, draft.model);
  refuseLowerVersion(draft.model, wanted.version, champion?.version);
  const { problems, contentDigest } = await findIncompleteAssets(host, current);
  refuseProblems(`${current.tag_name} (a draft)`, problems);
  const identified = { id: current.id, model: draft.model, contentDigest };
  await publishDraft(host, identified, { wanted, tag, draft });
  const visible = await getReleaseByTag(host, tag);
  if (visible === undefined) throw new OutsideError(`GitHub published ${tag} but does not show it yet`);
  return referenceOf(visible);
}

type Publication = {
  readonly wanted: PublishRequest;
  readonly tag: string;
  readonly draft: ReleaseReference;
};

async function publishDraft(
  host: ReleaseHost,
  identified: IdentifiedDraft,
  { wanted, tag, draft }: Publication,
): Promise<void> {
  try {
    await updateRelease(host, identified, { ...wanted, publish: true });
  } catch (error) {
    const what = 'publish a release';
    if (!isRefusedWith(error, /already_exists/)) throw releaseError(error, { what, tag });
    // Another run was faster with the same tag.
    const published = await getReleaseByTag(host, tag);
    if (published === undefined) throw releaseError(error, { what, tag });
    const current = await getRelease(host, identified.id);
    await acceptPublished(host, { published, draft, current });
  }
}

type Rivals = {
  readonly published: StoredRelease;
  readonly draft: ReleaseReference;
  readonly current: StoredRelease | undefined;
};

/** The tag is published: fine when it is these bytes, whoever did it; the draft is then of no more use. */
async function acceptPublished(
  host: ReleaseHost,
  { published, draft, current }: Rivals,
): Promise<ReleaseReference> {
  if (String(published.id) === draft.id) return referenceOf(published);
  const same =
    current === undefined
      ? sameAssets(referenceOf(published), draft)
      : contentDigestOf(published) === contentDigestOf(current);
  if (!same) throw versionTaken(published.tag_name);
  if (current?.draft) await deleteRelease(host, current.id);
  return referenceOf(published);
}

function sameAssets(left: ReleaseReference, right: ReleaseReference): boolean {
  const describe = ({ assets }: ReleaseReference) =>
    assets
      .map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`)
      .sort()
      .join('\n');
  return describe(left) === describe(right);
}

async function deleteDraft(host: ReleaseHost, draft: ReleaseReference): Promise<void> {
  const current = await getRelease(host, Number(draft.id));
  if (current === undefined) return;
  if (!current.draft) {
    throw new InputError(`${current.tag_name} is published; Contender deletes drafts alone`);
  }
  await deleteRelease(host, current.id);
}

function referenceOf(release: StoredRelease): ReleaseReference {
  const tag = parseTag(release.tag_name);
  if (tag === undefined)
    throw new OutsideError(`GitHub answered with a release of another tag: ${release.tag_name}`);
  // A draft's own date is that of its commit; its assets say when it was made.
  const newestAsset = release.assets
    .map(({ updated_at }) => updated_at)
    .sort()
    .at(-1);
  return {
    id: String(release.id),
    ...tag,
    tag: release.tag_name,
    url: release.html_url,
    draft: release.draft,
    createdAt: release.published_at ?? newestAsset ?? release.created_at,
    assets: wholeAssets(release),
  };
}
