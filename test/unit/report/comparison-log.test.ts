import { describe, expect, it } from 'vitest';
import { describeComparison } from '../../../src/core/report/comparison-log.ts';
import { comparison, firstComparison, gate, metrics } from '../../support/documents.ts';

describe('describeComparison', () => {
  it('says the primary metric with its interval, and each gate with what would settle it', () => {
    const document = comparison({
      metrics: metrics(),
      gates: [
        gate({ outcome: 'pass', description: 'roc_auc at least 0.9', reason: '0.98 is' }),
        gate({
          outcome: 'inconclusive',
          description: 'not worse',
          reason: 'the interval holds 0',
          rowsNeeded: 12_345,
          rowsUnit: 'groups',
        }),
      ],
    });
    expect(describeComparison(document)).toEqual([
      'average_precision: 0.871 → 0.903, gain +0.032 [0.021, 0.043], better',
      'gate pass: roc_auc at least 0.9: 0.98 is',
      'gate inconclusive: not worse: the interval holds 0; about 12,000 groups would settle it',
      'flips: 31 rows newly right, 12 rows newly wrong (threshold 0.5)',
    ]);
  });

  it('says the value alone when there is no champion', () => {
    const [line] = describeComparison(firstComparison());
    expect(line).toMatch(/^average_precision: 0\.\d+/);
    expect(line).not.toContain('→');
  });
});
