import { describe, expect, it } from 'vitest';
import {
  evaluateBaselineGate,
  evaluateDefaultGate,
  evaluateGate,
  type GateEvidence,
} from '../../../src/core/comparison/gates.ts';
import { type MarginRequest, resolveMargin } from '../../../src/core/comparison/margin.ts';
import { decideVerdict } from '../../../src/core/comparison/verdict.ts';
import type { GateConfiguration } from '../../../src/core/configuration/configuration.ts';

const MARGIN = 0.02;

describe('the verdict table', () => {
  it.each([
    // The first line that applies, then every line at its boundary.
    [0.001, 0.5, 'better'],
    [0.001, 0.01, 'better'],
    [Number.MIN_VALUE, 1, 'better'],
    [0, 0.05, 'not-worse'],
    [0, 0.01, 'equivalent'],
    [-0.5, -0.021, 'worse'],
    [-0.5, -0.02, 'inconclusive'],
    [-0.021, -0.0201, 'worse'],
    [-0.019, 0.019, 'equivalent'],
    [-0.019, -0.001, 'equivalent'],
    [-0.019, 0.02, 'not-worse'],
    [-0.019, 0.5, 'not-worse'],
    [-0.02, 0.019, 'inconclusive'],
    [-0.02, 0.5, 'inconclusive'],
    [-0.5, 0.5, 'inconclusive'],
    [-0.5, 0, 'inconclusive'],
    [0, 0, 'equivalent'],
  ] as const)('[%d, %d] is %s', (low, high, verdict) => {
    expect(decideVerdict([low, high], MARGIN)).toBe(verdict);
  });

  it.each([
    [0.001, 0.5, 'better'],
    [0, 0, 'inconclusive'],
    [0, 0.5, 'inconclusive'],
    [-0.5, -0.4, 'inconclusive'],
  ] as const)('without a margin [%d, %d] is %s', (low, high, verdict) => {
    expect(decideVerdict([low, high], undefined)).toBe(verdict);
  });

  it('takes a margin of 0 at its word', () => {
    expect(decideVerdict([0, 0], 0)).toBe('inconclusive');
    expect(decideVerdict([-0.1, -0.001], 0)).toBe('worse');
    expect(decideVerdict([0.001, 0.1], 0)).toBe('better');
  });
});

type Interval = readonly [number, number];

function evidenceOf(interval: Interval | undefined, more: Partial<GateEvidence> = {}): GateEvidence {
  const value = interval ? (interval[0] + interval[1]) / 2 : 0.5;
  const known = interval ? { value, interval: [...interval] as [number, number] } : { value };
  return {
    difference: known,
    challenger: known,
    margin: { defined: true, value: MARGIN, words: 'as configured' },
    direction: 'higher',
    units: 1000,
    unitName: 'rows',
    ...(interval
      ? { precision: { standardError: (interval[1] - interval[0]) / 3.92, confidence: 0.95 } }
      : {}),
    ...more,
  };
}

const NO_MARGIN = { margin: { defined: false, reason: 'set an explicit margin' } } as const;

const better: GateConfiguration = { metric: 'roc_auc', require: 'better', confidence: 0.95 };
const notWorse: GateConfiguration = { metric: 'roc_auc', require: 'not-worse', confidence: 0.95 };
const atLeast: GateConfiguration = { metric: 'roc_auc', require: 'at-least', value: 0.8, confidence: 0.95 };
const atMost: GateConfiguration = { metric: 'roc_auc', require: 'at-most', value: 0.8, confidence: 0.95 };

