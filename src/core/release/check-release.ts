import { STORABLE_NAME } from '../documents/common.ts';
import { parseManifest } from '../documents/documents.ts';
import type { Manifest } from '../documents/manifest.ts';
import { InputError } from '../errors.ts';
import { CHECKSUMS_NAME, type Checksum, parseChecksums } from './checksums.ts';
import { digestOfModel } from './model-identity.ts';
import { compareVersions, isPrerelease } from './tag.ts';

/** What a registry checks whatever it is made of: names, digests and the order of versions. */

export const MANIFEST_NAME = 'manifest.json';

/** Whether every registry keeps a file name as it is. */
export function isStorableName(name: string): boolean {
  return STORABLE_NAME.test(name);
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

export type ManifestWorld = {
  /** Of the release. */
  readonly checksums: readonly Checksum[];
  /** SHA-256 in hex of a text. */
  readonly sha256: (text: string) => string;
};

/**
 * Reads the manifest of a release and checks that it is of this model and of these very bytes.
 * @throws InputError naming both digests.
 */
export function checkManifest(
  text: string,
  release: { readonly model: string; readonly tag: string },
  { checksums, sha256 }: ManifestWorld,
): Manifest {
  const manifest = parseManifest(text, `${MANIFEST_NAME} of ${release.tag}`);
  if (manifest.model !== release.model) {
    throw new InputError(`${MANIFEST_NAME} of ${release.tag} is of the model ${manifest.model}`);
  }
  checkModelFiles(manifest, release.tag, { checksums, sha256 });
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
  const { fingerprint } = manifest;
  if (fingerprint !== undefined && !checksums.some(({ name }) => name === fingerprint)) {
    throw new InputError(
      `${MANIFEST_NAME} of ${release.tag} names the training fingerprint ${fingerprint}, which is missing`,
    );
  }
  return manifest;
}

/** The model file and its weights are in the release with the bytes that the manifest names. */
function checkModelFiles(manifest: Manifest, tag: string, { checksums, sha256 }: ManifestWorld): void {
  const { files = [], file, digest } = manifest;
  const refuse = (what: string, expected: string, actual: string | undefined): never => {
    throw new InputError(
      `${MANIFEST_NAME} of ${tag} names ${what} with the SHA-256 ${expected}, ${CHECKSUMS_NAME} ${actual === undefined ? 'does not have it' : `says ${actual}`}; publish the model again under a new version`,
    );
  };
  const find = (wanted: string) => checksums.find(({ name }) => name === wanted)?.sha256;
  for (const weights of files) {
    const actual = find(weights.name);
    if (actual !== weights.sha256) refuse(`the weights ${weights.name}`, weights.sha256, actual);
  }
  const model = find(file);
  const actual = model === undefined ? undefined : digestOfModel(model, files, sha256);
  if (actual !== digest) refuse(`the model ${file}`, digest, actual);
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
