/** How much of a comment is shown, from everything to a line per model. */

export const FOLDED_PARTS = [
  'slices',
  'flips',
  'intervals',
  'curves',
  'model',
  'data',
  'importance',
] as const;
export type FoldedPart = (typeof FOLDED_PARTS)[number];

export type Detail = {
  readonly folded: readonly FoldedPart[];
  /** Longest table or list. */
  readonly rows: number;
  /** Models with a part of their own; further ones have a line. */
  readonly parts: number;
  /** Models with a line; further ones are counted. */
  readonly lines: number;
  /** Earlier pushes in the table at the end. */
  readonly pushes: number;
  /** What this step leaves out, in words; nothing for the first. */
  readonly leftOut?: string;
};

const EVERYTHING: Detail = { folded: FOLDED_PARTS, rows: 250, parts: 20, lines: 100, pushes: 10 };

/**
 * The declared steps by which a comment is made to fit: first the folded details, then the long tables,
 * then the parts of models.
 */
export const DETAIL_STEPS: readonly [Detail, ...Detail[]] = [
  EVERYTHING,
  {
    ...EVERYTHING,
    folded: ['slices', 'model', 'data'],
    leftOut: 'flips by slice, curves, calibration, intervals of each model and importance',
  },
  {
    ...EVERYTHING,
    folded: ['slices', 'model'],
    rows: 40,
    leftOut: 'most folded details and rows beyond 40 of each table',
  },
  { ...EVERYTHING, folded: [], rows: 25, leftOut: 'folded details and rows beyond 25 of each table' },
  {
    ...EVERYTHING,
    folded: [],
    rows: 8,
    parts: 8,
    pushes: 3,
    leftOut: 'all but the first rows of each table',
  },
  {
    folded: [],
    rows: 4,
    parts: 1,
    lines: 50,
    pushes: 0,
    leftOut: 'all but the essential of the first model',
  },
  { folded: [], rows: 2, parts: 0, lines: 25, pushes: 0, leftOut: 'all but a line per model' },
];
