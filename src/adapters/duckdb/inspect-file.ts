import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { describePointer, parseLargeFilePointer } from '../../core/data/large-file-pointer.ts';
import { InputError, messageOf } from '../../core/errors.ts';
import type { DataFileRead } from '../../ports/data-engine.ts';
import { type FileKind, fileKindOf, READABLE_FORMATS } from './file-format.ts';
import type { ResolvedFile } from './resolve-files.ts';

/** A file whose first bytes are what its name says. */
export type InspectedFile = ResolvedFile & FileKind;

/**
 * Looks at a file's name and first bytes, so that what is no data at all is called what it is.
 * @throws InputError for an empty file, a pointer, a web page, an unknown format or compression, an
 *   encoding other than UTF-8, and missing permission.
 */
export async function inspectFile(name: string, file: ResolvedFile): Promise<InspectedFile> {
  const subject = `${name}: ${file.shownPath}`;
  if (file.shownPath.endsWith('.dvc')) {
    throw new InputError(
      `${subject} is a DVC pointer, not data; declare ${file.shownPath.slice(0, -4)} and run \`dvc pull\``,
    );
  }
  const head = await readHead(subject, file.realPath);
  if (head.length === 0) throw new InputError(`${subject} is empty; write data with a header line into it`);
  refusePointersAndPages(subject, head.subarray(0, 512).toString('utf8'));
  const kind = fileKindOf(file.shownPath);
  if (kind === undefined) {
    throw new InputError(`${subject} has an extension that is not read; use ${READABLE_FORMATS}`);
  }
  refuseOtherContainer(subject, kind, head);
  if (kind.format !== 'parquet' && kind.compression === 'none') refuseOtherEncoding(subject, head);
  return { ...file, ...kind };
}

/** What reading a file from beginning to end tells. */
export type DigestedFile = InspectedFile & {
  readonly read: DataFileRead;
  /** The first part of a text file, decompressed. */
  readonly head: string;
};

const HEAD_BYTES = 1 << 18;

/**
 * Reads a file once from beginning to end: its digest, and for text whether it is whole. DuckDB reads a
 * compressed file that was cut off as if it ended there, so decompression is checked here.
 * @throws InputError when the digest is not the pinned one, for a damaged compressed file, and for NUL
 *   bytes, which would be read as something else than was written.
 */
export async function digestFile(name: string, file: InspectedFile, pinned?: string): Promise<DigestedFile> {
  const subject = `${name}: ${file.shownPath}`;
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  const stages: [Readable, ...Transform[]] = [createReadStream(file.realPath, { highWaterMark: 1 << 20 })];
  stages.push(tap((block) => hash.update(block)));
  if (file.compression === 'gzip') stages.push(createGunzip());
  if (file.compression === 'zstd') stages.push(createZstdDecompress());
  let offset = 0;
  const inspectText = (block: Buffer): void => {
    if (offset < HEAD_BYTES) head.push(block);
    if (block.includes(0)) throw nulByte(subject, offset + block.indexOf(0));
    offset += block.length;
  };
  const sink = new Writable({
    write(block: Buffer, _encoding, done) {
      try {
        if (file.format !== 'parquet') inspectText(block);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  await pipeline([...stages, sink]).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${subject} cannot be read to its end (${messageOf(error)}); it is damaged or cut off`,
      {
        cause: error,
      },
    );
  });
  const sha256 = hash.digest('hex');
  if (pinned !== undefined && pinned.toLowerCase() !== sha256) {
    throw new InputError(
      `${subject} has SHA-256 ${sha256}, but ${pinned.toLowerCase()} is pinned; fetch the pinned version or change sha256`,
    );
  }
  const read = { path: file.shownPath, sha256, bytes: file.bytes };
  return {
    ...file,
    read,
    head: Buffer.concat(head)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  };
}

function tap(look: (block: Buffer) => void): Transform {
  return new Transform({
    transform(block: Buffer, _encoding, done) {
      look(block);
      done(null, block);
    },
  });
}

function nulByte(subject: string, offset: number): InputError {
  return new InputError(
    `${subject} holds a NUL byte (at byte ${offset}); it is damaged, not a text file, or not UTF-8`,
  );
}

async function readHead(subject: string, path: string): Promise<Buffer> {
  try {
    await using handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new InputError(`${subject} cannot be read (${code}); check its permissions`, { cause: error });
  }
}

function refusePointersAndPages(subject: string, head: string): void {
  if (head.startsWith('version https://git-lfs.github.com/spec/')) {
    const pointer = parseLargeFilePointer(head);
    throw new InputError(
      `${subject} is ${pointer ? describePointer(pointer) : 'a Git LFS pointer, not the data'}; run \`git lfs pull\`, or set \`lfs: true\` on actions/checkout`,
    );
  }
  if (/^(outs|deps):\s*\n|^md5: [0-9a-f]{32}/.test(head)) {
    throw new InputError(`${subject} is a DVC pointer, not the data; run \`dvc pull\` before this stage`);
  }
  if (/^\uFEFF?\s*<(!doctype\s+html|html)/i.test(head)) {
    throw new InputError(
      `${subject} is an HTML page, not data (often a login or error page that was downloaded); fetch the data again`,
    );
  }
}

const MAGIC: readonly { readonly kind: string; readonly bytes: readonly number[] }[] = [
  { kind: 'gzip', bytes: [0x1f, 0x8b] },
  { kind: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'parquet', bytes: [0x50, 0x41, 0x52, 0x31] },
  { kind: 'encrypted Parquet', bytes: [0x50, 0x41, 0x52, 0x45] },
  { kind: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { kind: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: 'Arrow IPC', bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31] },
];

function refuseOtherContainer(subject: string, kind: FileKind, head: Buffer): void {
  const actual = MAGIC.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))?.kind;
  const expected =
    kind.format === 'parquet' ? 'parquet' : kind.compression === 'none' ? undefined : kind.compression;
  if (actual === expected) return;
  if (actual === undefined) {
    throw new InputError(
      `${subject} is no ${expected === 'parquet' ? 'Parquet file' : `${expected} file`} (its first bytes are ${head.subarray(0, 4).toString('hex')}); it is damaged or has the wrong extension`,
    );
  }
  throw new InputError(
    `${subject} holds ${actual} data, which its name does not say; use ${READABLE_FORMATS}`,
  );
}

function refuseOtherEncoding(subject: string, head: Buffer): void {
  const isUtf16 =
    (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) || looksUtf16(head);
  if (isUtf16) throw new InputError(`${subject} is UTF-16 text; save it as UTF-8`);
}

/** ASCII text in UTF-16 has a NUL in every second byte. */
function looksUtf16(head: Buffer): boolean {
  if (head.length < 8) return false;
  const sample = head.subarray(0, 64);
  const zeros = sample.filter((byte) => byte === 0).length;
  return zeros > sample.length / 3;
}
