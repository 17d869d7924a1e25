import { createHash } from 'node:crypto';
import { createWriteStream, openAsBlob } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as delay } from 'node:timers/promises';
import { InputError, OutsideError } from '../../core/errors.ts';
import type { Checksum } from '../../core/release/checksums.ts';
import {
  isRefusedWith,
  type Purpose,
  request,
  requestOrUndefined,
  statusOf,
  translateError,
} from './errors.ts';
import type { createStorageClient, Octokit } from './octokit.ts';
import type { RepositoryParameters } from './repository-name.ts';

/** The files of one release: listing, uploading until they are right, and reading them back. */

export type ReleaseHost = {
  readonly octokit: Octokit;
  readonly storage: ReturnType<typeof createStorageClient>;
  readonly repository: RepositoryParameters;
  /** Unit of the growing delay between rounds after a failure. */
  readonly retryMilliseconds: number;
};

export type LocalAsset = Checksum & { readonly path: string; readonly bytes: number };
export type StoredAsset = {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly size: number;
  readonly digest?: string | null;
};

const PAGE = 100;
const ROUNDS = 5;
const DOWNLOAD_TRIES = 3;
const IMMUTABLE = /immutable release/i;

export async function listAssets(host: ReleaseHost, releaseId: number): Promise<readonly StoredAsset[]> {
  const { octokit, repository } = host;
  const purpose = { what: 'read the assets of a release', permission: 'contents: read' };
  return await request(purpose, () =>
    octokit.paginate(octokit.rest.repos.listReleaseAssets, {
      ...repository,
      release_id: releaseId,
      per_page: PAGE,
    }),
  );
}

/** SHA-256 of a stored asset, where the server keeps one (older servers do not). */
export function digestOf(asset: Pick<StoredAsset, 'digest'>): string | undefined {
  return asset.digest?.startsWith('sha256:') ? asset.digest.slice('sha256:'.length) : undefined;
}

export type UploadRequest = {
  readonly releaseId: number;
  /** Address of the release's uploads, as the server gave it. */
  readonly uploadUrl: string;
  readonly assets: readonly LocalAsset[];
};

/**
 * Makes a draft hold exactly these assets. Each round looks at what is there, deletes what is broken,
 * wrong or unknown and uploads what is missing, until a round finds nothing to do; so it mends what an
 * earlier run left behind, and two runs at once end with the same assets.
 */
export async function settleAssets(
  host: ReleaseHost,
  upload: UploadRequest,
): Promise<readonly StoredAsset[]> {
  let problem: unknown;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (problem !== undefined) await delay(round ** 2 * host.retryMilliseconds);
    problem = undefined;
    const present = await listAssets(host, upload.releaseId);
    const good = present.filter((asset) => isWanted(asset, upload.assets));
    for (const asset of present) if (!good.includes(asset)) await deleteAsset(host, asset);
    const missing = upload.assets.filter(({ name }) => !good.some((asset) => asset.name === name));
    if (missing.length === 0 && good.length === present.length) return good;
    for (const asset of missing) problem = (await uploadAsset(host, upload, asset)) ?? problem;
  }
  const purpose = { what: 'upload the assets of a release', permission: 'contents: write' };
  throw (
    translateError(problem, purpose) ??
    new OutsideError('the assets of the release keep changing while they are uploaded')
  );
}

function isWanted(asset: StoredAsset, wanted: readonly LocalAsset[]): boolean {
  const local = wanted.find(({ name }) => name === asset.name);
  if (local === undefined || asset.state !== 'uploaded' || asset.size !== local.bytes) return false;
  return (digestOf(asset) ?? local.sha256) === local.sha256;
}

/** Gives back a failure that another round may mend; throws every other one. */
async function uploadAsset(
  host: ReleaseHost,
  { uploadUrl }: UploadRequest,
  asset: LocalAsset,
): Promise<unknown> {
  const address = new URL(uploadUrl.replace(/\{.*\}$/, ''));
  address.searchParams.set('name', asset.name);
  try {
    await host.octokit.request({
      method: 'POST',
      url: address.href,
      headers: { 'content-type': 'application/octet-stream' },
      data: await openAsBlob(asset.path),
      // A second try meets what the first one left, so it is a round of its own.
      request: { retries: 0 },
    });
    return undefined;
  } catch (error) {
    if (isRefusedWith(error, IMMUTABLE)) {
      throw new InputError('the release is immutable already; publish the model under a new version', {
        cause: error,
      });
    }
    if (isRefusedWith(error, /already_exists/) || (statusOf(error) ?? 0) >= 500) return error;
    throw translateError(error, { what: `upload ${asset.name}`, permission: 'contents: write' });
  }
}

async function deleteAsset(host: ReleaseHost, asset: StoredAsset): Promise<void> {
  const { octokit, repository } = host;
  const purpose = { what: `delete the asset ${asset.name}`, permission: 'contents: write' };
  await requestOrUndefined(purpose, () =>
    octokit.rest.repos.deleteReleaseAsset({ ...repository, asset_id: asset.id }),
  );
}

/** SHA-256 of what the server gives back for an asset. */
export async function fetchDigest(host: ReleaseHost, asset: StoredAsset): Promise<string> {
  return await readAsset(host, asset, () => new Writable({ write: (_chunk, _encoding, done) => done() }));
}

/** Writes an asset to a file, which appears only when it is whole. Returns its SHA-256. */
export async function downloadAsset(host: ReleaseHost, asset: StoredAsset, file: string): Promise<string> {
  const partial = `${file}.partial`;
  const sha256 = await readAsset(host, asset, () => createWriteStream(partial));
  await rename(partial, file);
  return sha256;
}

/** Reads an asset to a new sink at each try, since a stream that broke cannot go on. */
async function readAsset(host: ReleaseHost, asset: StoredAsset, openSink: () => Writable): Promise<string> {
  const purpose = { what: `download ${asset.name}`, permission: 'contents: read' };
  let problem = '';
  for (let attempt = 1; attempt <= DOWNLOAD_TRIES; attempt += 1) {
    if (attempt > 1) await delay((attempt - 1) ** 2 * host.retryMilliseconds);
    const body = await openAsset(host, asset, purpose);
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        hash.update(chunk);
        yield chunk;
      }
    };
    try {
      await pipeline(body, measure, openSink());
    } catch (error) {
      if (isFileError(error)) throw error;
      problem = (error as Error).message;
      continue;
    }
    if (bytes === asset.size) return hash.digest('hex');
    problem = `${bytes} of ${asset.size} bytes came`;
  }
  throw new OutsideError(`GitHub failed after retries to ${purpose.what}: ${problem}`);
}

/** The bytes come from the API, or from the storage it redirects to, which must not see the token. */
async function openAsset(host: ReleaseHost, asset: StoredAsset, purpose: Purpose): Promise<ReadableStream> {
  const { octokit, storage, repository } = host;
  const headers = { accept: 'application/octet-stream' };
  const streaming = { parseSuccessResponseBody: false };
  return await request(purpose, async () => {
    const answer = await octokit.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
      ...repository,
      asset_id: asset.id,
      headers,
      request: { ...streaming, redirect: 'manual' },
    });
    const body = answer.data as unknown as ReadableStream;
    const { location } = answer.headers;
    if (location === undefined) return body;
    await body?.cancel();
    const stored = await storage.request({ method: 'GET', url: location, headers, request: streaming });
    return stored.data as ReadableStream;
  });
}

/** A full disk is not the network's fault, and no second try mends it. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && ['open', 'write'].includes(String(error.syscall));
}
