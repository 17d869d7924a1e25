import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { InputError } from '../../core/errors.ts';
import { shorten } from './sql-text.ts';
import { readThriftStruct, type ThriftStruct } from './thrift-compact.ts';

/** Where the pages of a column lie in one row group of the file. */
export type ColumnChunk = { readonly column: string; readonly offset: number; readonly bytes: number };

/** A header is some tens of bytes; its statistics may hold two values of the column. */
const HEADER_BYTES = 1 << 16;

/** Fields of Parquet's PageHeader. */
const COMPRESSED_SIZE = 3;
const CHECKSUM = 4;

/** Field of Parquet's FileMetaData that only a file with encrypted columns has. */
const ENCRYPTION_ALGORITHM = 8;

/**
 * Compares pages with the checksums written beside them, where there are any; the engine does not.
 * @throws InputError naming the column of a damaged page.
 */
export async function checkPages(
  subject: string,
  path: string,
  chunks: readonly ColumnChunk[],
): Promise<void> {
  await using file = await open(path, 'r');
  const [first] = chunks;
  // Writers give all pages checksums or none.
  if (first === undefined || (await readHeader(file, first.offset))?.integers.has(CHECKSUM) !== true) return;
  for (const chunk of chunks) await checkChunk(subject, file, chunk);
}

async function checkChunk(subject: string, file: FileHandle, chunk: ColumnChunk): Promise<void> {
  const end = chunk.offset + chunk.bytes;
  for (let position = chunk.offset; position < end; ) {
    const header = await readHeader(file, position);
    const size = header?.integers.get(COMPRESSED_SIZE);
    // What is no header here is for the engine to judge.
    if (header === undefined || size === undefined || size < 0) return;
    const start = position + header.byteLength;
    if (start + size > end) return;
    const checksum = header.integers.get(CHECKSUM);
    if (checksum !== undefined && crc32(await readAt(file, start, size)) !== checksum >>> 0) {
      throw new InputError(
        `${subject}: a page of column "${shorten(chunk.column, 60)}" does not match its checksum; the file is damaged: fetch or write it anew`,
      );
    }
    position = start + size;
  }
}

/** Whether the footer tells of encrypted columns, which the engine reads as nonsense. */
export async function hasEncryptedColumns(path: string): Promise<boolean> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - 8), 8);
  if (tail.length < 8) return false;
  const footerLength = tail.readUInt32LE(0);
  if (footerLength + 8 > size) return false;
  const footer = readStruct(await readAt(file, size - 8 - footerLength, footerLength));
  return footer?.fields.has(ENCRYPTION_ALGORITHM) ?? false;
}

async function readHeader(file: FileHandle, position: number): Promise<ThriftStruct | undefined> {
  return readStruct(await readAt(file, position, HEADER_BYTES));
}

function readStruct(bytes: Uint8Array): ThriftStruct | undefined {
  try {
    return readThriftStruct(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
