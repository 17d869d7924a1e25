import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNative, locateNative } from '../src/adapters/native/load-native.ts';
import { NATIVE_MANIFEST } from '../src/adapters/native/manifest.ts';
import type { NativeOptions } from '../src/adapters/native/options.ts';
import { type NativeName, packagesFor } from '../src/adapters/native/packages.ts';
import { currentPlatform, supportedPlatform } from '../src/adapters/native/platform.ts';
import { verifyFiles } from '../src/adapters/native/verify-files.ts';
import type { BenchmarkRow } from './benchmark.ts';

/** Fetching, checking and loading the native modules from the configured registry. */
export async function benchmarkNatives(): Promise<readonly BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  for (const name of ['duckdb', 'onnxruntime'] as const) rows.push(...(await benchmarkModule(name)));
  return rows;
}

async function benchmarkModule(name: NativeName): Promise<readonly BenchmarkRow[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'natives-'));
  try {
    const options: NativeOptions = {
      environment: process.env,
      searchFrom: scratch,
      toolCacheDirectory: scratch,
    };
    const platform = supportedPlatform(currentPlatform(), NATIVE_MANIFEST.platforms);
    const packages = packagesFor(NATIVE_MANIFEST.modules[name], platform);
    const fetched = await seconds(() => locateNative(name, options));
    const directory = await locateNative(name, options);
    const hashed = await seconds(() => verifyFiles({ directory, packages }));
    const loaded = await seconds(() => loadNative(name, options));
    const downloaded = packages.reduce((sum, { tarballBytes }) => sum + tarballBytes, 0);
    return [
      { name: `${name}: fetched once`, value: fetched, unit: 's' },
      { name: `${name}: downloaded`, value: downloaded / 1e6, unit: 'MB' },
      { name: `${name}: kept on disk`, value: (await folderBytes(directory)) / 1e6, unit: 'MB' },
      { name: `${name}: files hashed, at each load`, value: hashed, unit: 's' },
      { name: `${name}: found, hashed and loaded`, value: loaded, unit: 's' },
    ];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function folderBytes(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

if (import.meta.main) console.table(await benchmarkNatives());
