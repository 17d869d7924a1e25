import { describe, expect, it } from 'vitest';
import { calibrateMetric, type MetricEvidence } from '../../../src/core/calibration/calibrate-metric.ts';
import type { MetricComparison } from '../../../src/core/documents/comparison.ts';

const champion: MetricComparison = {
  name: 'roc_auc',
  direction: 'higher',
  challenger: { value: 0.8, interval: [0.7804, 0.8196] },
  noInformation: 0.5,
};

function retraining(value: number, halfWidth = 0.02): MetricComparison {
  const interval: [number, number] = [value - halfWidth, value + halfWidth];
  return { name: 'roc_auc', direction: 'higher', difference: { value, interval, method: 'DeLong' } };
}

function calibrated(change: Partial<MetricEvidence> = {}) {
  return calibrateMetric({
    role: 'primary',
    champion,
    retrainings: [retraining(-0.01), retraining(0), retraining(0.01), retraining(0.005)],
    pairs: [retraining(0.01), retraining(0.005)],
    units: { count: 1000, name: 'rows' },
    configured: undefined,
    ...change,
  });
}

describe('the calibration of a metric', () => {
  it('judges the retrainings by the default, the configured and the proposed margin', () => {
    const { margins, gain, champion: own } = calibrated({ configured: { kind: 'absolute', value: 0.025 } });
    expect(gain).toBeCloseTo(0.3, 12);
    expect(own?.standardError).toBeCloseTo(0.01, 4);
    expect(own?.betweenHoldouts).toBeCloseTo(0.01 * 1.96 * Math.SQRT2, 4);
    expect(margins.default).toMatchObject({ margin: expect.closeTo(0.006, 12) });
    expect(margins.default?.verdicts).toMatchObject({ inconclusive: 4, worse: 0 });
    expect(margins.configured).toMatchObject({ margin: 0.025, withoutLoss: 3 });
    expect(margins.configured?.verdicts).toMatchObject({ inconclusive: 1, 'not-worse': 2, equivalent: 1 });
    expect(margins.proposed?.verdicts.inconclusive).toBe(0);
    expect(margins.proposed?.margin).toBeGreaterThan(0.03);
  });

  it('turns a loss that is to be low, so that more is better', () => {
    const loss = { ...champion, name: 'log_loss', direction: 'lower' as const, noInformation: 0.9 };
    expect(calibrated({ champion: loss }).gain).toBeCloseTo(0.1, 12);
  });

  it('refuses where intervals are missing, and says why', () => {
    const none: MetricComparison = {
      name: 'roc_auc',
      direction: 'higher',
      difference: { value: 0.1, method: 'DeLong' },
      note: '12 rows; at least 30 are needed for an interval',
    };
    const found = calibrated({ retrainings: [none, none, retraining(0)] });
    expect(found.refusal).toBe(
      'only 1 of 3 differences have an interval: 12 rows; at least 30 are needed for an interval',
    );
    expect(found.margins.proposed).toBeUndefined();
    expect(found.meaning).toBeUndefined();
  });

  it('refuses where nothing ever changes', () => {
    const same = retraining(0, 0);
    expect(calibrated({ retrainings: [same, same, same], pairs: [same] }).refusal).toMatch(
      /gives the same as the champion/,
    );
  });

  it('refuses where the champion has no value', () => {
    const { challenger: _none, ...without } = champion;
    const found = calibrated({ champion: without });
    expect(found.refusal).toBe('the champion has no value');
    expect(found.margins).toEqual({});
  });
});
