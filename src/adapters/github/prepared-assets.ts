import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InputError } from '../../core/errors.ts';
import { checkAssets } from '../../core/release/check-release.ts';
import { CHECKSUMS_NAME, renderChecksums } from '../../core/release/checksums.ts';
import type { DraftRequest } from '../../ports/model-registry.ts';
import type { LocalAsset } from './release-assets.ts';

/** An asset must stay under 2 GiB. */
const MAX_ASSET_BYTES = 2 ** 31 - 1;

export type PreparedAssets = {
  /** `SHA256SUMS` last: where it is, all the others are. */
  readonly assets: readonly LocalAsset[];
  /** SHA-256 of `SHA256SUMS`, which names the whole set. */
  readonly contentDigest: string;
};

/** Hashes the files and gives them on with their `SHA256SUMS`, which lives as long as the work does. */
export async function withPreparedAssets<Result>(
  wanted: DraftRequest['assets'],
  work: (prepared: PreparedAssets) => Promise<Result>,
): Promise<Result> {
  const assets: LocalAsset[] = [];
  for (const { name, path: file } of wanted) assets.push(await describeFile(name, file));
  checkAssets(assets);
  const directory = await mkdtemp(path.join(tmpdir(), 'contender-release-'));
  try {
    const file = path.join(directory, CHECKSUMS_NAME);
    await writeFile(file, renderChecksums(assets));
    const checksums = await describeFile(CHECKSUMS_NAME, file);
    return await work({ assets: [...assets, checksums], contentDigest: checksums.sha256 });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function describeFile(name: string, file: string): Promise<LocalAsset> {
  const { size } = await stat(file).catch((cause: Error) => {
    throw new InputError(`the asset ${name} cannot be read: ${cause.message}`, { location: { file }, cause });
  });
  if (size > MAX_ASSET_BYTES) {
    throw new InputError(`the asset ${name} has ${size} bytes; GitHub takes less than 2 GiB`, {
      location: { file },
    });
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { name, path: file, bytes: size, sha256: hash.digest('hex') };
}
