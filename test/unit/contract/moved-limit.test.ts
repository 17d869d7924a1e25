import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextLimit, roundLimit } from '../../../src/core/contract/moved-limit.ts';

test('limits that moved are written without the noise of sums', () => {
  expect(nextLimit(96.75, 'percent', 'maximum')).toBe(96.9);
  expect(nextLimit(0.2, 'value', 'maximum')).toBe(0.3);
  expect(nextLimit(3, 'rows', 'maximum')).toBe(4);
  expect(nextLimit(3, 'rows', 'minimum')).toBe(2);
  expect(roundLimit(12_345.6, 'percent', 'maximum')).toBe(12_350);
  expect(roundLimit(12_345.6, 'percent', 'minimum')).toBe(12_340);
  expect(roundLimit(0.01, 'percent', 'maximum')).toBe(0.1);
});

test('every amount keeps the limit that was moved for it', () => {
  const amount = fc.double({ min: 0, max: 1e15, noNaN: true });
  fc.assert(
    fc.property(amount, fc.constantFrom('percent', 'hours', 'value'), (seen, unit) => {
      expect(roundLimit(seen, unit, 'maximum')).toBeGreaterThanOrEqual(seen);
      expect(roundLimit(seen, unit, 'minimum')).toBeLessThanOrEqual(seen);
      expect(nextLimit(seen, unit, 'maximum')).toBeGreaterThan(seen);
      expect(nextLimit(seen, unit, 'minimum')).toBeLessThan(seen);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (seen) => {
      const limit = nextLimit(seen, 'percent', 'maximum');
      expect(String(limit).replace(/\D/g, '').length).toBeLessThanOrEqual(4);
    }),
  );
});
