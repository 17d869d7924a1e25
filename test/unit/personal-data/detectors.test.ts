/** Published valid and invalid numbers of every kind. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Judgement } from '../../../src/core/personal-data/detector.ts';
import { DETECTORS, isPlainlyPersonal, wordsOfName } from '../../../src/core/personal-data/detectors.ts';
import { formsOf } from '../../../src/core/personal-data/find-personal.ts';

/** The best judgement of the detectors whose words begin so. */
function judge(words: string, text: string, isNamed = false): Judgement {
  const judgements = DETECTORS.filter((detector) => detector.words.startsWith(words)).map((detector) =>
    detector.judge(text, isNamed),
  );
  return judgements.includes('match') ? 'match' : judgements.includes('form') ? 'form' : 'other';
}

const VALID: Readonly<Record<string, readonly string[]>> = {
  // Test numbers that payment processors publish.
  'card numbers': [
    ...['4111111111111111', '4012888888881881', '4222222222222', '5555555555554444', '5105105105105100'],
    ...['2223003122003222', '2720992593319364', '378282246310005', '371449635398431', '6011111111111117'],
    ...['6011000990139424', '30569309025904', '38520000023237', '36227206271667', '3530111333300000'],
    ...[
      '3566002020360505',
      '6200000000000005',
      '6759649826438453',
      '2202474301322987',
      '4917610000000000003',
    ],
    ...[
      '4111 1111 1111 1111',
      '3782-822463-10005',
      'paid with 5555-5555-5555-4444.',
      'card: 4111111111111111',
    ],
  ],
  // Examples of the IBAN registry.
  'bank account': [
    ...['AD1200012030200359100100', 'AE070331234567890123456', 'BE68539007547034', 'CH9300762011623852957'],
    ...['DE89370400440532013000', 'DE89 3704 0044 0532 0130 00', 'ES9121000418450200051332'],
    ...['FR1420041010050500013M02606', 'GB29NWBK60161331926819', 'IT60X0542811101000000123456'],
    ...[
      'MT84MALT011000012345MTLCAST001S',
      'NL91ABNA0417164300',
      'NO9386011117947',
      'PL61109010140000071219812874',
    ],
    ...['SA0380000000608010167519', 'SE4550000000058398257466', 'XK051212012345678906'],
    'LC55HEMM000100010012001200023015',
  ],
  'e-mail': [
    ...['bob@example.com', 'a.b+c@sub.example.co.uk', "o'hara@example.org", 'X@EXAMPLE.COM'],
    ...[
      'write to eve@example.org, please',
      'mailto:eve@example.org',
      'Eve <eve@example.org>',
      'a@xn--bcher-kva.example',
    ],
  ],
  'phone numbers': [
    ...['+14155552671', '+442071838750', '+55 11 5525 6325', '+49 (0)30 123456', '+33 6 12 34 56 78'],
    ...['(212) 555-0123', '212-555-0123', '1-800-555-0199', 'call +49 30 901820 now'],
  ],
  'American social': ['123-45-6789', '001-01-0001', '899-99-9999'],
  British: ['AB123456C', 'AB 12 34 56 C', 'JG103759A'],
  Spanish: ['12345678Z', '00000000T', 'X1234567L', 'Y1234567X', 'Z1234567R', '12345678-z'],
  Italian: ['RSSMRA80A01H501U', 'MRTMTT25D09F205Z', 'MRTMTT91D08F205J'],
  Dutch: ['111222333', '123456782'],
  Polish: ['44051401359', '02070803628'],
  German: ['86095742719', '47036892816', '65929970489', '86 095 742 719'],
  French: ['255081416802538', '2 55 08 14 168 025 38'],
  Aadhaar: ['234123412346', '2341 2341 2346'],
  Brazilian: ['52998224725', '529.982.247-25', '11144477735'],
  'IP addresses': [
    '203.0.113.77',
    '198.51.100.23',
    '2001:db8:85a3::8a2e:370:7334',
    'fe80::1ff:fe23:4567:890a',
  ],
};

const INVALID: Readonly<Record<string, readonly string[]>> = {
  'card numbers': [
    // Wrong check digits, no issuer, too short, too long, parts of longer words, one digit.
    ...['4111111111111112', '5555555555554445', '1234567812345670', '9111111111111111', '411111111111'],
    ...[
      '41111111111111111111',
      'x4111111111111111',
      '0.4111111111111111',
      '4111111111111111.5',
      '4444444444444444',
    ],
    ...['1609459200000', '1609459200000000', '20240101123456', '550e8400-e29b-41d4-a716-446655440000'],
  ],
  'bank account': [
    ...['DE89370400440532013001', 'GB29NWBK6016133192681', 'QQ89370400440532013000', 'DE8937040044053201300'],
    'de89370400440532013000',
  ],
  'e-mail': [
    ...[
      'bob@example',
      '@example.com',
      'bob@',
      'icon@2x.png',
      'git@github.com:a/b',
      'lodash@4.17.21',
      'a b',
      '@bob',
    ],
  ],
  'phone numbers': [
    ...['+1234', '+12345678', '+999123456789', '123-456-7890', '2024-01-01', '(112) 555-0123', '4155552671'],
    ...['52.520008', '+3.5', '+0.000012345678'],
  ],
  'American social': [
    ...[
      '000-12-3456',
      '666-12-3456',
      '900-12-3456',
      '123-00-4567',
      '123-45-0000',
      '078-05-1120',
      '219-09-9999',
    ],
    '123456789',
  ],
  British: ['DA123456C', 'AO123456C', 'BG123456C', 'AB123456E', 'AB12345C'],
  Spanish: ['12345678A', 'X1234567A', '1234567L'],
  Italian: ['RSSMRA80A01H501X', 'RSSMRA80A01H501'],
  Dutch: ['111222334', '000000000', '12345678'],
  Polish: ['44051401358', '44131401359', '44053501359'],
  German: ['86095742718', '01234567890', '12345678901'],
  French: ['255081416802539', '255131416802538', '955081416802538'],
  Aadhaar: ['234123412347', '134123412346'],
  Brazilian: ['52998224724', '11111111111'],
  'IP addresses': [
    ...['1.2.3.4', '10.0.19045.1', '96.0.4664.110', '256.1.1.1', '127.0.0.1', '0.0.0.0', '::1', '12:34:56'],
    ...['00:1a:2b:3c:4d:5e', 'dead::beef', 'std::vector', '1.2.3'],
  ],
};

