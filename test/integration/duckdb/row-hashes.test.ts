import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

/** As the format says, without DuckDB. */
function hashOf(text: string): number {
  return Number(`0x${createHash('md5').update(text).digest('hex').slice(0, 13)}`);
}

const sorted = (hashes: Float64Array) => [...hashes].sort((left, right) => left - right);

describe('the hashes of rows', () => {
  it('are those of a text that anyone can write', async () => {
    const data = await fixture.openCsv('b,a,c\n1.50,köln,true\n2,,false\n,,\n');
    expect([...(await data.rowHashes(['a', 'b', 'c']))]).toEqual([
      hashOf('5:köln;3:1.5;4:true'),
      hashOf('-;1:2;5:false'),
      Number.NaN,
    ]);
    expect([...(await data.rowHashes(['c', 'b', 'a']))]).toEqual([
      ...(await data.rowHashes(['a', 'b', 'c'])),
    ]);
  });

  it('tell cells apart whose joined text is the same', async () => {
    const data = await fixture.openCsv('a,b\nx;1:y,z\nx,y;1:z\n"-",q\n,q\n');
    expect(new Set(await data.rowHashes(['a', 'b'])).size).toBe(4);
  });

  it('do not depend on the order of rows and columns, on the format or on types of one family', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => {
      const day = new Date(Date.UTC(2020, 0, 1 + (index % 500))).toISOString().slice(0, 10);
      return [index, index % 7 === 0 ? '' : index / 8, `text ${index % 13}`, day, index % 2 === 0].join(',');
    });
    const names = ['id', 'amount', 'words', 'day', 'flag'];
    const csv = await fixture.open(
      await fixture.write('one.csv', `${names.join(',')}\n${lines.join('\n')}\n`),
    );
    const backwards = [...lines].reverse().join('\n');
    const other = await fixture.open(await fixture.write('two.csv', `${names.join(',')}\n${backwards}\n`));
    const parquet = await fixture.open(
      await fixture.makeParquet(
        'rows.parquet',
        `SELECT flag, CAST(day AS TIMESTAMP) AS day, words, CAST(amount AS DECIMAL(12, 4)) AS amount, CAST(id AS DOUBLE) AS id
         FROM '${fixture.directory}/one.csv' ORDER BY words, id DESC`,
      ),
    );
    const expected = sorted(await csv.rowHashes(names));
    expect(new Set(expected).size).toBe(3000);
    expect(sorted(await other.rowHashes(names))).toEqual(expected);
    expect(sorted(await parquet.rowHashes(names))).toEqual(expected);
  });

  it('are in reading order', async () => {
    const data = await fixture.openCsv(
      `id\n${Array.from({ length: 5000 }, (_, index) => index).join('\n')}\n`,
    );
    const hashes = await data.rowHashes(['id']);
    expect(hashes.length).toBe(5000);
    expect(hashes[4321]).toBe(hashOf('4:4321'));
  });

  it('read a time with a zone as its moment in UTC', async () => {
    const name = await fixture.makeParquet(
      'zoned.parquet',
      "SELECT TIMESTAMPTZ '2020-01-01 02:00:00+02' AS moment, TIMESTAMP '2020-01-01 00:00:00' AS plain",
    );
    const data = await fixture.open(name);
    expect(await data.rowHashes(['moment'])).toEqual(await data.rowHashes(['plain']));
  });

  it('refuse a column that is not there', async () => {
    const data = await fixture.openCsv('amount\n1\n2\n');
    await expect(data.rowHashes(['amont'])).rejects.toThrow('did you mean "amount"?');
  });
});
