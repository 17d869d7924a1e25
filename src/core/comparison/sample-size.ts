/**
 * What a holdout can see, from the standard error that its interval implies
 * (methods: minimum detectable effect and rows needed).
 */

/** Chance with which a stated difference is to be seen. */
const POWER_QUANTILE = 0.8416212335729143;

/** Numbers of rows beyond this are no help to anybody. */
const MAX_ROWS_NEEDED = 1_000_000_000;

export type IntervalWidth = {
  readonly standardError: number;
  /** Standard normal quantile of the interval: 1.96 for 95 %. */
  readonly quantile: number;
};

/** The smallest true difference that an interval of this width excludes zero for with 80 % chance. */
export function detectableDifference(width: IntervalWidth): number {
  return (width.quantile + POWER_QUANTILE) * width.standardError;
}

/**
 * Rows (or groups) at which a distance to the deciding bound would be seen with 80 % chance, if the rows
 * to come are like these; undefined when the distance is zero or the number is beyond reason.
 */
export function rowsNeeded(width: IntervalWidth, rows: number, distance: number): number | undefined {
  if (!(distance > 0) || !(width.standardError > 0)) return undefined;
  const needed = Math.ceil(rows * (detectableDifference(width) / distance) ** 2);
  return needed > MAX_ROWS_NEEDED ? undefined : Math.max(needed, rows + 1);
}