describe.each(Object.entries(VALID))('%s', (words, values) => {
  test.each(values)('%s is one', (value) => expect(judge(words, value)).toBe('match'));
});

describe.each(Object.entries(INVALID))('no %s', (words, values) => {
  test.each(values)('%s', (value) => expect(judge(words, value)).not.toBe('match'));
});

test('what a column name says counts for plain ways of writing', () => {
  expect(judge('phone', '4155552671', true)).toBe('match');
  expect(judge('phone', '030 123456', true)).toBe('match');
  expect(judge('phone', '12', true)).toBe('other');
  expect(judge('American social', '123456789', true)).toBe('match');
  expect(judge('American social', '000121234', true)).toBe('form');
  expect(judge('IP addresses', '10.1.2.3', true)).toBe('match');
});

test('every value that is found has a form the data are searched for', () => {
  const forms = formsOf('anything').map((form) => new RegExp(form));
  for (const value of Object.values(VALID).flat())
    expect(
      forms.some((form) => form.test(value)),
      value,
    ).toBe(true);
});

test.each([
  ['customerEmail', 'e-mail addresses'],
  ['E-Mail', 'e-mail addresses'],
  ['cc_num', 'card numbers'],
  ['CardNumber', 'card numbers'],
  ['phone_number', 'phone numbers'],
  ['TelefonNr', 'phone numbers'],
  ['home_phone', 'phone numbers'],
  ['client_ip', 'IP addresses'],
  ['SSN', 'American social security numbers'],
  ['PhoneService', undefined],
  ['mobile_data_bytes', undefined],
  ['zip', undefined],
  ['membership', undefined],
  ['card_type', undefined],
  ['amount', undefined],
])('the column name %s says %s', (name, words) => {
  const found = DETECTORS.find((detector) => detector.names.test(wordsOfName(name)));
  expect(found?.words).toBe(words);
});

test('a single value tells of itself only where nothing else is written so', () => {
  expect(['bob@example.com', '4111 1111 1111 1111', '+442071838750'].map(isPlainlyPersonal)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['NY', '111222333', '123-45-6789', '1.2.3.4', '212-555-0123'].map(isPlainlyPersonal)).toEqual(
    Array.from({ length: 5 }, () => false),
  );
});

/** Appends the digit that makes the whole pass. */
function completed(body: string, words: string): string[] {
  return Array.from({ length: 10 }, (_, digit) => `${body}${digit}`).filter(
    (number) => judge(words, number) === 'match',
  );
}

test('of ten last digits exactly one is the check digit, and any changed digit is noticed', () => {
  const visa = fc.stringMatching(/^4[0-9]{14}$/);
  const aadhaar = fc.stringMatching(/^[2-9][0-9]{10}$/);
  fc.assert(
    fc.property(visa, aadhaar, fc.nat(10), fc.integer({ min: 1, max: 9 }), (card, id, place, by) => {
      const cards = completed(card, 'card numbers');
      const ids = completed(id, 'Aadhaar');
      expect([cards.length, ids.length]).toEqual([1, 1]);
      const change = (text: string) =>
        `${text.slice(0, place)}${(Number(text[place]) + by) % 10}${text.slice(place + 1)}`;
      expect(judge('card numbers', change(cards[0]!))).not.toBe('match');
      expect(judge('Aadhaar', change(ids[0]!))).not.toBe('match');
    }),
    { numRuns: 60 },
  );
});

test('no text makes a detector fail or take long', () => {
  const start = performance.now();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const detector of DETECTORS)
        expect(['other', 'form', 'match']).toContain(detector.judge(text, true));
    }),
    { numRuns: 100 },
  );
  for (const sign of ['a', '1', ' ', '-', '@', 'a.', '1 ', '+1', ':', '=', "'"]) {
    for (const detector of DETECTORS) detector.judge(`${sign.repeat(4096)}@a.b`.slice(-4096), true);
    isPlainlyPersonal(sign.repeat(1_000_000));
  }
  expect(performance.now() - start).toBeLessThan(10_000);
});
