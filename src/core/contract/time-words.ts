/** Dates and times as the Open Data Contract Standard writes them. */

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * Milliseconds since 1970 UTC of a date or timestamp (`2020-01-31`, `2020-01-31 12:00:00+10:00`), UTC where it
 * names no zone; undefined for anything else, the 30th of February among it.
 */
export function parseInstant(text: string): number | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.trim(),
    );
  if (match === null) return undefined;
  const [, date = '', time = '00:00', zone = 'Z'] = match;
  const colon = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const milliseconds = Date.parse(`${date}T${time}${colon}`);
  if (Number.isNaN(milliseconds)) return undefined;
  const midnight = Date.parse(`${date}T00:00Z`);
  // Days that a month does not have roll over into the next one.
  return new Date(midnight).toISOString().startsWith(date) ? milliseconds : undefined;
}

/** Milliseconds since midnight of `HH:mm` or `HH:mm:ss`; undefined for anything else. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, hours, minutes, seconds = '0', fraction = '0'] = match;
  return (
    (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'))
  );
}

/** Milliseconds since 1970 UTC as a date. */
export function writeDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Milliseconds since 1970 UTC to the second, as the standard's examples write it. */
export function writeTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds since midnight to the second. */
export function writeTimeOfDay(milliseconds: number): string {
  return new Date(milliseconds % MILLISECONDS_A_DAY).toISOString().slice(11, 19);
}

/** Letters of Java's DateTimeFormatter, longest run first, as directives of `strptime`. */
const DIRECTIVES: readonly (readonly [letters: string, directive: string])[] = [
  ['yyyy', '%Y'],
  ['uuuu', '%Y'],
  ['yy', '%y'],
  ['MMMM', '%B'],
  ['MMM', '%b'],
  ['MM', '%m'],
  ['M', '%-m'],
  ['dd', '%d'],
  ['d', '%-d'],
  ['EEEE', '%A'],
  ['EEE', '%a'],
  ['HH', '%H'],
  ['H', '%-H'],
  ['hh', '%I'],
  ['h', '%-I'],
  ['mm', '%M'],
  ['ss', '%S'],
  ['SSSSSS', '%f'],
  ['SSS', '%g'],
  ['a', '%p'],
  ['XXX', '%z'],
  ['XX', '%z'],
  ['Z', '%z'],
];

/** A format of Java's DateTimeFormatter (`yyyy-MM-dd`) for `strptime`; undefined where a part has no directive. */
export function strptimeFormat(format: string): string | undefined {
  let result = '';
  for (let position = 0; position < format.length; ) {
    const rest = format.slice(position);
    const quoted = /^'([^']*)'/.exec(rest);
    if (quoted !== null) {
      result += (quoted[1] === '' ? "'" : quoted[1]!).replaceAll('%', '%%');
      position += quoted[0].length;
      continue;
    }
    const run = /^([A-Za-z])\1*/.exec(rest)?.[0];
    if (run === undefined) {
      result += rest[0] === '%' ? '%%' : rest[0];
      position++;
      continue;
    }
    const directive = DIRECTIVES.find(([letters]) => letters === run)?.[1];
    // ISO 8601 is often written with a bare T between date and time.
    if (directive === undefined && run !== 'T') return undefined;
    result += directive ?? 'T';
    position += run.length;
  }
  return result;
}
