import type { Path } from './problem.ts';
import type { ConfigurationDocument } from './schema.ts';

/** What holds between keys, checked once the keys themselves are right. */
export type Rule = {
  /** Sections the rule looks at; it is left out while one of them has a problem of its own. */
  readonly reads: readonly (keyof ConfigurationDocument)[];
  check(document: ConfigurationDocument, report: Report): void;
};

export type Report = {
  /** Name of a key, given as a dotted path, as the user writes it. */
  name(path: string): string;
  /** Reports a problem at a value, or at its key. */
  add(path: Path, message: string, at?: 'key' | 'value'): void;
};
