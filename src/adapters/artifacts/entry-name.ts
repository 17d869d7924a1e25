import { InputError } from '../../core/errors.ts';

/** Longer than any file system takes, or than anything of ours is named. */
const LONGEST_NAME = 500;
const LONGEST_SEGMENT = 200;
const FILE_TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;
const FOLDER = 0o040000;

export type EntryFacts = {
  readonly fileName: string;
  /** The upper half holds the mode of Unix; zero where the packer kept none. */
  readonly externalFileAttributes: number;
};

/**
 * The segments of an entry's path inside the folder that it is unpacked to, or undefined for a folder.
 * @throws InputError when it could land outside, or is neither a plain file nor a folder.
 */
export function readEntryName({
  fileName,
  externalFileAttributes,
}: EntryFacts): readonly string[] | undefined {
  const isFolder = fileName.endsWith('/');
  const segments = (isFolder ? fileName.slice(0, -1) : fileName).split('/');
  if (fileName.length > LONGEST_NAME || segments.some((segment) => !isPlainSegment(segment))) {
    throw refuse(fileName, 'is no plain relative path');
  }
  const type = (externalFileAttributes >>> 16) & FILE_TYPE_MASK;
  if (type !== 0 && type !== (isFolder ? FOLDER : REGULAR_FILE)) {
    throw refuse(fileName, 'is no plain file but a link or a device');
  }
  return isFolder ? undefined : segments;
}

/** Two paths that a file system may take for one and the same have the same key. */
export function sameFileKey(segments: readonly string[]): string {
  return segments.join('/').normalize('NFC').toLowerCase();
}

export function refuse(fileName: string, problem: string): InputError {
  const shown = JSON.stringify(fileName.slice(0, 100));
  return new InputError(`the artifact is refused: its entry ${shown} ${problem}; nothing of it was kept`);
}

/** No way up or out on any system: a colon starts a drive or a stream, a dot at the end is dropped on Windows. */
function isPlainSegment(segment: string): boolean {
  if (segment === '' || segment.length > LONGEST_SEGMENT) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name.
  return !/[\u0000-\u001f\u007f\\:]/.test(segment) && !/^\.{1,2}$/.test(segment) && !/[. ]$/.test(segment);
}
