/**
 * The history of a repository's models: text files that only ever grow, kept apart from the code. On GitHub a
 * branch of its own, with a folder in the place of releases a folder in it. Methods throw InputError when a
 * file is too large to be read, MissingPermissionError when the token may not, and OutsideError.
 */
export interface History {
  /** Whether it lies on this machine, so that reading it asks no server. */
  readonly isLocal: boolean;

  /** Text of a file, by its path in the history; undefined when there is none yet. */
  read(file: string): Promise<string | undefined>;

  /**
   * Puts lines behind what a file holds, which stays as it is byte for byte. Nothing that others append
   * meanwhile is lost: when somebody was faster, the lines are asked for again.
   * @param linesFor the lines to add to this content; none when it needs none. Called once for each try.
   * @throws OutsideError when others were faster each time.
   */
  append(file: string, linesFor: (text: string) => readonly string[]): Promise<void>;
}
