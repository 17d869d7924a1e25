import { type Detector, type Judgement, LIMIT } from '../detector.ts';

const FORM = '^[0-9]{3}-[0-9]{2}-[0-9]{4}$';
const NAMED_FORM = '^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$';
const NAMED_EXPRESSION = new RegExp(NAMED_FORM);

/**
 * American social security numbers by the rules of Deequ. They have no check digit: 89 of 100 numbers with two
 * hyphens keep the rules by chance, and plain digits count only in columns that say so.
 */
export const UNITED_STATES: Detector = {
  kind: 'national-id',
  words: 'American social security numbers',
  names: /\b(ssn|social security|socialsecurity(number)?)\b/,
  form: FORM,
  namedForm: NAMED_FORM,
  judge,
  chance: 0.89,
  limit: LIMIT.threeInARow,
  isTelling: false,
};

/** Numbers of advertisements, which are nobody's. */
const ADVERTISED = ['219099999', '078051120'];

function judge(text: string, isNamed: boolean): Judgement {
  if (!NAMED_EXPRESSION.test(text) || !(isNamed || text[3] === '-')) return 'other';
  const number = text.replace(/[- ]/g, '');
  if (/^(000|666|9)/.test(number) || /^...00/.test(number) || number.endsWith('0000')) return 'form';
  return ADVERTISED.includes(number) ? 'form' : 'match';
}
