/**
 * The runner reads commands out of the log: a line that starts with `::name`, and the older `##[name]`
 * anywhere in a line. Text from data, models or other programs must never become one.
 */

// The runner cuts white space off a line first, and takes U+0085 for white space.
/** The same text, readable, in which the runner finds no command. */
export function withoutCommands(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^([\s\u0085]*)::/, '$1\\::').replaceAll('##[', '##\\['))
    .join('\n');
}
