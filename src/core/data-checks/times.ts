import { type Found, percent } from './checks.ts';

/** Clocks differ, and days begin earlier in the east: so far ahead is not yet the future. */
export const AHEAD_MILLISECONDS = 24 * 3_600_000;

/** With at least this share of the holdout in the earlier half of training, nobody meant to split by time. */
const MIXED_SHARE = 0.05;

type Rows = {
  readonly failing: number;
  readonly checked: number;
  readonly examples: NonNullable<Found['examples']>;
};

/** Rows whose time has not come yet. */
export function futureFinding({ failing, checked, examples }: Rows, timestamp: string): Found[] {
  if (failing === 0) return [];
  const message = `${failing} of ${checked} rows have a value of ${timestamp} more than a day from now: a wrong clock, unit or century?`;
  return [
    { check: 'future-time', severity: 'warning', column: timestamp, message, failing, checked, examples },
  ];
}

export type TimeOverlap = {
  readonly own: string;
  readonly training: string;
  readonly timestamp: string;
  /** Holdout rows that are not later than the latest training row. */
  readonly notLater: Rows;
  /** Those of the holdout that lie before the middle of the training span. */
  readonly early: number;
};

/** Whether the rows of the holdout lie so late that the split was meant to be one by time. */
export function isSplitByTime({ notLater, early }: Pick<TimeOverlap, 'notLater' | 'early'>): boolean {
  return notLater.checked > 0 && early < MIXED_SHARE * notLater.checked;
}

/**
 * Holdout rows that are no later than the latest training row. Where the split is one by time there should be none
 * (deepchecks); where times are mixed, what is measured is not how well the future is foretold.
 */
export function timeOverlapFinding(overlap: TimeOverlap): Found[] {
  const { own, training, timestamp, notLater } = overlap;
  const { failing, checked, examples } = notLater;
  if (failing === 0) return [];
  const share = `${failing} of ${checked} rows of ${own} (${percent(failing / checked)}) are not later than the latest ${timestamp} of ${training}`;
  const common = { check: 'time-overlap', column: timestamp, failing, checked } as const;
  if (!isSplitByTime(overlap)) {
    const message = `${share}: the split is not by time, so the result says little about how well the future is foretold`;
    return [{ ...common, severity: 'info', message }];
  }
  const message = `${share}: leakage, since a model knows of their time`;
  return [{ ...common, severity: 'warning', message, examples }];
}
