import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareCalibrationError } from '../../../src/core/metrics/binary-probability-metrics.ts';
import type { BinarySample } from '../../../src/core/metrics/metric.ts';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { binarySample, metricNamed, metricValue, reasonOf } from './samples.ts';

const documented = binarySample([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);

describe('known values', () => {
  it("scikit-learn's documented example", () => {
    expect(metricValue(documented, 'roc_auc')).toBe(0.75);
    expectClose(metricValue(documented, 'average_precision'), 0.8333333333333333, 1e-15);
    expectClose(metricValue(documented, 'brier_score'), (0.01 + 0.16 + 0.4225 + 0.04) / 4, 1e-15);
    expect(metricValue(documented, 'accuracy')).toBe(0.75);
    expect(metricValue(documented, 'recall_at_fpr_0')).toBe(0.5);
    expect(metricValue(documented, 'recall_at_fpr_0.5')).toBe(1);
    expectClose(metricValue(documented, 'precision_at_recall_0.8'), 2 / 3, 1e-15);
    expect(metricValue(documented, 'ks_statistic')).toBe(0.5);
  });

  it('cost of wrong decisions, for all rows or row by row', () => {
    expect(metricValue(documented, 'expected_cost')).toBe(5 / 4);
    const own = { ...documented, falseNegativeCost: Float64Array.of(9, 9, 30, 9) };
    expect(metricValue(own, 'expected_cost')).toBe(30 / 4);
  });

  it('log loss is clipped and the clipped rows are counted', () => {
    const value = metricNamed('binary-classification', 'log_loss').compute(
      binarySample([0, 1, 1], [0, 1, 0]),
    );
    expect(value).toMatchObject({ defined: true, clippedRows: 1 });
    expectClose(value.defined ? value.value : Number.NaN, 12.014551129705717, 1e-13);
  });

  it('equal scores know nothing', () => {
    const equal = binarySample([0, 0, 0, 0, 0, 1, 1, 1], new Array(8).fill(0.5));
    expect(metricValue(equal, 'roc_auc')).toBe(0.5);
    expect(metricValue(equal, 'average_precision')).toBe(3 / 8);
    expect(metricValue(equal, 'ks_statistic')).toBe(0);
    expect(metricValue(equal, 'recall_at_fpr_0.5')).toBe(0);
  });

  it('a correlation of constant decisions is 0 by convention', () => {
    expect(metricValue(binarySample([0, 1, 0, 1], [0.9, 0.9, 0.9, 0.9]), 'matthews_corrcoef')).toBe(0);
  });

  it('what knows nothing of a row', () => {
    const baseline = (name: string) => metricNamed('binary-classification', name).noInformation?.(quarter);
    const quarter = binarySample([0, 0, 0, 1], [0.2, 0.2, 0.2, 0.2]);
    expect(baseline('roc_auc')).toBe(0.5);
    expect(baseline('average_precision')).toBe(0.25);
    expect(baseline('accuracy')).toBe(0.75);
    expect(baseline('brier_score')).toBe(0.1875);
    expectClose(baseline('log_loss')!, -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), 1e-15);
    // Rejecting every row misses one positive at 5; accepting costs three times 1.
    expect(baseline('expected_cost')).toBe(0.75);
    expect(baseline('expected_calibration_error')).toBeUndefined();
    // As many decisions, dealt out at random: half of the rows, of which a quarter is positive.
    const half = binarySample([0, 0, 0, 1], [0.9, 0.2, 0.2, 0.9]);
    const atRandom = (name: string) => metricNamed('binary-classification', name).noInformation?.(half);
    expect(atRandom('recall')).toBe(0.5);
    expect(atRandom('specificity')).toBe(0.5);
    expect(atRandom('precision')).toBe(0.25);
    expectClose(atRandom('f1')!, 1 / 3, 1e-15);
    expect(atRandom('recall_at_fpr_0.1')).toBe(0.1);
  });
});

