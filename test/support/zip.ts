import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';

/** An entry of a zip archive, and the lies that may be told about it. */
export type ZipEntry = {
  readonly name: string | Buffer;
  readonly content?: string | Uint8Array;
  /** Mode of Unix with the type of the file; a plain file when left out. */
  readonly mode?: number;
  /** What the headers say of the unpacked size; the truth when left out. */
  readonly claimedBytes?: number;
  /** Method of packing that the headers name; 8 (deflate) when left out. */
  readonly method?: number;
  readonly flags?: number;
  /** Packed bytes with the CRC and the size of what they hold, for content too large to make each time. */
  readonly packed?: { readonly bytes: Buffer; readonly checksum: number; readonly size: number };
};

const PLAIN_FILE = 0o100644;
const NAMES_ARE_UTF8 = 0x800;
const MADE_ON_UNIX = (3 << 8) | 20;

/** Writes a zip archive byte by byte, so that tests can write wrong ones. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string);
    const content = Buffer.from((entry.content ?? '') as string);
    const { method = 8, mode = PLAIN_FILE } = entry;
    const bytes = entry.packed?.bytes ?? (method === 8 ? deflateRawSync(content) : content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(NAMES_ARE_UTF8 | (entry.flags ?? 0), 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(0x5a8d0000, 6);
    common.writeUInt32LE(entry.packed?.checksum ?? crc32(content), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(entry.claimedBytes ?? entry.packed?.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(mode * 0x10000, 6);
    rest.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(MADE_ON_UNIX);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, common, rest, name]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}

/** An archive of plain files. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  return makeZip(Object.entries(files).map(([name, content]) => ({ name, content })));
}

/** The packed form of so many zeros, made piece by piece: a thousandth of the size. */
export async function zeros(size: number): Promise<NonNullable<ZipEntry['packed']>> {
  const piece = Buffer.alloc(1024 * 1024);
  const deflate = createDeflateRaw({ level: 1 });
  const packed: Buffer[] = [];
  deflate.on('data', (bytes: Buffer) => void packed.push(bytes));
  let checksum = 0;
  for (let left = size; left > 0; left -= piece.length) {
    const bytes = piece.subarray(0, Math.min(left, piece.length));
    checksum = crc32(bytes, checksum);
    if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  await new Promise<void>((resolve) => {
    deflate.once('end', resolve);
    deflate.end();
  });
  return { bytes: Buffer.concat(packed), checksum, size };
}

/** Contents of the files of an archive, by path. */
export async function readZip(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(archive);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    files.set(entry.fileName, Buffer.concat(parts));
  }
  return files;
}
