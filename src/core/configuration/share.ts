import { InputError } from '../errors.ts';

/** Shares as users write them: `2%` or `0.02`. */

export const PERCENTAGE_PATTERN = /^\d{1,3}(\.\d{1,10})?%$/;

/**
 * The share that a number or a percentage names: `2%` and `0.02` are both 0.02.
 * @throws InputError for text that is no percentage.
 */
export function parseShare(value: number | string): number {
  if (typeof value === 'number') return value;
  if (!PERCENTAGE_PATTERN.test(value)) {
    throw new InputError(
      `${JSON.stringify(value)} is no percentage; write a number and a percent sign, such as 2%`,
    );
  }
  // 12 digits hide the binary remainder of a division (7 / 100 is exact only in decimal).
  return Number((Number(value.slice(0, -1)) / 100).toPrecision(12));
}

/** The percentage that `parseShare` reads back to the same share: 0.02 is `2%`. */
export function formatPercentage(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}
