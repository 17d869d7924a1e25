import { describe, expect, it } from 'vitest';
import { calibrateMetric, type MetricEvidence } from '../../../src/core/calibration/calibrate-metric.ts';
import type { Calibration } from '../../../src/core/calibration/calibration.ts';
import type { MetricComparison } from '../../../src/core/documents/comparison.ts';
import { renderCalibration } from '../../../src/core/report/calibration/render-calibration.ts';

function compared(value: number, halfWidth: number): MetricComparison {
  const interval: [number, number] = [value - halfWidth, value + halfWidth];
  return { name: 'roc_auc', direction: 'higher', difference: { value, interval, method: 'DeLong' } };
}

const EVIDENCE: MetricEvidence = {
  role: 'primary',
  champion: {
    name: 'roc_auc',
    direction: 'higher',
    challenger: { value: 0.8, interval: [0.7804, 0.8196] },
    noInformation: 0.5,
  },
  retrainings: [-0.004, 0, 0.003, 0.002].map((value) => compared(value, 0.01)),
  pairs: [compared(0.002, 0.01), compared(0.004, 0.01)],
  units: { count: 1000, name: 'rows' },
  configured: undefined,
};

function rendered(change: Partial<MetricEvidence> = {}, document: Partial<Calibration> = {}): string {
  const text = renderCalibration({
    kind: 'calibration',
    schemaVersion: 1,
    model: 'fraud',
    task: 'binary-classification',
    tool: { name: 'contender', version: '0.0.0' },
    champion: { origin: 'release 1.2.0', digest: 'a'.repeat(64) },
    share: 0.9,
    sampled: 'rows',
    retrainings: [2, 3, 4, 5].map((seed) => ({ digest: 'b'.repeat(64), seed, rows: 900 })),
    holdout: { rows: 1000, positives: 300, digest: 'c'.repeat(64) },
    confidence: 0.95,
    primary: 'roc_auc',
    defaultGate: true,
    metrics: [calibrateMetric({ ...EVIDENCE, ...change })],
    notes: [],
    ...document,
  });
  return text.replaceAll('\u00a0', ' ').replaceAll(/\n {4}(?=[a-z0-9(])(?!margins:|gates:)/g, ' ');
}

describe('what calibrate prints', () => {
  it('tells the margin, what it means and what to paste', () => {
    const text = rendered();
    expect(text).toContain('roc_auc (primary): margin 0.017');
    expect(text).toMatch(/margin +better +equivalent +not worse +inconclusive +worse/);
    expect(text).toMatch(/default margin +0\.006 +0 +0 +0 +4 +0/);
    expect(text).toContain("a loss of less than 0.017 (2.1 % of the champion's 0.8, 5.7 % of its gain");
    expect(text).toContain('let through in at most 1 of 40 comparisons');
    expect(text).toMatch(/A real loss of 0\.011 is held back .* one of 0\.031 is called worse/);
    expect(text).toMatch(/Half this margin needs about 4,\d00 labelled rows \(now 1,000\)\./);
    expect(text).toContain(
      'With the default margin of 0.006, 4 of 4 retrainings come out inconclusive and 0 worse',
    );
    expect(text).toContain('3 of 4 retrainings pass it with this margin');
    expect(text).toContain(
      '  comparison:\n    margins: {roc_auc: 0.017}\n    gates: [{metric: roc_auc, require: not-worse}]',
    );
  });

  it('leaves the gate out where the config has gates', () => {
    const text = rendered({}, { defaultGate: false });
    expect(text).toContain('margins: {roc_auc: 0.017}');
    expect(text).not.toContain('gates:');
    expect(text).not.toContain('The default gate');
  });

  it('proposes rows where the holdout can resolve nothing', () => {
    const text = rendered({
      retrainings: [-0.1, 0, 0.1, 0.05].map((value) => compared(value, 0.4)),
      pairs: [],
    });
    expect(text).toContain('no margin is proposed: this holdout can resolve nothing');
    expect(text).toMatch(/more than the champion's whole gain over knowing nothing \(0\.3\)/);
    expect(text).toMatch(
      /collect about [\d,]+ labelled rows \(now 1,000\), on which a tenth of that gain, 0\.03,/,
    );
    expect(text).not.toContain('To paste');
  });

  it('says when a steadier recipe is what is needed', () => {
    const steady = [compared(0.001, 0.0001)];
    const retrainings = [-0.05, 0.05, 0.04, -0.03].map((value) => compared(value, 0.0001));
    expect(rendered({ retrainings, pairs: steady })).toContain(
      'No number of labelled rows in reach makes half this margin work',
    );
  });

  it('says when the default is wide enough', () => {
    const retrainings = [-0.0004, 0, 0.0004].map((value) => compared(value, 0.001));
    expect(rendered({ retrainings, pairs: [] })).toContain('the default is wide enough here');
  });

  it('shows text of others as text', () => {
    const text = rendered({}, { champion: { origin: 'a\n::error::x\u001b[2J', digest: 'a'.repeat(64) } });
    expect(text).not.toMatch(/^::error/m);
    expect(text).not.toContain('\u001b');
  });
});
