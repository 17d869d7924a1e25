import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { InputError, messageOf } from '../../core/errors.ts';
import { isText } from './file-format.ts';
import type { InspectedFile } from './inspect-file.ts';
import { type TextEncoding, toUtf8 } from './text-encoding.ts';

/** What reading a file from beginning to end tells. */
export type DigestedFile = InspectedFile & {
  readonly sha256: string;
  /** The first part of a text file, decompressed and in UTF-8. */
  readonly head: string;
  /** Whether `head` is less than the file. */
  readonly isHeadCut: boolean;
  /** Text that is not UTF-8 was copied as such; then `realPath` is the copy. */
  readonly encoding: string;
};

export type DigestRequest = {
  /** SHA-256 that the file must have. */
  readonly pinned?: string;
  readonly encoding?: TextEncoding;
  /** Directory for copies that the engine can read; deleted by the caller. */
  readonly directory: string;
  /** Aborts when reading has taken too long. */
  readonly signal: AbortSignal;
};

const HEAD_BYTES = 1 << 18;

let copies = 0;

/**
 * Reads a file once from beginning to end: its digest, and for text whether it is whole. DuckDB reads a
 * compressed file that was cut off as if it ended there, so decompression is checked here.
 * @throws InputError when the digest is not the pinned one, for a damaged compressed file, for text that is
 *   not of its encoding, and for NUL bytes, which would be read as something else than was written.
 */
export async function digestFile(
  name: string,
  file: InspectedFile,
  request: DigestRequest,
): Promise<DigestedFile> {
  const subject = `${name}: ${file.shownPath}`;
  const hash = createHash('sha256');
  copies += 1;
  const text = isText(file.format)
    ? new TextBlocks(subject, join(request.directory, `utf-8-${copies}`))
    : undefined;
  try {
    await pipeline([...stagesOf(subject, file, { request, hash, text }), sinkOf(text)], {
      signal: request.signal,
    });
  } catch (error) {
    throw explain(subject, request, error);
  } finally {
    await text?.close();
  }
  const sha256 = hash.digest('hex');
  const { pinned } = request;
  if (pinned !== undefined && pinned.toLowerCase() !== sha256) {
    throw new InputError(
      `${subject} has SHA-256 ${sha256}, but ${pinned.toLowerCase()} is pinned; fetch the pinned version or change sha256`,
    );
  }
  return { ...file, sha256, ...(text?.found() ?? { head: '', isHeadCut: false, encoding: 'utf-8' }) };
}

function stagesOf(
  subject: string,
  file: InspectedFile,
  work: {
    readonly request: DigestRequest;
    readonly hash: { update(block: Buffer): unknown };
    readonly text: TextBlocks | undefined;
  },
): readonly (Readable | Transform)[] {
  const { request, hash, text } = work;
  const hashed = new Transform({
    transform(block: Buffer, _encoding, done) {
      hash.update(block);
      done(null, block);
    },
  });
  const source = createReadStream(file.realPath, { highWaterMark: 1 << 20 });
  const stages = [source, hashed, ...unpackers(file)];
  if (text) stages.push(toUtf8(subject, request.encoding, text.setEncoding));
  return stages;
}

/** What turns the bytes of a file into its text. */
export function unpackers({ compression }: Pick<InspectedFile, 'compression'>): readonly Transform[] {
  if (compression === 'gzip') return [createGunzip()];
  return compression === 'zstd' ? [createZstdDecompress()] : [];
}

function sinkOf(text: TextBlocks | undefined): Writable {
  return new Writable({
    write(block: Buffer, _encoding, done) {
      if (text === undefined) done();
      else text.take(block).then(() => done(), done);
    },
  });
}

/** Looks at a text's blocks as they pass, and keeps them where the engine could not read the file itself. */
class TextBlocks {
  readonly #subject: string;
  readonly #copyPath: string;
  readonly #head: Buffer[] = [];
  #offset = 0;
  #encoding = 'utf-8';
  #copy: Awaited<ReturnType<typeof open>> | undefined;

  constructor(subject: string, copyPath: string) {
    this.#subject = subject;
    this.#copyPath = copyPath;
  }

  setEncoding = ({ name }: TextEncoding): void => {
    this.#encoding = name;
  };

  async take(block: Buffer): Promise<void> {
    if (this.#offset < HEAD_BYTES) this.#head.push(block);
    if (block.includes(0)) {
      throw new InputError(
        `${this.#subject} holds a NUL byte (at byte ${this.#offset + block.indexOf(0)}); it is damaged or not a text file; remove the byte, or declare the encoding if it is not UTF-8`,
      );
    }
    this.#offset += block.length;
    if (this.#encoding === 'utf-8') return;
    this.#copy ??= await open(this.#copyPath, 'wx');
    await this.#copy.writeFile(block);
  }

  async close(): Promise<void> {
    await this.#copy?.close();
  }

  found() {
    const head = Buffer.concat(this.#head).subarray(0, HEAD_BYTES);
    return {
      head: head.toString('utf8').replace(/^\uFEFF/, ''),
      isHeadCut: this.#offset > HEAD_BYTES,
      encoding: this.#encoding,
      // The copy is plain, whatever the file was packed by.
      ...(this.#copy ? { realPath: this.#copyPath, compression: 'none' as const } : {}),
    };
  }
}

function explain(subject: string, { signal }: DigestRequest, error: unknown): Error {
  if (error instanceof InputError) return error;
  if (signal.aborted) {
    return new InputError(
      `${subject} took longer than the time limit for reading and was stopped; split it, or write it as Parquet`,
      { cause: error },
    );
  }
  return new InputError(
    `${subject} cannot be read to its end (${messageOf(error)}); it is damaged or cut off`,
    { cause: error },
  );
}
