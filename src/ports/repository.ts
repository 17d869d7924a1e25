import type { LargeFilePointer } from '../core/data/large-file-pointer.ts';

export type LargeFileRequest = {
  readonly pointer: LargeFilePointer;
  /** Path from the top of the repository, as Git LFS is told it. */
  readonly path: string;
  /** Absolute path of the file to write; what is there is replaced. */
  readonly target: string;
  /** Absolute paths of files that may hold the bytes. */
  readonly candidates: readonly string[];
  /** Whether the LFS server may be asked. */
  readonly ask: boolean;
};

/** The local Git repository: what is checked out, and what other commits hold. */
export interface Repository {
  /** Top directory of the work tree, absolute. */
  readonly directory: string;

  /** Full id of a commit; undefined when it cannot be found. */
  resolveCommit(revision: string): Promise<string | undefined>;

  /** Makes sure the objects of a commit are here, fetching it when the checkout is shallow. @throws OutsideError */
  fetchCommit(commit: string): Promise<void>;

  /** Ids of the parents, first parent first. */
  parentsOf(commit: string): Promise<readonly string[]>;

  /** Content of a file at a commit, path relative to the top directory; undefined when it is not there. */
  readFileAt(commit: string, path: string): Promise<Uint8Array | undefined>;

  /** Paths tracked at a commit that match the patterns (literal paths or globs). */
  listFilesAt(commit: string, patterns: readonly string[]): Promise<readonly string[]>;

  /** Writes files of a commit below a directory, keeping their relative paths. Returns what was written. */
  exportFiles(commit: string, paths: readonly string[], directory: string): Promise<readonly string[]>;

  /** Paths that differ between two commits. */
  changedFiles(from: string, to: string): Promise<readonly string[]>;

  /** Ids of the contents tracked at a commit, by path, of those that match the patterns; equal contents have equal ids. */
  identifyFiles(commit: string, patterns: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /**
   * Writes the object of a Git LFS pointer to a file, from the first place that has these very bytes: the
   * store of this clone, the candidates, or the LFS server when `ask` is set and Git LFS is installed.
   * @returns false when none has them.
   */
  writeLargeFile(request: LargeFileRequest): Promise<boolean>;

  /** Checks a commit out into a directory of its own, detached. What is there is removed first. @throws OutsideError */
  addWorkTree(commit: string, directory: string): Promise<void>;

  /** Removes such a directory with what the repository knows of it; nothing happens when there is none. */
  removeWorkTree(directory: string): Promise<void>;

  /** Whether the file is tracked in the work tree. */
  isTracked(path: string): Promise<boolean>;

  /** `owner/name` of `origin`, when it is on the Git host. */
  originRepository(): Promise<string | undefined>;
}
