/** Metrics of classification into more than two classes. */

import { influenceOnArea } from '../statistics/placements.ts';
import type { Multiplicities } from '../statistics/resampling.ts';
import { SMALLEST_PROBABILITY } from './binary-probability-metrics.ts';
import { allShares, defineMetric, type Prepared, preparedMean, type RowValues } from './definition.ts';
import type { MulticlassSample, SampleMetric } from './metric.ts';
import { classesKnown, FOREIGN_CLASS } from './multiclass-decision-metrics.ts';
import { areaUnderCurve, orderByScore, prepareCurve } from './rank-curve.ts';
import { classShares, entropy } from './weighting.ts';

const NO_WEIGHT = 'all weights are zero';

export const multiclassAccuracy: SampleMetric = defineMetric<MulticlassSample>({
  name: 'accuracy',
  task: 'multiclass-classification',
  direction: 'higher',
  needs: 'decisions',
  comparison: 'mcnemar',
  undefinedWhen: NO_WEIGHT,
  prepare: (sample) => preparedMean(rowHits(sample)),
  rowValues: rowHits,
  outcomes: ({ labels, predicted }) => ({
    right: Uint8Array.from(labels, (label, row) => Number(label === predicted[row])),
  }),
  noInformation: ({ labels, classCount, weights }) => Math.max(...classShares(labels, classCount, weights)),
});

/** Rows of probabilities are scaled to sum to 1 first. */
export const multiclassLogLoss: SampleMetric = defineMetric<MulticlassSample>({
  name: 'log_loss',
  task: 'multiclass-classification',
  direction: 'lower',
  needs: 'probabilities',
  comparison: 'paired-mean',
  undefinedWhen: NO_WEIGHT,
  prepare: (sample) => preparedMean(rowLogLosses(sample)),
  rowValues: rowLogLosses,
  noInformation: ({ labels, classCount, weights }) => entropy(classShares(labels, classCount, weights)),
});

/**
 * The area under the ROC curve of each class against the rest, averaged over the classes that have both
 * rows of their own and others; the others are named in `leftOutClasses`.
 */
export const rocAucOneVersusRest: SampleMetric = defineMetric<MulticlassSample>({
  name: 'roc_auc_ovr',
  task: 'multiclass-classification',
  direction: 'higher',
  needs: 'probabilities',
  comparison: 'influence',
  undefinedWhen: 'the rows hold only one class',
  prepare: prepareOneVersusRest,
  influence: influenceOnAreas,
  noInformation: () => 0.5,
});

/** The share of rows whose label is among the k most probable classes; at a tie, the chance of it. */
export function topKAccuracy(name: string, k: number): SampleMetric {
  const rowValues = (sample: MulticlassSample) => rowTopHits(sample, k);
  return defineMetric<MulticlassSample>({
    name,
    task: 'multiclass-classification',
    direction: 'higher',
    needs: 'probabilities',
    comparison: 'paired-mean',
    undefinedWhen: NO_WEIGHT,
    prepare: (sample) => preparedMean(rowValues(sample)),
    rowValues,
  });
}

function prepareOneVersusRest(sample: MulticlassSample): Prepared {
  if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
  const { labels, classCount } = sample;
  const shares = classShares(labels, classCount, sample.weights);
  const codes = Array.from({ length: classCount }, (_, code) => code);
  const usable = codes.filter((code) => shares[code]! > 0 && shares[code]! < 1);
  const leftOutClasses = codes.filter((code) => !usable.includes(code));
  const sweeps = usable.map((code) => {
    const scores = scoresOfClass(sample, code);
    return prepareCurve(orderByScore(scores, (row) => labels[row] === code));
  });
  const statistic = (multiplicities: Multiplicities) => {
    let sum = 0;
    let defined = 0;
    for (const sweep of sweeps) {
      const area = areaUnderCurve(sweep(multiplicities));
      if (Number.isNaN(area)) continue;
      sum += area;
      defined++;
    }
    return sum / defined;
  };
  return leftOutClasses.length === 0 ? { statistic } : { statistic, leftOutClasses };
}

function scoresOfClass({ labels, probabilities, classCount }: MulticlassSample, code: number): Float64Array {
  return Float64Array.from(labels, (_, row) => probabilities[row * classCount + code]!);
}

/** The mean over the classes of DeLong's placements, which are the derivatives of an area. */
function influenceOnAreas(sample: MulticlassSample): Float64Array {
  const { labels, classCount } = sample;
  const total = new Float64Array(labels.length);
  let areas = 0;
  for (let code = 0; code < classCount; code++) {
    const own = Uint8Array.from(labels, (label) => Number(label === code));
    const influence = influenceOnArea(own, scoresOfClass(sample, code));
    if (influence === undefined) continue;
    areas++;
    for (let row = 0; row < total.length; row++) total[row] = total[row]! + influence[row]!;
  }
  return total.map((value) => value / areas);
}

function rowHits(sample: MulticlassSample): RowValues {
  if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
  const { labels, predicted } = sample;
  return { values: Float64Array.from(labels, (label, row) => Number(label === predicted[row])) };
}

function rowLogLosses(sample: MulticlassSample): RowValues {
  if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
  const { labels, probabilities, classCount } = sample;
  if (!allShares(probabilities)) return { impossible: 'a probability lies outside 0 … 1' };
  let clippedRows = 0;
  const values = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    let total = 0;
    for (let code = 0; code < classCount; code++) total += probabilities[row * classCount + code]!;
    if (total === 0) return { impossible: 'a row has no probability for any class' };
    const probability = probabilities[row * classCount + labels[row]!]! / total;
    if (probability < SMALLEST_PROBABILITY) clippedRows++;
    values[row] = -Math.log(Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, probability)));
  }
  return { values, clippedRows };
}

function rowTopHits(sample: MulticlassSample, k: number): RowValues {
  if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
  const { labels, probabilities, classCount } = sample;
  const values = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const own = probabilities[row * classCount + labels[row]!]!;
    let greater = 0;
    let equal = 0;
    for (let code = 0; code < classCount; code++) {
      const other = probabilities[row * classCount + code]!;
      if (other > own) greater++;
      else if (other === own) equal++;
    }
    values[row] = Math.min(1, Math.max(0, (k - greater) / equal));
  }
  return { values };
}
