import { makeVisible } from './markdown.ts';

/**
 * Text of a log line of a runner. Runners read commands from what a step prints: `::name::` at the start of a
 * line and `##[name]` anywhere in it.
 */

/** One line that is no command, whatever the text holds. */
export function logLine(text: string, maximumLength = 2000): string {
  return makeVisible(text, maximumLength)
    .replaceAll(/:(?=:)/g, ':\u200b')
    .replaceAll('##[', '#\u200b#[');
}

/** Several lines, none of which is a command; line ends and indentation stay. */
export function logLines(text: string, maximumLength = 20_000): string {
  const bounded = text.length > maximumLength ? `${text.slice(0, maximumLength)}…` : text;
  return bounded
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map((line) => {
      const indentation = /^ */.exec(line)?.[0] ?? '';
      return `${indentation}${logLine(line, maximumLength)}`;
    })
    .join('\n');
}
