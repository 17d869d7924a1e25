/** A line without an end would be kept for ever; it is given out in pieces of this many characters. */
const MAX_LINE_CHARACTERS = 64 * 1024;

export type LineSplitter = { readonly push: (text: string) => void; readonly end: () => void };

/** Cuts pieces of text into lines, whatever pieces they arrive in. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  let rest = '';
  return {
    push(text) {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      if (rest.length > MAX_LINE_CHARACTERS) {
        onLine(rest);
        rest = '';
      }
    },
    end() {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}
