import { expect, test } from 'vitest';
import type { Lock } from '../../../src/core/documents/manifest.ts';
import { InputError } from '../../../src/core/errors.ts';
import { parseLock, renderLock } from '../../../src/core/release/lock-file.ts';

const lock: Lock = {
  schemaVersion: 1,
  model: 'fraud-detector',
  version: '1.5.0',
  // All digits: YAML would read it as a number if it were not quoted.
  digest: '1234567890'.repeat(6).concat('1234'),
  champion: { version: '1.4.0', digest: `${'0'.repeat(61)}1e5` },
  trainingData: '0x10',
  windows: {
    training: { from: '2019-01-01T00:00:00.000Z', to: '2020-06-01T00:00:00.000Z' },
    holdout: { from: '2020-06-02T00:00:00.000Z' },
  },
  metrics: { roc_auc: { value: 0.97 }, average_precision: { value: 0.871, interval: [0.86, 1e-7] } },
};

test('a lock is read back as it was written', () => {
  expect(parseLock(renderLock(lock), 'contender.lock.yml')).toEqual(lock);
});

test('a lock without a champion and with open windows is read back', () => {
  const { champion: _, ...first } = lock;
  const open = { ...first, windows: { training: {}, holdout: {} }, metrics: {} };
  expect(parseLock(renderLock(open), 'contender.lock.yml')).toEqual(open);
});

test('the order of keys does not change the bytes', () => {
  const { metrics, model, ...rest } = lock;
  const shuffled = { metrics: Object.fromEntries(Object.entries(metrics).reverse()), ...rest, model };
  expect(renderLock(shuffled)).toBe(renderLock(lock));
});

test('the file says who writes it', () => {
  expect(renderLock(lock)).toMatch(/^# Written by Contender; do not edit/);
});

test.each([
  ['conflict marks', '<<<<<<< HEAD\nmodel: a\n=======\nmodel: b\n', 'contender.lock.yml, line'],
  ['a key twice', 'model: a\nmodel: b\n', 'line 2'],
  [
    'another schema version',
    renderLock(lock).replace('schemaVersion: 1', 'schemaVersion: 2'),
    'schemaVersion',
  ],
  ['no digest', renderLock(lock).replace(/digest: .*\n/, ''), 'digest'],
  ['nothing', '', 'contender.lock.yml'],
])('%s is refused', (_, text, message) => {
  expect(() => parseLock(text, 'contender.lock.yml')).toThrow(InputError);
  expect(() => parseLock(text, 'contender.lock.yml')).toThrow(message);
});
