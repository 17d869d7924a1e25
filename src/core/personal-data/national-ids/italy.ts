import { type Detector, type Judgement, LIMIT } from '../detector.ts';

/** Letters stand for digits where two people would have the same code. */
const DIGIT = '[0-9LMNPQRSTUV]';
const FORM = `^[A-Za-z]{6}${DIGIT}{2}[ABCDEHLMPRSTabcdehlmprst]${DIGIT}{2}[A-Za-z]${DIGIT}{3}[A-Za-z]$`;
const EXPRESSION = new RegExp(FORM);

/** What a sign in an odd place counts, digits and letters alike (decree of 23 December 1976). */
const ODD_VALUES = [
  ...[1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23],
] as const;

/** Italian fiscal codes (codice fiscale) of people. */
export const ITALY: Detector = {
  kind: 'national-id',
  words: 'Italian fiscal codes',
  names: /\b(codice fiscale|codicefiscale|cod fiscale)\b/,
  form: FORM,
  judge,
  chance: 1 / 26,
  limit: LIMIT.single,
  isTelling: true,
};

function judge(text: string): Judgement {
  if (!EXPRESSION.test(text)) return 'other';
  const signs = [...text.toUpperCase()].map(valueOfSign);
  const sum = signs
    .slice(0, 15)
    .reduce((total, value, index) => total + (index % 2 === 0 ? ODD_VALUES[value]! : value), 0);
  return sum % 26 === signs[15] ? 'match' : 'form';
}

function valueOfSign(sign: string): number {
  return sign <= '9' ? Number(sign) : sign.charCodeAt(0) - 65;
}
