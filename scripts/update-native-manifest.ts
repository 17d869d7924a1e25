/**
 * Writes `src/adapters/native/manifest.ts`: versions and integrity from the lock file, and the SHA-256 of every
 * file that is loaded on each platform, from the tarballs themselves. Run it after a change of their versions.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { openDownload } from '../src/adapters/native/fetch/download.ts';
import { findRegistries, type Registries } from '../src/adapters/native/fetch/registry.ts';
import type { NativeName, NativePackage, PlatformKey } from '../src/adapters/native/packages.ts';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'src/adapters/native/manifest.ts');

/** Platforms for which all packages have binaries. */
const PLATFORMS: readonly PlatformKey[] = [
  'linux-x64',
  'linux-arm64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
];

type Selection = {
  readonly name: string;
  /** For which platform a file is loaded; undefined when it never is. */
  readonly select: (path: string) => PlatformKey | 'every' | undefined;
};

const MODULES: Readonly<
  Record<NativeName, { readonly main: string; readonly packages: readonly Selection[] }>
> = {
  duckdb: {
    main: '@duckdb/node-api',
    packages: [
      { name: '@duckdb/node-api', select: everyMatch(/^(package\.json|lib\/.*\.js)$/) },
      { name: '@duckdb/node-bindings', select: everyMatch(/^(package\.json|duckdb\.js)$/) },
      { name: 'detect-libc', select: everyMatch(/^(package\.json|lib\/.*\.js)$/) },
      ...PLATFORMS.map((platform) => ({
        name: `@duckdb/node-bindings-${platform}`,
        select: (path: string) =>
          /^(package\.json|[^/]*\.(node|so|dylib|dll))$/.test(path) ? platform : undefined,
      })),
    ],
  },
  onnxruntime: {
    main: 'onnxruntime-node',
    packages: [
      { name: 'onnxruntime-node', select: selectOnnxRuntimeFile },
      {
        name: 'onnxruntime-common',
        select: everyMatch(/^(package\.json|dist\/cjs\/(package\.json|[^/]*\.js))$/),
      },
    ],
  },
};

await writeManifest();

async function writeManifest(): Promise<void> {
  const registries = await findRegistries(process.env, ROOT);
  const lock = await readLock();
  const modules: Record<string, unknown> = {};
  for (const [name, { main, packages }] of Object.entries(MODULES)) {
    const described: NativePackage[] = [];
    for (const selection of packages) described.push(await describePackage(selection, lock, registries));
    modules[name] = { main, packages: described };
  }
  const manifest = JSON.stringify({ platforms: PLATFORMS, modules }, undefined, 2);
  await writeFile(
    OUTPUT,
    '// Written by scripts/update-native-manifest.ts; do not edit.\n' +
      `import type { NativeManifest } from './packages.ts';\n\n` +
      `export const NATIVE_MANIFEST: NativeManifest = ${manifest};\n`,
  );
  await promisify(execFile)(join(ROOT, 'node_modules/.bin/biome'), ['format', '--write', OUTPUT], {
    cwd: ROOT,
  });
}

type Lock = {
  readonly packages: Readonly<Record<string, { version: string; integrity: string } | undefined>>;
};

async function readLock(): Promise<Lock> {
  return JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
}

async function describePackage(
  { name, select }: Selection,
  lock: Lock,
  registries: Registries,
): Promise<NativePackage> {
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined) throw new Error(`${name} is not in package-lock.json`);
  const registry = registries.registryOf(name);
  const url = new URL(`${name}/-/${name.split('/').at(-1)}-${locked.version}.tgz`, registry.url).href;
  await using download = await openDownload({ url, registry, environment: process.env });
  const tarball = Buffer.concat(await download.body.toArray());
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  if (integrity !== locked.integrity) {
    throw new Error(`${url} has integrity ${integrity}; package-lock.json has ${locked.integrity}`);
  }
  const files = await hashFiles(tarball, select);
  if (Object.keys(files).length === 0)
    throw new Error(`${name} ${locked.version} has none of the wanted files`);
  return { name, version: locked.version, integrity, tarballBytes: tarball.length, files };
}

async function hashFiles(tarball: Buffer, select: Selection['select']): Promise<NativePackage['files']> {
  const found: { key: PlatformKey | 'every'; path: string; hash: string }[] = [];
  const entries = extract();
  const unpacking = pipeline(Readable.from([tarball]), createGunzip(), entries);
  for await (const entry of entries) {
    const path = entry.header.name.replace(/^[^/]*\//, '');
    const key = entry.header.type === 'file' ? select(path) : undefined;
    const hash = createHash('sha256');
    for await (const chunk of entry) hash.update(chunk as Buffer);
    if (key !== undefined) found.push({ key, path, hash: hash.digest('hex') });
  }
  await unpacking;
  const files: Record<string, Record<string, string>> = {};
  for (const { key, path, hash } of found.sort((one, other) => (one.path < other.path ? -1 : 1))) {
    files[key] = { ...files[key], [path]: hash };
  }
  return files;
}

function everyMatch(pattern: RegExp): (path: string) => 'every' | undefined {
  return (path) => (pattern.test(path) ? 'every' : undefined);
}

function selectOnnxRuntimeFile(path: string): PlatformKey | 'every' | undefined {
  if (/^(package\.json|dist\/[^/]*\.js)$/.test(path)) return 'every';
  const platform = /^bin\/napi-v6\/([^/]+)\/([^/]+)\//.exec(path);
  // The library lies twice in the macOS folder; the binding asks for the name without the minor version.
  if (platform === null || /\d+\.\d+\.\d+\.dylib$/.test(path)) return undefined;
  return PLATFORMS.find((key) => key === `${platform[1]}-${platform[2]}`);
}
