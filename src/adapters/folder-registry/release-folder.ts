import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { InputError, OutsideError } from '../../core/errors.ts';
import { CHECKSUMS_NAME, parseChecksums } from '../../core/release/checksums.ts';
import { formatTag } from '../../core/release/tag.ts';
import type { ReleaseAsset, ReleaseReference } from '../../ports/model-registry.ts';

/** One release as a folder: its assets, and `release.json` with what GitHub would keep beside them. */

export const RELEASE_FILE = 'release.json';
const DRAFT_PREFIX = '.draft-';

const releaseFileSchema = v.object({
  model: v.string(),
  version: v.string(),
  title: v.string(),
  notes: v.string(),
  commit: v.string(),
  /** For people who look; what decides is the name of the folder. */
  draft: v.boolean(),
  createdAt: v.string(),
});
export type ReleaseFile = v.InferOutput<typeof releaseFileSchema>;

/** The folder of a draft is named by what it holds, so that the same assets are the same draft. */
export function draftFolderName(model: string, contentDigest: string): string {
  return `${DRAFT_PREFIX}${model}@${contentDigest.slice(0, 32)}`;
}

/** Names of the folders that hold drafts of a model. */
export function draftFolderNames(model: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => name.startsWith(`${DRAFT_PREFIX}${model}@`));
}

/** Names below a directory; none when there is no such directory. */
export async function namesBelow(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Reads a release; undefined when the folder is not there. @throws InputError when it is not one. */
export async function readReleaseFolder(
  directory: string,
  name: string,
): Promise<ReleaseReference | undefined> {
  const file = await readReleaseFile(path.join(directory, name));
  if (file === undefined) return undefined;
  return {
    id: name,
    model: file.model,
    version: file.version,
    tag: formatTag(file.model, file.version),
    url: pathToFileURL(path.resolve(directory, name)).href,
    draft: name.startsWith(DRAFT_PREFIX),
    createdAt: file.createdAt,
    assets: await readAssets(path.join(directory, name)),
  };
}

export async function readReleaseFile(folder: string): Promise<ReleaseFile | undefined> {
  const file = path.join(folder, RELEASE_FILE);
  const text = await readTextOrUndefined(file);
  if (text === undefined) return undefined;
  try {
    return v.parse(releaseFileSchema, JSON.parse(text));
  } catch (cause) {
    throw new InputError(`${file} describes no release: ${(cause as Error).message}`, {
      location: { file },
      cause,
    });
  }
}

/** Replaces `release.json` as a whole. */
export async function writeReleaseFile(folder: string, content: ReleaseFile): Promise<void> {
  const file = path.join(folder, RELEASE_FILE);
  const partial = path.join(folder, `.${RELEASE_FILE}.${randomUUID()}`);
  await writeFile(partial, `${JSON.stringify(content, null, 2)}\n`);
  await rename(partial, file);
}

export async function readTextOrUndefined(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Actual digests of the files of a folder, as far as they are there. */
export async function digestsBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await namesBelow(folder)).filter((name) => !name.startsWith('.') && name !== RELEASE_FILE);
  const digests = new Map<string, string>();
  for (const name of names) digests.set(name, await digestOfFile(path.join(folder, name)));
  return digests;
}

/** Turns a failure of the file system into one that names what was tried. */
export async function onDisk<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new OutsideError(`the registry folder failed to ${what}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : undefined;
}

async function readAssets(folder: string): Promise<readonly ReleaseAsset[]> {
  const text = await readTextOrUndefined(path.join(folder, CHECKSUMS_NAME));
  const checksums = text === undefined ? [] : parseChecksums(text, path.join(folder, CHECKSUMS_NAME));
  const assets: ReleaseAsset[] = [];
  for (const name of await namesBelow(folder)) {
    if (name === RELEASE_FILE || name.startsWith('.')) continue;
    const { size } = await stat(path.join(folder, name));
    const sha256 = checksums.find((checksum) => checksum.name === name)?.sha256;
    assets.push({ name, bytes: size, ...(sha256 !== undefined && { sha256 }) });
  }
  return assets;
}
