import { weightedSum } from '../check-digits.ts';
import { type Detector, type Judgement, LIMIT } from '../detector.ts';

/** Polish PESEL numbers: a date of birth, a serial number and a check digit. */
export const POLAND: Detector = {
  kind: 'national-id',
  words: 'Polish identity numbers (PESEL)',
  names: /\bpesel\b/,
  form: '^[0-9]{2}[0-9][0-9][0-3][0-9]{6}$',
  judge,
  chance: 0.1,
  limit: LIMIT.plainDigits,
  isTelling: false,
};

function judge(text: string): Judgement {
  if (!/^[0-9]{11}$/.test(text)) return 'other';
  // The century is added to the month in steps of 20.
  const month = Number(text.slice(2, 4)) % 20;
  const day = Number(text.slice(4, 6));
  if (month < 1 || month > 12 || day < 1 || day > 31) return 'other';
  return weightedSum(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 ? 'match' : 'form';
}
