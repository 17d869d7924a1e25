import { realpathSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';

export type GuardedRequest = {
  /** Folder that holds `node_modules`. */
  readonly directory: string;
  /** Package to load. */
  readonly main: string;
  /** Absolute paths that may be loaded, and nothing else but what Node itself brings. */
  readonly files: readonly string[];
};

/**
 * Loads a package while no other file than the given ones can be reached. Hashes alone do not give that:
 * a file planted beside a checked one (`backend` beside `backend.js`, a nested `node_modules`) is found first.
 * @throws InputError naming a file that is outside the list; OutsideError when the machine cannot load the
 *   libraries, for example because its C library is too old.
 */
export function requireGuarded({ directory, main, files }: GuardedRequest): unknown {
  const allowed = new Set(files.map((file) => pathToFileURL(realpathSync(file)).href));
  let planted: string | undefined;
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      if (resolved.url.startsWith('node:') || allowed.has(resolved.url)) return resolved;
      planted ??= resolved.url;
      throw new Error(`${resolved.url} is not part of ${main}`);
    },
  });
  try {
    const loaded: unknown = createRequire(join(directory, 'node_modules', 'contender.cjs'))(main);
    if (planted !== undefined) throw new Error(`${planted} is not part of ${main}`);
    return loaded;
  } catch (cause) {
    if (planted !== undefined) {
      throw new InputError(
        `${main} would load ${planted}, which is none of its published files: delete ` +
          `${join(directory, 'node_modules', main)} and install it again`,
        { cause },
      );
    }
    throw new OutsideError(`${main} cannot be loaded on this machine: ${messageOf(cause)}`, { cause });
  } finally {
    hooks.deregister();
  }
}
