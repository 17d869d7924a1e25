import { describe, expect, test } from 'vitest';
import { chooseLevel } from '../../../src/core/drift/check-level.ts';
import { countRunsPerYear } from '../../../src/core/drift/runs-per-year.ts';

const YEAR = 365.25;
/** 2025 to 2028 have 1461 days, 208 weeks and a Wednesday to a Sunday besides. */
const schedules: readonly (readonly [string, number])[] = [
  ['0 5 * * *', YEAR],
  ['17 5 * * 1', 52],
  ['17 5 * * MON', 52],
  ['0 0 * * 0', 52.25],
  ['0 0 * * 7', 52.25],
  ['0 0 * * 3', 52.25],
  ['0 6 1 * *', 12],
  ['0 6 29 2 *', 0.25],
  ['0 6 1 jan,JUL *', 2],
  ['0 6 1 1-12/3 *', 4],
  ['*/15 * * * *', 4 * 24 * YEAR],
  ['0 */6 * * *', 4 * YEAR],
  ['0 8-18/2 * * *', 6 * YEAR],
  ['5,35 0 * * *', 2 * YEAR],
  ['0 0 * * 1-5', (1461 - 209 - 209) / 4],
  ['10/20 0 * * *', 3 * YEAR],
];

describe('runs a year of a cron line', () => {
  test.each(schedules)('%s: %d', (line, runs) => {
    expect(countRunsPerYear(line)).toBe(runs);
  });

  test('two restricted kinds of day: either will do', () => {
    // 48 firsts of a month and 208 Mondays in four years, of which some are both.
    const either = countRunsPerYear('0 0 1 * 1')! * 4;
    expect(either).toBeGreaterThan(208);
    expect(either).toBeLessThan(208 + 48);
    expect(countRunsPerYear('0 0 */2 * 1')! * 4).toBeLessThan(208);
  });

  test.each([
    '',
    'daily',
    '@daily',
    '0 5 * *',
    '0 5 * * * *',
    '60 5 * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 8',
    '*/0 0 * * *',
    '5-1 0 * * *',
    '0 0 30 2 *',
    'x 0 * * *',
    '0 0 * * mon-',
  ])('%j is no schedule', (line) => {
    expect(countRunsPerYear(line)).toBeUndefined();
  });
});

describe('the level of one check', () => {
  test('alarms a year over checks a year', () => {
    expect(chooseLevel(0.1, '0 5 * * 1')).toEqual({ level: 0.1 / 52, checksPerYear: 52 });
  });

  test('daily when no schedule is known', () => {
    expect(chooseLevel(0.1, undefined)).toEqual({ level: 0.1 / 365, checksPerYear: 365 });
    expect(chooseLevel(0.1, 'whenever').checksPerYear).toBe(365);
  });

  test('never laxer than 5 %', () => {
    expect(chooseLevel(12, '0 6 1 * *').level).toBe(0.05);
  });
});
