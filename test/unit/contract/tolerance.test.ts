import { expect, test } from 'vitest';
import type { ContractRule } from '../../../src/core/contract/contract.ts';
import { judgeRows, violationPValue } from '../../../src/core/contract/limit.ts';
import { limitOfMostly } from '../../../src/core/contract/mostly.ts';
import { parseInstant, parseTimeOfDay, strptimeFormat } from '../../../src/core/contract/time-words.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

type Golden = {
  readonly mostly: readonly {
    readonly unexpected: number;
    readonly non_null: number;
    readonly mostly: number;
    readonly success_gx: boolean;
    readonly 'violation_p_value_H0_rate<=1-mostly': number;
  }[];
};

function rule(mostly: number, mode: 'observed' | 'population'): ContractRule {
  return { check: 'range', severity: 'error', line: 1, limit: limitOfMostly(mostly), mode };
}

describeWithSharedData('tolerance against reference values', () => {
  test('observed shares and binomial tails', () => {
    const { mostly: cases } = readGolden<Golden>('data_validation');
    expect(cases.length).toBeGreaterThan(5);
    for (const row of cases) {
      const { unexpected, non_null: checked, mostly, success_gx: kept } = row;
      expect(judgeRows(rule(mostly, 'observed'), unexpected, checked).kept).toBe(kept);
      const pValue = violationPValue({ failing: unexpected, checked, allowedShare: 1 - mostly });
      expect(pValue).toBeCloseTo(row['violation_p_value_H0_rate<=1-mostly'], 10);
      const judged = judgeRows(rule(mostly, 'population'), unexpected, checked);
      expect(judged.kept).toBe(kept);
      if (!judged.kept) expect(judged.weak).toBe(pValue >= 0.05);
    }
  });
});

test('seven of a hundred rows keep 93 %, whatever its last binary digit', () => {
  for (let percent = 1; percent < 100; percent++) {
    const limit = rule((100 - percent) / 100, 'observed');
    expect(judgeRows(limit, percent, 100).kept).toBe(true);
    expect(judgeRows(limit, percent + 1, 100).kept).toBe(false);
  }
});

test.each([
  ['2020-01-31', 1_580_428_800_000],
  ['2020-01-31 12:00:00+10:00', 1_580_436_000_000],
  ['2020-01-31T12:00:00Z', 1_580_472_000_000],
  ['2020-02-30', undefined],
  ['31.01.2020', undefined],
])('the time %s', (text, milliseconds) => {
  expect(parseInstant(text)).toBe(milliseconds);
});

test('times of day and formats', () => {
  expect(parseTimeOfDay('08:30')).toBe(30_600_000);
  expect(parseTimeOfDay('24:00')).toBeUndefined();
  expect(strptimeFormat('yyyy-MM-dd HH:mm:ssZ')).toBe('%Y-%m-%d %H:%M:%S%z');
  expect(strptimeFormat("dd.MM.yy 'at' HH")).toBe('%d.%m.%y at %H');
  expect(strptimeFormat('Q/yyyy')).toBeUndefined();
});
