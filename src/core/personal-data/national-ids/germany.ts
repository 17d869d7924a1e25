import { passesMod11And10 } from '../check-digits.ts';
import { type Detector, type Judgement, LIMIT } from '../detector.ts';

const FORM = '^[1-9][0-9] ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}$';
const EXPRESSION = new RegExp(FORM);

/** German tax identification numbers (section 139b of the fiscal code). */
export const GERMANY: Detector = {
  kind: 'national-id',
  words: 'German tax numbers',
  names: /\b(steuer ?id|steueridentifikationsnummer|idnr|tax ?(id|number|no))\b/,
  form: FORM,
  judge,
  chance: 0.1,
  limit: LIMIT.plainDigits,
  isTelling: false,
};

function judge(text: string): Judgement {
  if (!EXPRESSION.test(text)) return 'other';
  const number = text.replaceAll(' ', '');
  if (!repeatsOneDigit(number.slice(0, 10))) return 'other';
  return passesMod11And10(number) ? 'match' : 'form';
}

/** Of the first ten digits exactly one comes twice or three times, and the others once at most. */
function repeatsOneDigit(digits: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of digits) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return repeated.length === 1 && repeated[0]! <= 3;
}
