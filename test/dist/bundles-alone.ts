import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type BundlesAlone = AsyncDisposable & {
  /** Folder of an action, by its name; the root action without one. */
  readonly action: (name?: string) => string;
  /** The script of the command `contender`. */
  readonly command: string;
};

/**
 * Copies what runs on a runner, `dist/` and the manifests of the actions, into an empty folder: no sources, no
 * node_modules, nothing but Node beside it.
 */
export async function copyBundles(root: string): Promise<BundlesAlone> {
  const directory = await mkdtemp(join(tmpdir(), 'bundles-alone-'));
  for (const part of ['dist', 'actions', 'action.yml']) {
    await cp(join(root, part), join(directory, part), { recursive: true }).catch(ignoreMissing);
  }
  return {
    action: (name) => (name === undefined ? directory : join(directory, 'actions', name)),
    command: join(directory, 'dist', 'contender.js'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
