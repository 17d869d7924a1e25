/** The file system, as far as stages need it. Paths are absolute or relative to the working directory. */
export interface Files {
  /** Text of a file; undefined when it does not exist. @throws InputError when it is a directory or unreadable. */
  readText(path: string): Promise<string | undefined>;
  /** Bytes of a file. @throws InputError when it does not exist, is unreadable or larger than `mostBytes`. */
  readBytes(path: string, mostBytes: number): Promise<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** Bytes of a file; 0 when it is not there. */
  size(path: string): Promise<number>;
  /** Whether the path itself is a symbolic link, whatever it points at. */
  isLink(path: string): Promise<boolean>;
  /** Writes a whole file through a temporary one, so that nobody sees half of it. Makes directories. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Writes a file chunk by chunk; what is there stays until the new one is whole. */
  writeChunks(path: string, chunks: Iterable<string>): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  /** Removes a file or directory with all it holds; nothing happens when it is not there. */
  remove(path: string): Promise<void>;
  /** Files that match paths or globs, sorted, relative to the directory when they lie below it. */
  find(patterns: readonly string[], directory: string): Promise<readonly string[]>;
  /** SHA-256 in hex and size of a file. @throws InputError when it does not exist. */
  digest(path: string): Promise<FileDigest>;
  /** A new empty directory for this run; removed when the run ends. */
  temporaryDirectory(purpose: string): Promise<string>;
}

export type FileDigest = { readonly sha256: string; readonly bytes: number };