describe('undefined values', () => {
  const reason = (sample: BinarySample, name: string) =>
    reasonOf(metricNamed('binary-classification', name).compute(sample));
  const onlyPositive = binarySample([1, 1, 1], [0.2, 0.5, 0.9]);
  const onlyNegative = binarySample([0, 0, 0], [0.2, 0.3, 0.1]);

  it.each(['roc_auc', 'balanced_accuracy', 'matthews_corrcoef', 'ks_statistic', 'recall_at_fpr_0.1'])(
    '%s of one class',
    (name) => {
      expect(reason(onlyPositive, name)).toContain('one class');
      expect(reason(onlyNegative, name)).toContain('one class');
    },
  );

  it('each says what is missing', () => {
    expect(reason(onlyNegative, 'average_precision')).toContain('no positive rows');
    expect(reason(onlyNegative, 'precision_at_recall_0.5')).toContain('no positive rows');
    expect(reason(onlyNegative, 'precision')).toContain('no positive decisions');
    expect(reason(onlyNegative, 'f1')).toContain('neither');
    expect(reason(onlyPositive, 'specificity')).toContain('no negative rows');
    expect(reason(binarySample([], []), 'accuracy')).toContain('no rows');
    expect(reason(binarySample([0, 1], [0.1, Number.NaN]), 'accuracy')).toContain('missing');
    expect(reason(binarySample([0, 1], [-3, 4]), 'log_loss')).toContain('outside 0 … 1');
    expect(reason(binarySample([0, 1], [-3, 4]), 'expected_calibration_error')).toContain('outside');
    const { falsePositiveCost: _, ...withoutCost } = documented;
    expect(reason(withoutCost, 'expected_cost')).toContain('no costs');
  });

  it('rank metrics take any score', () => {
    expect(metricValue(binarySample([0, 1], [-3, 4]), 'roc_auc')).toBe(1);
  });
});

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 8 })), {
  minLength: 1,
  maxLength: 30,
});

describe('brute-force twins', () => {
  it('threshold sweeps see every threshold', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 100 }), (list, hundredths) => {
        const limit = hundredths / 100;
        const sample = binarySample(
          list.map(([label]) => label),
          list.map(([, score]) => score / 8),
        );
        const points = thresholdsOf(sample);
        const expected: Record<string, number> = {
          ks_statistic: Math.max(0, ...points.map(({ recall, falseRate }) => Math.abs(recall - falseRate))),
          [`recall_at_fpr_${limit}`]: Math.max(
            0,
            ...points.filter(({ falseRate }) => falseRate <= limit + 1e-9).map(({ recall }) => recall),
          ),
          [`precision_at_recall_${limit}`]: Math.max(
            ...points.filter(({ recall }) => recall >= limit - 1e-9).map(({ precision }) => precision),
          ),
        };
        for (const [name, value] of Object.entries(expected)) {
          const actual = metricNamed('binary-classification', name).compute(sample);
          if (actual.defined) expectClose(actual.value, value, 1e-12, name);
          else expect(new Set(sample.labels).size, name).toBe(1);
        }
      }),
    );
  });

  it('average precision sums precision over the steps of recall', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const sample = binarySample(
          list.map(([label]) => label),
          list.map(([, score]) => score / 8),
        );
        const actual = metricNamed('binary-classification', 'average_precision').compute(sample);
        if (!actual.defined) return;
        let before = 0;
        let expected = 0;
        for (const { recall, precision } of thresholdsOf(sample)) {
          expected += (recall - before) * precision;
          before = recall;
        }
        expectClose(actual.value, expected, 1e-12);
      }),
    );
  });

  it('calibration bins take whole rows of a resample', () => {
    const multiplicities = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(multiplicities, (list) => {
        const labels = list.map((_, row) => Number((row * 7) % 3 === 0));
        const probabilities = list.map((_, row) => ((row * 17) % 41) / 41);
        const drawn = list.flatMap((count, row) => new Array<number>(count).fill(row));
        if (drawn.length === 0) return;
        const resampled = binarySample(
          drawn.map((row) => labels[row]!),
          drawn.map((row) => probabilities[row]!),
        );
        const metric = metricNamed('binary-classification', 'expected_calibration_error');
        const swept = metric.prepare(binarySample(labels, probabilities))(Float64Array.from(list));
        expectClose(swept, metricValue(resampled, 'expected_calibration_error'), 1e-12);
        expectClose(swept, slowCalibrationError(resampled, 15), 1e-12);
      }),
    );
  });
});

type Point = { recall: number; falseRate: number; precision: number };

