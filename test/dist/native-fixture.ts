/** Packages to load: small made-up ones, and the real ones of this install packed anew. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NATIVE_MANIFEST } from '../../src/adapters/native/manifest.ts';
import type { NativeManifest, NativeName, NativePackage } from '../../src/adapters/native/packages.ts';
import { packagesFor } from '../../src/adapters/native/packages.ts';
import { currentPlatform, supportedPlatform } from '../../src/adapters/native/platform.ts';
import { baseEnvironment } from '../support/runner-environment.ts';
import { makeTarball, type Tarball } from './package-registry.ts';

export const ROOT = join(import.meta.dirname, '../..');

export type Fixture = { readonly manifest: NativeManifest; readonly tarballs: readonly Tarball[] };

/** A stand-in for DuckDB: two scripts that need each other, and a file of some size. */
export const SMALL_PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '@small/engine': {
    'package.json': '{"name":"@small/engine","version":"1.2.3","main":"lib/index.js"}',
    'lib/index.js': "exports.answer = require('small-part').answer; require('./more');",
    'lib/more.js': "require('node:os');",
    'lib/blob.node.txt': 'x'.repeat(300_000),
  },
  'small-part': {
    'package.json': '{"name":"small-part","version":"1.2.3","main":"part.js"}',
    'part.js': 'exports.answer = 42;',
  },
};

export async function smallFixture(): Promise<Fixture> {
  const made = await Promise.all(
    Object.entries(SMALL_PACKAGES).map(([name, files]) => {
      const contents = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
      return describe({ name, version: '1.2.3' }, Object.fromEntries(contents), {
        // Packages hold more than is loaded.
        'README.md': Buffer.from('not needed'),
      });
    }),
  );
  const module = { main: '@small/engine', packages: made.map(({ described }) => described) };
  return {
    manifest: { platforms: NATIVE_MANIFEST.platforms, modules: { duckdb: module, onnxruntime: module } },
    tarballs: made.map(({ tarball }) => tarball),
  };
}

/** The files of a native module as they are installed here, with the integrity that their new tarballs have. */
export async function realFixture(name: NativeName): Promise<Fixture> {
  const platform = supportedPlatform(currentPlatform(), NATIVE_MANIFEST.platforms);
  const made = [];
  for (const wanted of packagesFor(NATIVE_MANIFEST.modules[name], platform)) {
    const contents: Record<string, Buffer> = {};
    for (const path of Object.keys(wanted.files)) {
      contents[path] = await readFile(join(ROOT, 'node_modules', wanted.name, path));
    }
    const { tarball, described } = await describe(wanted, contents);
    made.push({ tarball, described: { ...described, files: { every: wanted.files } } });
  }
  const { main } = NATIVE_MANIFEST.modules[name];
  const module = { main, packages: made.map(({ described }) => described) };
  return {
    manifest: { ...NATIVE_MANIFEST, modules: { ...NATIVE_MANIFEST.modules, [name]: module } },
    tarballs: made.map(({ tarball }) => tarball),
  };
}

/** Writes the small packages as npm would install them. */
export async function installSmallPackages(directory: string): Promise<void> {
  for (const [name, files] of Object.entries(SMALL_PACKAGES)) {
    for (const [path, text] of Object.entries(files)) {
      const target = join(directory, 'node_modules', name, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }
}

export type LoaderAnswer = {
  readonly exitCode: number | null;
  readonly exports?: readonly string[];
  readonly fetched?: readonly string[];
  readonly failure?: string;
};

/** Starts a script that loads a native module (`entries/load-native.ts`, or its bundle) in another process. */
export async function startLoader(
  script: string,
  request: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>>,
) {
  const directory = await mkdtemp(join(tmpdir(), 'loader-'));
  const requestFile = join(directory, 'request.json');
  await writeFile(requestFile, JSON.stringify(request));
  const child = spawn(process.execPath, [script, requestFile], {
    cwd: directory,
    env: { ...baseEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const answer = new Promise<LoaderAnswer>((resolve) => {
    child.on('close', (exitCode) => {
      const printed = output === '' ? {} : (JSON.parse(output) as Partial<LoaderAnswer>);
      void rm(directory, { recursive: true, force: true }).then(() => resolve({ ...printed, exitCode }));
    });
  });
  return { child, answer };
}

async function describe(
  { name, version }: { readonly name: string; readonly version: string },
  files: Readonly<Record<string, Buffer>>,
  others: Readonly<Record<string, Buffer>> = {},
): Promise<{ readonly tarball: Tarball; readonly described: NativePackage }> {
  const bytes = await makeTarball({ ...others, ...files });
  const hashes = Object.entries(files).map(([path, content]) => [path, hash('sha256', content, 'hex')]);
  return {
    tarball: { name, version, bytes },
    described: {
      name,
      version,
      integrity: `sha512-${hash('sha512', bytes, 'base64')}`,
      tarballBytes: bytes.length,
      files: { every: Object.fromEntries(hashes) as Record<string, string> },
    },
  };
}

function hash(algorithm: string, content: Buffer, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(content).digest(encoding);
}
