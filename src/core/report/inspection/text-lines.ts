import { logLine } from '../log-text.ts';

/** Lines of plain text for a terminal or a log, in columns that stand below each other. */

const INDENTATION = '  ';
const BETWEEN_COLUMNS = '  ';
/** Text that takes two columns of a terminal: East Asian letters and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;
/** Text that takes none. */
const NARROW = /\ufe0f|\p{M}|\p{Cf}/gu;

/** Text from a model or a file: short, on one line, and no command to a terminal or a runner. */
export function shownText(text: string, maximumLength = 60): string {
  return logLine(text, maximumLength);
}

export function heading(title: string): string {
  return `\n${title}`;
}

export function line(text: string): string {
  return `${INDENTATION}${text}`;
}

/** Rows of cells, each column as wide as its widest cell; the last one is not padded. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((cells) => displayWidth(cells[column] ?? ''))),
  );
  return rows.map((cells) =>
    line(cells.map((cell, column) => pad(cell, widths[column]!)).join(BETWEEN_COLUMNS)).trimEnd(),
  );
}

/** Long text over several lines, the first behind a mark. */
export function paragraph(mark: string, text: string, width = 100): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && displayWidth(current) + displayWidth(word) + 1 > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  lines.push(current);
  const blank = ' '.repeat(displayWidth(mark));
  return lines.map((part, index) => line(`${index === 0 ? mark : blank}${part}`));
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function displayWidth(text: string): number {
  const seen = text.replace(NARROW, '');
  return [...seen].length + (seen.match(WIDE)?.length ?? 0);
}
