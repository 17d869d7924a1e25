import { describe, expect, it } from 'vitest';
import { explainMargin, type MeaningRequest } from '../../../src/core/calibration/margin-meaning.ts';
import { normalCdf, normalQuantile } from '../../../src/core/statistics/normal.ts';

const Z = normalQuantile(0.975);

function meaning(change: Partial<MeaningRequest> = {}) {
  return explainMargin({
    margin: 0.04,
    reach: Z * 0.01,
    reachUp: Z * 0.01,
    spread: { mean: 0, deviation: 0.01, holdout: 0.01, retraining: 0 },
    championValue: 0.8,
    gain: 0.4,
    units: { count: 1000, name: 'rows' },
    ...change,
  });
}

describe('what a margin means', () => {
  it('says which real loss is held back and which is called worse with 80 % chance', () => {
    const { heldBack, calledWorse } = meaning();
    // Chance that a difference of mean −loss and standard error 0.01 has its low end above −0.04.
    const letThrough = (loss: number) => 1 - normalCdf((-0.04 + Z * 0.01 + loss) / 0.01);
    const worse = (loss: number) => normalCdf((-0.04 - Z * 0.01 + loss) / 0.01);
    expect(letThrough(heldBack)).toBeCloseTo(0.2, 9);
    expect(worse(calledWorse)).toBeCloseTo(0.8, 9);
    expect(letThrough(0.04)).toBeCloseTo(0.025, 9);
  });

  it('says how large it is', () => {
    expect(meaning()).toMatchObject({
      shareOfValue: expect.closeTo(0.05, 12),
      shareOfGain: expect.closeTo(0.1, 12),
      resolvable: true,
    });
    expect(meaning({ gain: undefined })).toMatchObject({ resolvable: true });
    expect(meaning({ gain: undefined })).not.toHaveProperty('shareOfGain');
  });

  it('needs four times the rows for half of it, where the holdout is all there is', () => {
    const margin = (Z + normalQuantile(0.9)) * 0.01;
    expect(meaning({ margin }).forHalf).toEqual({ count: 4000, unit: 'rows' });
    // What a lucky champion adds falls as the noise does.
    expect(meaning({ margin: 0.06 }).forHalf).toEqual({ count: 4000, unit: 'rows' });
  });

  it('says that no number of rows helps against retrainings that differ themselves', () => {
    const spread = { mean: 0, deviation: 0.05, holdout: 0.01, retraining: 0.05 };
    expect(meaning({ margin: 0.12, spread }).forHalf).toEqual({ unit: 'rows' });
  });

  it('resolves nothing when it is as large as the whole gain, and says which rows would', () => {
    const found = meaning({ gain: 0.04, units: { count: 50, name: 'groups' } });
    expect(found.resolvable).toBe(false);
    expect(found.forTenthOfGain?.unit).toBe('groups');
    expect(found.forTenthOfGain?.count).toBe(5000);
    expect(meaning({ gain: -0.1 })).toMatchObject({ resolvable: false });
    expect(meaning({ gain: -0.1 })).not.toHaveProperty('forTenthOfGain');
  });
});
