import { openComment } from '../../../src/core/report/comment/seal.ts';
import { type CommentRequest, renderComment } from '../../../src/core/report/comment.ts';
import type { ModelEvidence, RunReference } from '../../../src/core/report/evidence.ts';
import {
  CHALLENGER_DIGEST,
  comparison,
  failedDocument,
  firstComparison,
  gate,
  HEAD_COMMIT,
  losingSlice,
  metric,
  metrics,
  slices,
  training,
  validation,
} from '../../support/documents.ts';

/** Every state a comment can be in, by the name of its golden file. */

export const RUN: RunReference = {
  commit: HEAD_COMMIT,
  run: '9041',
  attempt: '1',
  runUrl: 'https://github.com/acme/fraud/actions/runs/9041',
  reportUrl: 'https://github.com/acme/fraud/actions/runs/9041/artifacts/77',
  reproduce: ['compare-models', '--config', 'contender.yml'],
};

type State = {
  readonly models: readonly ModelEvidence[];
  /** The first 60 characters a phone shows must hold this. */
  readonly glance: string;
  readonly status: 'success' | 'failure' | 'pending' | 'error';
  /** What somebody decides who has seen nothing but the first 60 characters. */
  readonly decision: 'merge' | 'look first' | 'do not merge';
  /** Reports that were written to the comment before this one, the first first. */
  readonly before?: readonly Report[];
};

type Report = { readonly models: readonly ModelEvidence[]; readonly run: RunReference };

const inconclusive = {
  challenger: { value: 0.874, interval: [0.856, 0.893] as [number, number] },
  difference: {
    value: 0.003,
    interval: [-0.021, 0.027] as [number, number],
    method: 'paired bootstrap by groups',
  },
  verdict: 'inconclusive' as const,
  detectable: 0.034,
};
const worse = {
  challenger: { value: 0.812, interval: [0.789, 0.834] as [number, number] },
  difference: {
    value: -0.059,
    interval: [-0.078, -0.041] as [number, number],
    method: 'paired bootstrap by groups',
  },
  verdict: 'worse' as const,
};
const worseComparison = comparison({
  verdict: 'worse',
  promote: false,
  metrics: metrics(worse),
  gates: [
    gate({
      outcome: 'fail',
      reason: 'the interval [−0.078, −0.041] is below −0.0173 (margin: 2 % of the gain over knowing nothing)',
    }),
    gate({
      description: 'log_loss not worse',
      metric: 'log_loss',
      role: 'guardrail',
      reason: 'the interval [0.0008, 0.002] is above −0.0004 (margin: 2 % of the gain over knowing nothing)',
    }),
  ],
  slices: [...slices(), losingSlice()],
  flips: { threshold: 0.5, newlyRight: 9, newlyWrong: 57 },
});

function one(evidence: Omit<ModelEvidence, 'model'>): readonly ModelEvidence[] {
  return [{ model: 'fraud-detector', ...evidence }];
}

