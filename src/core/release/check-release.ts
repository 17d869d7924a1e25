import { parseManifest } from '../documents/documents.ts';
import type { Manifest } from '../documents/manifest.ts';
import { InputError } from '../errors.ts';
import { CHECKSUMS_NAME, type Checksum, parseChecksums } from './checksums.ts';
import { compareVersions, isPrerelease } from './tag.ts';

/** What a registry checks whatever it is made of: names, digests and the order of versions. */

export const MANIFEST_NAME = 'manifest.json';

/** Names that every registry stores as they are: letters, digits and `-_+@`, with single dots inside. */
const STORABLE = /^[A-Za-z0-9_+@-]+(\.[A-Za-z0-9_+@-]+)*$/;

/** Whether every registry keeps a file name as it is. */
export function isStorableName(name: string): boolean {
  return STORABLE.test(name);
}

export type AssetFile = { readonly name: string; readonly bytes: number };

/** @throws InputError for a name that would not be kept, a name that comes twice, or an empty file. */
export function checkAssets(assets: readonly AssetFile[]): void {
  const names = new Set<string>();
  for (const { name, bytes } of assets) {
    if (!isStorableName(name) || name === CHECKSUMS_NAME || name === 'release.json') {
      throw new InputError(
        `${JSON.stringify(name)} cannot be the name of an asset; use letters, digits, dots, - and _ (${CHECKSUMS_NAME} and release.json are written by the registry)`,
      );
    }
    if (names.has(name)) throw new InputError(`two assets are called ${name}; rename one of them`);
    if (bytes === 0) throw new InputError(`the asset ${name} is empty; a release holds no empty files`);
    names.add(name);
  }
}

export type AssetProblem = { readonly name: string; readonly problem: string };

/** Compares what a release should hold with what it holds; a file whose digest is unknown is taken as given. */
export function findAssetProblems(
  expected: readonly Checksum[],
  present: ReadonlyMap<string, string | undefined>,
): readonly AssetProblem[] {
  return expected.flatMap(({ name, sha256 }) => {
    if (!present.has(name)) return [{ name, problem: 'is missing' }];
    const actual = present.get(name);
    if (actual === undefined || actual === sha256) return [];
    return [{ name, problem: `has the SHA-256 ${actual}, ${CHECKSUMS_NAME} says ${sha256}` }];
  });
}

/** @throws InputError naming every problem. */
export function refuseProblems(release: string, problems: readonly AssetProblem[]): void {
  if (problems.length === 0) return;
  const list = problems.map(({ name, problem }) => `${name} ${problem}`).join('; ');
  throw new InputError(
    `the release ${release} is not whole: ${list}; publish the model again under a new version`,
  );
}

/** The checksums of a release. @throws InputError when it has none, or none of a manifest. */
export function readReleaseChecksums(text: string | undefined, release: string): readonly Checksum[] {
  if (text === undefined) {
    throw new InputError(`the release ${release} has no ${CHECKSUMS_NAME}, so it was not made by Contender`);
  }
  const checksums = parseChecksums(text, `${CHECKSUMS_NAME} of ${release}`);
  if (!checksums.some(({ name }) => name === MANIFEST_NAME)) {
    throw new InputError(`the release ${release} has no ${MANIFEST_NAME} in its ${CHECKSUMS_NAME}`);
  }
  return checksums;
}

/**
 * Reads the manifest of a release and checks that it is of this model and of these very bytes.
 * @throws InputError naming both digests.
 */
export function checkManifest(
  text: string,
  release: { readonly model: string; readonly tag: string },
  checksums: readonly Checksum[],
): Manifest {
  const manifest = parseManifest(text, `${MANIFEST_NAME} of ${release.tag}`);
  if (manifest.model !== release.model) {
    throw new InputError(`${MANIFEST_NAME} of ${release.tag} is of the model ${manifest.model}`);
  }
  const sha256 = checksums.find(({ name }) => name === manifest.file)?.sha256;
  if (sha256 !== manifest.digest) {
    throw new InputError(
      `${MANIFEST_NAME} of ${release.tag} names the model ${manifest.file} with the SHA-256 ${manifest.digest}, ${CHECKSUMS_NAME} ${sha256 === undefined ? 'does not have it' : `says ${sha256}`}; publish the model again under a new version`,
    );
  }
  const { features } = manifest;
  if (features !== undefined && !checksums.some(({ name }) => name === features)) {
    throw new InputError(
      `${MANIFEST_NAME} of ${release.tag} names the features query ${features}, which is missing`,
    );
  }
  const { scores } = manifest;
  if (scores !== undefined && !checksums.some(({ name }) => name === scores)) {
    throw new InputError(`${MANIFEST_NAME} of ${release.tag} names the scores ${scores}, which are missing`);
  }
  return manifest;
}

/** Versions only move forward. @throws InputError when the champion is as high or higher. */
export function refuseLowerVersion(model: string, version: string, champion: string | undefined): void {
  if (champion === undefined || isPrerelease(version) || compareVersions(version, champion) > 0) return;
  throw new InputError(
    `${model} ${version} is not higher than its champion ${champion}; releases only move forward: leave the version to auto, also to go back to an older model`,
  );
}

/** The same version with other bytes was published before. */
export function versionTaken(tag: string): InputError {
  return new InputError(
    `${tag} is published with other bytes; leave the version to auto or take a higher one`,
  );
}
