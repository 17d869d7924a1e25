import { type Detector, type Judgement, LIMIT } from '../detector.ts';

const FORM = '^[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Z]$';
const EXPRESSION = new RegExp(FORM);

/** British national insurance numbers. They have no check digit; 1 of 12 codes of the form keeps their rules. */
export const UNITED_KINGDOM: Detector = {
  kind: 'national-id',
  words: 'British national insurance numbers',
  names: /\b(nino|ni (number|no)|national insurance)\b/,
  form: FORM,
  judge,
  chance: 0.09,
  limit: LIMIT.threeInARow,
  isTelling: false,
};

/** Prefixes and suffixes as HMRC allots them. */
function judge(text: string): Judgement {
  if (!EXPRESSION.test(text)) return 'other';
  const isAllotted = /^[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]/.test(text) && /[A-D]$/.test(text);
  return isAllotted && !/^(BG|GB|KN|NK|NT|TN|ZZ)/.test(text) ? 'match' : 'form';
}
