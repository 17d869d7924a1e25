import { describe, expect, it } from 'vitest';
import {
  decodeFingerprint,
  encodeFingerprint,
  type FingerprintSet,
  type Identity,
} from '../../../src/core/leakage/fingerprint.ts';
import { chooseIdentity, findObstacle } from '../../../src/core/leakage/identity-columns.ts';
import { countOverlap, countSeen } from '../../../src/core/leakage/overlap.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';

/** A hash for each whole number. */
function hashOf(value: number): number {
  return (value * 2097143 * 13 + 7) % 2 ** 52;
}

function setOf(by: Identity, values: readonly number[]): FingerprintSet {
  const columns = [{ name: 'a', type: 'integer' as const }];
  const bytes = encodeFingerprint(values.length, [{ by, columns, hashes: hashesOf(values) }]);
  return decodeFingerprint(bytes, 'made').sets[0]!;
}

function hashesOf(values: readonly number[]): Float64Array {
  return Float64Array.from(values, hashOf);
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('holdout rows in the training data', () => {
  it('are none where the split is clean', () => {
    const [check] = countOverlap(
      [{ set: setOf('values', numbers(0, 2000)), hashes: hashesOf(numbers(5000, 6000)) }],
      'made',
    );
    expect(check).toMatchObject({ by: 'values', rows: 0, suspicious: false });
    expect(check!.expected).toBeLessThan(0.001);
  });

  it('by values are suspicious from 1 % of the holdout on', () => {
    const set = setOf('values', numbers(0, 2000));
    const seen = (count: number) => hashesOf([...numbers(0, count), ...numbers(5000, 6000 - count)]);
    expect(countOverlap([{ set, hashes: seen(9) }], 'made')).toMatchObject([{ rows: 9, suspicious: false }]);
    expect(countOverlap([{ set, hashes: seen(11) }], 'made')).toMatchObject([{ rows: 11, suspicious: true }]);
  });

  it('by id are suspicious from the first one on', () => {
    const set = setOf('id', numbers(0, 2000));
    const hashes = hashesOf([17, ...numbers(5000, 8000)]);
    expect(countOverlap([{ set, hashes }], 'made')).toMatchObject([{ by: 'id', rows: 1, suspicious: true }]);
  });

  it('that repeat by nature are expected: few columns of few values', () => {
    const random = createRandom(3);
    const draw = (count: number) =>
      Array.from({ length: count }, () => random.integer(400) * random.integer(400));
    const [check] = countOverlap(
      [{ set: setOf('values', draw(10_000)), hashes: hashesOf(draw(2000)) }],
      'made',
    );
    expect(check!.rows).toBeGreaterThan(500);
    expect(Math.abs(check!.rows - check!.expected)).toBeLessThan(150);
    expect(check!.suspicious).toBe(false);
  });

  it('are still found beyond what nature repeats', () => {
    const training = [...numbers(0, 4900), ...numbers(0, 100)];
    const natural = 1000 * (200 / 5000);
    const [check] = countOverlap(
      [{ set: setOf('values', training), hashes: hashesOf([...numbers(200, 350), ...numbers(9000, 9850)]) }],
      'made',
    );
    expect(check!.expected).toBeCloseTo(natural, 1);
    expect(check).toMatchObject({ rows: 150, suspicious: true });
  });

  it('under new ids are found by their values, and not counted twice', () => {
    const id = { set: setOf('id', numbers(0, 1000)), hashes: hashesOf([1, 2, ...numbers(5000, 5098)]) };
    const values = {
      set: setOf('values', numbers(0, 1000)),
      hashes: hashesOf([1, 2, ...numbers(3, 53), ...numbers(7000, 7048)]),
    };
    const checks = countOverlap([id, values], 'made');
    expect(checks).toMatchObject([
      { by: 'id', rows: 2, suspicious: true },
      { by: 'values', rows: 50, suspicious: true },
    ]);
    expect(countSeen(checks)).toBe(52);
    expect(countSeen([checks[0]!, { ...checks[1]!, suspicious: false }])).toBe(2);
  });

  it('by an id that is no key are compared with how often it repeats', () => {
    const cards = (count: number) => Array.from({ length: count }, (_, index) => index % 50);
    const [check] = countOverlap([{ set: setOf('id', cards(1000)), hashes: hashesOf(cards(200)) }], 'made');
    expect(check).toMatchObject({ rows: 200, expected: 200, suspicious: false });
  });
});

describe('the columns that say which row is which', () => {
  const data = { target: 'y', id: 'id', weight: 'w', exclude: ['street'], sensitive: [] };
  const columns = ['id', 'a', 'street', 'y', 'w', 'b'].map((name) => ({ name, type: 'integer' as const }));

  it('are the id, and all others but target, weight and excluded ones', () => {
    const names = chooseIdentity({ data }, columns).map((one) => [
      one.by,
      one.columns.map(({ name }) => name),
    ]);
    expect(names).toEqual([
      ['id', ['id']],
      ['values', ['a', 'b']],
    ]);
    expect(chooseIdentity({ data }, columns.slice(3, 5))).toEqual([]);
  });

  it('cannot be checked where one is missing or of another type', () => {
    const set = { columns: [{ name: 'a', type: 'integer' as const }] };
    expect(findObstacle(set, [{ name: 'a', type: 'number' }])).toBeUndefined();
    expect(findObstacle(set, [{ name: 'b', type: 'number' }])).toBe(
      'the holdout has no column "a", which the training data have',
    );
    expect(findObstacle(set, [{ name: 'a', type: 'string' }])).toBe(
      'the column "a" is text in the holdout and a number in the training data',
    );
  });
});
