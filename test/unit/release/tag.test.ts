import { expect, test } from 'vitest';
import {
  championVersions,
  compareVersions,
  formatTag,
  isPrerelease,
  parseTag,
} from '../../../src/core/release/tag.ts';

test.each([
  ['fraud@v1.0.0', { model: 'fraud', version: '1.0.0' }],
  ['fraud-detector@v10.20.30', { model: 'fraud-detector', version: '10.20.30' }],
  ['m2@v1.0.0-rc.1', { model: 'm2', version: '1.0.0-rc.1' }],
  ['m2@v1.0.0+build.5', undefined],
  ['fraud@v1.0', undefined],
  ['fraud@v01.0.0', undefined],
  ['fraud@vv1.0.0', undefined],
  ['fraud@1.0.0', undefined],
  ['v1.0.0', undefined],
  ['Fraud@v1.0.0', undefined],
  ['-fraud@v1.0.0', undefined],
  ['a/fraud@v1.0.0', undefined],
  ['fraud@v1.0.0@v2.0.0', undefined],
  ['', undefined],
])('%s names %o', (tag, expected) => {
  expect(parseTag(tag)).toEqual(expected);
});

test('what is formatted is parsed again', () => {
  expect(parseTag(formatTag('fraud-detector', '2.1.0'))).toEqual({
    model: 'fraud-detector',
    version: '2.1.0',
  });
});

test('a version that is none is refused', () => {
  expect(() => formatTag('fraud', '1.0')).toThrow('1.0 is no semantic version');
});

test('versions of one model come highest first, by number and without prereleases', () => {
  const tags = ['m@v1.2.0', 'm@v1.10.0', 'm@v1.9.9', 'm@v2.0.0-rc.1', 'other@v9.0.0', 'm-2@v8.0.0', 'v3.0.0'];
  expect(championVersions('m', tags)).toEqual(['1.10.0', '1.9.9', '1.2.0']);
});

test('a prerelease is below its release', () => {
  expect(isPrerelease('1.0.0-rc.1')).toBe(true);
  expect(isPrerelease('1.0.0')).toBe(false);
  expect(compareVersions('1.0.0-rc.1', '1.0.0')).toBeLessThan(0);
});
