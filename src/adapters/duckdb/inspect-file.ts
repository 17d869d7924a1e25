import { open } from 'node:fs/promises';
import { describePointer, parseLargeFilePointer } from '../../core/data/large-file-pointer.ts';
import { InputError } from '../../core/errors.ts';
import { type FileKind, fileKindOf, isText, READABLE_FORMATS } from './file-format.ts';
import type { ResolvedFile } from './resolve-files.ts';

/** A file whose first bytes are what its name says. */
export type InspectedFile = ResolvedFile & FileKind;

/**
 * Looks at a file's name and first bytes, so that what is no data at all is called what it is.
 * @throws InputError for an empty file, a pointer, a web page, an unknown format or compression, and missing
 *   permission.
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
  const container = containerOf(head);
  refuseUnreadable(subject, container);
  const kind = fileKindOf(file.shownPath);
  if (kind === undefined) {
    throw new InputError(`${subject} has an extension that is not read; use ${READABLE_FORMATS}`);
  }
  refuseOtherContainer(subject, { kind, container, head });
  return { ...file, ...kind };
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

type Container = {
  readonly called: string;
  readonly bytes: readonly number[];
  /** What to do about a file that cannot be read in this form at all. */
  readonly advice?: string;
};

const UNPACK = 'unpack it, or pack it with gzip or zstd';

const CONTAINERS: readonly Container[] = [
  { called: 'gzip', bytes: [0x1f, 0x8b] },
  { called: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { called: 'Parquet', bytes: [0x50, 0x41, 0x52, 0x31] },
  {
    called: 'encrypted Parquet',
    bytes: [0x50, 0x41, 0x52, 0x45],
    advice: 'no key is ever asked for; decrypt it in a step before',
  },
  { called: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04], advice: UNPACK },
  { called: 'bzip2', bytes: [0x42, 0x5a, 0x68], advice: UNPACK },
  { called: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], advice: UNPACK },
  { called: 'Arrow IPC', bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31] },
  { called: 'Feather 1', bytes: [0x46, 0x45, 0x41, 0x31], advice: 'write it as Feather 2 (Arrow IPC)' },
  { called: 'ORC', bytes: [0x4f, 0x52, 0x43], advice: 'write it as Parquet' },
  { called: 'Avro', bytes: [0x4f, 0x62, 0x6a, 0x01], advice: 'write it as Parquet' },
  { called: 'SQLite', bytes: [...Buffer.from('SQLite format 3\0')], advice: 'write the table as Parquet' },
];

function containerOf(head: Buffer): Container | undefined {
  return CONTAINERS.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
}

function refuseUnreadable(subject: string, container: Container | undefined): void {
  // Text may begin with the letters of ORC and the like.
  const isLetters = container?.bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ?? false;
  if (container?.advice === undefined || (isLetters && fileKindOf(subject)?.format === 'delimited')) return;
  throw new InputError(`${subject} is ${container.called}, which is not read; ${container.advice}`);
}

function refuseOtherContainer(
  subject: string,
  found: { readonly kind: FileKind; readonly container: Container | undefined; readonly head: Buffer },
): void {
  const { kind, head } = found;
  const actual = found.container?.called;
  const expected = expectedContainer(kind);
  if (actual === expected || (kind.format === 'arrow' && isArrowStream(head, actual))) return;
  if (actual === 'gzip' || actual === 'zstd') {
    const suffix = actual === 'gzip' ? '.gz' : '.zst';
    throw new InputError(`${subject} holds ${actual} data, which its name does not say; name it …${suffix}`);
  }
  if (actual === undefined) {
    throw new InputError(
      `${subject} is no ${expected} file (its first bytes are ${head.subarray(0, 4).toString('hex')}); it is damaged or has the wrong extension`,
    );
  }
  if (expected === undefined && !/[^\x20-\x7e\s]/.test(head.subarray(0, 16).toString('latin1'))) return;
  throw new InputError(
    `${subject} holds ${actual} data, which its name does not say; use ${READABLE_FORMATS}`,
  );
}

function expectedContainer({ format, compression }: FileKind): string | undefined {
  if (isText(format)) return compression === 'none' ? undefined : compression;
  return format === 'parquet' ? 'Parquet' : 'Arrow IPC';
}

/** A stream has no magic number; it begins with the marker of a message, or before version 0.15 its length. */
function isArrowStream(head: Buffer, container: string | undefined): boolean {
  if (container !== undefined || head.length < 8) return false;
  const first = head.readInt32LE(0);
  const length = first === -1 ? head.readInt32LE(4) : first;
  return length > 0 && length < 1 << 28;
}
