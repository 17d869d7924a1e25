import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRuntimeDirectory, findInstalledAbove } from './find-installed.ts';
import { requireGuarded } from './guarded-require.ts';
import { NATIVE_MANIFEST } from './manifest.ts';
import type { NativeOptions } from './options.ts';
import { mainPackage, type NativeName, packagesFor, type WantedPackage } from './packages.ts';
import { currentPlatform, supportedPlatform } from './platform.ts';
import { verifyFiles } from './verify-files.ts';

/** What each name gives. Nothing of it is bundled: the types are all that the sources know of the packages. */
export type NativeModules = {
  readonly duckdb: typeof import('@duckdb/node-api');
  readonly onnxruntime: typeof import('onnxruntime-node');
};

/**
 * Loads a native package: from the install beside the sources, else from `runtimeDirectory`, else from the
 * cache, where it is fetched to once. All of its files are hashed first, each time, which takes about 50 ms.
 * @throws InputError when the platform is not supported, or a file is not the published one; OutsideError when
 *   it cannot be fetched or this machine cannot load it.
 */
export async function loadNative<Name extends NativeName>(
  name: Name,
  options: NativeOptions,
): Promise<NativeModules[Name]> {
  const manifest = options.manifest ?? NATIVE_MANIFEST;
  const packages = wantedPackages(name, options);
  const directory = await locate(name, packages, options);
  const files = await verifyFiles({ directory, packages });
  return requireGuarded({ directory, main: manifest.modules[name].main, files }) as NativeModules[Name];
}

/**
 * The folder that holds a native package (in `node_modules`), fetched if need be: what a child process is
 * given as its `runtimeDirectory`, so that it needs neither registry nor cache. Files are checked when loaded.
 * @throws as `loadNative`.
 */
export async function locateNative(name: NativeName, options: NativeOptions): Promise<string> {
  return locate(name, wantedPackages(name, options), options);
}

function wantedPackages(name: NativeName, options: NativeOptions): readonly WantedPackage[] {
  const manifest = options.manifest ?? NATIVE_MANIFEST;
  const platform = supportedPlatform(options.platform ?? currentPlatform(), manifest.platforms);
  return packagesFor(manifest.modules[name], platform);
}

async function locate(
  name: NativeName,
  packages: readonly WantedPackage[],
  options: NativeOptions,
): Promise<string> {
  const start = options.searchFrom ?? dirname(fileURLToPath(import.meta.url));
  const beside = await findInstalledAbove(start, packages);
  if (beside !== undefined) return beside;
  if (options.runtimeDirectory) return checkRuntimeDirectory(options.runtimeDirectory, packages);
  // Only now: most runs find the packages installed or cached, and need no code that unpacks tarballs.
  const { fetchToCache } = await import('./fetch/fetch-to-cache.ts');
  const { version } = mainPackage((options.manifest ?? NATIVE_MANIFEST).modules[name]);
  return fetchToCache({ name, version, packages, options });
}
