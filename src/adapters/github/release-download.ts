import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AssetProblem,
  checkManifest,
  findAssetProblems,
  MANIFEST_NAME,
  readReleaseChecksums,
  refuseProblems,
} from '../../core/release/check-release.ts';
import { CHECKSUMS_NAME, type Checksum } from '../../core/release/checksums.ts';
import type { DownloadedRelease, ReleaseReference } from '../../ports/model-registry.ts';
import { digestOf, downloadAsset, listAssets, type ReleaseHost, type StoredAsset } from './release-assets.ts';
import type { StoredRelease } from './release-drafts.ts';

const PARALLEL_DOWNLOADS = 4;

/** Downloads what `SHA256SUMS` names, and nothing else that may lie beside it. */
export async function downloadRelease(
  host: ReleaseHost,
  release: ReleaseReference,
  directory: string,
): Promise<DownloadedRelease> {
  await mkdir(directory, { recursive: true });
  const stored = (await listAssets(host, Number(release.id))).filter(({ state }) => state === 'uploaded');
  const { checksums } = await readChecksums(host, { tag: release.tag, stored, directory });
  refuseProblems(release.tag, findAssetProblems(checksums, digestsOf(stored)));
  const wanted = stored.filter(({ name }) => checksums.some((checksum) => checksum.name === name));
  const present = await downloadAll(host, wanted, directory);
  refuseProblems(release.tag, findAssetProblems(checksums, present));
  const manifest = checkManifest(await readFile(path.join(directory, MANIFEST_NAME), 'utf8'), release, {
    checksums,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return {
    reference: release,
    directory,
    manifest,
    modelPath: path.resolve(directory, manifest.file),
    ...(manifest.features !== undefined && { featuresPath: path.resolve(directory, manifest.features) }),
  };
}

/** What a draft lacks of its own `SHA256SUMS`, and the digest of that file. */
export async function findIncompleteAssets(
  host: ReleaseHost,
  draft: StoredRelease,
): Promise<{ readonly problems: readonly AssetProblem[]; readonly contentDigest: string }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'contender-draft-'));
  try {
    const stored = draft.assets.filter(({ state }) => state === 'uploaded');
    const { checksums, sha256 } = await readChecksums(host, { tag: draft.tag_name, stored, directory });
    return { problems: findAssetProblems(checksums, digestsOf(stored)), contentDigest: sha256 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

type ChecksumsRequest = {
  readonly tag: string;
  readonly stored: readonly StoredAsset[];
  readonly directory: string;
};

async function readChecksums(
  host: ReleaseHost,
  { tag, stored, directory }: ChecksumsRequest,
): Promise<{ readonly checksums: readonly Checksum[]; readonly sha256: string }> {
  const asset = stored.find(({ name }) => name === CHECKSUMS_NAME);
  if (asset === undefined) return { checksums: readReleaseChecksums(undefined, tag), sha256: '' };
  const file = path.join(directory, CHECKSUMS_NAME);
  const sha256 = await downloadAsset(host, asset, file);
  return { checksums: readReleaseChecksums(await readFile(file, 'utf8'), tag), sha256 };
}

function digestsOf(stored: readonly StoredAsset[]): ReadonlyMap<string, string | undefined> {
  return new Map(stored.map((asset) => [asset.name, digestOf(asset)]));
}

async function downloadAll(
  host: ReleaseHost,
  assets: readonly StoredAsset[],
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  const waiting = [...assets];
  const worker = async () => {
    for (let asset = waiting.shift(); asset !== undefined; asset = waiting.shift()) {
      digests.set(asset.name, await downloadAsset(host, asset, path.join(directory, asset.name)));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_DOWNLOADS }, worker));
  return digests;
}
