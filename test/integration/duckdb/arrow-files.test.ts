import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { int32, list, tableFromArrays, tableToIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import { useEngine, valuesOf } from './engine-fixture.ts';

/** The files in `fixtures` hold one table, written by pyarrow 26.0.1, the stream in batches of two rows. */

const fixture = useEngine();
const FILES = ['uncompressed.feather', 'lz4.feather', 'zstd.feather', 'stream.arrows'];

function readFixture(name: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, 'fixtures', name));
}

async function openFixture(name: string) {
  return await fixture.open(await fixture.write(name, await readFixture(name)));
}

describe('Arrow IPC', () => {
  it.each(FILES)('reads every type of %s', async (name) => {
    await using set = await openFixture(name);
    expect(set.columns.map((column) => `${column.name} ${column.type}`)).toEqual([
      ...['id integer', 'name string', 'kind string', 'big integer', 'share number', 'flag boolean'],
      ...['at timestamp', 'zone timestamp', 'day date', 'price number'],
    ]);
    const texts = await Promise.all(set.columns.map((column) => valuesOf(set, column.name, 'text')));
    expect(texts).toEqual([
      ['1', '2', undefined],
      ['ann', 'zöe '.repeat(40), undefined],
      ['a', 'b', 'a'],
      ['9007199254740993', '-1', undefined],
      ['0.5', undefined, '-2.25'],
      ['true', undefined, 'false'],
      ['2020-01-02 03:04:05', undefined, '1969-12-31 23:59:59.999999'],
      ['1970-01-01 00:00:00+00', undefined, '2020-01-02 03:04:05+00'],
      ['2020-02-29', undefined, '1960-01-01'],
      ['12.50', undefined, '-0.01'],
    ]);
    expect(set.files).toMatchObject([{ path: name, rowsRead: 3, rejectedRows: 0 }]);
  });

  it('gives the same rows as Parquet, and several files in their order', async () => {
    await using arrow = await openFixture('lz4.feather');
    await using other = await openFixture('stream.arrows');
    expect(await arrow.digest()).toBe(await other.digest());
    await using both = await fixture.open(['lz4.feather', 'stream.arrows']);
    expect(await valuesOf(both, 'id', 'text')).toEqual(['1', '2', undefined, '1', '2', undefined]);
    expect(await both.places([4])).toEqual([{ file: 'stream.arrows', line: 2 }]);
  });

  it('names a nested column', async () => {
    const table = tableFromArrays({ id: [1, 2], tags: [[1], [2, 3]] }, { types: { tags: list(int32()) } });
    const name = await fixture.write('nested.arrow', tableToIPC(table, { format: 'file' })!);
    await expect(fixture.open(name)).rejects.toThrow(
      /nested\.arrow: column "tags" is a list, which is not read from Arrow/,
    );
  });

  it('refuses a stream that lost its end, or that another one follows', async () => {
    const stream = await readFixture('stream.arrows');
    await fixture.write('endless.arrows', stream.subarray(0, -8));
    await expect(fixture.open('endless.arrows')).rejects.toThrow(/ends without the mark of its end/);
    await fixture.write('twice.arrows', Buffer.concat([stream, stream]));
    await expect(fixture.open('twice.arrows')).rejects.toThrow(/something follows the mark of its end/);
  });

  it.each(FILES)('refuses every part of %s', { timeout: 120_000 }, async (name) => {
    const whole = await readFixture(name);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        const opening = fixture.open(await fixture.write(`part-${name}`, whole.subarray(0, length)));
        await expect(opening).rejects.toThrow(InputError);
      }),
      { numRuns: 40 },
    );
  });

  it.each(FILES)('reads or refuses %s with some bytes changed', { timeout: 120_000 }, async (name) => {
    const whole = await readFixture(name);
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed = Buffer.from(whole);
        for (const [position, byte] of changes) changed[position] = byte;
        await readOrRefuse(await fixture.write(`changed-${name}`, changed));
      }),
      { numRuns: 80 },
    );
  });
});

async function readOrRefuse(name: string): Promise<void> {
  try {
    await using set = await fixture.open(name);
    const table = await set.read(set.columns.map((column) => ({ name: column.name, as: 'text' as const })));
    expect(table.rowCount).toBe(set.rowCount);
  } catch (error) {
    if (!(error instanceof InputError || error instanceof OutsideError)) throw error;
    expect(error.message).toContain(name);
  }
}
