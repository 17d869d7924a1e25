import { CARD_DIGITS, CARD_GROUPS } from './card-number.ts';
import type { Detector } from './detector.ts';
import { EMAIL } from './email.ts';
import { IBAN } from './iban.ts';
import { IP_VERSION_4, IP_VERSION_6 } from './ip-address.ts';
import { BRAZIL } from './national-ids/brazil.ts';
import { FRANCE } from './national-ids/france.ts';
import { GERMANY } from './national-ids/germany.ts';
import { INDIA } from './national-ids/india.ts';
import { ITALY } from './national-ids/italy.ts';
import { NETHERLANDS } from './national-ids/netherlands.ts';
import { POLAND } from './national-ids/poland.ts';
import { SPAIN } from './national-ids/spain.ts';
import { UNITED_KINGDOM } from './national-ids/united-kingdom.ts';
import { UNITED_STATES } from './national-ids/united-states.ts';
import { AMERICAN_PHONE, PHONE } from './phone.ts';

export const DETECTORS: readonly Detector[] = [
  ...[CARD_DIGITS, CARD_GROUPS, IBAN, EMAIL, PHONE, AMERICAN_PHONE, IP_VERSION_4, IP_VERSION_6],
  ...[BRAZIL, FRANCE, GERMANY, INDIA, ITALY, NETHERLANDS, POLAND, SPAIN, UNITED_KINGDOM, UNITED_STATES],
];

const TELLING = DETECTORS.filter(({ isTelling }) => isTelling);

/** Hostile text could be made to take long; what is shown of a value is shorter. */
const MOST_CHARACTERS = 4096;

/** Whether a single value tells what it is: it is shown nowhere, whatever column it stands in. */
export function isPlainlyPersonal(text: string): boolean {
  const start = text.slice(0, MOST_CHARACTERS);
  return start.length >= 6 && TELLING.some((detector) => detector.judge(start, false) === 'match');
}

/** The words of a column name, in lower case: `customerEmail_2` is `customer email 2`. */
export function wordsOfName(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .trim();
}
