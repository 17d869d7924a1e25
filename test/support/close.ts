/** Comparing numbers with a stated tolerance. */

import { expect } from 'vitest';

/** |actual - expected| ≤ tolerance · max(1, |expected|): relative for large numbers, absolute for small. */
export function expectClose(actual: number, expected: number, tolerance = 1e-10, label = ''): void {
  if (Object.is(actual, expected) || actual === expected) return;
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  expect(error, `${label} actual ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** |actual / expected - 1| ≤ tolerance, also for tiny numbers. */
export function expectRelative(actual: number, expected: number, tolerance: number, label = ''): void {
  if (actual === expected) return;
  const error = Math.abs(actual / expected - 1);
  expect(error, `${label} actual ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}
