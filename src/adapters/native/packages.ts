/** Packages with native code that Contender loads, and what is known of them when `dist/` is built. */

export type NativeName = 'duckdb' | 'onnxruntime';

/** Operating system and processor as Node names them; on Linux always with the GNU C library. */
export type PlatformKey = 'linux-x64' | 'linux-arm64' | 'darwin-arm64' | 'win32-x64' | 'win32-arm64';

/** Path inside a package, with forward slashes, to the SHA-256 of the file in hexadecimal. */
export type FileHashes = Readonly<Record<string, string>>;

export type NativePackage = {
  readonly name: string;
  readonly version: string;
  /** Of the tarball, as package registries state it: `sha512-` and Base64. */
  readonly integrity: string;
  /** Size of the tarball in bytes. */
  readonly tarballBytes: number;
  /** The files that are loaded: on every platform, and on one. A platform that is absent here needs none more. */
  readonly files: { readonly every?: FileHashes } & { readonly [Platform in PlatformKey]?: FileHashes };
};

export type NativeModule = {
  /** The package that is loaded. It and all it requires are in `packages`. */
  readonly main: string;
  readonly packages: readonly NativePackage[];
};

export type NativeManifest = {
  readonly platforms: readonly PlatformKey[];
  readonly modules: Readonly<Record<NativeName, NativeModule>>;
};

/** A package as one platform needs it. */
export type WantedPackage = Omit<NativePackage, 'files'> & { readonly files: FileHashes };

/** The packages that a platform loads for a module, the main one first; packages without any file are left out. */
export function packagesFor(module: NativeModule, platform: PlatformKey): readonly WantedPackage[] {
  return module.packages.flatMap(({ files, ...rest }) => {
    const wanted = { ...files.every, ...files[platform] };
    return Object.keys(wanted).length === 0 ? [] : [{ ...rest, files: wanted }];
  });
}

/** The package whose version stands for the module: the main one. */
export function mainPackage(module: NativeModule): NativePackage {
  const found = module.packages.find(({ name }) => name === module.main);
  if (found === undefined) throw new Error(`${module.main} is not in its own manifest`);
  return found;
}
