import { describe, expect, it } from 'vitest';
import { summarizeCalibration } from '../../../src/core/comparison/summarize-calibration.ts';
import { findMetric } from '../../../src/core/metrics/registry.ts';
import { makePair, sampleOf } from './made-samples.ts';

const PAIR = makePair({ rows: 600, championSkill: 1, challengerSkill: 2 });

describe('the calibration of two models', () => {
  it('has the error of the metric, a squared one, the test, and no clipped rows', () => {
    const { bins, champion, challenger } = summarizeCalibration(PAIR)!;
    expect(bins).toBe(15);
    const metric = findMetric('binary-classification', 'expected_calibration_error');
    if (!metric.found || metric.metric.kind !== 'sample') throw new Error('the metric is gone');
    for (const [model, sample] of [
      [champion!, PAIR.champion],
      [challenger, PAIR.challenger],
    ] as const) {
      expect(metric.metric.compute(sample)).toMatchObject({
        value: expect.closeTo(model.expectedError!, 10),
      });
      expect(model.spiegelhalter!.pValue).toBeGreaterThanOrEqual(0);
      expect(model).toMatchObject({ clippedRows: 0, notes: [] });
    }
    // Labels were drawn apart from the scores: neither is calibrated.
    expect(challenger.squaredError).toBeGreaterThan(0);
  });

  it('calls one probability for all rows calibrated when it is the share of positives', () => {
    const labels = Uint8Array.from({ length: 200 }, (_, row) => Number(row < 60));
    const { challenger } = summarizeCalibration({
      challenger: sampleOf(labels, new Float64Array(200).fill(0.3)),
    })!;
    expect(challenger.expectedError).toBeCloseTo(0, 12);
    expect(challenger.spiegelhalter!.z).toBeCloseTo(0, 12);
  });

  it('counts what log loss has to clip', () => {
    const labels = Uint8Array.from({ length: 40 }, (_, row) => row % 2);
    const probabilities = Float64Array.from(labels, (label, row) =>
      row < 3 ? 1 - label : label * 0.8 + 0.1,
    );
    expect(
      summarizeCalibration({ challenger: sampleOf(labels, probabilities) })!.challenger.clippedRows,
    ).toBe(3);
  });

  it('says why a number is missing, and never writes 0 for it', () => {
    const few = makePair({ rows: 29, championSkill: 1, challengerSkill: 1 });
    const { challenger } = summarizeCalibration({ challenger: few.challenger })!;
    expect(challenger).not.toHaveProperty('expectedError');
    expect(challenger).not.toHaveProperty('squaredError');
    expect(challenger.notes).toEqual(['errors by bins need 30 rows; there are 29']);

    const labels = Uint8Array.from({ length: 50 }, (_, row) => row % 2);
    const halves = summarizeCalibration({ challenger: sampleOf(labels, new Float64Array(50).fill(0.5)) })!;
    expect(halves.challenger).not.toHaveProperty('spiegelhalter');
    expect(halves.challenger.notes).toEqual([
      "Spiegelhalter's Z is undefined: every probability is 0, 0.5 or 1",
    ]);

    const logits = summarizeCalibration({ challenger: sampleOf(labels, new Float64Array(50).fill(1.5)) })!;
    expect(logits.challenger).toEqual({ notes: ['scores outside 0 to 1 are no probabilities'] });
  });

  it('gives no p-value to rows that depend on each other', () => {
    const groups = Int32Array.from({ length: 600 }, (_, row) => row >> 2);
    const { challenger } = summarizeCalibration({ ...PAIR, groups })!;
    expect(Object.keys(challenger.spiegelhalter!)).toEqual(['z']);
    expect(challenger.notes.join(' ')).toMatch(/no p-value: rows of one group depend on each other/);
  });

  it('is none of other tasks', () => {
    const values = {
      task: 'regression',
      targets: Float64Array.of(1),
      predictions: Float64Array.of(1),
    } as const;
    expect(summarizeCalibration({ challenger: values })).toBeUndefined();
  });
});
