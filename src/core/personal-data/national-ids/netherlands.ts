import { isOneDigit, weightedSum } from '../check-digits.ts';
import { type Detector, type Judgement, LIMIT } from '../detector.ts';

/** Dutch citizen service numbers (BSN): nine digits that pass the eleven test. */
export const NETHERLANDS: Detector = {
  kind: 'national-id',
  words: 'Dutch citizen numbers (BSN)',
  names: /\b(bsn|burgerservicenummer|sofinummer)\b/,
  form: '^[0-9]{9}$',
  judge,
  chance: 1 / 11,
  limit: LIMIT.plainDigits,
  isTelling: false,
};

function judge(text: string): Judgement {
  if (!/^[0-9]{9}$/.test(text) || isOneDigit(text)) return 'other';
  return weightedSum(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 ? 'match' : 'form';
}
