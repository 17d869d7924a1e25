import { createHash } from 'node:crypto';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { useEngine, valuesOf } from './engine-fixture.ts';

const fixture = useEngine();
const CSV = 'id,name,amt\n1,ann,2.5\n2,"bo, b",\n3,,-1\n';
const LINES = '{"id":1,"name":"ann","amt":2.5}\n{"id":2,"name":"bo, b","amt":null}\n{"id":3,"amt":-1}\n';

describe('formats', () => {
  it.each([
    ['a.csv', CSV],
    ['a.tsv', CSV.replaceAll('"bo, b"', 'bo; b').replaceAll(',', '\t').replace('bo;', 'bo,')],
    ['crlf.csv', CSV.replaceAll('\n', '\r\n')],
    ['semicolon.csv', CSV.replaceAll('"bo, b"', 'bo# b').replaceAll(',', ';').replace('bo#', 'bo,')],
    ['bom.csv', `\uFEFF${CSV}`],
    ['a.csv.gz', gzipSync(CSV)],
    ['a.csv.zst', zstdCompressSync(CSV)],
    ['a.jsonl', LINES],
    ['a.ndjson', LINES],
    ['a.jsonl.gz', gzipSync(LINES)],
    ['a.jsonl.zst', zstdCompressSync(LINES)],
  ])('reads %s', async (name, content) => {
    await using set = await fixture.open(await fixture.write(name, content));
    expect(set.columns).toEqual([
      { name: 'id', type: 'integer' },
      { name: 'name', type: 'string' },
      { name: 'amt', type: 'number' },
    ]);
    expect(set.rowCount).toBe(3);
    expect(await valuesOf(set, 'id', 'number')).toEqual([1, 2, 3]);
    expect(await valuesOf(set, 'name', 'text')).toEqual(['ann', 'bo, b', undefined]);
    expect(await valuesOf(set, 'amt', 'number')).toEqual([2.5, Number.NaN, -1]);
    const bytes = Buffer.from(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(set.files).toEqual([{ path: name, sha256, bytes: bytes.length, rowsRead: 3, rejectedRows: 0 }]);
  });

  it('reads Parquet', async () => {
    const query =
      "SELECT * FROM (VALUES (1, 'ann', 2.5::DOUBLE), (2, 'bo, b', NULL), (3, NULL, -1)) t(id, name, amt)";
    await using set = await fixture.open(await fixture.makeParquet('a.parquet', query));
    expect(await valuesOf(set, 'id', 'number')).toEqual([1, 2, 3]);
    expect(await valuesOf(set, 'name', 'text')).toEqual(['ann', 'bo, b', undefined]);
    expect(await valuesOf(set, 'amt', 'number')).toEqual([2.5, Number.NaN, -1]);
  });
});

describe('several files', () => {
  it('reads globs in sorted order, columns by name, numbers widened', async () => {
    await mkdir(join(fixture.directory, 'parts'), { recursive: true });
    await fixture.write('parts/b.csv', 'id,amt\n3,1.5\n');
    await fixture.write('parts/a.csv', 'amt,id\n1,1\n2,2\n');
    await using set = await fixture.open('parts/*.csv');
    expect(set.files.map(({ path }) => path)).toEqual(['parts/a.csv', 'parts/b.csv']);
    expect(await valuesOf(set, 'id', 'number')).toEqual([1, 2, 3]);
    expect(await valuesOf(set, 'amt', 'number')).toEqual([1, 2, 1.5]);
    const [result] = await set.check([{ kind: 'range', column: 'amt', exclusiveMaximum: 1.5 }]);
    expect(result?.examples).toEqual([
      { file: 'parts/a.csv', line: 3, value: '2' },
      { file: 'parts/b.csv', line: 2, value: '1.5' },
    ]);
  });

  it('keeps the order of Parquet files', async () => {
    await fixture.makeParquet('p-2.parquet', 'SELECT range + 300000 AS n FROM range(200000)');
    await fixture.makeParquet('p-1.parquet', 'SELECT range::INTEGER AS n FROM range(300000)');
    await using set = await fixture.open('p-*.parquet');
    const values = await valuesOf(set, 'n', 'number');
    expect(values.every((value, index) => value === index)).toBe(true);
    const [result] = await set.check([{ kind: 'range', column: 'n', maximum: 300_000 }]);
    expect(result).toMatchObject({ failing: 199_999, checked: 500_000 });
    expect(result?.examples[0]).toEqual({ file: 'p-2.parquet', line: 2, value: '300001' });
  });

  it('reads JSON Lines with a column that only later rows have', async () => {
    await fixture.write('j1.jsonl', '{"a":1}\n{"a":2,"b":"x"}\n');
    await fixture.write('j2.jsonl', '{"b":"y","a":0.5}\n');
    await using set = await fixture.open(['j1.jsonl', 'j2.jsonl']);
    expect(await valuesOf(set, 'a', 'number')).toEqual([1, 2, 0.5]);
    expect(await valuesOf(set, 'b', 'text')).toEqual([undefined, 'x', 'y']);
  });

  it('names both files and the columns when they differ', async () => {
    await fixture.write('one.csv', 'id,amt,old\n1,2,3\n');
    await fixture.write('two.csv', 'id,amt,new\n1,2,3\n');
    await expect(fixture.open(['one.csv', 'two.csv'])).rejects.toThrow(
      /only one\.csv has old; only two\.csv has new/,
    );
    await fixture.makeParquet('t1.parquet', 'SELECT 1 AS a');
    await fixture.makeParquet('t2.parquet', "SELECT 'x' AS a");
    await expect(fixture.open(['t1.parquet', 't2.parquet'])).rejects.toThrow(
      /"a" is INTEGER in t1\.parquet but VARCHAR in t2\.parquet/,
    );
    await expect(fixture.open(['one.csv', 't1.parquet'])).rejects.toThrow(/different formats/);
  });
});

describe('exactness', () => {
  it('keeps long numbers, leading zeros and yes as they are written', async () => {
    await using set = await fixture.openCsv(
      'card,zip,account,answer,flag,day\n9999999999999999999,01234,1234567890123456789,Yes,true,31/12/2020\n12345678901234567890,00001,1234567890123456788,No,False,30/12/2020\n',
    );
    expect(await valuesOf(set, 'card', 'text')).toEqual(['9999999999999999999', '12345678901234567890']);
    expect(await valuesOf(set, 'zip', 'text')).toEqual(['01234', '00001']);
    expect(await valuesOf(set, 'account', 'text')).toEqual(['1234567890123456789', '1234567890123456788']);
    expect(await valuesOf(set, 'answer', 'text')).toEqual(['Yes', 'No']);
    expect(await valuesOf(set, 'flag', 'number')).toEqual([1, 0]);
    expect(await valuesOf(set, 'day', 'text')).toEqual(['31/12/2020', '30/12/2020']);
  });

  it('reads a column whose type only shows far down', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index},${index}`);
    await using set = await fixture.openCsv(`id,mixed\n${rows.join('\n')}\nlast,n/a\n`);
    expect(set.rowCount).toBe(30_001);
    expect((await valuesOf(set, 'mixed', 'text')).at(-1)).toBe('n/a');
    await expect(set.read([{ name: 'mixed', as: 'number' }])).rejects.toThrow(
      /"mixed" is text and cannot be read as a number \(rows\.csv, row at line 30002\)/,
    );
  });

  it('reads quoted line ends and doubled quotes', async () => {
    await using set = await fixture.openCsv('a,b\n1,"two\nlines"\n2,"a ""quoted"" word"\n');
    expect(await valuesOf(set, 'b', 'text')).toEqual(['two\nlines', 'a "quoted" word']);
  });
});

describe('what is no data', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n';
  const truncated = gzipSync(CSV.repeat(2000)).subarray(0, -20);
  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty.csv', '', /is empty/],
    ['header.csv', 'a,b\n', /has columns but no rows/],
    ['blank.csv', '\n\n\n', /only blank lines/],
    ['lfs.csv', pointer, /Git LFS pointer.*git lfs pull/],
    ['lfs.parquet', pointer, /Git LFS pointer/],
    ['pointer.csv', 'outs:\n- md5: 0\n  path: x.csv\n', /DVC pointer.*dvc pull/],
    ['page.csv', '<!DOCTYPE html><html></html>', /HTML page/],
    ['page.parquet', '\n<html><body>Sign in</body></html>', /HTML page/],
    ['text.parquet', 'a,b\n1,2\n', /no Parquet file/],
    ['cut.parquet', 'PAR1 and then nothing that belongs here', /cannot be read as Parquet/],
    ['plain.csv.gz', CSV, /no gzip file/],
    ['hidden.csv', gzipSync(CSV), /holds gzip data/],
    ['cut.csv.gz', truncated, /damaged or cut off/],
    ['data.xlsx', 'PK', /extension that is not read/],
    ['ragged.csv', 'a,b\n1,2\n3\n', /line 3 has 1 column where line 1 has 2/],
    [
      'late.csv',
      `a,b\n${'1,2\n'.repeat(30_000)}3\n`,
      /late\.csv: line 30002 has 1 column where line 1 has 2/,
    ],
    [
      'later.csv',
      `a,b\n${'1,2\n'.repeat(100_000)}3\n`,
      /later\.csv: line 100002 has 1 column where the first line has 2/,
    ],
    ['quote.csv', 'a,b\n1,"x\n', /quotation mark is not closed/],
    [
      'preamble.csv',
      'made by us\na,b\n1,2\n',
      /line 2 has 2 columns where line 1 has 1; remove what stands before the header/,
    ],
    ['twice.csv', 'a,b,A\n1,2,3\n', /two columns named "a" and "A"/],
    ['latin.csv', Buffer.from('name\ncaf\xe9\n', 'latin1'), /not UTF-8 text/],
    ['nul.csv', 'a,b\n1,x\0y\n', /NUL byte/],
    ['mixed.csv', 'a,b\n1,2\r\n3,4\n', /mixes kinds of line ends/],
    [
      'header.csv',
      `a,"b\nc"\r\n${'1,2\r\n'.repeat(40)}`,
      /a line break \(LF\) within the name "b c", and the lines end with CRLF.*each name on one line/,
    ],
    ['broken.jsonl', '{"a":1}\n{"a":\n', /broken\.jsonl.*JSON/],
    ['array.jsonl', '[1,2]\n', /not JSON Lines/],
  ])('refuses %s', async (name, content, reason) => {
    const failure = await fixture.open(await fixture.write(name, content)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).message).toMatch(reason);
    expect((failure as InputError).message).toContain(`training: ${name}`);
  });

  it('names near files, pointers, directories and patterns without a match', async () => {
    await fixture.write('transactions.csv', CSV);
    await fixture.write('big.csv.dvc', 'outs:\n- md5: 0\n');
    await mkdir(join(fixture.directory, 'folder'), { recursive: true });
    await expect(fixture.open('transaction.csv')).rejects.toThrow(
      /does not exist.*did you mean transactions\.csv\?/,
    );
    await expect(fixture.open('big.csv')).rejects.toThrow(/DVC pointer big\.csv\.dvc; run `dvc pull`/);
    await expect(fixture.open('folder')).rejects.toThrow(/is a directory.*folder\/\*\.parquet/);
    await expect(fixture.open('nosuch-*.csv')).rejects.toThrow(/no file matches "nosuch-\*\.csv"/);
    await expect(fixture.open([])).rejects.toThrow(/no file is declared/);
  });

  it.skipIf(process.getuid?.() === 0)('names a file without permission', async () => {
    await fixture.write('secret.csv', CSV);
    await chmod(join(fixture.directory, 'secret.csv'), 0);
    await expect(fixture.open('secret.csv')).rejects.toThrow(/secret\.csv cannot be read \(EACCES\)/);
  });

  it('shows both digests when the pinned one differs, and reads when it does not', async () => {
    await fixture.write('pinned.csv', CSV);
    const sha256 = createHash('sha256').update(CSV).digest('hex');
    await using set = await fixture.open('pinned.csv', { sha256 });
    expect(set.files[0]?.sha256).toBe(sha256);
    const failure = await fixture
      .open('pinned.csv', { sha256: '0'.repeat(64) })
      .catch((error: unknown) => error);
    expect((failure as Error).message).toContain(sha256);
    expect((failure as Error).message).toContain('0'.repeat(64));
  });

  it('refuses files outside the root directory, also behind a link', async () => {
    await mkdir(join(fixture.directory, 'root'), { recursive: true });
    await fixture.write('outside.csv', CSV);
    await symlink(join(fixture.directory, 'outside.csv'), join(fixture.directory, 'root/link.csv'));
    await using engine = fixture.createEngine({ rootDirectory: join(fixture.directory, 'root') });
    const request = { name: 'training', baseDirectory: join(fixture.directory, 'root') };
    await expect(engine.open({ ...request, paths: ['../outside.csv'] })).rejects.toThrow(/lies outside/);
    await expect(engine.open({ ...request, paths: ['link.csv'] })).rejects.toThrow(/lies outside/);
  });
});
