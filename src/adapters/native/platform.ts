import { InputError } from '../../core/errors.ts';
import type { PlatformKey } from './packages.ts';

export type Platform = {
  /** As `process.platform`. */
  readonly system: string;
  /** As `process.arch`. */
  readonly architecture: string;
  /** C library; matters on Linux only. */
  readonly library: 'glibc' | 'musl' | 'none';
};

/** The machine this process runs on. */
export function currentPlatform(): Platform {
  const { platform: system, arch: architecture } = process;
  return { system, architecture, library: system === 'linux' ? linuxLibrary() : 'none' };
}

/**
 * The key of a platform in the manifest.
 * @throws InputError in one sentence when there are no binaries for it.
 */
export function supportedPlatform(platform: Platform, supported: readonly PlatformKey[]): PlatformKey {
  const key = supported.find((candidate) => candidate === `${platform.system}-${platform.architecture}`);
  if (key === undefined || (platform.system === 'linux' && platform.library !== 'glibc')) {
    throw new InputError(
      `${describePlatform(platform)} is not supported, because DuckDB or ONNX Runtime has no binaries for it: ` +
        `use ${listOf(supported.map(describeKey))}`,
    );
  }
  return key;
}

const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
};

function describePlatform({ system, architecture, library }: Platform): string {
  const name = `${SYSTEM_NAMES[system] ?? system} ${architectureName(system, architecture)}`;
  return library === 'musl' ? `${name} with musl libc (such as Alpine)` : name;
}

function describeKey(key: PlatformKey): string {
  const [system = '', architecture = ''] = key.split('-');
  const name = `${SYSTEM_NAMES[system] ?? system} ${architectureName(system, architecture)}`;
  return system === 'linux' ? `${name} with glibc` : name;
}

function architectureName(system: string, architecture: string): string {
  if (system !== 'darwin') return architecture;
  return { x64: 'on Intel', arm64: 'on Apple silicon' }[architecture] ?? architecture;
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Node was linked against glibc or it was not; its own report is the one answer that needs no other program. */
function linuxLibrary(): 'glibc' | 'musl' {
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  const before = report.excludeNetwork;
  // Without this the report asks the resolver for the name of every open connection.
  report.excludeNetwork = true;
  try {
    const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } };
    return header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  } finally {
    report.excludeNetwork = before;
  }
}
