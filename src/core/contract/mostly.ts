import type { Limit } from './contract.ts';

/** No row may break the rule. */
export const NO_ROWS: Limit = { operator: 'mustBe', values: [0], unit: 'rows' };

/** The share of rows that must keep a rule as a limit of those that break it. */
export function limitOfMostly(share: number): Limit {
  if (share === 1) return NO_ROWS;
  // 1 - 0.93 has a last digit too little, by which seven of a hundred rows would break 93 %.
  const percent = Number((100 * (1 - share)).toPrecision(12));
  return { operator: 'mustBeLessOrEqualTo', values: [percent], unit: 'percent' };
}