export const STATES: Record<string, State> = {
  better: {
    models: one({ comparison: comparison(), validation: validation(), training: training() }),
    glance: 'Better average_precision 0.871 → 0.903',
    status: 'success',
    decision: 'merge',
  },
  worse: {
    models: one({ comparison: worseComparison, validation: validation({ verdict: 'pass', findings: [] }) }),
    glance: 'Worse average_precision 0.871 → 0.812',
    status: 'failure',
    decision: 'do not merge',
  },
  equivalent: {
    models: one({
      comparison: comparison({
        verdict: 'equivalent',
        metrics: metrics({
          challenger: { value: 0.8728 },
          difference: { value: 0.0018, interval: [-0.0061, 0.0097], method: 'paired bootstrap by groups' },
          verdict: 'equivalent',
        }),
      }),
    }),
    glance: 'Equivalent average_precision 0.871 → 0.873',
    status: 'success',
    decision: 'merge',
  },
  'slightly-worse': {
    models: one({
      comparison: comparison({
        verdict: 'equivalent',
        promote: false,
        metrics: metrics({
          challenger: { value: 0.8622 },
          difference: { value: -0.0088, interval: [-0.0131, -0.0045], method: 'paired bootstrap by groups' },
          verdict: 'equivalent',
        }),
        gates: [
          gate({
            outcome: 'inconclusive',
            reason: 'within the margin, but the challenger is lower by 0.0088; the default asks for no loss',
          }),
        ],
      }),
    }),
    glance: 'Slightly worse average_precision 0.8710 → 0.8622',
    status: 'pending',
    decision: 'look first',
  },
  'not-worse': {
    models: one({
      comparison: comparison({
        verdict: 'not-worse',
        metrics: metrics({
          challenger: { value: 0.879 },
          difference: { value: 0.008, interval: [-0.009, 0.025], method: 'paired bootstrap by groups' },
          verdict: 'not-worse',
        }),
      }),
    }),
    glance: 'Not worse average_precision 0.871 → 0.879',
    status: 'success',
    decision: 'merge',
  },
  inconclusive: {
    models: one({
      comparison: comparison({
        verdict: 'inconclusive',
        promote: false,
        metrics: metrics(inconclusive),
        gates: [
          gate({
            outcome: 'inconclusive',
            reason:
              'the interval [−0.021, 0.027] contains −0.0173 (margin: 2 % of the gain over knowing nothing)',
            rowsNeeded: 71_342,
          }),
        ],
      }),
    }),
    glance: 'Inconclusive average_precision 0.871 → 0.874',
    status: 'pending',
    decision: 'look first',
  },
  'gate-failed': {
    models: one({
      comparison: comparison({
        promote: false,
        metrics: metrics().map((one) =>
          one.name === 'log_loss'
            ? metric({
                ...one,
                challenger: { value: 0.0161 },
                difference: {
                  value: -0.0018,
                  interval: [-0.0027, -0.0009],
                  method: 'paired bootstrap by groups',
                },
                verdict: 'worse',
              })
            : one,
        ),
        gates: [
          gate(),
          gate({
            description: 'log_loss not worse',
            metric: 'log_loss',
            role: 'guardrail',
            outcome: 'fail',
            reason:
              'the interval [−0.0027, −0.0009] is below −0.0004 (margin: 2 % of the gain over knowing nothing)',
          }),
        ],
      }),
    }),
    glance: 'Gate failed log_loss 0.0143 → 0.0161',
    status: 'failure',
    decision: 'do not merge',
  },
  'first-model': {
    models: one({ comparison: firstComparison(), validation: validation(), training: training() }),
    glance: 'First model average_precision 0.903',
    status: 'success',
    decision: 'merge',
  },
  'first-model-undecided': {
    models: one({
      comparison: firstComparison({
        promote: false,
        gates: [
          gate({
            description: 'average_precision better than knowing nothing',
            role: 'baseline',
            outcome: 'inconclusive',
            reason: 'no significant gain: interval [0.004, 0.021] against 0.0058 of knowing nothing',
          }),
        ],
      }),
    }),
    glance: '🟡 First model average_precision 0.903',
    status: 'pending',
    decision: 'look first',
  },
  unchanged: {
    models: one({ comparison: comparison({ verdict: 'unchanged', metrics: [], gates: [], slices: [] }) }),
    glance: 'Unchanged, fraud-detector',
    status: 'success',
    decision: 'merge',
  },
  accepted: {
    models: one({
      comparison: {
        ...worseComparison,
        promote: true,
        accepted: {
          by: 'maria',
          reason: 'The regulator asks for the simpler model; see #41 and @lee',
          digest: CHALLENGER_DIGEST,
        },
      },
    }),
    glance: '✅ Accepted average_precision 0.871 → 0.812',
    status: 'success',
    decision: 'merge',
  },
  error: {
    models: one({
      validation: validation(),
      training: failedDocument('training', { file: 'contender.yml', line: 14 }),
      comparison: comparison(),
    }),
    glance: '⛔ Error train-model',
    status: 'error',
    decision: 'do not merge',
  },
  'data-unavailable': {
    models: one({
      comparison: failedDocument('comparison', {
        code: 'data-unavailable',
        message: 'the secrets that fetch the data are withheld from pull requests of forks',
      }),
    }),
    glance: '⛔ Data unavailable, fraud-detector',
    status: 'error',
    decision: 'do not merge',
  },
  leakage: {
    models: one({
      comparison: comparison({
        holdout: {
          ...comparison().holdout,
          leakage: 912,
          overlap: {
            challenger: {
              labelledRows: 18_420,
              checks: [
                { by: 'id', rows: 12, expected: 0.0001, suspicious: true },
                { by: 'values', rows: 900, expected: 31.4, suspicious: true },
              ],
            },
            champion: {
              labelledRows: 18_420,
              checks: [{ by: 'values', rows: 28, expected: 30.2, suspicious: false }],
            },
          },
        },
      }),
    }),
    glance: '⚠️ Better, leakage average_precision 0.871 → 0.903',
    status: 'success',
    decision: 'look first',
  },
  'leakage-not-checked': {
    models: one({
      comparison: comparison({
        holdout: {
          ...comparison().holdout,
          leakage: 0,
          overlap: {
            challenger: {
              labelledRows: 18_420,
              checks: [{ by: 'values', rows: 0, expected: 0.01, suspicious: false }],
            },
            champion: { notChecked: 'its release 1.4.0 has no fingerprint of its training rows' },
          },
        },
      }),
    }),
    glance: '✅ Better average_precision 0.871 → 0.903',
    status: 'success',
    decision: 'merge',
  },
  'self-reported': {
    models: one({ comparison: comparison(), selfReported: true }),
    glance: '🟡 Self-reported better average_precision 0.871 → 0.903',
    status: 'pending',
    decision: 'look first',
  },
  'rules-changed': {
    models: one({
      comparison: comparison({
        exam: {
          commit: 'ffee'.repeat(10),
          changed: [
            { what: 'margin of average_precision', before: '2 % of the gain', after: '0.1' },
            { what: 'guardrail log_loss', before: 'not-worse' },
          ],
          proposed: { verdict: 'equivalent', note: 'every gate passes' },
        },
        holdout: { ...comparison().holdout, refusedRows: 3 },
      }),
    }),
    glance: '⚠️ Better, rules changed average_precision 0.871 → 0.903',
    status: 'success',
    decision: 'look first',
  },
  'only-rules-changed': {
    models: one({
      comparison: comparison({
        verdict: 'unchanged',
        ...{ metrics: [], gates: [], slices: [] },
        exam: {
          commit: 'ffee'.repeat(10),
          changed: [{ what: 'guardrail log_loss', before: 'not-worse' }],
        },
      }),
    }),
    glance: '⚠️ Unchanged, rules changed, fraud-detector',
    status: 'success',
    decision: 'look first',
  },
  'data-broken': {
    models: one({
      comparison: comparison({ holdout: { ...comparison().holdout, leakage: 0, uses: 24 } }),
      validation: validation({
        verdict: 'fail',
        findings: [
          {
            check: 'range',
            severity: 'error',
            dataset: 'holdout',
            column: 'age',
            message: '14 values lie outside 0 to 120',
            failing: 14,
            checked: 18_420,
            examples: [],
          },
        ],
      }),
    }),
    glance: '⚠️ Better, broken data average_precision 0.871 → 0.903',
    status: 'success',
    decision: 'look first',
  },
  'data-failed': {
    models: one({
      validation: validation({
        verdict: 'fail',
        inputs: [
          {
            role: 'training',
            path: 'data/train.csv',
            sha256: 'cd34'.repeat(16),
            rowsRead: 92_310,
            rejectedRows: 0,
          },
        ],
        findings: [
          {
            check: 'range',
            severity: 'error',
            dataset: 'training',
            column: 'amt',
            message: '2 of 92310 rows are below 0; allowed: none; first at data/train.csv:812: "-3.5"',
            failing: 2,
            checked: 92_310,
            examples: [
              { file: 'data/train.csv', line: 812, value: '-3.5' },
              { file: 'data/train.csv', line: 9001, value: '-1' },
            ],
            location: { file: 'contract.yml', line: 14 },
            edit: {
              file: 'contract.yml',
              line: 14,
              path: 'schema[0].properties[1].logicalTypeOptions.minimum',
              before: '        logicalTypeOptions: {minimum: 0}\n',
              after: '        logicalTypeOptions: {minimum: -3.5}\n',
            },
          },
          {
            check: 'column-missing',
            severity: 'error',
            dataset: 'training',
            column: 'hour',
            message: 'the column hour is missing; the data has amt, category, is_fraud',
            examples: [],
            location: { file: 'contract.yml', line: 20 },
          },
        ],
      }),
    }),
    glance: '❌ Data failed 2 errors',
    status: 'failure',
    decision: 'do not merge',
  },
  'data-alone': {
    models: one({ validation: validation() }),
    glance: '🟡 Data with warnings 1 warning',
    status: 'pending',
    decision: 'look first',
  },
  'gate-undecided': {
    models: one({
      comparison: comparison({
        promote: false,
        gates: [
          gate(),
          gate({
            description: 'recall of chargebacks at least 0.9',
            metric: 'recall',
            role: 'gate',
            outcome: 'inconclusive',
            reason: 'the interval [0.882, 0.941] contains 0.9',
            rowsNeeded: 41_200,
          }),
        ],
      }),
    }),
    glance: '🟡 Gate undecided recall of chargebacks at least 0.9',
    status: 'pending',
    decision: 'look first',
  },
  'documents-only': {
    models: ['churn', 'demand', 'fraud-detector'].map((model) => ({
      model,
      comparison: comparison({ model, verdict: 'unchanged', metrics: [], gates: [], slices: [] }),
    })),
    glance: '✅ Unchanged, all 3 models',
    status: 'success',
    decision: 'merge',
  },
  'next-push': {
    models: one({ comparison: comparison() }),
    glance: '✅ Better average_precision 0.871 → 0.903',
    status: 'success',
    decision: 'merge',
    before: [
      { models: one({ training: failedDocument('training') }), run: runOf('1', 'a1b2') },
      { models: one({ comparison: worseComparison }), run: runOf('2', 'c3d4') },
    ],
  },
  'next-push-of-several': {
    models: [
      { model: 'churn', comparison: comparison({ model: 'churn' }) },
      { model: 'demand', comparison: { ...worseComparison, model: 'demand' } },
      { model: 'pricing', comparison: comparison({ model: 'pricing', verdict: 'unchanged' }) },
    ],
    glance: '❌ Worse average_precision 0.871 → 0.812, demand',
    status: 'failure',
    decision: 'do not merge',
    before: [
      {
        models: [
          { model: 'churn', comparison: { ...worseComparison, model: 'churn' } },
          { model: 'demand', comparison: comparison({ model: 'demand' }) },
          { model: 'pricing', comparison: comparison({ model: 'pricing' }) },
        ],
        run: runOf('1', 'a1b2'),
      },
    ],
  },
  matrix: {
    models: one({ comparison: comparison() }),
    glance: '❌ Worse average_precision 0.871 → 0.812, churn',
    status: 'failure',
    decision: 'do not merge',
    before: [
      { models: [{ model: 'churn', comparison: { ...worseComparison, model: 'churn' } }], run: RUN },
      {
        models: [{ model: 'demand', comparison: comparison({ model: 'demand', verdict: 'unchanged' }) }],
        run: RUN,
      },
    ],
  },
  'five-models': {
    models: [
      { model: 'churn', comparison: comparison({ model: 'churn' }) },
      { model: 'demand', comparison: comparison({ model: 'demand', verdict: 'unchanged' }) },
      { model: 'fraud-detector', comparison: worseComparison },
      {
        model: 'pricing',
        comparison: comparison({
          model: 'pricing',
          primary: 'rmse',
          verdict: 'inconclusive',
          promote: false,
          metrics: [
            metric({
              name: 'rmse',
              direction: 'lower',
              champion: { value: 1412.6 },
              challenger: { value: 1398.1 },
              difference: { value: 14.5, interval: [-22.1, 51.9], method: 'paired bootstrap' },
              verdict: 'inconclusive',
              margin: 20,
              detectable: 53,
            }),
          ],
          gates: [],
          slices: [],
        }),
      },
      {
        model: 'ranker',
        training: failedDocument('training', { code: 'outside', message: 'the process was killed' }),
      },
    ],
    glance: '⛔ Error train-model, ranker',
    status: 'error',
    decision: 'do not merge',
  },
};

/** The request whose comment shows a state, after what was written before. */
export function commentOf(
  { models, before = [] }: Pick<State, 'models' | 'before'>,
  sha256: CommentRequest['sha256'],
): CommentRequest {
  let earlier: CommentRequest['earlier'];
  for (const report of before) {
    earlier = openComment(renderComment({ ...report, sha256, earlier }).body, sha256);
  }
  return { models, run: RUN, sha256, earlier };
}

function runOf(run: string, commit: string): RunReference {
  return { ...RUN, run, commit: commit.repeat(10) };
}
