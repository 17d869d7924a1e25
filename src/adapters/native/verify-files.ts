import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { WantedPackage } from './packages.ts';

/** Large enough that reading and hashing take turns rarely. */
const READ_BYTES = 4 * 1024 * 1024;

/** Small files are read together; each of the two big libraries fills one lane. */
const PARALLEL_FILES = 4;

export type VerifyRequest = {
  /** Folder that holds `node_modules`. */
  readonly directory: string;
  readonly packages: readonly WantedPackage[];
};

/**
 * Checks every file that will be loaded against the hashes built into this program.
 * @returns the absolute paths of the checked files.
 * @throws InputError naming the first file that is missing or differs.
 */
export async function verifyFiles({ directory, packages }: VerifyRequest): Promise<readonly string[]> {
  const files = packages.flatMap(({ name, version, files: hashes }) =>
    Object.entries(hashes).map(([path, hash]) => ({
      path: join(directory, 'node_modules', name, path),
      package: `${name} ${version}`,
      hash,
    })),
  );
  const waiting = files.values();
  await Promise.all(
    Array.from({ length: PARALLEL_FILES }, async () => {
      // The first read needs no large block: most files are scripts of a few kilobytes.
      const block = { buffer: Buffer.allocUnsafe(64 * 1024) };
      for (const file of waiting) await verifyFile(file, block);
    }),
  );
  return files.map(({ path }) => path);
}

type ExpectedFile = { readonly path: string; readonly package: string; readonly hash: string };
type Block = { buffer: Buffer };

async function verifyFile(file: ExpectedFile, block: Block): Promise<void> {
  const actual = await hashFile(file, block);
  if (actual === file.hash) return;
  throw new InputError(
    `${file.path} is not the file that ${file.package} was published with (SHA-256 ${actual}, expected ` +
      `${file.hash}): it was changed or damaged, so delete the folder it is in and install it again`,
  );
}

async function hashFile(file: ExpectedFile, block: Block): Promise<string> {
  const handle = await openExpected(file);
  try {
    const { size } = await handle.stat();
    if (size > block.buffer.length && block.buffer.length < READ_BYTES) {
      block.buffer = Buffer.allocUnsafe(READ_BYTES);
    }
    const hash = createHash('sha256');
    for (;;) {
      const { bytesRead } = await handle.read(block.buffer, 0, block.buffer.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(block.buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

async function openExpected(file: ExpectedFile): Promise<FileHandle> {
  try {
    return await open(file.path, 'r');
  } catch (cause) {
    throw new InputError(
      `${file.path} of ${file.package} cannot be read, though it is needed: install the package again`,
      { cause },
    );
  }
}
