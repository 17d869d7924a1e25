import type { DocumentError, DocumentKind } from '../../src/core/documents/common.ts';
import type {
  CompletedComparison,
  Gate,
  MetricComparison,
  SliceComparison,
} from '../../src/core/documents/comparison.ts';
import { buildFailedDocument, type DocumentByKind } from '../../src/core/documents/documents.ts';
import type { CompletedDrift, DriftColumn } from '../../src/core/documents/drift.ts';
import type { CompletedRelease } from '../../src/core/documents/release.ts';
import type { CompletedTraining } from '../../src/core/documents/training.ts';
import type { CompletedValidation, DatasetProfile } from '../../src/core/documents/validation.ts';

/** Evidence documents with plausible content; each builder takes the fields a test is about. */

export const HEAD_COMMIT = '3f1c9a7be2d4508617cafe00d15ea5e0badc0de1';
export const BASE_COMMIT = '9b0d5c3a1e7f2468ace013579bdf02468ace1357';
export const CHAMPION_DIGEST = 'c4a3'.repeat(16);
export const CHALLENGER_DIGEST = '5e1f'.repeat(16);

const TOOL = { name: 'contender', version: '0.1.0' };
const SOURCE = {
  repository: 'acme/fraud',
  headCommit: HEAD_COMMIT,
  baseCommit: BASE_COMMIT,
  run: '9041',
  attempt: '1',
};

export function metric(overrides: Partial<MetricComparison> = {}): MetricComparison {
  return {
    name: 'average_precision',
    direction: 'higher',
    champion: { value: 0.871, interval: [0.852, 0.889] },
    challenger: { value: 0.903, interval: [0.886, 0.919] },
    difference: {
      value: 0.032,
      interval: [0.021, 0.043],
      pValue: 0.0004,
      method: 'paired bootstrap by groups',
    },
    verdict: 'better',
    margin: 0.0173,
    noInformation: 0.0058,
    detectable: 0.0157,
    ...overrides,
  };
}

/** The metrics of a fraud model: one that is better, two that hold, one in milliseconds. */
export function metrics(primary: Partial<MetricComparison> = {}): MetricComparison[] {
  return [
    metric(primary),
    metric({
      name: 'roc_auc',
      champion: { value: 0.9871, interval: [0.984, 0.9902] },
      challenger: { value: 0.9886, interval: [0.986, 0.9912] },
      difference: { value: 0.0015, interval: [-0.0004, 0.0034], pValue: 0.12, method: 'DeLong' },
      verdict: 'equivalent',
      margin: 0.00974,
      noInformation: 0.5,
    }),
    metric({
      name: 'log_loss',
      direction: 'lower',
      champion: { value: 0.0143, interval: [0.0131, 0.0156] },
      challenger: { value: 0.0129, interval: [0.0118, 0.0141] },
      difference: {
        value: 0.0014,
        interval: [0.0008, 0.002],
        pValue: 0.0002,
        method: 'paired bootstrap by groups',
      },
      verdict: 'better',
      margin: 0.0004,
      noInformation: 0.0356,
    }),
    metric({
      name: 'latency_p95_ms',
      direction: 'lower',
      champion: { value: 1.84 },
      challenger: { value: 2.31 },
      difference: { value: -0.47, interval: [-0.52, -0.41], method: 'paired bootstrap' },
      verdict: 'not-worse',
      margin: 5,
    }),
  ];
}

export function gate(overrides: Partial<Gate> = {}): Gate {
  return {
    description: 'average_precision not worse',
    metric: 'average_precision',
    role: 'primary',
    outcome: 'pass',
    reason: 'the interval [0.021, 0.043] is above −0.0173 (margin: 2 % of the gain over knowing nothing)',
    ...overrides,
  };
}

export function slice(overrides: Partial<SliceComparison> = {}): SliceComparison {
  return {
    ...metric({
      champion: { value: 0.842 },
      challenger: { value: 0.881 },
      difference: { value: 0.039, interval: [0.012, 0.066], method: 'paired bootstrap by groups' },
    }),
    slice: 'category = grocery_pos',
    rows: 3120,
    positives: 61,
    ...overrides,
  };
}

