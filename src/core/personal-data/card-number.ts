import { isOneDigit, passesLuhn } from './check-digits.ts';
import { AFTER, BEFORE, bestOf, type Detector, type Judgement, LIMIT, partsOf } from './detector.ts';

type Issuer = {
  /** First digits, from and to, of equal length. */
  readonly from: number;
  readonly to: number;
  readonly lengths: readonly number[];
};

const SIXTEEN_TO_NINETEEN = [16, 17, 18, 19];
const FOURTEEN_TO_NINETEEN = [14, 15, ...SIXTEEN_TO_NINETEEN];
const THIRTEEN_TO_NINETEEN = [13, ...FOURTEEN_TO_NINETEEN];

/** Issuer identification numbers of ISO/IEC 7812 with the lengths that the networks publish. */
const ISSUERS: readonly Issuer[] = [
  { from: 4, to: 4, lengths: [13, 16, 19] }, // Visa
  { from: 51, to: 55, lengths: [16] }, // Mastercard
  { from: 2221, to: 2720, lengths: [16] },
  { from: 34, to: 34, lengths: [15] }, // American Express
  { from: 37, to: 37, lengths: [15] },
  { from: 6011, to: 6011, lengths: SIXTEEN_TO_NINETEEN }, // Discover
  { from: 644, to: 649, lengths: SIXTEEN_TO_NINETEEN },
  { from: 65, to: 65, lengths: SIXTEEN_TO_NINETEEN },
  { from: 300, to: 305, lengths: FOURTEEN_TO_NINETEEN }, // Diners Club
  { from: 3095, to: 3095, lengths: FOURTEEN_TO_NINETEEN },
  { from: 36, to: 36, lengths: FOURTEEN_TO_NINETEEN },
  { from: 38, to: 39, lengths: FOURTEEN_TO_NINETEEN },
  { from: 3528, to: 3589, lengths: SIXTEEN_TO_NINETEEN }, // JCB
  { from: 62, to: 62, lengths: SIXTEEN_TO_NINETEEN }, // UnionPay
  { from: 5018, to: 5018, lengths: THIRTEEN_TO_NINETEEN }, // Maestro
  { from: 5020, to: 5020, lengths: THIRTEEN_TO_NINETEEN },
  { from: 5038, to: 5038, lengths: THIRTEEN_TO_NINETEEN },
  { from: 5893, to: 5893, lengths: THIRTEEN_TO_NINETEEN },
  { from: 6304, to: 6304, lengths: THIRTEEN_TO_NINETEEN },
  { from: 6759, to: 6759, lengths: THIRTEEN_TO_NINETEEN },
  { from: 6761, to: 6763, lengths: THIRTEEN_TO_NINETEEN },
  { from: 2200, to: 2204, lengths: SIXTEEN_TO_NINETEEN }, // Mir
];

const NAMES =
  /\b(card|cc|pan|credit ?card|debit ?card|payment ?card)( (number|num|no|nr))?$|\b(cardnumber|cardno|ccnum|cardnum)\b/;

const DIGITS = '[2-6][0-9]{12,18}';
const GROUPS = '[2-6][0-9]{3}(?:(?:[ -][0-9]{4}){3}(?:[ -][0-9]{3})?|[ -][0-9]{6}[ -][0-9]{4,5})';

/** Numbers of payment cards, digit by digit: one of 10 numbers with an issuer's first digits passes by chance. */
export const CARD_DIGITS: Detector = detectorOf(DIGITS, LIMIT.threeInARow);

/** Numbers of payment cards in groups, as nothing else is written. */
export const CARD_GROUPS: Detector = detectorOf(GROUPS, LIMIT.single);

function detectorOf(written: string, limit: number): Detector {
  const form = `${BEFORE}(${written})${AFTER}`;
  const expression = new RegExp(form, 'g');
  return {
    kind: 'card-number',
    words: 'card numbers',
    names: NAMES,
    form,
    judge: (text) => bestOf(partsOf(text, expression), judgeCardNumber),
    chance: 0.1,
    limit,
    isTelling: true,
  };
}

/** A number of a payment card: an issuer's first digits and length, and Luhn's check digit. */
export function judgeCardNumber(text: string): Judgement {
  const number = text.replace(/[ -]/g, '');
  if (isOneDigit(number) || !hasIssuer(number)) return 'other';
  return passesLuhn(number) ? 'match' : 'form';
}

function hasIssuer(number: string): boolean {
  return ISSUERS.some(({ from, to, lengths }) => {
    if (!lengths.includes(number.length)) return false;
    const first = Number(number.slice(0, String(from).length));
    return first >= from && first <= to;
  });
}
