import { InputError } from '../errors.ts';

/** The file of a release that says what its other assets are: the format of `sha256sum`. */
export const CHECKSUMS_NAME = 'SHA256SUMS';

export type Checksum = { readonly name: string; readonly sha256: string };

const LINE = /^(?<sha256>[0-9a-f]{64}) [ *](?<name>(?!\.{1,2}$)[^\\/]+)$/;

/** Text of a `SHA256SUMS` file, by name, so that the same assets always give the same text. */
export function renderChecksums(checksums: readonly Checksum[]): string {
  const sorted = [...checksums].sort((left, right) => (left.name < right.name ? -1 : 1));
  return sorted.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

/** Reads a `SHA256SUMS` file. @throws InputError naming the line that is none, or a name that comes twice. */
export function parseChecksums(text: string, file: string): readonly Checksum[] {
  const checksums: Checksum[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const location = { file, line: index + 1 };
    const groups = LINE.exec(line)?.groups as { sha256: string; name: string } | undefined;
    if (groups === undefined) {
      throw new InputError(
        `${file}, line ${location.line}: ${JSON.stringify(line.slice(0, 200))} is no checksum; a line is the SHA-256 in hex, two spaces and a file name`,
        { location },
      );
    }
    if (seen.has(groups.name)) {
      throw new InputError(`${file}, line ${location.line}: ${groups.name} comes twice`, { location });
    }
    seen.add(groups.name);
    checksums.push({ name: groups.name, sha256: groups.sha256 });
  }
  return checksums;
}
