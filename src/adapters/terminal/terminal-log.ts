import { stripVTControlCharacters, styleText } from 'node:util';
import type { SourceLocation } from '../../core/errors.ts';
import { createProgress, describeProgress } from '../../core/progress.ts';
import type { Log } from '../../ports/runner.ts';

const LINE_MILLISECONDS = 5_000;
const TTY_MILLISECONDS = 200;
const CLEAR_LINE = '\r\u001b[2K';

export type TerminalLogOptions = {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Standard output is for a document alone (`--json`), so what is said goes to standard error. */
  readonly quietStdout?: boolean;
  readonly verbose?: boolean;
  readonly now?: () => number;
};

/** The log of a terminal: a progress line that rewrites itself, or plain lines where there is no terminal. */
export function createTerminalLog(options: TerminalLogOptions): Log {
  const { stderr } = options;
  const stdout = options.quietStdout === true ? stderr : options.stdout;
  let lineShown = false;
  const clearLine = () => {
    if (lineShown) stderr.write(CLEAR_LINE);
    lineShown = false;
  };
  const say = (stream: NodeJS.WriteStream, line: string) => {
    clearLine();
    stream.write(`${line}\n`);
  };
  const progress = createProgress({
    everyMilliseconds: stderr.isTTY ? TTY_MILLISECONDS : LINE_MILLISECONDS,
    now: options.now ?? Date.now,
    show(report) {
      const line = plain(describeProgress(report));
      if (!stderr.isTTY) return say(stderr, line);
      stderr.write(`${CLEAR_LINE}${line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
      lineShown = true;
      if (report.done >= report.total) clearLine();
    },
  });
  return {
    info: (message) => say(stdout, plain(message)),
    debug(message) {
      if (options.verbose === true) say(stderr, style('dim', plain(message), stderr));
    },
    warning: (message, location) =>
      say(stderr, `${style('yellow', 'warning:', stderr)} ${at(location, message)}${plain(message)}`),
    error: (message, location) =>
      say(stderr, `${style('red', 'error:', stderr)} ${at(location, message)}${plain(message)}`),
    progress,
    async group(title, work) {
      say(stdout, style('bold', plain(title), stdout));
      return await work();
    },
  };
}

/**
 * Text of data and models may hold sequences that move the cursor or rename the window, and lines that a runner
 * of GitHub reads as commands: it reads them from every step, not from actions alone.
 */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const shown = stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
  return shown.replaceAll(/^(\s*:)(?=:)/gm, '$1\u200b').replaceAll('##[', '#\u200b#[');
}

/** Colours on a terminal alone, and none where NO_COLOR asks for none. */
function style(format: 'bold' | 'dim' | 'red' | 'yellow', text: string, stream: NodeJS.WriteStream): string {
  return styleText(format, text, { stream });
}

/** The place, unless the message begins with its file already. */
function at(location: SourceLocation | undefined, message: string): string {
  if (location === undefined || message.startsWith(location.file)) return '';
  const place = [location.file, location.line, location.line === undefined ? undefined : location.column];
  return `${plain(place.filter((part) => part !== undefined).join(':'))}: `;
}
