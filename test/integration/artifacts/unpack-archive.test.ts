/** Archives that somebody made to do harm, written byte by byte. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, createDeflateRaw } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackArchive } from '../../../src/adapters/artifacts/unpack-archive.ts';
import { makeZip, type ZipEntry, zipOf } from '../../support/zip.ts';
import { makeScratch } from './artifact-fixture.ts';

const LIMITS = { files: 10, archiveBytes: 10_000_000, bytes: 100_000 };

let scratch: Awaited<ReturnType<typeof makeScratch>>;
let folder: string;

beforeEach(async () => {
  scratch = await makeScratch();
  folder = join(scratch.path, 'inside', 'folder');
});
afterEach(() => scratch[Symbol.asyncDispose]());

async function unpack(archive: Buffer, limits = LIMITS): Promise<readonly string[]> {
  const file = join(scratch.path, 'archive.zip');
  await writeFile(file, archive);
  return unpackArchive(file, folder, limits);
}

/** The archive is refused in these words, the folder is empty, and nothing lies beside it. */
async function expectRefusal(archive: Buffer, words: RegExp | string): Promise<void> {
  await expect(unpack(archive)).rejects.toMatchObject({
    name: 'InputError',
    message: words instanceof RegExp ? expect.stringMatching(words) : expect.stringContaining(words),
  });
  expect(await readdir(folder)).toEqual([]);
  expect(await readdir(join(scratch.path, 'inside'))).toEqual(['folder']);
  expect((await readdir(scratch.path)).sort()).toEqual(['archive.zip', 'inside']);
}

const GOOD: ZipEntry = { name: 'good.json', content: '{}' };

describe('an archive', () => {
  it('is unpacked with its folders, stored or deflated', async () => {
    const archive = makeZip([
      { name: 'm/', mode: 0o040755 },
      { name: 'm/model/model.onnx', content: 'x'.repeat(5000) },
      { name: 'm/comparison.json', content: '{}', method: 0 },
      { name: 'ünïcode ☂.txt', content: 'ü', mode: 0 },
    ]);
    expect(await unpack(archive)).toEqual(['m/comparison.json', 'm/model/model.onnx', 'ünïcode ☂.txt']);
    expect(await readFile(join(folder, 'm/model/model.onnx'), 'utf8')).toBe('x'.repeat(5000));
    expect(await readFile(join(folder, 'ünïcode ☂.txt'), 'utf8')).toBe('ü');
    expect((await stat(join(folder, 'm/comparison.json'))).mode & 0o111).toBe(0);
  });

  it('gives what is wanted, and still refuses for the sake of the rest', async () => {
    const wanted = (path: string) => path.endsWith('.json');
    const limits = { ...LIMITS, bytes: 10, wanted };
    const large: ZipEntry = { name: 'model.onnx', content: 'x'.repeat(5000) };
    expect(await unpack(makeZip([large, GOOD]), limits)).toEqual(['good.json']);
    expect(await readdir(folder)).toEqual(['good.json']);
    folder = join(scratch.path, 'inside', 'other');
    await expect(unpack(makeZip([GOOD, { name: '../evil' }]), limits)).rejects.toThrow('is refused');
    await expect(unpack(makeZip([GOOD, large, large]), limits)).rejects.toThrow('twice');
    expect(await readdir(folder)).toEqual([]);
  });

  it('may be empty', async () => {
    expect(await unpack(makeZip([]))).toEqual([]);
  });

  it('is not unpacked over what is there', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'mine'), '1');
    await expect(unpack(zipOf({ a: '2' }))).rejects.toThrow('is not empty');
    expect(await readdir(folder)).toEqual(['mine']);
  });
});

