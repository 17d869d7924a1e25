import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { WantedPackage } from '../packages.ts';

/** The bytes are not those that were published. Asking again would not help. */
export class IntegrityError extends Error {}

/**
 * Unpacks the wanted files of a tarball while it arrives. Nothing else is written, so no entry can name a path
 * outside the folder.
 * @throws IntegrityError when the tarball is not the one of the manifest; what was written is then worthless.
 */
export async function unpackTarball(
  wanted: WantedPackage,
  tarball: Readable,
  directory: string,
): Promise<void> {
  const hash = createHash('sha512');
  const missing = new Set(Object.keys(wanted.files));
  const entries = extract();
  const results = await Promise.allSettled([
    writeEntries(entries, missing, directory),
    pipeline(tarball, hashing(hash, wanted.tarballBytes), createGunzip({ chunkSize: 1 << 20 }), entries),
  ]);
  throwFirstCause(results);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== wanted.integrity) {
    throw new IntegrityError(`its integrity is ${integrity} instead of ${wanted.integrity}`);
  }
  if (missing.size > 0) throw new IntegrityError(`it lacks ${[...missing].join(', ')}`);
}

function hashing(hash: ReturnType<typeof createHash>, limit: number): Transform {
  let received = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      received += chunk.length;
      hash.update(chunk);
      const tooLong = received > limit;
      callback(tooLong ? new IntegrityError(`it is longer than ${limit} bytes`) : null, chunk);
    },
  });
}

async function writeEntries(
  entries: ReturnType<typeof extract>,
  missing: Set<string>,
  directory: string,
): Promise<void> {
  for await (const entry of entries) {
    // The first folder is `package` by custom, but any name is allowed.
    const path = entry.header.name.replace(/^[^/]*\//, '');
    if (entry.header.type !== 'file' || !missing.delete(path)) {
      entry.resume();
      continue;
    }
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(entry, createWriteStream(target));
  }
}

/** When one end fails the other ends with "closed too early"; only the reason is worth telling. */
function throwFirstCause(results: readonly PromiseSettledResult<void>[]): void {
  const reasons = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  if (reasons.length === 0) return;
  const cause = reasons.find((reason) => !isConsequence(reason)) ?? reasons[0];
  // Gunzip and tar stumble over foreign bytes before the hash is complete; a cut connection has its own code.
  throw isBrokenArchive(cause) ? new IntegrityError(`what came is no package: ${cause.message}`) : cause;
}

function isConsequence(error: unknown): boolean {
  return (
    error instanceof Error && /premature close|was destroyed|writable stream closed/i.test(error.message)
  );
}

function isBrokenArchive(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /^Z_(DATA|NEED_DICT|STREAM)/.test(code) || /tar header|Invalid tar/i.test(error.message);
}
