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

  /** Whether the file is tracked in the work tree. */
  isTracked(path: string): Promise<boolean>;

  /** `owner/name` of `origin`, when it is on the Git host. */
  originRepository(): Promise<string | undefined>;
}
