import { InputError } from '../errors.ts';

/** Spans of time as users write them: a whole number and one unit. */

const UNIT_MILLISECONDS = {
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
} as const;

type Unit = keyof typeof UNIT_MILLISECONDS;

/** What a duration looks like; at most five digits, so that every duration is an exact number of milliseconds. */
export const DURATION_PATTERN = /^\d{1,5}[wdhms]$/;

export const DURATION_ADVICE =
  'write a whole number and a unit, such as 60d, 12h, 10m, 45s or 2w (w weeks, d days, h hours, m minutes, s seconds)';

/**
 * Milliseconds of a duration such as `60d`, `12h`, `10m`, `45s` or `2w`. A month or a year has no
 * fixed length and is no unit; a day has 24 hours.
 * @throws InputError for any other text.
 */
export function parseDuration(text: string): number {
  if (!DURATION_PATTERN.test(text)) {
    throw new InputError(`${JSON.stringify(text)} is no duration; ${DURATION_ADVICE}`);
  }
  return Number(text.slice(0, -1)) * UNIT_MILLISECONDS[text.slice(-1) as Unit];
}

/**
 * The duration in the largest unit that divides it, weeks apart, since people count windows in days:
 * `formatDuration(5_184_000_000)` is `60d`. Rounded to whole seconds; never negative.
 */
export function formatDuration(milliseconds: number): string {
  const whole = Math.round(Math.max(0, milliseconds) / 1000) * 1000;
  const unit = (['d', 'h', 'm'] as const).find((candidate) => whole % UNIT_MILLISECONDS[candidate] === 0);
  if (unit === undefined) return `${whole / 1000}s`;
  return `${whole / UNIT_MILLISECONDS[unit]}${unit}`;
}
