import { remainderOf } from '../check-digits.ts';
import { type Detector, type Judgement, LIMIT } from '../detector.ts';

const FORM =
  '^[1-478] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}$';
const EXPRESSION = new RegExp(FORM);

/** French social security numbers (NIR, 15 digits with their key); 2A and 2B of Corsica count as 19 and 18. */
export const FRANCE: Detector = {
  kind: 'national-id',
  words: 'French social security numbers (NIR)',
  names: /\b(nir|insee|num secu|securite sociale)\b/,
  form: FORM,
  judge,
  chance: 1 / 97,
  limit: LIMIT.plainDigits,
  isTelling: false,
};

function judge(text: string): Judgement {
  if (!EXPRESSION.test(text)) return 'other';
  const number = text.replaceAll(' ', '').replace('2A', '19').replace('2B', '18');
  const key = 97 - remainderOf(number.slice(0, 13), 97);
  return key === Number(number.slice(13)) ? 'match' : 'form';
}
