import { join } from 'node:path';
import type { NativeOptions } from '../options.ts';
import type { NativeName, WantedPackage } from '../packages.ts';
import { cacheDirectory, contentKey, fillAtomically, isFilled } from './cache-directory.ts';
import { fetchPackage, type PackageTarget } from './fetch-package.ts';
import { findRegistries } from './registry.ts';

export type FetchRequest = {
  readonly name: NativeName;
  /** Version of the main package; for people who look into the cache. */
  readonly version: string;
  readonly packages: readonly WantedPackage[];
  readonly options: NativeOptions;
};

/**
 * The cache folder of a native module, filled from the package registry when it is not there yet.
 * @returns the folder that holds `node_modules`.
 * @throws OutsideError when there is no registry, a package cannot be had or is not the published one.
 */
export async function fetchToCache({ name, version, packages, options }: FetchRequest): Promise<string> {
  const root = options.toolCacheDirectory ?? cacheDirectory(options.environment);
  const target = join(root, name, version, contentKey(packages));
  if (await isFilled(target)) return target;
  const registries = await findRegistries(options.environment, options.projectDirectory ?? process.cwd());
  const started = performance.now();
  options.onFetch?.(`fetching ${packages.map((wanted) => `${wanted.name} ${wanted.version}`).join(', ')}`);
  await fillAtomically(target, (directory) =>
    fetchAll(packages, (wanted) => ({
      directory: join(directory, 'node_modules', wanted.name),
      registry: registries.registryOf(wanted.name),
      environment: options.environment,
    })),
  );
  const megabytes = packages.reduce((sum, { tarballBytes }) => sum + tarballBytes, 0) / 1e6;
  const seconds = (performance.now() - started) / 1000;
  options.onFetch?.(`fetched ${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s to ${target}`);
  return target;
}

/** When one fails the others are stopped and waited for: nobody may write into a folder that is removed. */
async function fetchAll(
  packages: readonly WantedPackage[],
  targetOf: (wanted: WantedPackage) => Omit<PackageTarget, 'signal'>,
): Promise<void> {
  const stop = new AbortController();
  let first: { readonly error: unknown } | undefined;
  await Promise.all(
    packages.map(async (wanted) => {
      try {
        await fetchPackage(wanted, { ...targetOf(wanted), signal: stop.signal });
      } catch (error) {
        first ??= { error };
        stop.abort();
      }
    }),
  );
  if (first !== undefined) throw first.error;
}
