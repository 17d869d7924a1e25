/**
 * Where the pictures of comments lie, apart from the code and without a history. Methods throw InputError when
 * the place belongs to somebody else, MissingPermissionError when the token may not, and OutsideError.
 */
export interface PictureStore {
  /**
   * Replaces what is there by what is wanted. When somebody was faster, it is asked for again, so that nothing
   * that others put there meanwhile is lost.
   * @param revise called once for each try; undefined when all is as wanted.
   */
  update(revise: (content: StoredPictures) => Promise<PictureRevision | undefined>): Promise<void>;
}

export type StoredPictures = {
  readonly paths: ReadonlySet<string>;
  /** Text of the index; undefined when there is nothing yet. */
  readonly index: string | undefined;
};

export type PictureRevision = {
  /** Files that stay as they are, those of them that are there. */
  readonly keep: readonly string[];
  /** Text of the index. */
  readonly index: string;
  readonly add: Readonly<Record<string, string>>;
  /** What the change is, in a line. */
  readonly message: string;
};
