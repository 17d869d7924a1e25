import { countRunsPerYear } from './runs-per-year.ts';

/** Checks a year when no schedule says otherwise. */
const CHECKS_PER_YEAR = 365;

/** No level is laxer than this, however many alarms a user would put up with. */
const LAXEST_LEVEL = 0.05;

export type CheckLevel = {
  /** Probability of an alarm of one check when nothing changed. */
  readonly level: number;
  readonly checksPerYear: number;
};

/**
 * What one check may spend of the alarms a year that are put up with: their number over the checks a year,
 * which the cron line of the schedule tells.
 */
export function chooseLevel(falseAlarmsPerYear: number, schedule: string | undefined): CheckLevel {
  const runs = schedule === undefined ? undefined : countRunsPerYear(schedule);
  const checksPerYear = runs ?? CHECKS_PER_YEAR;
  return { level: Math.min(LAXEST_LEVEL, falseAlarmsPerYear / checksPerYear), checksPerYear };
}
