import { describe, expect, it } from 'vitest';
import {
  chooseStyle,
  formatBound,
  formatBytes,
  formatCount,
  formatDifference,
  formatDuration,
  formatInterval,
  formatNumber,
  formatPercent,
  formatPValue,
  formatQuantity,
  formatValue,
} from '../../../src/core/report/format-number.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');

describe('a bound', () => {
  it.each([
    [0.004, '0.004'],
    [0.00002, '0.00002'],
    [-0.0004, '−0.0004'],
    [0, '0.000'],
  ])('of %d is never written as zero when it is none', (value, text) => {
    const style = chooseStyle({ name: '', values: [0.5], interval: [0.4, 0.6], bounds: [] });
    expect(formatBound(value, { ...style, decimals: 3 })).toBe(text);
  });
});

describe('chooseStyle', () => {
  const cases: { name: string; numbers: Parameters<typeof chooseStyle>[0]; decimals: number }[] = [
    {
      name: 'at least three decimals between 0 and 1',
      numbers: { name: 'f1', values: [0.5], interval: [-0.3, 0.4] },
      decimals: 3,
    },
    {
      name: 'two significant digits of a narrow interval',
      numbers: { name: 'roc_auc', values: [0.98], interval: [0.0011, 0.0034] },
      decimals: 4,
    },
    {
      name: 'no decimals for wide intervals of large values',
      numbers: { name: 'rmse', values: [1412.6, 1398.1], interval: [-22.1, 51.9] },
      decimals: 0,
    },
    {
      name: 'an end near zero keeps its sign',
      numbers: { name: 'f1', values: [0.9], interval: [0.0003, 0.05] },
      decimals: 4,
    },
    {
      name: 'an end near the margin keeps its side',
      numbers: { name: 'f1', values: [0.9], interval: [-0.01004, 0.05], bounds: [-0.01] },
      decimals: 5,
    },
    {
      name: 'an end of exactly zero asks for nothing',
      numbers: { name: 'f1', values: [0.9], interval: [0, 0.05] },
      decimals: 3,
    },
    {
      name: 'four significant digits without an interval',
      numbers: { name: 'mae', values: [31.4159] },
      decimals: 1,
    },
  ];
  for (const { name, numbers, decimals } of cases) {
    it(name, () => expect(chooseStyle(numbers).decimals).toBe(decimals));
  }

  it('never prints a lower end above zero as zero when a few digits tell', () => {
    for (const low of [0.04, 0.004, 0.0004, 0.00004]) {
      const style = chooseStyle({ name: 'f1', values: [0.9], interval: [low, 0.06] });
      expect(formatInterval([low, 0.06], style)).not.toMatch(/^\[0\.0+,/);
    }
  });
});

describe('numbers as text', () => {
  const three = { unit: 'plain', decimals: 3 } as const;
  const cases: [string, string, string][] = [
    ['a gain has a plus', formatDifference(0.0321, three), '+0.032'],
    ['a loss has a minus', formatDifference(-0.0321, three), '-0.032'],
    ['zero has no sign', formatDifference(0, three), '0.000'],
    ['rounded to zero has no sign', formatDifference(-0.0001, three), '0.000'],
    ['an interval', formatInterval([-0.0211, 0.0432], three), '[-0.021, 0.043]'],
    ['milliseconds', formatValue(12.34, { unit: 'milliseconds', decimals: 1 }), '12.3 ms'],
    ['thousands', formatValue(1234567.8, { unit: 'plain', decimals: 0 }), '1,234,568'],
    [
      'bytes by metric',
      formatValue(201_344, chooseStyle({ name: 'size_bytes', values: [201_344] })),
      '201 kB',
    ],
    ['a count', formatCount(18_420), '18,420'],
    ['one row', formatQuantity(1, 'row'), '1 row'],
    ['many rows', formatQuantity(12_340, 'row'), '12,340 rows'],
    ['a share', formatPercent(0.3451), '34.5 %'],
    ['a whole share', formatPercent(0.95), '95 %'],
    ['nearly nothing', formatPercent(0.00001), '< 0.1 %'],
    ['nearly everything', formatPercent(0.99999), '> 99.9 %'],
    ['everything', formatPercent(1), '100 %'],
    ['bytes', formatBytes(850), '850 B'],
    ['megabytes', formatBytes(1_240_000), '1.24 MB'],
    ['no 1000 kB', formatBytes(999_900), '1 MB'],
    ['short', formatDuration(0.04), '40 ms'],
    ['seconds', formatDuration(12.4), '12.4 s'],
    ['minutes', formatDuration(200), '3 min 20 s'],
    ['hours', formatDuration(7500), '2 h 5 min'],
    ['a p-value', formatPValue(0.0341), 'p = 0.034'],
    ['a tiny p-value', formatPValue(0), 'p < 0.001'],
    ['a number alone', formatNumber(0.01725), '0.01725'],
    ['a large number alone', formatNumber(12_340.4), '12,340'],
    ['a tiny number alone', formatNumber(1.234e-9), '1.23e-9'],
    ['a huge number', formatNumber(1.5e300), '1.50e+300'],
  ];
  for (const [name, actual, expected] of cases) {
    it(name, () => expect(plain(actual)).toBe(expected));
  }
});
