import type { TextColumn } from '../data/table.ts';
import { FEWEST_ROWS } from './checks.ts';

/** A text column with at least this share of numbers is a column of numbers with something else in it. */
const MOSTLY_NUMBERS = 0.9;

/** More texts than this are no categories. */
const MOST_CATEGORIES = 1000;

/** What the rows of a text column spell. */
export type TextKinds = { readonly numbers: number; readonly words: number };

/** Counts rows whose text spells a finite number, and others; missing ones are neither. */
export function countKinds({ codes, dictionary }: TextColumn): TextKinds {
  const isNumber = dictionary.map((text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()));
  let numbers = 0;
  let words = 0;
  for (const code of codes) {
    if (code < 0) continue;
    if (isNumber[code]) numbers++;
    else words++;
  }
  return { numbers, words };
}

/** Whether so many of them are numbers that the others look like mistakes. */
export function isMostlyNumbers({ numbers, words }: TextKinds): boolean {
  return numbers + words >= FEWEST_ROWS && numbers >= MOSTLY_NUMBERS * (numbers + words);
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
