import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as delay } from 'node:timers/promises';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import type { ArtifactReference } from '../../ports/artifact-store.ts';

const TRIES = 3;

export type ArchiveDownload = {
  readonly reference: ArtifactReference;
  /** Starts over at each try. */
  readonly open: () => Promise<ReadableStream>;
  readonly file: string;
  readonly mostBytes: number;
  /** Unit of the growing delay between tries. */
  readonly retryMilliseconds: number;
};

/**
 * Writes the archive of an artifact to a file.
 * @throws InputError when it is larger than allowed, or its SHA-256 is not that of the reference; OutsideError
 * when it does not come in three tries.
 */
export async function downloadArchive(download: ArchiveDownload): Promise<void> {
  const { reference, open, file, retryMilliseconds } = download;
  let problem = '';
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (attempt > 1) await delay((attempt - 1) ** 2 * retryMilliseconds);
    const body = await open();
    const hash = createHash('sha256');
    try {
      await pipeline(body, limited(download, hash), createWriteStream(file));
    } catch (error) {
      if (error instanceof InputError || isFileError(error)) throw error;
      problem = messageOf(error);
      continue;
    }
    checkDigest(reference, hash.digest('hex'));
    return;
  }
  throw new OutsideError(`artifact ${reference.id} could not be downloaded in ${TRIES} tries: ${problem}`);
}

/** @throws InputError unless the archive is the one that was handed over. */
export function checkDigest({ id, digest }: ArtifactReference, actual: string): void {
  if (actual === digest) return;
  throw new InputError(
    `artifact ${id} is refused: its SHA-256 is ${actual} and not ${digest}, so it is not what was handed over; run the job that made it again`,
  );
}

/** @throws InputError when an archive is larger than allowed. */
export function checkSize({ id }: Pick<ArtifactReference, 'id'>, bytes: number, mostBytes: number): void {
  if (bytes <= mostBytes) return;
  throw new InputError(
    `artifact ${id} is refused: its archive has ${bytes} bytes or more, and at most ${mostBytes} are read`,
  );
}

function limited({ reference, mostBytes }: ArchiveDownload, hash: ReturnType<typeof createHash>) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      checkSize(reference, bytes, mostBytes);
      hash.update(chunk);
      yield chunk;
    }
  };
}

/** A full disk is not the network's fault, and no second try mends it. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && ['open', 'write'].includes(String(error.syscall));
}
