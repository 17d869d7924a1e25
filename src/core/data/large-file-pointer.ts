/** What Git keeps in the place of a file in Git LFS. */
export type LargeFilePointer = {
  /** SHA-256 in hex of the file, by which LFS stores it. */
  readonly sha256: string;
  readonly bytes: number;
};

/** A pointer is never longer (specification of Git LFS, "The Pointer"). */
export const LONGEST_POINTER = 1024;

const FIRST_LINE = 'version https://git-lfs.github.com/spec/v1\n';

/**
 * Reads a Git LFS pointer; undefined for any other text, and for one with extensions, whose object is not the
 * file itself.
 */
export function parseLargeFilePointer(text: string): LargeFilePointer | undefined {
  if (text.length > LONGEST_POINTER || !text.startsWith(FIRST_LINE)) return undefined;
  if (/^ext-/m.test(text)) return undefined;
  const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const bytes = /^size (\d{1,15})$/m.exec(text)?.[1];
  return sha256 === undefined || bytes === undefined ? undefined : { sha256, bytes: Number(bytes) };
}

/** Completes "data/a.csv is …": what is there instead of the data. */
export function describePointer({ sha256, bytes }: LargeFilePointer): string {
  return `a Git LFS pointer (object ${sha256.slice(0, 12)}, ${bytes} bytes), not the data`;
}