describe('gates', () => {
  it.each([
    ['better', better, [0.001, 1], 'pass'],
    ['better', better, [0, 1], 'inconclusive'],
    ['better', better, [-1, 0.001], 'inconclusive'],
    ['better', better, [-1, 0], 'fail'],
    ['better', better, [-1, -0.5], 'fail'],
    ['not-worse', notWorse, [-0.0199, 1], 'pass'],
    ['not-worse', notWorse, [-0.02, 1], 'inconclusive'],
    ['not-worse', notWorse, [-1, -0.02], 'inconclusive'],
    ['not-worse', notWorse, [-1, -0.0201], 'fail'],
    ['not-worse', notWorse, [-0.5, 0.5], 'inconclusive'],
    ['at-least', atLeast, [0.8, 0.9], 'pass'],
    ['at-least', atLeast, [0.7999, 0.9], 'inconclusive'],
    ['at-least', atLeast, [0.7, 0.8], 'inconclusive'],
    ['at-least', atLeast, [0.7, 0.7999], 'fail'],
    ['at-most', atMost, [0.7, 0.8], 'pass'],
    ['at-most', atMost, [0.7, 0.8001], 'inconclusive'],
    ['at-most', atMost, [0.8, 0.9], 'inconclusive'],
    ['at-most', atMost, [0.8001, 0.9], 'fail'],
  ] as const)('%s of %s', (_name, gate, interval, outcome) => {
    const decision = evaluateGate(gate, evidenceOf(interval));
    expect(decision.outcome).toBe(outcome);
    expect(decision.reason).not.toBe('');
    if (outcome !== 'inconclusive') expect(decision.rowsNeeded).toBeUndefined();
  });

  it.each([better, notWorse, atLeast, atMost])('$require without an interval is never a pass', (gate) => {
    const decision = evaluateGate(gate, evidenceOf(undefined, { note: '7 groups; at least 20 are needed' }));
    expect(decision).toEqual({ outcome: 'inconclusive', reason: '7 groups; at least 20 are needed' });
    const { difference: _difference, challenger: _challenger, ...nothing } = evidenceOf(undefined);
    expect(evaluateGate(gate, nothing).outcome).toBe('inconclusive');
  });

  it.each([
    [[0.001, 1], 'pass'],
    [[0, 1], 'inconclusive'],
    [[-1, -0.9], 'inconclusive'],
  ] as const)('not-worse without a margin of %s', (interval, outcome) => {
    expect(evaluateGate(notWorse, evidenceOf(interval, NO_MARGIN)).outcome).toBe(outcome);
  });

  it.each([
    ['a gain', [-0.01, 0.03], 'pass'],
    ['no difference', [-0.01, 0.01], 'pass'],
    ['a loss within the margin', [-0.015, 0.005], 'inconclusive'],
    ['a certain loss within the margin', [-0.015, -0.005], 'inconclusive'],
    ['a loss beyond it', [-0.5, -0.1], 'fail'],
    ['nothing to be told', [-0.5, 0.6], 'inconclusive'],
  ] as const)('the default gate on %s', (_name, interval, outcome) => {
    expect(evaluateDefaultGate(evidenceOf(interval)).outcome).toBe(outcome);
  });

  it.each([
    ['higher', [0.6, 0.9], 0.5, 'pass'],
    ['higher', [0.5, 0.9], 0.5, 'inconclusive'],
    ['higher', [0.1, 0.5], 0.5, 'inconclusive'],
    ['higher', [0.1, 0.4], 0.5, 'fail'],
    ['lower', [0.1, 0.4], 0.5, 'pass'],
    ['lower', [0.1, 0.5], 0.5, 'inconclusive'],
    ['lower', [0.6, 0.9], 0.5, 'fail'],
    ['higher', [0.6, 0.9], undefined, 'inconclusive'],
    ['higher', undefined, 0.5, 'inconclusive'],
  ] as const)(
    'the gain of a first model, %s, %s against %s',
    (direction, interval, noInformation, outcome) => {
      const challenger = interval
        ? { value: 0.5, interval: [...interval] as [number, number] }
        : { value: 0.99 };
      expect(evaluateBaselineGate({ challenger, noInformation, direction }).outcome).toBe(outcome);
    },
  );
});

describe('rows needed', () => {
  it('is the number at which the margin would be seen with 80 % chance', () => {
    const standardError = 0.1;
    const decision = evaluateGate(notWorse, {
      ...evidenceOf([-0.196, 0.196]),
      precision: { standardError, confidence: 0.95 },
    });
    // (1.959964 + 0.841621)² · 0.1² / 0.02² · 1000
    expect(decision).toMatchObject({ rowsNeeded: 196_222, rowsUnit: 'rows' });
  });

  it('counts groups where groups are what is independent, and asks for more than there are', () => {
    const decision = evaluateGate(notWorse, {
      ...evidenceOf([-0.021, 0.001]),
      precision: { standardError: 1e-6, confidence: 0.95 },
      units: 25,
      unitName: 'groups',
    });
    expect(decision).toMatchObject({ rowsNeeded: 26, rowsUnit: 'groups' });
  });

  it('says nothing where no number of rows would help', () => {
    const equal = evaluateGate(
      better,
      evidenceOf([-0.1, 0.1], { difference: { value: 0, interval: [-0.1, 0.1] } }),
    );
    expect(equal.rowsNeeded).toBeUndefined();
    const tiny = evaluateGate(notWorse, {
      ...evidenceOf([-1, 1]),
      margin: { defined: true, value: 1e-12, words: '' },
    });
    expect(tiny.rowsNeeded).toBeUndefined();
  });
});

describe('margins', () => {
  const request = (more: Partial<MarginRequest>): MarginRequest => ({
    margin: undefined,
    championValue: 0.8,
    noInformation: 0.5,
    direction: 'higher',
    ...more,
  });

  it.each([
    ['by default 2 % of the gain', request({}), 0.006],
    ['absolute', request({ margin: { kind: 'absolute', value: 0.01 } }), 0.01],
    ['relative', request({ margin: { kind: 'relative', share: 0.05 } }), 0.04],
    [
      'relative of a negative value',
      request({ championValue: -2, margin: { kind: 'relative', share: 0.05 } }),
      0.1,
    ],
    ['a share of the gain', request({ margin: { kind: 'share-of-gain', share: 0.1 } }), 0.03],
    [
      'a gain of a metric that falls',
      request({ championValue: 4, noInformation: 10, direction: 'lower' }),
      0.12,
    ],
  ] as const)('%s', (_name, wanted, value) => {
    const margin = resolveMargin(wanted);
    expect(margin.defined && margin.value).toBeCloseTo(value, 12);
  });

  it.each([
    ['no gain', request({ championValue: 0.5 })],
    ['a loss', request({ championValue: 0.4 })],
    ['a loss of a metric that falls', request({ championValue: 11, noInformation: 10, direction: 'lower' })],
    ['no value of knowing nothing', request({ noInformation: undefined })],
    ['a share of no gain', request({ championValue: 0.5, margin: { kind: 'share-of-gain', share: 0.1 } })],
    ['a value that is no number', request({ championValue: Number.NaN })],
  ] as const)('asks for an explicit one on %s', (_name, wanted) => {
    expect(resolveMargin(wanted)).toMatchObject({
      defined: false,
      reason: expect.stringMatching(/explicit margin/),
    });
  });
});
