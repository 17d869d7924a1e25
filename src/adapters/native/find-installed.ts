import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { WantedPackage } from './packages.ts';

/**
 * Looks for packages in the `node_modules` folders of a directory and of those above it. Another version of
 * them, such as that of the project around this one, is passed over.
 * @returns the folder that holds `node_modules`, or undefined.
 */
export async function findInstalledAbove(
  start: string,
  packages: readonly WantedPackage[],
): Promise<string | undefined> {
  for (let directory = start; ; directory = dirname(directory)) {
    if (basename(directory) !== 'node_modules' && (await lackingIn(directory, packages)) === undefined) {
      return directory;
    }
    if (directory === dirname(directory)) return undefined;
  }
}

/**
 * The folder that a user named in `runtime-directory`, itself a `node_modules` or holding one.
 * @returns the folder that holds `node_modules`.
 * @throws InputError when it lacks a package or holds another version.
 */
export async function checkRuntimeDirectory(
  runtimeDirectory: string,
  packages: readonly WantedPackage[],
): Promise<string> {
  const named = resolve(runtimeDirectory);
  const directory = basename(named) === 'node_modules' ? dirname(named) : named;
  const lacking = await lackingIn(directory, packages);
  if (lacking === undefined) return directory;
  const wanted = packages.map(({ name, version }) => `${name}@${version}`).join(' ');
  throw new InputError(
    `runtime-directory ${runtimeDirectory} has ${lacking}: fill it with \`npm install --prefix ` +
      `${runtimeDirectory} --ignore-scripts ${wanted}\`, or leave it out`,
  );
}

/** What a folder lacks, in words; undefined when every package is there in its version. */
async function lackingIn(directory: string, packages: readonly WantedPackage[]): Promise<string | undefined> {
  const modules = join(directory, 'node_modules');
  if (!existsSync(modules)) return 'no node_modules';
  for (const { name, version } of packages) {
    const found = await installedVersion(join(modules, name, 'package.json'));
    if (found === undefined) return `no ${name}`;
    if (found !== version) return `${name} ${found} instead of ${version}`;
  }
  return undefined;
}

async function installedVersion(path: string): Promise<string | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof content !== 'object' || content === null || !('version' in content)) return undefined;
    return typeof content.version === 'string' ? content.version : undefined;
  } catch {
    return undefined;
  }
}
