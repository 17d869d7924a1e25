import { parseInstant } from '../contract/time-words.ts';
import type { TextColumn } from '../data/table.ts';
import { FEWEST_ROWS } from './checks.ts';

/** A text column with at least this share of one kind is a column of that kind with something else in it. */
const MOSTLY = 0.9;

/** More texts than this are no categories. */
const MOST_CATEGORIES = 1000;

/** What nearly every text of a column spells. */
export type TextKind = 'number' | 'date' | 'timestamp';

/** How many rows of a text column spell what; missing ones are not counted. */
export type TextKinds = {
  readonly present: number;
  /** Finite numbers. */
  readonly numbers: number;
  /** `inf`, `-Infinity`, `nan` and the like. */
  readonly notFinite: number;
  /** ISO 8601, the 30th of February among neither. */
  readonly dates: number;
  readonly timestamps: number;
};

/** Counts what the rows of a text column spell. */
export function countKinds({ codes, dictionary }: TextColumn): TextKinds {
  const kinds = dictionary.map(kindOf);
  const counts = { present: 0, numbers: 0, notFinite: 0, dates: 0, timestamps: 0 };
  for (const code of codes) {
    if (code < 0) continue;
    counts.present++;
    const kind = kinds[code];
    if (kind !== undefined) counts[kind]++;
  }
  return counts;
}

function kindOf(text: string): Exclude<keyof TextKinds, 'present'> | undefined {
  const word = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return 'numbers';
  if (/^[+-]?(inf|infinity|nan)$/i.test(word)) return 'notFinite';
  if (parseInstant(word) === undefined) return undefined;
  return word.length > DATE_LENGTH ? 'timestamps' : 'dates';
}

const DATE_LENGTH = '2020-01-31'.length;

/** What so many of the texts spell that the others look like mistakes; undefined where they spell several things. */
export function mostlyKind(kinds: TextKinds): TextKind | undefined {
  const { present, numbers, notFinite, dates, timestamps } = kinds;
  if (present < FEWEST_ROWS) return undefined;
  if (numbers + notFinite >= MOSTLY * present && numbers > 0) return 'number';
  if (dates >= MOSTLY * present) return 'date';
  return dates + timestamps >= MOSTLY * present ? 'timestamp' : undefined;
}

/** How many of the texts are of a kind; what is not finite is a number, too. */
export function countOfKind(kinds: TextKinds, kind: TextKind): number {
  if (kind === 'number') return kinds.numbers + kinds.notFinite;
  return kind === 'date' ? kinds.dates : kinds.dates + kinds.timestamps;
}

/** Texts that are the same but for capitals and white space. */
export type Variants = readonly string[];

/** Groups of categories that differ by capitals and white space only; none where the texts are no categories. */
export function findVariants(texts: readonly string[]): readonly Variants[] {
  if (texts.length > MOST_CATEGORIES) return [];
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const key = foldText(text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [text]);
    else group.push(text);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A text without what people write now this way, now that. */
export function foldText(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
