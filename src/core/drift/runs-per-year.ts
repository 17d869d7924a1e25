/** How often a cron line starts a run, for turning alarms a year into the level of one check. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Four years have one leap day. */
const FIRST_YEAR = 2025;
const YEARS = 4;
const DAY_MILLISECONDS = 86_400_000;

/**
 * Runs a year, on average over four years, of a POSIX cron line of five fields (minute, hour, day of month,
 * month, day of week; lists, ranges, steps and English names). As in cron, where both kinds of day are
 * restricted either will do. Undefined for text that is no such line, or one that never comes due.
 */
export function countRunsPerYear(cronLine: string): number | undefined {
  const fields = cronLine.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minuteText, hourText, dayText, monthText, weekdayText] = fields as [
    string,
    string,
    string,
    string,
    string,
  ];
  const minutes = readField(minuteText, { from: 0, to: 59 });
  const hours = readField(hourText, { from: 0, to: 23 });
  const days = readField(dayText, { from: 1, to: 31 });
  const months = readField(monthText, { from: 1, to: 12, names: MONTHS });
  const weekdays = readField(weekdayText, { from: 0, to: 7, names: WEEKDAYS });
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  if (weekdays.has(7)) weekdays.add(0);
  const eitherDay = !dayText.startsWith('*') && !weekdayText.startsWith('*');
  let runDays = 0;
  const end = Date.UTC(FIRST_YEAR + YEARS, 0, 1);
  for (let time = Date.UTC(FIRST_YEAR, 0, 1); time < end; time += DAY_MILLISECONDS) {
    const date = new Date(time);
    if (!months.has(date.getUTCMonth() + 1)) continue;
    const byDay = days.has(date.getUTCDate());
    const byWeekday = weekdays.has(date.getUTCDay());
    if (eitherDay ? byDay || byWeekday : byDay && byWeekday) runDays++;
  }
  const runs = (runDays * hours.size * minutes.size) / YEARS;
  return runs === 0 ? undefined : runs;
}

type FieldRange = { readonly from: number; readonly to: number; readonly names?: readonly string[] };

/** The values a field allows; undefined when it cannot be read. */
function readField(text: string, range: FieldRange): Set<number> | undefined {
  const allowed = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/(\d+))?$/i.exec(part);
    if (match === null) return undefined;
    const span = readSpan(match[1]!, range, match[2] !== undefined);
    const step = match[2] === undefined ? 1 : Number(match[2]);
    if (span === undefined || step === 0) return undefined;
    for (let value = span.from; value <= span.to; value += step) allowed.add(value);
  }
  return allowed;
}

function readSpan(
  text: string,
  range: FieldRange,
  hasStep: boolean,
): { readonly from: number; readonly to: number } | undefined {
  if (text === '*') return range;
  const ends = text.split('-').map((end) => readValue(end, range));
  const [from, to = hasStep ? range.to : from] = ends;
  if (from === undefined || to === undefined || ends.includes(undefined) || to < from) return undefined;
  return { from, to };
}

function readValue(text: string, { from, to, names }: FieldRange): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + from;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}
