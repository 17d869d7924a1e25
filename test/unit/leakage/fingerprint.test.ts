import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnDescription } from '../../../src/core/data/table.ts';
import { InputError } from '../../../src/core/errors.ts';
import { encodeSet, falsePositiveRate, findMembers } from '../../../src/core/leakage/coded-set.ts';
import {
  decodeFingerprint,
  encodeFingerprint,
  type Fingerprint,
  type HashedRows,
} from '../../../src/core/leakage/fingerprint.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';

const COLUMNS: readonly ColumnDescription[] = [
  { name: 'amount', type: 'number' },
  { name: 'kind', type: 'string' },
];
const hashArbitrary = fc.array(fc.nat({ max: 2 ** 31 - 1 }).map((value) => (value * 2097143) % 2 ** 52));

/** Hashes that are spread evenly over 52 bits. */
function makeHashes(count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from(
    { length: count },
    () => random.integer(2 ** 26) * 2 ** 26 + random.integer(2 ** 26),
  );
}

function byValues(hashes: Float64Array): HashedRows {
  return { by: 'values', columns: COLUMNS, hashes };
}

function membersOf({ sets }: Fingerprint, hashes: Float64Array): number {
  return findMembers(sets[0]!, hashes, 'made').reduce((total, found) => total + found, 0);
}

function withHeader(bytes: Uint8Array, change: (header: Record<string, unknown>) => void): Uint8Array {
  const length = new DataView(bytes.buffer).getUint32(5);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(9, 9 + length))) as Record<
    string,
    unknown
  >;
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const changed = new Uint8Array(9 + text.length + bytes.length - 9 - length);
  changed.set(bytes.subarray(0, 9));
  new DataView(changed.buffer).setUint32(5, text.length);
  changed.set(text, 9);
  changed.set(bytes.subarray(9 + length), 9 + text.length);
  return changed;
}

describe('a coded set', () => {
  it('finds every one of its hashes, whatever their number, order and repetition', () => {
    fc.assert(
      fc.property(hashArbitrary, fc.integer({ min: 8, max: 32 }), (list, bits) => {
        const hashes = Float64Array.from(list);
        const set = encodeSet(hashes, bits);
        expect(findMembers(set, hashes, 'made').every((found) => found === 1)).toBe(true);
        expect(encodeSet(Float64Array.from([...list, ...list].reverse()), bits)).toEqual(set);
      }),
    );
  });

  it('finds the smallest and the largest hash, and nothing in an empty set', () => {
    const ends = Float64Array.from([0, 2 ** 52 - 1]);
    expect([...findMembers(encodeSet(ends, 20), ends, 'made')]).toEqual([1, 1]);
    expect([...findMembers(encodeSet(new Float64Array(0), 20), ends, 'made')]).toEqual([0, 0]);
  });

  it('finds other hashes as rarely as it says', () => {
    const set = encodeSet(makeHashes(5000, 1), 8);
    const asked = makeHashes(200_000, 2);
    const found = findMembers(set, asked, 'made').reduce((total, one) => total + one, 0);
    const expected = asked.length * falsePositiveRate(set);
    expect(falsePositiveRate(set)).toBeLessThanOrEqual(2 ** -8);
    expect(expected).toBeGreaterThan(400);
    expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('never finds a row without any value', () => {
    const set = encodeSet(Float64Array.from([Number.NaN, 5]), 20);
    expect(set.count).toBe(1);
    expect([...findMembers(set, Float64Array.from([Number.NaN, 5]), 'made')]).toEqual([0, 1]);
  });

  it('takes about 22 bits a row at 2^-20', () => {
    const set = encodeSet(makeHashes(100_000, 3), 20);
    expect((set.bytes.length * 8) / 100_000).toBeLessThan(22.6);
    expect(falsePositiveRate(set)).toBeLessThanOrEqual(2 ** -20);
  });
});

describe('a fingerprint', () => {
  const hashes = makeHashes(300, 4);
  const bytes = encodeFingerprint(300, [{ ...byValues(hashes), by: 'id' }, byValues(makeHashes(300, 5))]);

  it('reads back what it was made of', () => {
    const repeated = Float64Array.from([7, 7, 9, Number.NaN], (part) => part * 2 ** 40);
    const read = decodeFingerprint(encodeFingerprint(4, [byValues(repeated)]), 'made');
    expect(read).toMatchObject({
      rows: 4,
      sets: [{ by: 'values', columns: COLUMNS, rows: 3, single: 1, count: 2 }],
    });
    const { sets } = decodeFingerprint(bytes, 'made');
    expect(sets.map(({ by }) => by)).toEqual(['id', 'values']);
    expect(sets.map((set) => -Math.log2(falsePositiveRate(set)) >= { id: 32, values: 20 }[set.by])).toEqual([
      true,
      true,
    ]);
    expect(membersOf(decodeFingerprint(bytes, 'made'), hashes)).toBe(300);
    expect(membersOf(decodeFingerprint(bytes, 'made'), makeHashes(5000, 6))).toBe(0);
  });

  it('is refused when it is cut off anywhere', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeFingerprint(bytes.slice(0, length), 'made'), `${length} bytes`).toThrow(InputError);
    }
    expect(() => decodeFingerprint(Uint8Array.from([...bytes, 0]), 'made')).toThrow('bytes follow');
  });

  it('is refused or harmless with any bit turned', () => {
    let refused = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += 11) {
      const turned = bytes.slice();
      turned[bit >> 3] = turned[bit >> 3]! ^ (1 << (bit & 7));
      try {
        const read = decodeFingerprint(turned, 'made');
        expect(membersOf(read, hashes)).toBeLessThanOrEqual(300);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('is refused as random bytes behind a right beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const hostile = Uint8Array.from([...bytes.subarray(0, 9), ...noise]);
        expect(() => decodeFingerprint(hostile, 'made')).toThrow(InputError);
      }),
    );
  });

  it.each<[string, (set: Record<string, unknown>) => void]>([
    ['more hashes than its bytes can hold', (set) => (set.count = 2 ** 40)],
    ['more hashes than rows', (set) => (set.rows = 1)],
    ['no remainder, which would take a loop for each bit', (set) => (set.remainderBits = 0)],
    ['a remainder of 52 bits', (set) => (set.remainderBits = 52)],
    ['a range beyond the hashes', (set) => (set.rangeBits = 1000)],
    ['a range below the remainder', (set) => (set.rangeBits = 4)],
    ['fewer hashes than there are', (set) => (set.count = 10)],
    ['sets of no columns', (set) => (set.columns = [])],
    ['a negative length', (set) => (set.bytes = -1)],
    ['a length beyond the file', (set) => (set.bytes = 2 ** 50)],
    ['two sets by values', (set) => (set.by = 'values')],
  ])('is refused when it claims %s', (_claim, change) => {
    const hostile = withHeader(bytes, (header) => change((header.sets as Record<string, unknown>[])[0]!));
    expect(() => decodeFingerprint(hostile, 'made')).toThrow(InputError);
  });

  it('says which version it needs', () => {
    const newer = bytes.slice();
    newer[4] = 9;
    expect(() => decodeFingerprint(newer, 'the fingerprint')).toThrow('the fingerprint has the version 9');
  });
});
