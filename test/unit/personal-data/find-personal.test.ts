/** When a column is said to hold personal data, and how often that is wrong. */

import { describe, expect, test } from 'vitest';
import { type CountedValue, findPersonal, formsOf } from '../../../src/core/personal-data/find-personal.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';

/** A column of texts as the data engine hands it over. */
function columnOf(name: string, texts: readonly string[]) {
  const forms = formsOf(name).map((form) => new RegExp(form));
  const values = new Map<string, CountedValue>();
  for (const [index, value] of texts.entries()) {
    if (!forms.some((form) => form.test(value))) continue;
    const known = values.get(value);
    values.set(value, known ? { ...known, count: known.count + 1 } : { value, count: 1, row: index });
  }
  return { name, checked: texts.length, values: [...values.values()] };
}

const find = (name: string, texts: readonly string[]) => findPersonal(columnOf(name, texts));
const plain = (count: number) => Array.from({ length: count }, (_, index) => `word ${index}`);
const emails = (count: number) => Array.from({ length: count }, (_, index) => `user${index}@example.com`);

describe('the share', () => {
  test('one of a hundred is above 0.1 % by the lower bound, one of a thousand is not', () => {
    expect(find('note', [...emails(1), ...plain(99)])).toMatchObject({
      kind: 'e-mail',
      hits: 1,
      checked: 100,
    });
    expect(find('note', [...emails(1), ...plain(999)])).toBeUndefined();
  });

  test('three are enough in any number of rows', () => {
    expect(find('note', [...emails(2), ...plain(50_000)])).toBeUndefined();
    expect(find('note', [...emails(3), ...plain(50_000)])).toMatchObject({ hits: 3, checked: 50_003 });
  });

  test('the lower bound is Wilson’s at 95 %', () => {
    // 812 of 10,000: scipy.stats.binomtest(812, 10000).proportion_ci(method='wilson').low
    const found = find('contact', [...emails(812), ...plain(9188)]);
    expect(found?.atLeast).toBeCloseTo(0.076, 4);
  });

  test('examples are the first ones, each once', () => {
    const found = find('note', [
      'x',
      'a@example.com',
      'a@example.com',
      'b@example.com',
      'c@example.com',
      'd@example.com',
    ]);
    expect(found?.examples.map(({ row }) => row)).toEqual([1, 3, 4]);
  });
});

describe('chance', () => {
  test('card numbers among other texts are believed from three on, in groups from one on', () => {
    const cards = ['4111111111111111', '5555555555554444', '378282246310005'];
    expect(find('note', [...cards, ...plain(9000)])).toMatchObject({ kind: 'card-number', hits: 3 });
    expect(find('note', [...cards.slice(0, 2), ...plain(50)])).toBeUndefined();
    expect(find('note', ['4111 1111 1111 1111', ...plain(50)])).toMatchObject({
      kind: 'card-number',
      hits: 1,
    });
  });

  test('the same number in many rows is one piece of evidence', () => {
    const repeated = Array.from({ length: 1000 }, () => '4111111111111111');
    expect(find('code', repeated)).toBeUndefined();
    expect(find('cc_num', repeated)).toMatchObject({ hits: 1000 });
  });

  test('cards among numbers that pass by chance are found where there are more than chance gives', () => {
    const random = createRandom(5);
    const numbers = (count: number) => Array.from({ length: count }, () => digits(random, 16));
    const cards = cardNumbers(random, 40);
    expect(find('reference', numbers(1000))).toBeUndefined();
    expect(find('reference', [...numbers(1000), ...cards])).toMatchObject({ kind: 'card-number' });
  });
});

function digits(random: ReturnType<typeof createRandom>, length: number): string {
  return Array.from({ length }, (_, index) =>
    index === 0 ? 1 + random.integer(9) : random.integer(10),
  ).join('');
}

function cardNumbers(random: ReturnType<typeof createRandom>, count: number): string[] {
  const found: string[] = [];
  while (found.length < count) {
    const number = `4${digits(random, 15)}`;
    if (findPersonal(columnOf('cc_num', [number]))) found.push(number);
  }
  return found;
}

type Random = ReturnType<typeof createRandom>;

/** Columns that are nobody's data, each made of its number. */
const HARMLESS: Readonly<Record<string, (random: Random, row: number) => string>> = {
  '9 digits': (random) => digits(random, 9),
  '11 digits': (random) => digits(random, 11),
  '12 digits': (random) => digits(random, 12),
  '13 digits': (random) => digits(random, 13),
  '14 digits': (random) => digits(random, 14),
  '15 digits': (random) => digits(random, 15),
  '16 digits': (random) => digits(random, 16),
  '16 digits of one issuer': (random) => `4${digits(random, 15)}`,
  '19 digits': (random) => digits(random, 19),
  'counted from 4·10¹⁵': (random, row) => String(4_000_000_000_000_000 + 7 * row + random.integer(2)),
  seconds: (random) => String(1_500_000_000 + random.integer(200_000_000)),
  milliseconds: (random) => String(1_500_000_000_000 + random.integer(2_000_000_000)),
  'times in digits': (random) => `2024${String(random.integer(12) + 1).padStart(2, '0')}${digits(random, 8)}`,
  amounts: (random) => (random.uniform() * 10_000).toFixed(2),
  'zip codes': (random) => digits(random, 5),
  'zip codes with four': (random) => `${digits(random, 5)}-${digits(random, 4)}`,
  coordinates: (random) => (random.uniform() * 180 - 90).toFixed(6),
  versions: (random) =>
    [random.integer(15), random.integer(30), random.integer(40), random.integer(20)].join('.'),
  'browser versions': (random) =>
    `${80 + random.integer(40)}.0.${4000 + random.integer(2000)}.${random.integer(200)}`,
  'user agents': (random) =>
    `Mozilla/5.0 (X11; Linux x86_64) Chrome/${80 + random.integer(40)}.0.4664.110 Safari/537.36`,
  'hexadecimal ids': (random) => Array.from({ length: 32 }, () => random.integer(16).toString(16)).join(''),
  'letters and digits': (random) =>
    `${'ABCDEFGH'[random.integer(8)]}${'KLMNOPQR'[random.integer(8)]}${digits(random, 6)}`,
  'part numbers': (random) => `${digits(random, 3)}-${digits(random, 3)}-${digits(random, 4)}`,
  'numbers of three parts': (random) => `${digits(random, 3)}-${digits(random, 2)}-${digits(random, 4)}`,
  'bar codes': (random) => barCode(`4${digits(random, 11)}`),
  times: (random) => `${10 + random.integer(14)}:${10 + random.integer(50)}:${10 + random.integer(50)}`,
};

/** EAN-13: weights 1 and 3. */
function barCode(body: string): string {
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

describe('false alarms', () => {
  const COLUMNS = 10;
  const ROWS = 400;

  test.each(Object.entries(HARMLESS))('%s', (_, make) => {
    const random = createRandom(7);
    let alarms = 0;
    for (let column = 0; column < COLUMNS; column++) {
      const texts = Array.from({ length: ROWS }, (_, row) => make(random, row));
      if (findPersonal(columnOf('value', texts))) alarms++;
    }
    expect(alarms).toBe(0);
  });

  test('a few random numbers among words', () => {
    const random = createRandom(11);
    let alarms = 0;
    const columns = 1000;
    for (let column = 0; column < columns; column++) {
      const texts = [...Array.from({ length: 4 }, () => digits(random, 16)), ...plain(60)];
      if (findPersonal(columnOf('note', texts))) alarms++;
    }
    // The limit on chance is one column in a thousand.
    expect(alarms).toBeLessThanOrEqual(4);
  });
});
