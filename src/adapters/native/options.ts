import type { NativeManifest } from './packages.ts';
import type { Platform } from './platform.ts';

export type NativeOptions = {
  /** Decides on registry, proxy and cache folder: RUNNER_TOOL_CACHE, npm_config_registry, HTTPS_PROXY and so on. */
  readonly environment: Environment;
  /** A folder that already holds the packages, for machines without a registry. */
  readonly runtimeDirectory?: string | undefined;
  /** Where fetched packages are kept; by default the runner's tool cache, else the user's cache folder. */
  readonly toolCacheDirectory?: string | undefined;
  /** Folder of the project, whose `.npmrc` may name a registry; by default the working directory. */
  readonly projectDirectory?: string | undefined;
  /** Told what is fetched, once before and once after. */
  readonly onFetch?: (message: string) => void;
  /** Where the search for installed packages starts; by default the folder of this file. */
  readonly searchFrom?: string | undefined;
  readonly platform?: Platform;
  readonly manifest?: NativeManifest;
};

export type Environment = Readonly<Record<string, string | undefined>>;
