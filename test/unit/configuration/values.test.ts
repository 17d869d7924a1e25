import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/core/configuration/duration.ts';
import { isLockFileName, lockFileNameOf } from '../../../src/core/configuration/lock-file-name.ts';
import { nearestName } from '../../../src/core/configuration/nearest-name.ts';
import { formatPercentage, parseShare } from '../../../src/core/configuration/share.ts';

describe('parseDuration', () => {
  it.each([
    ['60d', 5_184_000_000],
    ['12h', 43_200_000],
    ['10m', 600_000],
    ['45s', 45_000],
    ['2w', 1_209_600_000],
    ['0d', 0],
    ['99999w', 99_999 * 604_800_000],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '60', 'd', '60 d', '-1d', '1.5d', '1d12h', '60D', '60d\n', '100000d', '１d', '1y'])(
    'refuses %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow(
        `${JSON.stringify(text)} is no duration; write a whole number and a unit, such as 60d, 12h, 10m, 45s or 2w`,
      );
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [5_184_000_000, '60d'],
    [604_800_000, '7d'],
    [43_200_000, '12h'],
    [5_400_000, '90m'],
    [61_000, '61s'],
    [0, '0d'],
  ])('writes %d as %s', (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });
});

describe('parseShare and formatPercentage', () => {
  it.each([
    ['2%', 0.02],
    ['7%', 0.07],
    ['0.1%', 0.001],
    ['100%', 1],
    [0.02, 0.02],
  ])('reads %s', (written, expected) => {
    expect(parseShare(written)).toBe(expected);
  });

  it('refuses text that is no percentage', () => {
    expect(() => parseShare('2 %')).toThrow(
      '"2 %" is no percentage; write a number and a percent sign, such as 2%',
    );
  });

  it('are inverse to each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (thousandths) => {
        const written = `${thousandths / 1000}%`;
        expect(formatPercentage(parseShare(written))).toBe(written);
      }),
    );
  });
});

describe('lockFileNameOf', () => {
  it.each([
    ['contender.yml', 'contender.lock.yml'],
    ['models/a.b/fraud.yaml', 'models/a.b/fraud.lock.yaml'],
    ['Contender.YML', 'Contender.lock.YML'],
    ['dir.yml/config', 'dir.yml/config.lock.yml'],
  ])('of %s is %s', (config, lock) => {
    expect(lockFileNameOf(config)).toBe(lock);
    expect(isLockFileName(lock)).toBe(true);
    expect(isLockFileName(config)).toBe(false);
  });
});

describe('nearestName', () => {
  const keys = ['target', 'timestamp', 'positive-class', 'id', 'group'];

  it.each([
    ['traget', 'target'],
    ['Target', 'target'],
    ['positiveClass', 'positive-class'],
    ['positive_class', 'positive-class'],
    ['time', 'timestamp'],
    ['ids', 'id'],
    ['gruop', 'group'],
    ['zebra', undefined],
    ['', undefined],
    ['t'.repeat(10_000), undefined],
  ])('to %s is %s', (name, expected) => {
    expect(nearestName(name, keys)).toBe(expected);
  });

  it('completes a name only when one candidate begins with it', () => {
    expect(nearestName('binary', ['binary-classification', 'regression'])).toBe('binary-classification');
    expect(nearestName('gradient', ['gradient-boosting', 'gradient-descent'])).toBeUndefined();
  });
});
