import { type Detector, type Judgement, LIMIT } from '../detector.ts';

const FORM = '^(?:[0-9]{8}|[XYZxyz][0-9]{7})-?[A-Za-z]$';
const EXPRESSION = new RegExp(FORM);
const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spanish identity numbers of citizens (DNI) and foreigners (NIE): a letter for the remainder by 23. */
export const SPAIN: Detector = {
  kind: 'national-id',
  words: 'Spanish identity numbers (DNI, NIE)',
  names: /\b(dni|nie|nif)\b/,
  form: FORM,
  judge,
  chance: 1 / 23,
  limit: LIMIT.threeInARow,
  isTelling: false,
};

function judge(text: string): Judgement {
  if (!EXPRESSION.test(text)) return 'other';
  const code = text.toUpperCase().replace('-', '');
  const number = code.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2');
  return LETTERS[Number(number) % 23] === code.at(-1) ? 'match' : 'form';
}
