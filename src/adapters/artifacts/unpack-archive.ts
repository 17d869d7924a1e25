import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import type { UnpackLimits } from '../../ports/artifact-store.ts';
import { readEntryName, refuse, sameFileKey } from './entry-name.ts';

/**
 * Unpacks a zip archive into a folder that is new or empty, and returns the paths of the files, sorted, relative
 * to the folder and with forward slashes. What the archive says of its sizes is only used to refuse it earlier.
 * @throws InputError as the port says; the folder is then empty.
 */
export async function unpackArchive(
  archive: string,
  folder: string,
  limits: UnpackLimits,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
  try {
    return await unpackAll(archive, folder, limits);
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    throw translate(error);
  }
}

async function unpackAll(archive: string, folder: string, limits: UnpackLimits): Promise<readonly string[]> {
  const zip = await openPromise(archive, { autoClose: false, strictFileNames: true });
  try {
    const files: string[] = [];
    const unpacking: Unpacking = { zip, folder, limits, keys: new Set(), bytesLeft: limits.bytes };
    let entries = 0;
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries > limits.files) throw tooMuch(`more than ${limits.files} files`);
      const segments = readEntryName(entry);
      if (segments === undefined) continue;
      refuseTwin(entry, segments, unpacking.keys);
      const path = segments.join('/');
      if (limits.wanted?.(path) === false) continue;
      await unpackEntry(entry, segments, unpacking);
      files.push(path);
    }
    return files.sort();
  } finally {
    zip.close();
  }
}

type Unpacking = {
  readonly zip: ZipFile;
  readonly folder: string;
  readonly limits: UnpackLimits;
  readonly keys: Set<string>;
  bytesLeft: number;
};

function refuseTwin(entry: Entry, segments: readonly string[], keys: Set<string>): void {
  const key = sameFileKey(segments);
  const folders = segments.slice(0, -1).map((_, index) => `${sameFileKey(segments.slice(0, index + 1))}/`);
  const isTwice = keys.has(key) || keys.has(`${key}/`) || folders.some((name) => keys.has(name.slice(0, -1)));
  if (isTwice) throw refuse(entry.fileName, 'is there twice, or as a file and a folder');
  for (const name of [key, ...folders]) keys.add(name);
}

async function unpackEntry(entry: Entry, segments: readonly string[], unpacking: Unpacking): Promise<void> {
  const { zip, folder, limits } = unpacking;
  if (!entry.canDecodeFileData()) throw refuse(entry.fileName, 'is encrypted or packed in an unknown way');
  const excess = () => tooMuch(`more than ${limits.bytes} bytes once it is unpacked`);
  if (entry.uncompressedSize > unpacking.bytesLeft) throw excess();
  const count = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      unpacking.bytesLeft -= chunk.length;
      if (unpacking.bytesLeft < 0) throw excess();
      yield chunk;
    }
  };
  const target = join(folder, ...segments);
  await mkdir(dirname(target), { recursive: true });
  await pipeline(await zip.openReadStreamPromise(entry), count, createWriteStream(target, { flags: 'wx' }));
}

function tooMuch(what: string): InputError {
  return new InputError(`the artifact is refused: it has ${what}; nothing of it was kept`);
}

/** The zip reader throws plain errors about the archive; those of the file system name a call. */
function translate(error: unknown): unknown {
  if (error instanceof InputError || !(error instanceof Error)) return error;
  if ('syscall' in error) {
    return new OutsideError(`the artifact could not be unpacked: ${error.message}`, { cause: error });
  }
  return new InputError(`the artifact is refused: it is no whole zip archive (${messageOf(error)})`, {
    cause: error,
  });
}
