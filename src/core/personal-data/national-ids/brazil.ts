import { isOneDigit, weightedSum } from '../check-digits.ts';
import { type Detector, type Judgement, LIMIT } from '../detector.ts';

const FORM = '^(?:[0-9]{11}|[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2})$';
const EXPRESSION = new RegExp(FORM);

/** Brazilian taxpayer numbers (CPF): two check digits, modulus 11. */
export const BRAZIL: Detector = {
  kind: 'national-id',
  words: 'Brazilian taxpayer numbers (CPF)',
  names: /\bcpf\b/,
  form: FORM,
  judge,
  chance: 0.01,
  limit: LIMIT.plainDigits,
  isTelling: false,
};

function judge(text: string): Judgement {
  if (!EXPRESSION.test(text)) return 'other';
  const number = text.replace(/[.-]/g, '');
  if (isOneDigit(number)) return 'other';
  const first = checkDigit(number, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
  const second = checkDigit(number, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return number.endsWith(`${first}${second}`) ? 'match' : 'form';
}

function checkDigit(number: string, weights: readonly number[]): number {
  return ((weightedSum(number, weights) * 10) % 11) % 10;
}