/** A point for every distinct score, from the highest down. */
function thresholdsOf(sample: BinarySample): Point[] {
  const { labels, probabilities } = sample;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return [...new Set(probabilities)]
    .sort((left, right) => right - left)
    .map((threshold) => {
      const chosen = Array.from(labels).filter((_, row) => probabilities[row]! >= threshold);
      const hits = chosen.filter((label) => label === 1).length;
      return {
        recall: hits / positives,
        falseRate: (chosen.length - hits) / (labels.length - positives),
        precision: hits / chosen.length,
      };
    });
}

function slowCalibrationError(sample: BinarySample, bins: number): number {
  const { labels, probabilities } = sample;
  const order = Array.from(labels, (_, row) => row).sort(
    (left, right) => probabilities[left]! - probabilities[right]!,
  );
  let error = 0;
  let start = 0;
  for (let bin = 0; bin < bins; bin++) {
    const end = start + Math.floor(order.length / bins) + Number(bin < order.length % bins);
    const gaps = order.slice(start, end).map((row) => probabilities[row]! - labels[row]!);
    error += Math.abs(gaps.reduce((sum, gap) => sum + gap, 0)) / order.length;
    start = end;
  }
  return error;
}

type ModelGolden = Record<string, number> & {
  recall_at_fpr: Record<string, { recall: number }>;
  calibration_equal_mass_10: { ece: number };
  calibration_equal_mass_5: { ece: number };
};

type BinaryGolden = {
  y: number[];
  score_a: number[];
  score_b: number[];
  model_a: ModelGolden;
  model_b: ModelGolden;
  'model_a_threshold_0.3': ModelGolden;
  ties: ModelGolden & { y: number[]; score: number[] };
  sample_weight: Record<string, number>;
};

describeWithSharedData('reference values of binary metrics', () => {
  const goldenNames: Record<string, string> = {
    roc_auc: 'roc_auc',
    average_precision: 'average_precision',
    log_loss: 'log_loss_clip_eps',
    brier_score: 'brier',
    accuracy: 'accuracy',
    balanced_accuracy: 'balanced_accuracy',
    precision: 'precision',
    recall: 'recall',
    specificity: 'specificity',
    f1: 'f1',
    matthews_corrcoef: 'mcc',
    ks_statistic: 'ks_statistic',
  };

  it('every model', () => {
    const golden = readGolden<BinaryGolden>('metrics_binary');
    const models = [
      [binarySample(golden.y, golden.score_a), golden.model_a],
      [binarySample(golden.y, golden.score_b), golden.model_b],
      [binarySample(golden.y, golden.score_a, 0.3), golden['model_a_threshold_0.3']],
      [binarySample(golden.ties.y, golden.ties.score), golden.ties],
    ] as const;
    for (const [sample, expected] of models) {
      for (const [name, key] of Object.entries(goldenNames)) {
        expectClose(metricValue(sample, name), expected[key]!, 1e-12, name);
      }
      for (const [limit, { recall }] of Object.entries(expected.recall_at_fpr)) {
        expectClose(metricValue(sample, `recall_at_fpr_${limit}`), recall, 1e-12, limit);
      }
      for (const bins of [5, 10] as const) {
        const prepared = prepareCalibrationError(sample, bins, 'in-order');
        if ('impossible' in prepared) throw new Error(prepared.impossible);
        const once = new Float64Array(sample.labels.length).fill(1);
        expectClose(prepared.statistic(once), expected[`calibration_equal_mass_${bins}`].ece, 1e-12);
      }
    }
  });

  it('weighted rows', () => {
    const golden = readGolden<BinaryGolden>('metrics_binary');
    const weights = Float64Array.from(golden.y, (_, row) => 1 + (row % 3));
    const sample = { ...binarySample(golden.y, golden.score_a), weights };
    expectClose(metricValue(sample, 'roc_auc'), golden.sample_weight.roc_auc_a!, 1e-12);
    expectClose(metricValue(sample, 'average_precision'), golden.sample_weight.average_precision_a!, 1e-12);
    expectClose(metricValue(sample, 'brier_score'), golden.sample_weight.brier_a!, 1e-12);
    expectClose(metricValue(sample, 'log_loss'), golden.sample_weight.log_loss_a!, 1e-12);
  });
});
