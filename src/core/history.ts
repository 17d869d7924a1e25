/**
 * The history of a repository's models: JSON Lines that only ever grow, on a branch of their own or in a
 * folder with the same layout.
 */

/** Branch, and folder of a registry, that holds the history. */
export const HISTORY_NAME = 'contender-history';

/** Largest file of the history that is read: far more than years of entries, and no burden on memory. */
export const MAXIMUM_HISTORY_BYTES = 8_000_000;

/**
 * What has to be put behind the content of a file so that it ends with these lines. Whatever is there stays
 * as it is, byte for byte, a last line without its end included.
 */
export function renderAddition(current: Uint8Array | undefined, lines: readonly string[]): string {
  const isOpen = current !== undefined && current.length > 0 && current.at(-1) !== LINE_END;
  return `${isOpen ? '\n' : ''}${lines.map((line) => `${line}\n`).join('')}`;
}

const LINE_END = 0x0a;
