import semver from 'semver';

/**
 * Tags of releases: `<model>@v<version>`. The part before the last `@v` is the model, so that the models
 * of one repository never meet: `fraud@v1.0.0` is no tag of `fraud-detector`.
 */

export type ReleaseTag = { readonly model: string; readonly version: string };

const TAG = /^(?<model>[a-z0-9][a-z0-9-]*)@v(?<version>[^@]+)$/;

/** The tag of a version. @throws Error when the version is no semantic version, which is a bug of the caller. */
export function formatTag(model: string, version: string): string {
  if (semver.valid(version) !== version) throw new Error(`${version} is no semantic version`);
  return `${model}@v${version}`;
}

/** What a tag names; undefined for every tag that is not one of ours. */
export function parseTag(tag: string): ReleaseTag | undefined {
  const groups = TAG.exec(tag)?.groups;
  if (groups === undefined) return undefined;
  const { model, version } = groups as { model: string; version: string };
  return semver.valid(version) === version ? { model, version } : undefined;
}

/** Whether a version is a prerelease (`2.0.0-rc.1`), which is never champion. */
export function isPrerelease(version: string): boolean {
  return semver.prerelease(version) !== null;
}

/** Negative when `left` is the lower version, positive when it is the higher one. */
export function compareVersions(left: string, right: string): number {
  return semver.compare(left, right);
}

/** The versions of one model among tags, highest first, prereleases left out. */
export function championVersions(model: string, tags: readonly string[]): readonly string[] {
  return tags
    .map(parseTag)
    .filter((tag) => tag !== undefined && tag.model === model && !isPrerelease(tag.version))
    .map((tag) => tag!.version)
    .sort((left, right) => compareVersions(right, left));
}
