import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readSource } from '../imports/read-source.ts';

/** All files of `dist/` that a bundle can load, statically or dynamically, itself included. */
export async function reachableChunks(bundle: string): Promise<readonly string[]> {
  const found = new Set([bundle]);
  for (const path of found) {
    const { imports } = readSource(path, await readFile(path, 'utf8'));
    for (const { specifier } of imports) {
      if (specifier.startsWith('.')) found.add(join(dirname(path), specifier));
    }
  }
  return [...found];
}
