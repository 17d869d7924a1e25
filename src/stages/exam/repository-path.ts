import { isAbsolute, posix, relative, sep } from 'node:path';
import type { Repository } from '../../ports/repository.ts';

/** A path as Git names it, from the top of the repository; starts with `..` when it lies outside. */
export function repositoryPath(repository: Pick<Repository, 'directory'>, path: string): string {
  return relative(repository.directory, path).split(sep).join('/');
}

/**
 * A path of a config as Git names it; undefined when it leaves the repository, so that Git cannot have it.
 * @param directory of the config, from the top of the repository.
 */
export function pathInRepository(
  repository: Repository,
  directory: string,
  path: string,
): string | undefined {
  const found = isAbsolute(path)
    ? repositoryPath(repository, path)
    : posix.normalize(posix.join(directory, path));
  return found === '..' || found.startsWith('../') || isAbsolute(found) ? undefined : found;
}

/** Text of a file at a commit; undefined when it is not there. */
export async function readTextAt(
  repository: Repository,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const content = await repository.readFileAt(commit, path);
  return content === undefined ? undefined : new TextDecoder().decode(content);
}
