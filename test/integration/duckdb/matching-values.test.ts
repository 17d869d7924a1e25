import { expect, it } from 'vitest';
import { shortReason } from '../../../src/adapters/duckdb/session.ts';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();
const ANY = { present: 6, distinct: 6, most: 100 };

it.each([
  ['read at once', 6],
  ['told apart first', 1],
])('gives values that match with their rows, %s', async (_, distinct) => {
  await using set = await fixture.openCsv(
    'word,long,number\nab1,4111111111111111,4\nx,5,12345678.5\nab1,4111111111111111,\n,,\nab2,7,1\nb,8,2\n',
  );
  const found = await set.matchingValues([
    { ...ANY, column: 'word', expressions: ['^ab[0-9]$', '^never$'], distinct, present: 5 },
    { ...ANY, column: 'long', expressions: ['^[0-9]{16}$|^5$'], distinct },
    { ...ANY, column: 'number', expressions: ['5$'], distinct },
    { ...ANY, column: 'word', expressions: ['^nothing$'], distinct },
  ]);
  expect(found).toEqual([
    {
      column: 'word',
      checked: 5,
      values: [
        { value: 'ab1', count: 2, row: 0 },
        { value: 'ab2', count: 1, row: 4 },
      ],
    },
    // Numbers below a million are no numbers of people and are not looked at.
    {
      column: 'long',
      checked: 6,
      values: [{ value: '4111111111111111', count: 2, row: 0 }],
    },
    { column: 'number', checked: 6, values: [{ value: '12345678.5', count: 1, row: 1 }] },
    { column: 'word', checked: 6, values: [] },
  ]);
});

it.each([
  ['nearly all different', 40_000],
  ['repeated', 2000],
])('looks at a share of many values, whole and the same each time: %s', async (_, distinct) => {
  const name = await fixture.makeParquet(
    'many.parquet',
    `SELECT 'user' || (i % ${distinct}) || '@example.com' AS mail FROM range(40000) t(i)`,
  );
  await using set = await fixture.open(name);
  const request = { column: 'mail', expressions: ['@'], present: 40_000, distinct, most: 500 };
  const [found] = await set.matchingValues([request]);
  expect(found!.values.length).toBeGreaterThan(350);
  expect(found!.values.length).toBeLessThan(650);
  expect(found!.checked).toBe(found!.values.reduce((sum, { count }) => sum + count, 0));
  expect(new Set(found!.values.map(({ count }) => count))).toEqual(new Set([40_000 / distinct]));
  expect(await set.matchingValues([request])).toEqual([found]);
});

it('refuses a column that is not there', async () => {
  await using set = await fixture.openCsv('word\na\nb\n');
  await expect(set.matchingValues([{ ...ANY, column: 'wort', expressions: ['a'] }])).rejects.toThrow(
    /"word"/,
  );
});

it.each([
  [`Conversion Error: Could not convert string 'se"cret' to INT32`, 'a value cannot be converted to INT32'],
  [
    'Conversion Error: timestamp field value out of range: "secret", expected format is (YYYY-MM-DD HH:MM:SS)',
    'a value cannot be converted',
  ],
  [
    `Conversion Error: Type INT64 with value 5331 can't be cast because the value is out of range for the destination type INT8`,
    'a value cannot be converted to INT8',
  ],
  ['Out of Range Error: Overflow in multiplication of INT64 (5331 * 5331)!', 'a value is out of range'],
  [
    'Invalid Input Error: Could not parse string "secret" according to format specifier "%Y"\nsecret\n^\nError: Expected a number',
    'Could not parse string (hidden) according to format specifier "%Y"',
  ],
  [
    'Invalid Input Error: Malformed JSON at byte 3 of input: unexpected character. Input: "secret"',
    'Malformed JSON at byte 3 of input: unexpected character. Input (hidden)',
  ],
  [
    'Invalid Input Error: CSV Error on Line: 3\nOriginal Line: secret,1\nError when converting column "amt". Could not convert string "secret" to \'BIGINT\'\n\nColumn amt',
    'line 3: Error when converting column "amt". Could not convert string (hidden) to \'BIGINT\' Column amt',
  ],
])('a message of the engine holds no value: %s', (message, reason) => {
  expect(shortReason(new Error(message))).toBe(reason);
});
