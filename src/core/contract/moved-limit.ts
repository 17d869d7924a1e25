import type { Limit } from './contract.ts';
import { roundOutwards } from './infer-limits.ts';

type End = 'minimum' | 'maximum';

/** Digits of a share or an age in a limit. */
const DIGITS = 4;

/**
 * A limit that holds the amount: shares and hours to a tenth outwards (of large ones four digits), so that the next
 * data set does not break them by a row; other amounts as they are.
 */
export function roundLimit(amount: number, unit: Limit['unit'], end: End): number {
  if (unit === 'rows' || unit === 'value') return amount;
  if (Math.abs(amount) >= 10 ** (DIGITS - 1)) return roundOutwards(amount, end, { digits: DIGITS });
  const steps = end === 'maximum' ? Math.ceil(amount * 10) : Math.floor(amount * 10);
  return Number((steps / 10).toFixed(1));
}

/** The same for a limit that the amount must not touch. */
export function nextLimit(amount: number, unit: Limit['unit'], end: End): number {
  const direction = end === 'maximum' ? 1 : -1;
  if (unit === 'rows') return amount + direction;
  const rounded = roundLimit(amount, unit, end);
  // A tenth more leaves digits of the sum behind: 96.8 + 0.1 is 96.89999999999999.
  const next = Number((rounded + direction / 10).toPrecision(12));
  if (direction * (next - amount) > 0) return next;
  // Where a tenth is lost among the digits, the last of them counts.
  return roundOutwards(amount + (direction * Math.abs(amount)) / 1000, end, { digits: DIGITS });
}