export function slices(): SliceComparison[] {
  const names = ['grocery_pos', 'shopping_net', 'misc_net', 'gas_transport', 'travel', 'home', 'kids_pets'];
  return names.map((name, index) =>
    slice({
      slice: `category = ${name}`,
      rows: 3400 - index * 390,
      positives: 70 - index * 9,
      challenger: { value: 0.881 - index * 0.004 },
      difference: {
        value: 0.039 - index * 0.005,
        interval: [0.012 - index * 0.009, 0.066 + index * 0.004],
        method: 'paired bootstrap by groups',
      },
      verdict: index > 1 ? 'inconclusive' : 'better',
    }),
  );
}

/** A losing slice: fewer frauds found in one category. */
export function losingSlice(): SliceComparison {
  return slice({
    slice: 'hour = night',
    rows: 2210,
    positives: 148,
    champion: { value: 0.912 },
    challenger: { value: 0.874 },
    difference: { value: -0.038, interval: [-0.061, -0.015], method: 'paired bootstrap by groups' },
    verdict: 'worse',
  });
}

export function curves(): NonNullable<CompletedComparison['curves']> {
  const grid = Array.from({ length: 41 }, (_, index) => index / 40);
  const roc = (power: number) => grid.map((x): [number, number] => [x, x ** power]);
  const precisionRecall = (power: number) => grid.map((x): [number, number] => [x, 1 - 0.99 * x ** power]);
  const bins = [0.02, 0.11, 0.23, 0.34, 0.46, 0.55, 0.63, 0.75, 0.86, 0.95];
  return {
    roc: { champion: roc(0.09), challenger: roc(0.06) },
    precisionRecall: { champion: precisionRecall(5), challenger: precisionRecall(8) },
    calibration: {
      champion: bins.map((x): [number, number] => [x, Math.min(1, x * 1.2 + 0.01)]),
      challenger: bins.map((x): [number, number] => [x, Math.min(1, x * 1.04)]),
    },
    thresholds: thresholds(),
  };
}

/** Of 412 positive and 18,008 negative rows; a missed one costs 120, a false alarm 4. */
export function thresholds(): NonNullable<NonNullable<CompletedComparison['curves']>['thresholds']> {
  const grid = Array.from({ length: 81 }, (_, index) => index / 80);
  const points = (power: number) =>
    grid.map((threshold) => {
      const rate = (1 - threshold) ** 4;
      const truePositives = Math.round(412 * rate ** power);
      const falsePositives = Math.round(18_008 * rate);
      return {
        threshold,
        truePositives,
        falsePositives,
        cost: 4 * falsePositives + 120 * (412 - truePositives),
      };
    });
  return { inUse: 0.5, champion: points(0.09), challenger: points(0.06) };
}

export function comparison(overrides: Partial<CompletedComparison> = {}): CompletedComparison {
  return {
    kind: 'comparison',
    schemaVersion: 1,
    model: 'fraud-detector',
    task: 'binary-classification',
    tool: TOOL,
    source: SOURCE,
    inputs: [
      {
        role: 'holdout',
        path: 'data/holdout.parquet',
        sha256: 'ab12'.repeat(16),
        bytes: 1_284_000,
        rows: 18_420,
      },
    ],
    measured: { createdAt: '2026-03-02T09:14:00.000Z', seconds: 6.4, peakMemoryBytes: 412_000_000 },
    verdict: 'better',
    promote: true,
    primary: 'average_precision',
    proposedVersion: '1.5.0',
    champion: {
      digest: CHAMPION_DIGEST,
      bytes: 184_220,
      version: '1.4.0',
      origin: 'release fraud-detector@v1.4.0',
    },
    challenger: { digest: CHALLENGER_DIGEST, bytes: 201_344, origin: 'trained in this run' },
    exam: { commit: BASE_COMMIT, changed: [] },
    confidence: 0.95,
    metrics: metrics(),
    gates: [
      gate(),
      gate({
        description: 'log_loss not worse',
        metric: 'log_loss',
        role: 'guardrail',
        reason:
          'the interval [0.0008, 0.002] is above −0.0004 (margin: 2 % of the gain over knowing nothing)',
      }),
    ],
    slices: slices(),
    flips: { threshold: 0.5, newlyRight: 31, newlyWrong: 12 },
    curves: curves(),
    modelContract: { changes: [{ change: 'new input dow (int64)', breaking: false }] },
    size: { champion: 184_220, challenger: 201_344 },
    holdout: {
      rows: 18_420,
      positives: 412,
      groups: 903,
      groupsWithPositives: 118,
      digest: `rows:${'77aa'.repeat(8)}`,
      uses: 4,
    },
    windows: {
      training: { from: '2019-06-01T00:00:00Z', to: '2020-06-01T00:00:00Z' },
      holdout: { from: '2020-06-02T00:00:00Z', to: '2020-08-01T00:00:00Z' },
    },
    trainingData: `rows:${'31be'.repeat(8)}`,
    importance: [
      { column: 'amt', share: 0.46 },
      { column: 'hour', share: 0.23 },
      { column: 'category', share: 0.17 },
      { column: 'age', share: 0.08 },
      { column: 'dow', share: 0.06 },
    ],
    parametersChanged: [
      { what: 'iterations', before: '200', after: '300' },
      { what: 'learning-rate', before: '0.1', after: '0.05' },
    ],
    ...overrides,
  };
}