describe('a path', () => {
  it.each([
    '../evil',
    'a/../../evil',
    'a/..',
    '/etc/evil',
    '//evil',
    'C:/evil',
    'C:evil',
    'a:stream',
    '..\\evil',
    'a\\..\\..\\evil',
    'a\0b',
    'a\nb',
    'a//b',
    './a',
    '',
    'a/./b',
    'a. ',
    'a./b',
    `${'a'.repeat(201)}`,
    'a/'.repeat(260),
  ])('%j is refused', async (name) => {
    await expectRefusal(
      makeZip([GOOD, { name, content: 'evil' }]),
      /no plain relative path|no whole zip archive/,
    );
  });

  it('never leads out of the folder, whatever it is made of', async () => {
    const segments = fc.constantFrom('..', '.', '', 'a', 'b', '\\', 'C:', '\0', ' ', '...', '/', '~', 'ä');
    const paths = fc.array(segments, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.asyncProperty(paths, async (name) => {
        await scratch[Symbol.asyncDispose]();
        scratch = await makeScratch();
        folder = join(scratch.path, 'inside', 'folder');
        const files = await unpack(makeZip([{ name, content: 'x' }])).catch(() => undefined);
        expect(await readdir(join(scratch.path, 'inside'))).toEqual(['folder']);
        if (files === undefined) expect(await readdir(folder)).toEqual([]);
        for (const file of files ?? []) expect(existsSync(join(folder, file))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['twice', ['a.json', 'a.json']],
    ['in other letters', ['a.json', 'A.JSON']],
    ['in another form of Unicode', ['\u00e9', 'e\u0301']],
    ['as a file and then a folder', ['a', 'a/b']],
    ['as a folder and then a file', ['a/b', 'a']],
    ['as a folder in other letters', ['a/b', 'A']],
  ])('%s is refused', async (_what, names) => {
    await expectRefusal(makeZip(names.map((name) => ({ name, content: '1' }))), 'is there twice');
  });
});

describe('an entry', () => {
  it.each([
    ['a symbolic link', 0o120777],
    ['a device', 0o060644],
    ['a pipe', 0o010644],
    ['a socket', 0o140644],
    ['a folder by its mode', 0o040755],
  ])('that is %s is refused', async (_what, mode) => {
    await expectRefusal(
      makeZip([GOOD, { name: 'link', content: '/etc/passwd', mode }]),
      'a link or a device',
    );
  });

  it.each([
    ['encrypted', { flags: 1 }],
    ['packed in an unknown way', { method: 99 }],
  ])('that is %s is refused', async (_what, lie) => {
    await expectRefusal(makeZip([GOOD, { name: 'a', content: 'abc', ...lie }]), 'encrypted or packed');
  });

  it.each([
    ['smaller', 3],
    ['larger', 5_000],
  ])('that says it is %s than it is is refused', async (_what, claimedBytes) => {
    await expectRefusal(
      makeZip([GOOD, { name: 'a', content: 'x'.repeat(4_000), claimedBytes }]),
      'no whole zip',
    );
  });

  it('whose bytes are no deflated data is refused', async () => {
    const packed = { bytes: Buffer.from([0xff, 0xff, 0xff, 0xff]), checksum: 0, size: 4 };
    await expectRefusal(makeZip([GOOD, { name: 'a', packed }]), 'no whole zip');
  });
});

describe('too much', () => {
  it('files are refused', async () => {
    const files = Array.from({ length: 11 }, (_, index) => [`${index}.json`, '1'] as const);
    await expectRefusal(zipOf(Object.fromEntries(files)), 'it has more than 10 files');
  });

  it('bytes are refused by all files together', async () => {
    const files = { a: 'x'.repeat(60_000), b: 'x'.repeat(60_000) };
    await expectRefusal(zipOf(files), 'more than 100000 bytes once it is unpacked');
  });

  describe('in a bomb of 2 GB', () => {
    const SIZE = 2 * 1024 ** 3;
    let packed: NonNullable<ZipEntry['packed']>;
    beforeEach(async () => {
      packed ??= await packZeros(SIZE);
    });

    it.each([
      ['honest about its size', {}],
      ['that says it is small', { claimedBytes: 1000 }],
    ])('%s, at once and without filling the disk', async (_what, lie) => {
      const archive = makeZip([GOOD, { name: 'zeros', packed, ...lie }]);
      expect(archive.length).toBeLessThan(LIMITS.archiveBytes);
      const started = performance.now();
      let most = 0;
      const watch = setInterval(async () => {
        const { size } = await stat(join(folder, 'zeros')).catch(() => ({ size: 0 }));
        most = Math.max(most, size);
      }, 1);
      await expectRefusal(archive, /more than 100000 bytes|no whole zip/).finally(() => clearInterval(watch));
      expect(most).toBeLessThanOrEqual(LIMITS.bytes);
      expect(performance.now() - started).toBeLessThan(2_000);
    });

    it('that claims to be within the limit stops at the limit', async () => {
      const archive = makeZip([{ name: 'zeros', packed, claimedBytes: LIMITS.bytes }]);
      await expectRefusal(archive, /more than 100000 bytes|no whole zip/);
    });
  });
});

describe('a broken archive', () => {
  const whole = zipOf({ 'a.json': 'x'.repeat(3000), 'b.json': '2' });

  it.each([0, 1, 10, 40, whole.length >> 1, whole.length - 1])(
    'cut to %i bytes is refused',
    async (length) => {
      await expectRefusal(whole.subarray(0, length), 'no whole zip archive');
    },
  );

  it('is refused or unpacked whole, whatever byte is changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (index, change) => {
        await scratch[Symbol.asyncDispose]();
        scratch = await makeScratch();
        folder = join(scratch.path, 'inside', 'folder');
        const broken = Buffer.from(whole);
        broken[index] = broken[index]! ^ change;
        const error = await unpack(broken).catch((thrown: unknown) => thrown);
        if (Array.isArray(error)) return;
        expect(error).toMatchObject({ name: 'InputError' });
        expect(await readdir(folder)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

/** Deflated zeros, about a thousandth of their size. */
async function packZeros(size: number): Promise<NonNullable<ZipEntry['packed']>> {
  const chunk = Buffer.alloc(1 << 24);
  const deflate = createDeflateRaw({ level: 1, chunkSize: 1 << 20 });
  const parts: Buffer[] = [];
  deflate.on('data', (part: Buffer) => parts.push(part));
  let checksum = 0;
  for (let written = 0; written < size; written += chunk.length) {
    checksum = crc32(chunk, checksum);
    if (!deflate.write(chunk)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
  await new Promise((resolve) => deflate.once('end', resolve));
  return { bytes: Buffer.concat(parts), checksum, size };
}
