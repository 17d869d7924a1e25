import { expect, it } from 'vitest';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

/** More different texts than the database makes a list of, some of them missing or coming again. */
const MANY = `SELECT CASE WHEN i % 1000 = 7 THEN NULL ELSE 'tx-' || (i * 7919 % 60000) END AS id, i AS place
  FROM range(90000) t(i)`;

it.each(['parquet', 'csv'])(
  'numbers nearly unique texts of a %s file by their first place',
  async (format) => {
    const name = await fixture.makeParquet('many.parquet', MANY);
    if (format === 'csv') {
      const rows = Array.from({ length: 90_000 }, (_, row) => `${expected(row) ?? ''},${row}`);
      await fixture.write('many.csv', `id,place\n${rows.join('\n')}\n`);
    }
    await using set = await fixture.open(format === 'csv' ? 'many.csv' : name);
    const { columns, rowCount } = await set.read([{ name: 'id', as: 'text' }]);
    const [ids] = columns;
    if (ids?.kind !== 'text') throw new Error('ids were not read as text');
    expect(rowCount).toBe(90_000);
    expect(ids.dictionary.length).toBe(new Set(ids.dictionary).size);
    let wrong = 0;
    let seen = 0;
    for (let row = 0; row < rowCount; row++) {
      const code = ids.codes[row]!;
      if (ids.dictionary[code] !== expected(row)) wrong++;
      // A text is numbered when it first comes.
      if (code > seen) wrong++;
      if (code === seen) seen++;
    }
    expect(wrong).toBe(0);
    expect(seen).toBe(ids.dictionary.length);
  },
);

function expected(row: number): string | undefined {
  return row % 1000 === 7 ? undefined : `tx-${(row * 7919) % 60_000}`;
}