/** A comparison without a champion. */
export function firstComparison(overrides: Partial<CompletedComparison> = {}): CompletedComparison {
  const alone = metrics().map(
    ({ name, direction, challenger, noInformation }): MetricComparison => ({
      name,
      direction,
      ...(challenger && { challenger }),
      ...(noInformation !== undefined && { noInformation }),
    }),
  );
  const { champion: _champion, flips: _flips, ...rest } = comparison();
  const { champion: _size, ...size } = rest.size!;
  return {
    ...rest,
    verdict: 'no-champion',
    proposedVersion: '1.0.0',
    metrics: alone,
    gates: [
      gate({
        description: 'average_precision better than knowing nothing',
        role: 'baseline',
        reason: 'a significant gain: interval [0.886, 0.919] against 0.0058 of knowing nothing',
      }),
    ],
    slices: [],
    size,
    modelContract: { changes: [] },
    parametersChanged: [],
    ...overrides,
  };
}

export function failedDocument<Kind extends DocumentKind>(
  kind: Kind,
  error: Partial<DocumentError> = {},
): Extract<DocumentByKind[Kind], { verdict: 'error' }> {
  return buildFailedDocument(
    kind,
    'fraud-detector',
    { tool: TOOL, source: SOURCE },
    { code: 'input', message: 'the column is_fraud is missing; the data have amt, hour, age', ...error },
  );
}

export function datasetProfile(overrides: Partial<DatasetProfile> = {}): DatasetProfile {
  const histogram = [812, 640, 402, 251, 160, 98, 61, 40, 22, 9].map((count, index) => ({
    from: index * 50,
    to: (index + 1) * 50,
    count,
  }));
  return {
    name: 'training',
    rows: 92_310,
    columns: [
      {
        name: 'amt',
        type: 'number',
        missing: 0,
        distinct: 41_204,
        minimum: 1,
        maximum: 489.2,
        mean: 70.35,
        standardDeviation: 158.1,
        quantiles: { '0.25': 9.6, '0.5': 47.4, '0.75': 83.1 },
        histogram,
      },
      {
        name: 'category',
        type: 'string',
        missing: 120,
        distinct: 14,
        top: [
          { value: 'gas_transport', count: 9341 },
          { value: 'grocery_pos', count: 8822 },
          { value: 'home', count: 8740 },
        ],
      },
      { name: 'is_fraud', type: 'integer', missing: 0, distinct: 2, minimum: 0, maximum: 1, mean: 0.0058 },
    ],
    ...overrides,
  };
}

export function validation(overrides: Partial<CompletedValidation> = {}): CompletedValidation {
  return {
    kind: 'validation',
    schemaVersion: 1,
    model: 'fraud-detector',
    task: 'binary-classification',
    tool: TOOL,
    source: SOURCE,
    inputs: [{ role: 'training', path: 'data/train.parquet', sha256: 'cd34'.repeat(16), rows: 92_310 }],
    measured: { createdAt: '2026-03-02T09:13:00.000Z', seconds: 1.2 },
    verdict: 'warn',
    fingerprint: `rows:${'90ff'.repeat(8)}`,
    datasets: [datasetProfile(), datasetProfile({ name: 'holdout', rows: 18_420 })],
    findings: [
      {
        check: 'missing',
        severity: 'warning',
        dataset: 'training',
        column: 'category',
        message: '0.13 % of the values are missing; the contract allows 0.1 %',
        failing: 120,
        checked: 92_310,
        examples: [{ file: 'data/train.parquet', line: 812, value: '' }],
      },
    ],
    contract: { path: 'contract.yml', rules: 18 },
    ...overrides,
  };
}

