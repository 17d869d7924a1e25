import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/core/data/table.ts';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();

const TABLE: Table = {
  rowCount: 3,
  columns: [
    { kind: 'text', name: 'a "quoted" name', codes: Int32Array.of(1, -1, 0), dictionary: ['é', "it's"] },
    { kind: 'number', name: 'score', values: Float64Array.of(0.1, Number.NaN, -1e-300) },
  ],
};

describe('writeParquet', () => {
  it('writes what reads back as it was, missing values too', async () => {
    const path = join(fixture.directory, 'folder/written.parquet');
    await fixture.engine.writeParquet(path, TABLE);
    await using set = await fixture.open(path);
    const read = await set.read([
      { name: 'a "quoted" name', as: 'text' },
      { name: 'score', as: 'number' },
    ]);
    expect(read).toEqual({
      rowCount: 3,
      columns: [
        { ...TABLE.columns[0], codes: Int32Array.of(0, -1, 1), dictionary: ["it's", 'é'] },
        TABLE.columns[1],
      ],
    });
    expect(await readdir(join(fixture.directory, 'folder'))).toEqual(['written.parquet']);
  });

  it('writes equal bytes for equal tables, over what was there', async () => {
    const rows = 50_000;
    const table: Table = {
      rowCount: rows,
      columns: [
        { kind: 'number', name: 'x', values: Float64Array.from({ length: rows }, (_, row) => row / 7) },
      ],
    };
    const path = join(fixture.directory, 'same.parquet');
    await fixture.engine.writeParquet(path, TABLE);
    await fixture.engine.writeParquet(path, table);
    const first = await readFile(path);
    await fixture.createEngine({ threads: 1 }).writeParquet(path, table);
    expect(first.equals(await readFile(path))).toBe(true);
  });

  it('says where it cannot write', async () => {
    await fixture.write('file', 'x');
    await expect(
      fixture.engine.writeParquet(join(fixture.directory, 'file/x.parquet'), TABLE),
    ).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});

describe('places', () => {
  it('are lines of delimited text, also behind a condition and over several files', async () => {
    await fixture.write('one.csv', 'id,x\na,1\nb,2\nc,3\n');
    await fixture.write('two.csv', 'id,x\nd,4\ne,5\n');
    await using set = await fixture.open(['one.csv', 'two.csv'], {
      filters: [{ kind: 'sql', condition: 'x <> 2' }],
    });
    expect(await set.places([0, 1, 2, 3])).toEqual([
      ...[
        { file: 'one.csv', line: 2 },
        { file: 'one.csv', line: 4 },
      ],
      ...[
        { file: 'two.csv', line: 2 },
        { file: 'two.csv', line: 3 },
      ],
    ]);
    expect(await set.places([])).toEqual([]);
  });

  it('are rows where a file has no header line', async () => {
    await fixture.write('rows.jsonl', '{"id": 1}\n{"id": 2}\n');
    await using set = await fixture.open('rows.jsonl');
    expect(await set.places([1])).toEqual([{ file: 'rows.jsonl', line: 2 }]);
  });
});
