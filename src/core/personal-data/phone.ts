import { digitsOf, isOneDigit } from './check-digits.ts';
import { AFTER, BEFORE, bestOf, type Detector, type Judgement, LIMIT, partsOf } from './detector.ts';

const NAMES =
  /\b(phone|telephone|tel|mobile|cell|cellphone|fax|msisdn|telefon|telefono|phonenumber)( (number|num|no|nr|home|work|primary|[0-9]+))*$/;

/** Country codes of ITU-T E.164 in use, in ranges where they follow each other. */
const COUNTRY_CODES = new Set(
  [
    ...['1', '7', '20', '27', '30-34', '36', '39-41', '43-49', '51-58', '60-66', '81', '82', '84', '86'],
    ...['90-95', '98', '211-213', '216', '218', '220-258', '260-269', '290', '291', '297-299', '350-359'],
    ...['370-383', '385-387', '389', '420', '421', '423', '500-509', '590-599', '670', '672-683'],
    ...['685-692', '800', '808', '850', '852', '853', '855', '856', '870', '878', '880-883', '886', '888'],
    ...['960-968', '970-977', '979', '992-996', '998'],
  ].flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number);
    return Array.from({ length: to! - from! + 1 }, (_, index) => String(from! + index));
  }),
);

const WITH_PLUS = '\\+[1-9](?:[ .()/-]{0,2}[0-9]){7,14}';
const WITH_PARENTHESES = '\\([2-9][0-9]{2}\\) ?[2-9][0-9]{2}[-. ][0-9]{4}';
const FORM = `${BEFORE}(${WITH_PLUS}|${WITH_PARENTHESES})${AFTER}`;
const EXPRESSION = new RegExp(FORM, 'g');

/**
 * Numbers with a plus and a country code, those of North America with parentheses, and, in columns that say so,
 * any way of writing them.
 */
export const PHONE: Detector = {
  kind: 'phone',
  words: 'phone numbers',
  names: NAMES,
  form: FORM,
  namedForm: '^[ ]*[+(]?[0-9](?:[ .()/-]{0,3}[0-9]){6,14}[ ]*$',
  judge: (text, isNamed) => {
    const written = bestOf(partsOf(text, EXPRESSION), judgeInternational);
    return written === 'match' || !isNamed ? written : judgeNational(text);
  },
  chance: 0,
  limit: LIMIT.single,
  isTelling: true,
};

const AMERICAN = `${BEFORE}((?:1[ .-])?[0-9]{3}[-.][0-9]{3}[-.][0-9]{4})${AFTER}`;
const AMERICAN_EXPRESSION = new RegExp(AMERICAN, 'g');

/** Numbers of North America with hyphens or dots; of numbers so written eight of ten are in the plan by chance. */
export const AMERICAN_PHONE: Detector = {
  kind: 'phone',
  words: 'phone numbers',
  names: NAMES,
  form: AMERICAN,
  judge: (text) =>
    bestOf(partsOf(text, AMERICAN_EXPRESSION), (part) => (isAmerican(digitsOf(part)) ? 'match' : 'form')),
  chance: 0.8,
  limit: LIMIT.threeInARow,
  isTelling: false,
};

function judgeInternational(text: string): Judgement {
  if (text.startsWith('(')) return 'match';
  const digits = digitsOf(text);
  const number = digits.join('');
  const code = [1, 2, 3].map((length) => number.slice(0, length)).find((start) => COUNTRY_CODES.has(start));
  if (code === undefined || isOneDigit(number)) return 'other';
  return code !== '1' || isAmerican(digits) ? 'match' : 'other';
}

function judgeNational(text: string): Judgement {
  const digits = digitsOf(text);
  if (digits.length < 7 || digits.length > 15 || isOneDigit(digits.join(''))) return 'other';
  return /^[ ]*[+(]?[0-9](?:[ .()/-]{0,3}[0-9])*[ ]*$/.test(text) ? 'match' : 'other';
}

/** The North American Numbering Plan: neither area nor exchange begins with 0 or 1. */
function isAmerican(digits: readonly number[]): boolean {
  const own = digits.length === 11 && digits[0] === 1 ? digits.slice(1) : digits;
  return own.length === 10 && own[0]! >= 2 && own[3]! >= 2;
}
