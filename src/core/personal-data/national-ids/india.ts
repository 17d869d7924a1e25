import { passesVerhoeff } from '../check-digits.ts';
import { type Detector, type Judgement, LIMIT } from '../detector.ts';

const FORM = '^[2-9][0-9]{3}(?:[0-9]{8}| [0-9]{4} [0-9]{4}|-[0-9]{4}-[0-9]{4})$';
const EXPRESSION = new RegExp(FORM);

/** Indian Aadhaar numbers: 12 digits, the last one Verhoeff's check digit. */
export const INDIA: Detector = {
  kind: 'national-id',
  words: 'Aadhaar numbers',
  names: /\b(aadhaar|aadhar|uidai)\b/,
  form: FORM,
  judge,
  chance: 0.1,
  limit: LIMIT.plainDigits,
  isTelling: false,
};

function judge(text: string): Judgement {
  if (!EXPRESSION.test(text)) return 'other';
  return passesVerhoeff(text.replace(/[ -]/g, '')) ? 'match' : 'form';
}
