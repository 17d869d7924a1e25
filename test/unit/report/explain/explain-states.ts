import type { CompletedComparison } from '../../../../src/core/documents/comparison.ts';
import {
  comparison,
  firstComparison,
  gate,
  losingSlice,
  metric,
  metrics,
  slice,
  slices,
} from '../../../support/documents.ts';

export type ExplainState = { readonly metric: string; readonly comparison: CompletedComparison };

/** Ways a verdict comes about; each has a golden file. */
export const STATES: Readonly<Record<string, ExplainState>> = {
  better: { metric: 'average_precision', comparison: comparison({ slices: [losingSlice(), ...slices()] }) },
  'lower-is-better': {
    metric: 'log_loss',
    comparison: comparison({ slices: [] }),
  },
  inconclusive: {
    metric: 'average_precision',
    comparison: comparison({
      verdict: 'inconclusive',
      promote: false,
      metrics: metrics({
        challenger: { value: 0.868, interval: [0.842, 0.891] },
        difference: {
          value: -0.003,
          interval: [-0.031, 0.024],
          pValue: 0.82,
          method: 'paired bootstrap by group (percentile)',
        },
        verdict: 'inconclusive',
        margin: 0.02 * (0.871 - 0.0058),
        detectable: 0.0393,
      }),
      gates: [
        gate({
          description: 'average_precision not worse and not lower',
          outcome: 'inconclusive',
          reason:
            'the interval [−0.031, 0.024] contains −0.0173 (margin: 2 % of the gain over knowing nothing)',
          rowsNeeded: 6821,
          rowsUnit: 'groups',
        }),
      ],
      holdout: { ...comparison().holdout, unlabelledRows: 120, refusedRows: 3 },
      slices: [],
    }),
  },
  'spent-confidence': {
    metric: 'roc_auc',
    comparison: comparison({
      primary: 'roc_auc',
      verdict: 'worse',
      promote: false,
      confidence: 0.9981,
      metrics: [
        metric({
          name: 'roc_auc',
          challenger: { value: 0.861, interval: [0.84, 0.88] },
          difference: { value: -0.01, interval: [-0.016, -0.004], pValue: 0.0001, method: 'DeLong' },
          verdict: 'worse',
          margin: 0.002,
          noInformation: 0.5,
          detectable: 0.0085,
        }),
      ],
      gates: [
        gate({
          metric: 'roc_auc',
          description: 'roc_auc not worse and not lower',
          outcome: 'fail',
          reason: 'the interval [−0.0160, −0.0040] is below −0.0020 (margin: as configured)',
        }),
      ],
      holdout: { rows: 18_420, positives: 412, digest: 'rows:77aa', uses: 4 },
      slices: [slice({ name: 'average_precision' })],
    }),
  },
  'first-model': { metric: 'average_precision', comparison: firstComparison() },
  unchanged: {
    metric: 'average_precision',
    comparison: comparison({ verdict: 'unchanged', metrics: [], gates: [], slices: [] }),
  },
  undefined: {
    metric: 'r2',
    comparison: comparison({
      verdict: 'inconclusive',
      promote: false,
      primary: 'r2',
      metrics: [{ name: 'r2', direction: 'higher', note: 'all targets are equal' }],
      gates: [
        gate({
          metric: 'r2',
          description: 'r2 not worse and not lower',
          outcome: 'inconclusive',
          reason: 'all targets are equal',
        }),
      ],
      holdout: { rows: 40, digest: 'rows:77aa' },
      slices: [],
    }),
  },
};
