/** What a value is to a detector: something else, of the form of personal data, or personal data. */
export type Judgement = 'other' | 'form' | 'match';

export const PERSONAL_KINDS = [
  ...(['card-number', 'iban', 'e-mail', 'phone', 'national-id', 'ip-address'] as const),
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** Finds one way of writing one kind of personal data. */
export type Detector = {
  readonly kind: PersonalKind;
  /** What the values are, in the plural. */
  readonly words: string;
  /** Matches the words of a column name, in lower case with single spaces, that says it holds these. */
  readonly names: RegExp;
  /** What every value of the form matches, in a syntax that RE2 and JavaScript share; absent: in named columns only. */
  readonly form?: string;
  /** The same in columns whose name says so, where plainer ways of writing count. */
  readonly namedForm?: string;
  /** @param isNamed - whether the name of the column says that it holds these */
  readonly judge: (text: string, isNamed: boolean) => Judgement;
  /** Share of values of the form that a check accepts by chance; 0 where the form alone says what it is. */
  readonly chance: number;
  /** Matches are believed where chance would give as many with no more than this probability. */
  readonly limit: number;
  /** Whether a single value tells what it is, so that it is not shown whatever column it stands in. */
  readonly isTelling: boolean;
};

/** Limits of probability: a check on digits that may be any number, and one of things that are written in one way only. */
export const LIMIT = { plainDigits: 1e-6, threeInARow: 0.0011, single: 0.15 } as const;

/** What stands before and after a value within a longer text; letters and digits would make it part of a word. */
export const BEFORE = `(?:^|[\\s:;,="'(\\[<])`;
export const AFTER = `(?:$|[\\s;:"')\\]>!?]|[.,](?:\\s|$))`;

/** The parts of a text that match the one group of an expression. */
export function partsOf(text: string, expression: RegExp): string[] {
  return [...text.matchAll(expression)].map((match) => match[1]!);
}

/** The best judgement of the parts of a text. */
export function bestOf(parts: readonly string[], accepts: (part: string) => Judgement): Judgement {
  let best: Judgement = 'other';
  for (const part of parts) {
    const judgement = accepts(part);
    if (judgement === 'match') return 'match';
    if (judgement === 'form') best = 'form';
  }
  return best;
}
