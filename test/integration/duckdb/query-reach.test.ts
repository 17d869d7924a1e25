import { expect, it } from 'vitest';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

async function reach(sql: string) {
  await using set = await fixture.openCsv('card,amt\n4111,1\n5555,2\n');
  return (await set.measure({ sql, subject: 'rule', tables: ['rows'] })).reach;
}

it.each([
  'SELECT count(*) FROM source',
  'SELECT count(card) FROM rows AS t(a, card) WHERE a > 3',
  'select COUNT(DISTINCT card) from source where card > 5000',
])('a count of rows tells no value: %s', async (sql) => {
  expect(await reach(sql)).toEqual({ kind: 'row-count' });
});

it.each([
  ['SELECT avg(amt) FROM source', ['amt']],
  ['SELECT max(source."AMT") FROM source WHERE card > 5000', ['AMT', 'card']],
  ['SELECT count(*) * 2 FROM source', []],
])('columns that are named: %s', async (sql, names) => {
  expect(await reach(sql)).toEqual({ kind: 'columns', names });
});

it.each([
  "SELECT max(COLUMNS('^c')) FROM source",
  'SELECT max(t.u) FROM source AS t(u, v)',
  'SELECT max(u) FROM (FROM source) AS t(u)',
  "SELECT max(x::HUGEINT) FROM (SELECT unnest(regexp_extract_all(source::VARCHAR, '[0-9]{4}')) AS x FROM source)",
  'SELECT count(*) * 0 + max(#1) FROM source',
  'SELECT max(x) FROM (SELECT card + 1 AS x FROM source)',
  'SELECT count(*) FROM (SELECT unnest([1, 2]) FROM source)',
])('anything else may be any value: %s', async (sql) => {
  expect((await reach(sql)).kind).not.toBe('row-count');
  const found = await reach(sql);
  expect(found.kind === 'anything' || (found.kind === 'columns' && found.names.length === 0)).toBe(true);
});
