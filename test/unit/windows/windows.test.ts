import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { resolveWindows } from '../../../src/core/windows/resolve-windows.ts';
import { parseWindow } from '../../../src/core/windows/window-time.ts';

const DAY = 86_400_000;
const NEWEST = Date.parse('2024-03-31T12:00:00.000Z');
const split = {
  kind: 'time',
  holdoutMilliseconds: 10 * DAY,
  trainingMilliseconds: 30 * DAY,
  gapMilliseconds: DAY,
  matureAfterMilliseconds: 0,
} as const;

describe('windows over time', () => {
  it('count back from the newest labelled row, with the gap between training and holdout', () => {
    expect(resolveWindows(split, { newestRow: NEWEST, newestLabelled: NEWEST })).toEqual({
      training: { from: '2024-02-19T12:00:00.001Z', to: '2024-03-20T12:00:00.001Z' },
      holdout: { from: '2024-03-21T12:00:00.001Z', to: '2024-03-31T12:00:00.001Z' },
    });
  });

  it('leave the beginning open where training has no length', () => {
    const { trainingMilliseconds: _length, ...open } = split;
    const { training } = resolveWindows(open, { newestRow: NEWEST, newestLabelled: NEWEST });
    expect(training).toEqual({ to: '2024-03-20T12:00:00.001Z' });
  });

  it('wait for labels to mature', () => {
    const mature = { ...split, matureAfterMilliseconds: 14 * DAY };
    const { holdout } = resolveWindows(mature, { newestRow: NEWEST, newestLabelled: NEWEST });
    expect(holdout.to).toBe('2024-03-17T12:00:00.001Z');
    const late = resolveWindows(mature, { newestRow: NEWEST, newestLabelled: NEWEST - 20 * DAY });
    expect(late.holdout.to).toBe('2024-03-11T12:00:00.001Z');
  });

  it('begin the exam after what the champion was trained on, plus the gap', () => {
    const championTrainedTo = NEWEST - 5 * DAY;
    const { holdout } = resolveWindows(split, {
      newestRow: NEWEST,
      newestLabelled: NEWEST,
      championTrainedTo,
    });
    expect(holdout).toEqual({ from: '2024-03-27T12:00:00.000Z', to: '2024-03-31T12:00:00.001Z' });
  });

  it('leave an older champion out of account', () => {
    const facts = { newestRow: NEWEST, newestLabelled: NEWEST };
    expect(resolveWindows(split, { ...facts, championTrainedTo: NEWEST - 60 * DAY })).toEqual(
      resolveWindows(split, facts),
    );
  });

  it.each([0, -DAY + 1])('refuse an exam without rows (%d)', (shift) => {
    const facts = { newestRow: NEWEST, newestLabelled: NEWEST, championTrainedTo: NEWEST + shift };
    expect(() => resolveWindows(split, facts)).toThrow(InputError);
    expect(() => resolveWindows(split, facts)).toThrow(/no labelled rows are left for the holdout/);
  });

  it('read what they wrote', () => {
    expect(parseWindow({ from: '2024-03-21T12:00:00.001Z' })).toEqual({
      from: Date.parse('2024-03-21T12:00:00.001Z'),
    });
    expect(parseWindow({})).toEqual({});
  });
});
