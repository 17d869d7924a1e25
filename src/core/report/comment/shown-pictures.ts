import type { PictureKind, Theme } from '../pictures/chart.ts';

/** A picture that stands on a branch of the repository, in both themes. */
export type ShownPicture = {
  /** Paths from the top of the branch. */
  readonly paths: Readonly<Record<Theme, string>>;
  readonly alternative: string;
};

/** The pictures that a comment may show of a model. */
export type ShownPictures = Readonly<Partial<Record<PictureKind, ShownPicture>>>;

/** Branch that holds the pictures of comments; it has no commit in common with the code. */
export const PICTURE_BRANCH = 'contender-pictures';

/**
 * Longest picture, and all pictures of one report in both themes, in bytes. What is beyond is left out, and its
 * text stays. A forest plot of 15 rows takes about 12 kB, a curve about 6 kB.
 */
export const PICTURE_BUDGET = { picture: 60_000, report: 400_000 } as const;

export type PictureName = {
  readonly pullRequest: number;
  /** Of the comment. */
  readonly key: string;
  readonly model: string;
  readonly kind: PictureKind;
  readonly theme: Theme;
  /** Of the content, in hex: other content has another address, so that no cache shows an old picture. */
  readonly hash: string;
};

/** Path of a picture on its branch; all of its parts are plain words, so that it can stand in an address. */
export function picturePath({ pullRequest, key, model, kind, theme, hash }: PictureName): string {
  return `pull-${pullRequest}/${key}/${model}/${kind}-${hash}-${theme}.svg`;
}
