/**
 * What a picture of the comment shows, apart from how it is drawn: aggregates and names that the comment itself
 * shows as text, never anything of a row. Texts are plain, visible and short; whoever draws escapes them.
 */

export type Theme = 'light' | 'dark';
export const THEMES: readonly Theme[] = ['light', 'dark'];

/** How a difference came out; a second sign beside its place and its glyph, never the only one. */
export type Tone = 'good' | 'bad' | 'unsure' | 'neutral';

export type ForestRow = {
  readonly label: string;
  /** Glyph and difference with its sign, as the table of the comment writes them. */
  readonly gain: string;
  readonly tone: Tone;
  /** Difference, ends of its interval and margin in shares of the scale: −1 to 1, better to the right. */
  readonly value: number;
  readonly interval?: readonly [number, number] | undefined;
  /** Half the width of the band of differences that do not matter; absent where it does not fit. */
  readonly margin?: number | undefined;
};

/** Differences with their intervals around the line of no difference. */
export type ForestChart = {
  readonly type: 'forest';
  /** What a row is: `metric`, `slice`. */
  readonly subject: string;
  readonly rows: readonly ForestRow[];
  /** What −1 and 1 stand for, where all rows share one scale. */
  readonly ends?: readonly [string, string] | undefined;
};

export type CurvePoint = readonly [number, number];

export type CurveLine = {
  readonly name: 'champion' | 'challenger';
  /** Name and number that stand in the picture. */
  readonly label: string;
  readonly points: readonly CurvePoint[];
};

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** One or two curves; both axes start at zero. */
export type CurveChart = {
  readonly type: 'curves';
  readonly title: string;
  readonly across: string;
  readonly up: string;
  /** Where both axes end. */
  readonly limit: number;
  /** The diagonal means chance (ROC) or perfection (calibration). */
  readonly diagonal: boolean;
  /** Draw the points, where each is a group of rows. */
  readonly dots: boolean;
  readonly lines: readonly CurveLine[];
  /** Where the labels of the curves cover least of them. */
  readonly key: Corner;
};

export type Chart = ForestChart | CurveChart;

export const PICTURE_KINDS = ['metrics', 'slices', 'roc', 'precision-recall', 'calibration'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

export type Picture = {
  readonly kind: PictureKind;
  readonly chart: Chart;
  /** What the picture says, in words and numbers; plain text. */
  readonly alternative: string;
};
