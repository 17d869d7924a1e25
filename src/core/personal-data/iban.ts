import { remainderOf } from './check-digits.ts';
import { AFTER, BEFORE, bestOf, type Detector, type Judgement, partsOf } from './detector.ts';

/** Length of an account number by country, from the IBAN registry of SWIFT (release 99). */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries({
    15: 'NO',
    16: 'BE',
    18: 'DK FK FI FO GL NL SD',
    19: 'MK SI',
    20: 'AT BA EE KZ LT LU MN XK',
    21: 'CH CR HR LI LV',
    22: 'BG BH DE GB GE IE ME RS VA',
    23: 'AE GI IL IQ OM SO TL',
    24: 'AD CZ ES MD PK RO SA SE SK TN VG',
    25: 'LY PT ST',
    26: 'IS TR',
    27: 'BI DJ FR GR IT MC MR SM',
    28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
    29: 'BR EG PS QA UA',
    30: 'JO KW MU YE',
    31: 'MT SC',
    32: 'LC',
    33: 'RU',
  }).flatMap(([length, countries]) => countries.split(' ').map((country) => [country, Number(length)])),
);

const FORM = `${BEFORE}([A-Z]{2}[0-9]{2}(?:[A-Z0-9]{11,29}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?))${AFTER}`;
const EXPRESSION = new RegExp(FORM, 'g');

/** International bank account numbers (ISO 13616). */
export const IBAN: Detector = {
  kind: 'iban',
  words: 'bank account numbers (IBAN)',
  names: /\biban\b/,
  form: FORM,
  judge: (text) => bestOf(partsOf(text, EXPRESSION), judgeIban),
  chance: 1 / 97,
  limit: 0.02,
  isTelling: true,
};

/** An IBAN: the length of its country and the check digits of ISO/IEC 7064, MOD 97-10. */
export function judgeIban(text: string): Judgement {
  const number = text.replaceAll(' ', '');
  if (LENGTHS[number.slice(0, 2)] !== number.length) return 'other';
  const digits = [...`${number.slice(4)}${number.slice(0, 4)}`].map((sign) => Number.parseInt(sign, 36));
  return remainderOf(digits.join(''), 97) === 1 ? 'match' : 'form';
}
