import { basename, relative, resolve, sep } from 'node:path';
import { lockFileNameOf } from '../../core/configuration/lock-file-name.ts';
import type { ModelSetup } from '../load-models.ts';

/**
 * Path of the lock file from the top of the repository, with forward slashes; undefined when the config is
 * outside of it, or flags stand in its place.
 */
export function lockPathOf(
  setup: Pick<ModelSetup, 'configFile' | 'baseDirectory'>,
  topDirectory: string,
): string | undefined {
  if (setup.configFile === undefined) return undefined;
  const lockFile = lockFileNameOf(basename(setup.configFile));
  const path = relative(topDirectory, resolve(setup.baseDirectory, lockFile));
  return path.startsWith('..') ? undefined : path.split(sep).join('/');
}
