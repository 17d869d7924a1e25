import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheDirectory } from '../../src/adapters/native/fetch/cache-directory.ts';
import { loadNative, locateNative } from '../../src/adapters/native/load-native.ts';
import { NATIVE_MANIFEST } from '../../src/adapters/native/manifest.ts';
import type { NativeOptions } from '../../src/adapters/native/options.ts';
import type { Platform } from '../../src/adapters/native/platform.ts';
import { InputError } from '../../src/core/errors.ts';
import { type Fixture, installSmallPackages, ROOT, smallFixture } from '../dist/native-fixture.ts';

let scratch: string;
let fixture: Fixture;

beforeEach(async () => {
  scratch = await realpath(await mkdtemp(join(tmpdir(), 'native-load-')));
  fixture = await smallFixture();
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

function options(more: Partial<NativeOptions> = {}): NativeOptions {
  return { environment: {}, searchFrom: join(scratch, 'a/b'), manifest: fixture.manifest, ...more };
}

async function plant(path: string, text: string): Promise<string> {
  const target = join(scratch, 'node_modules', path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  return target;
}

describe('loadNative', () => {
  it('loads the packages that are installed beside the sources', async () => {
    const duckdb = await loadNative('duckdb', { environment: {} });
    expect(duckdb.DuckDBInstance).toBeTypeOf('function');
    const runtime = await loadNative('onnxruntime', { environment: {} });
    expect(runtime.InferenceSession).toBeTypeOf('function');
    expect(await locateNative('duckdb', { environment: {} })).toBe(ROOT);
  });

  it('passes over another version in a folder above and finds its own further up', async () => {
    await installSmallPackages(scratch);
    const other = join(scratch, 'a/node_modules/@small/engine');
    await mkdir(other, { recursive: true });
    await writeFile(join(other, 'package.json'), '{"version":"9.9.9"}');
    expect(await locateNative('duckdb', options())).toBe(scratch);
  });

  it('takes a runtime directory that is a node_modules or holds one', async () => {
    await installSmallPackages(scratch);
    const searchFrom = '/';
    for (const runtimeDirectory of [scratch, join(scratch, 'node_modules')]) {
      const loaded = await loadNative('duckdb', options({ searchFrom, runtimeDirectory }));
      expect(loaded).toMatchObject({ answer: 42 });
    }
  });

  it.each([
    { name: 'nothing', files: {}, message: 'has no node_modules' },
    {
      name: 'another version',
      files: { '@small/engine/package.json': '{"version":"1.0.0"}' },
      message: 'has @small/engine 1.0.0 instead of 1.2.3',
    },
    {
      name: 'a part only',
      files: { '@small/engine/package.json': '{"version":"1.2.3"}' },
      message: 'has no small-part',
    },
  ])('refuses a runtime directory with $name and says how to fill it', async ({ files, message }) => {
    for (const [path, text] of Object.entries(files)) await plant(path, text);
    const failure = loadNative('duckdb', options({ searchFrom: '/', runtimeDirectory: scratch }));
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow('npm install --prefix');
  });

  it('refuses a changed file by name, before anything of the package has run', async () => {
    await installSmallPackages(scratch);
    const changed = await plant('@small/engine/lib/index.js', 'globalThis.evil = true;');
    await expect(loadNative('duckdb', options())).rejects.toThrow(
      `${changed} is not the file that @small/engine 1.2.3 was published with`,
    );
    expect(globalThis).not.toHaveProperty('evil');
  });

  it('refuses a package with a missing file by name', async () => {
    await installSmallPackages(scratch);
    const missing = join(scratch, 'node_modules/@small/engine/lib/more.js');
    await rm(missing);
    await expect(loadNative('duckdb', options())).rejects.toThrow(
      `${missing} of @small/engine 1.2.3 cannot be read`,
    );
  });

  it.each([
    { name: 'a file that is found before a checked one', path: '@small/engine/lib/more' },
    { name: 'a nested package', path: '@small/engine/node_modules/small-part/index.js' },
  ])('refuses $name, and does not run it', async ({ path }) => {
    await installSmallPackages(scratch);
    const planted = await plant(path, 'globalThis.evil = true;');
    const failure = loadNative('duckdb', options());
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(planted);
    expect(globalThis).not.toHaveProperty('evil');
  });
});

describe('unsupported platforms', () => {
  const rows: readonly { readonly platform: Platform; readonly start: string }[] = [
    {
      platform: { system: 'linux', architecture: 'x64', library: 'musl' },
      start: 'Linux x64 with musl libc (such as Alpine) is not supported',
    },
    {
      platform: { system: 'darwin', architecture: 'x64', library: 'none' },
      start: 'macOS on Intel is not supported',
    },
    {
      platform: { system: 'linux', architecture: 's390x', library: 'glibc' },
      start: 'Linux s390x is not supported',
    },
    {
      platform: { system: 'freebsd', architecture: 'x64', library: 'none' },
      start: 'freebsd x64 is not supported',
    },
  ];

  it.each(rows)('are refused in one sentence: $start', async ({ platform, start }) => {
    const failure = await loadNative('onnxruntime', { environment: {}, platform }).catch((error) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect(failure.message).toBe(
      `${start}, because DuckDB or ONNX Runtime has no binaries for it: use Linux x64 with glibc, ` +
        'Linux arm64 with glibc, macOS on Apple silicon, Windows x64 or Windows arm64',
    );
  });
});

describe('the manifest', () => {
  it('has the binaries of both modules for every platform it claims', () => {
    for (const platform of NATIVE_MANIFEST.platforms) {
      for (const { packages } of Object.values(NATIVE_MANIFEST.modules)) {
        const files = packages.flatMap((one) => Object.keys(one.files[platform] ?? {}));
        expect(files.filter((file) => file.endsWith('.node'))).toHaveLength(1);
        expect(files.filter((file) => /\.(so(\.1)?|dylib|dll)$/.test(file))).not.toEqual([]);
      }
    }
  });
});

describe('cacheDirectory', () => {
  it.each([
    { system: 'linux', environment: { RUNNER_TOOL_CACHE: '/t', HOME: '/h' }, expected: '/t/contender' },
    { system: 'linux', environment: { XDG_CACHE_HOME: '/x', HOME: '/h' }, expected: '/x/contender' },
    { system: 'linux', environment: { HOME: '/h' }, expected: '/h/.cache/contender' },
    { system: 'darwin', environment: { HOME: '/h' }, expected: '/h/Library/Caches/contender' },
  ])('is $expected', ({ system, environment, expected }) => {
    expect(cacheDirectory(environment, system)).toBe(expected);
  });
});
