import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf, OutsideError } from '../../../core/errors.ts';
import type { Environment } from '../options.ts';
import type { WantedPackage } from '../packages.ts';

/** After this long without a word a writer on another machine, which cannot be asked, counts as dead. */
const ABANDONED_AFTER_MILLISECONDS = 24 * 60 * 60 * 1000;

const RENAME_ATTEMPTS = 10;
const RENAME_PAUSE_MILLISECONDS = 200;

/** Where fetched packages are kept: the runner's tool cache, else the cache folder of the user. */
export function cacheDirectory(environment: Environment, system: string = process.platform): string {
  if (environment.RUNNER_TOOL_CACHE) return join(environment.RUNNER_TOOL_CACHE, 'contender');
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, 'contender');
  if (system === 'win32' && environment.LOCALAPPDATA) {
    return join(environment.LOCALAPPDATA, 'contender', 'cache');
  }
  const home = environment.HOME || environment.USERPROFILE || homedir();
  return system === 'darwin'
    ? join(home, 'Library', 'Caches', 'contender')
    : join(home, '.cache', 'contender');
}

/** A folder name that changes with anything that is in the folder. */
export function contentKey(packages: readonly WantedPackage[]): string {
  const content = packages.map(({ name, version, integrity, files }) => [name, version, integrity, files]);
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}

/**
 * Fills a folder so that it is either absent or complete, whoever else fills it at the same time and whenever
 * this process is killed: written beside it, then renamed. Leftovers of the dead are removed first.
 * @throws OutsideError when the folder cannot be written.
 */
export async function fillAtomically(
  target: string,
  fill: (directory: string) => Promise<void>,
): Promise<void> {
  const partial = `${target}.${writerName(process.pid)}.${randomUUID().slice(0, 8)}.partial`;
  await prepare(target, partial);
  try {
    await fill(partial);
    await moveIntoPlace(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Whether a folder is there. Only complete ones get their name. */
export async function isFilled(target: string): Promise<boolean> {
  try {
    return (await stat(target)).isDirectory();
  } catch {
    return false;
  }
}

async function prepare(target: string, partial: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await removeAbandoned(target);
    await mkdir(partial);
  } catch (cause) {
    throw new OutsideError(
      `native modules cannot be kept in ${dirname(target)}: ${messageOf(cause)}; set RUNNER_TOOL_CACHE or ` +
        'XDG_CACHE_HOME to a folder that can be written, or name one that holds them in runtime-directory',
      { cause },
    );
  }
}

async function moveIntoPlace(partial: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(partial, target);
    } catch (cause) {
      // Another job was quicker with the same content.
      if (await isFilled(target)) return;
      // Virus scanners on Windows hold new files for a moment.
      if (attempt < RENAME_ATTEMPTS && isHeld(cause)) await wait(RENAME_PAUSE_MILLISECONDS);
      else throw new OutsideError(`${target} cannot be written: ${messageOf(cause)}`, { cause });
    }
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(EPERM|EBUSY|EACCES)$/.test(String(error.code));
}

async function removeAbandoned(target: string): Promise<void> {
  const prefix = `${basename(target)}.`;
  for (const entry of await readdir(dirname(target))) {
    if (!entry.startsWith(prefix) || !entry.endsWith('.partial')) continue;
    const path = join(dirname(target), entry);
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const [host, processId] = basename(path).split('.').at(-3)?.split('~') ?? [];
  if (host === writerHost() && !isAlive(Number(processId))) return true;
  try {
    return Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER_MILLISECONDS;
  } catch {
    return false;
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Process ids mean something on their own machine (or in their own container) only. */
function writerName(processId: number): string {
  return `${writerHost()}~${processId}`;
}

function writerHost(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}