export function training(overrides: Partial<CompletedTraining> = {}): CompletedTraining {
  return {
    kind: 'training',
    schemaVersion: 1,
    model: 'fraud-detector',
    task: 'binary-classification',
    tool: TOOL,
    source: SOURCE,
    inputs: [{ role: 'training', path: 'data/train.parquet', sha256: 'cd34'.repeat(16), rows: 92_310 }],
    measured: { createdAt: '2026-03-02T09:13:30.000Z', seconds: 11.8 },
    verdict: 'trained',
    learner: 'gradient-boosting',
    parameters: { iterations: 300, 'learning-rate': 0.05 },
    seed: 7,
    digest: CHALLENGER_DIGEST,
    path: 'model/model.onnx',
    bytes: 201_344,
    rows: 92_310,
    metrics: { log_loss: 0.0121 },
    environment: { node: '24.21.0' },
    data: `rows:${'31be'.repeat(8)}`,
    windows: {
      training: { from: '2019-06-01T00:00:00Z', to: '2020-06-01T00:00:00Z' },
      holdout: { from: '2020-06-02T00:00:00Z', to: '2020-08-01T00:00:00Z' },
    },
    recipe: 'ee55'.repeat(16),
    signature: {
      inputs: [{ name: 'amt', type: 'float', shape: ['N', 1] }],
      outputs: [{ name: 'probabilities', type: 'float', shape: ['N', 2] }],
    },
    featureColumns: [
      { name: 'amt', type: 'number' },
      { name: 'hour', type: 'integer' },
      { name: 'category', type: 'string' },
    ],
    ...overrides,
  };
}

export function driftColumn(overrides: Partial<DriftColumn> = {}): DriftColumn {
  return {
    name: 'amt',
    role: 'feature',
    method: 'kolmogorov-smirnov',
    statistic: 0.183,
    pValue: 1e-30,
    adjustedPValue: 6e-30,
    effect: {
      name: 'wasserstein distance in standard deviations',
      value: 0.41,
      interval: [0.36, 0.47],
      minimum: 0.1,
    },
    drifted: true,
    ...overrides,
  };
}

export function drift(overrides: Partial<CompletedDrift> = {}): CompletedDrift {
  return {
    kind: 'drift',
    schemaVersion: 1,
    model: 'fraud-detector',
    task: 'binary-classification',
    tool: TOOL,
    source: SOURCE,
    inputs: [{ role: 'current', path: 'data/current/2020-11.parquet', rows: 9120 }],
    measured: { createdAt: '2026-06-01T04:00:00.000Z', seconds: 2.1 },
    verdict: 'drift',
    recommendation: 'retrain',
    reason: 'the performance measured on labelled rows fell by more than the margin',
    champion: { version: '1.5.0', digest: CHALLENGER_DIGEST },
    reference: { rows: 18_420, description: 'profile in the release fraud-detector@v1.5.0' },
    current: { rows: 9120, labelledRows: 8800, from: '2020-09-01T00:00:00Z', to: '2020-11-01T00:00:00Z' },
    level: 0.000274,
    columns: [
      driftColumn(),
      driftColumn({
        name: 'hour',
        statistic: 0.021,
        pValue: 0.21,
        adjustedPValue: 0.42,
        effect: { name: 'wasserstein distance in standard deviations', value: 0.03, minimum: 0.1 },
        drifted: false,
      }),
      driftColumn({ name: 'score', role: 'prediction', drifted: true }),
      driftColumn({
        name: 'is_fraud',
        role: 'target',
        method: 'chi-squared',
        statistic: 4.1,
        pValue: 0.043,
        adjustedPValue: 0.09,
        effect: { name: "Cramér's V", value: 0.02, minimum: 0.1 },
        drifted: false,
      }),
    ],
    performance: {
      kind: 'realized',
      metric: 'average_precision',
      reference: 0.903,
      current: 0.781,
      interval: [-0.151, -0.093],
      margin: 0.0173,
      degraded: true,
    },
    form: 'sudden',
    ...overrides,
  };
}

export function release(overrides: Partial<CompletedRelease> = {}): CompletedRelease {
  return {
    kind: 'release',
    schemaVersion: 1,
    model: 'fraud-detector',
    tool: TOOL,
    source: SOURCE,
    inputs: [],
    measured: {},
    verdict: 'published',
    version: '1.5.0',
    tag: 'fraud-detector@v1.5.0',
    digest: CHALLENGER_DIGEST,
    assets: [{ name: 'model.onnx', sha256: CHALLENGER_DIGEST, bytes: 201_344 }],
    reason: 'champion and training data are those it was judged with',
    ...overrides,
  };
}
