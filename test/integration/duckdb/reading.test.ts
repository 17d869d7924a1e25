import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { useEngine, valuesOf } from './engine-fixture.ts';

const fixture = useEngine();

async function writeInto(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(fixture.directory, path)), { recursive: true });
  await fixture.write(path, content);
}

describe('directories that spell values', () => {
  it('become columns where a pattern matched them', async () => {
    await writeInto('hive/year=2023/city=S%C3%A3o/a.csv', 'id\n1\n2\n');
    await writeInto('hive/year=2024/city=__HIVE_DEFAULT_PARTITION__/a.csv', 'id\n3\n');
    await using set = await fixture.open('hive/**/*.csv');
    expect(set.columns).toEqual([
      { name: 'id', type: 'integer' },
      { name: 'year', type: 'integer' },
      { name: 'city', type: 'string' },
    ]);
    expect(await valuesOf(set, 'year', 'number')).toEqual([2023, 2023, 2024]);
    expect(await valuesOf(set, 'city', 'text')).toEqual(['São', 'São', undefined]);
    await using filtered = await fixture.open('hive/year=*/*/*.csv', {
      filters: [{ kind: 'sql', condition: 'year > 2023' }],
    });
    expect(await valuesOf(filtered, 'id', 'number')).toEqual([3]);
  });

  it('are no columns where the user wrote them', async () => {
    await writeInto('split=train/day=2024-01-31/a.csv', 'id\n1\n');
    await using set = await fixture.open('split=train/*/*.csv');
    expect(set.columns).toEqual([
      { name: 'id', type: 'integer' },
      { name: 'day', type: 'date' },
    ]);
    await using named = await fixture.open('split=train/day=2024-01-31/a.csv');
    expect(named.columns).toHaveLength(1);
  });

  it('give way to a column of the files, and must be the same everywhere', async () => {
    await writeInto('own/id=9/a.csv', 'id\n1\n');
    await using set = await fixture.open('own/*/a.csv');
    expect(await valuesOf(set, 'id', 'number')).toEqual([1]);
    await writeInto('mixed/year=1/a.csv', 'id\n1\n');
    await writeInto('mixed/month=1/a.csv', 'id\n1\n');
    await expect(fixture.open('mixed/*/a.csv')).rejects.toThrow(/key=value of different keys/);
  });

  it('hold in Parquet too', async () => {
    await mkdir(join(fixture.directory, 'pq/part=01'), { recursive: true });
    await fixture.makeParquet('pq/part=01/a.parquet', 'SELECT 7 AS x');
    await using set = await fixture.open('pq/*/a.parquet');
    expect(await valuesOf(set, 'part', 'text')).toEqual(['01']);
  });
});

describe('encodings', () => {
  const text = 'id,name\n1,Ž€ß\n';

  it.each([
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
  ])('sees %s without a mark', async (encoding, bytes) => {
    await using set = await fixture.open(await fixture.write('wide.csv', bytes));
    expect(await valuesOf(set, 'name', 'text')).toEqual(['Ž€ß']);
    expect(set.files).toMatchObject([{ encoding, rowsRead: 1 }]);
  });

  it('takes a declared one for JSON Lines as well, packed or not', async () => {
    const bytes = Buffer.from([...Buffer.from('{"name":"'), 0x80, ...Buffer.from('"}\n')]);
    await fixture.write('euro.jsonl.gz', gzipSync(bytes));
    await using set = await fixture.open('euro.jsonl.gz', { encoding: 'CP1252' });
    expect(await valuesOf(set, 'name', 'text')).toEqual(['€']);
    expect(set.files).toMatchObject([{ encoding: 'windows-1252' }]);
  });

  it('refuses an unknown one, and bytes that it does not have', async () => {
    await fixture.write('plain.csv', text);
    await expect(fixture.open('plain.csv', { encoding: 'ebcdic' })).rejects.toThrow(
      /encoding is "ebcdic", which is not known/,
    );
    await fixture.write('odd.csv', Buffer.from(text, 'utf16le').subarray(0, -1));
    await expect(fixture.open('odd.csv')).rejects.toThrow(/odd\.csv is not utf-16le text throughout/);
  });

  it('names the line of a wrong byte far down', async () => {
    const bytes = Buffer.from(`a,b\n${'1,x\n'.repeat(100_000)}1,\xe9\n`, 'latin1');
    await expect(fixture.open(await fixture.write('late-latin.csv', bytes))).rejects.toThrow(
      /late-latin\.csv: line 100002 is not UTF-8 text/,
    );
  });
});

describe('what lies elsewhere', () => {
  it.each([
    ['https://user:secret@example.org/a.csv?sig=secret', 'https://example.org/a.csv is on the network'],
    ['s3://bucket/*.parquet', 's3://bucket/*.parquet is on the network'],
  ])('refuses %s without its secrets', async (address, words) => {
    const failure = await fixture.open(address).catch((error: unknown) => error);
    expect((failure as Error).message).toContain(words);
    expect((failure as Error).message).toMatch(/download the file in a step before, or by data\.fetch/);
    expect((failure as Error).message).not.toContain('secret');
  });
});

describe('Parquet with checksums of its pages', () => {
  it('is read when they hold, and refused when a byte of a page changed', async () => {
    const whole = await readFile(join(import.meta.dirname, 'fixtures/checksums.parquet'));
    await using set = await fixture.open(await fixture.write('checksums.parquet', whole));
    expect((await valuesOf(set, 'name', 'text')).at(-1)).toBe('row 199');
    const changed = Buffer.from(whole);
    const position = changed.indexOf('row 1');
    changed[position] = changed[position]! ^ 1;
    await expect(fixture.open(await fixture.write('changed.parquet', changed))).rejects.toThrow(
      /changed\.parquet: a page of column "name" does not match its checksum/,
    );
  });
});

describe('limits of time', () => {
  it('stop reading and name the file', async () => {
    const spill = join(fixture.directory, 'stopped');
    const engine = fixture.createEngine({ readTimeLimitSeconds: 0.05, temporaryDirectory: spill });
    await fixture.write('slow.csv.gz', gzipSync(`a,b\n${'1,22222\n'.repeat(4_000_000)}`));
    const opening = engine.open({
      name: 'training',
      baseDirectory: fixture.directory,
      paths: ['slow.csv.gz'],
    });
    await expect(opening).rejects.toThrow(/slow\.csv\.gz.* took longer than the.*limit/);
    expect(await readdir(spill)).toEqual([]);
  });
});
