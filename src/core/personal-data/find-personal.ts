import { betaShare } from '../statistics/beta-function.ts';
import { wilsonInterval } from '../statistics/proportions.ts';
import type { Detector, PersonalKind } from './detector.ts';
import { DETECTORS, wordsOfName } from './detectors.ts';

/** Numbers below are shorter than any number of a person. */
export const LEAST_NUMBER = 1_000_000;

/** A distinct value of a column with the number of rows that have it, and where the first of them lies. */
export type CountedValue = {
  readonly value: string;
  readonly count: number;
  /** Position of the first row that has it, in reading order. */
  readonly row: number;
};

/** A column of which all values that could be personal data are known. */
export type CandidateColumn = {
  readonly name: string;
  /** Rows with a value that were looked at. */
  readonly checked: number;
  /** Values that match an expression of `formsOf`, in the order of their first rows. */
  readonly values: readonly CountedValue[];
};

/** What a column was found to hold. */
export type PersonalColumn = {
  readonly name: string;
  readonly kind: PersonalKind;
  /** In the plural. */
  readonly words: string;
  /** Rows with such a value, of those checked. */
  readonly hits: number;
  readonly checked: number;
  /** Lower end of Wilson's interval at 95 % for the share. */
  readonly atLeast: number;
  /** The first values, raw: they are to be hidden before they are shown. */
  readonly examples: readonly CountedValue[];
};

/** The share whose lower bound is an alarm by itself, and the number of hits that is one (methods of section 6.5). */
const LEAST_SHARE = 0.001;
const LEAST_HITS = 3;

const EXAMPLES = 3;

/** Expressions (RE2), one of which every value matches that could be personal data in a column of that name. */
export function formsOf(name: string): readonly string[] {
  const words = wordsOfName(name);
  return DETECTORS.flatMap((detector) => {
    const named = detector.names.test(words) ? detector.namedForm : undefined;
    return [detector.form, named].filter((form) => form !== undefined);
  });
}

/**
 * What a column holds, if it holds personal data: the lower bound of its share is above 0.1 %, or it has three
 * of them or more; and where a check digit decides, there are more than chance gives among values of the form.
 * Chance is counted in distinct values, since rows with the same value are no further evidence.
 */
export function findPersonal(column: CandidateColumn): PersonalColumn | undefined {
  if (column.values.length === 0 || column.checked === 0) return undefined;
  const words = wordsOfName(column.name);
  const found = DETECTORS.flatMap((detector) => judgeColumn(column, detector, detector.names.test(words)));
  // What the name says, then what most rows have.
  const [best] = found.toSorted(
    (left, right) => Number(right.isNamed) - Number(left.isNamed) || right.column.hits - left.column.hits,
  );
  return best?.column;
}

type Candidate = { readonly column: PersonalColumn; readonly isNamed: boolean };

function judgeColumn(
  { name, checked, values }: CandidateColumn,
  detector: Detector,
  isNamed: boolean,
): Candidate[] {
  let ofForm = 0;
  let hits = 0;
  const matches: CountedValue[] = [];
  for (const value of values) {
    const judgement = detector.judge(value.value, isNamed);
    if (judgement === 'other') continue;
    ofForm += 1;
    if (judgement === 'form') continue;
    matches.push(value);
    hits += value.count;
  }
  if (hits === 0) return [];
  const atLeast = wilsonInterval({ successes: hits, rows: checked }, 0.95).low;
  const isMany = atLeast > LEAST_SHARE || hits >= LEAST_HITS;
  if (!isMany || !(isNamed || isBeyondChance(matches.length, ofForm, detector))) return [];
  const { kind, words } = detector;
  const examples = matches.slice(0, EXAMPLES);
  return [{ column: { name, kind, words, hits, checked, atLeast, examples }, isNamed }];
}

/** Whether so many of the values would pass the check by chance in too few cases. */
function isBeyondChance(matches: number, ofForm: number, { chance, limit }: Detector): boolean {
  return chance === 0 || betaShare(chance, matches, ofForm - matches + 1) <= limit;
}
