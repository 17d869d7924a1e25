/** Metrics of classification into more than two classes. */

import { influenceOnArea } from '../statistics/placements.ts';
import type { Multiplicities } from '../statistics/resampling.ts';
import { sum } from '../statistics/sums.ts';
import { SMALLEST_PROBABILITY } from './binary-probability-metrics.ts';
import {
  allShares,
  defineMetric,
  influenceOfCells,
  type Prepared,
  preparedMean,
  type RowValues,
} from './definition.ts';
import type { MulticlassSample, SampleMetric } from './metric.ts';
import { areaUnderCurve, orderByScore, prepareCurve } from './rank-curve.ts';
import { classShares, entropy } from './weighting.ts';

const FOREIGN_CLASS = 'a label or a predicted class is not among the classes of the model';

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

/** Recall averaged over the classes that occur. */
export const multiclassBalancedAccuracy: SampleMetric = confusionMetric({
  name: 'balanced_accuracy',
  undefinedWhen: NO_WEIGHT,
  noInformation: ({ labels, classCount, weights }) =>
    1 / classShares(labels, classCount, weights).filter((share) => share > 0).length,
  of: ({ hits, support, classCount }) => {
    let recalls = 0;
    let present = 0;
    for (let code = 0; code < classCount; code++) {
      if (support[code] === 0) continue;
      recalls += hits[code]! / support[code]!;
      present++;
    }
    return recalls / present;
  },
});

/** F1 averaged over the classes that occur among labels or predictions. */
export const f1Macro: SampleMetric = confusionMetric({
  name: 'f1_macro',
  undefinedWhen: NO_WEIGHT,
  of: ({ hits, support, chosen, classCount }) => {
    let sum = 0;
    let present = 0;
    for (let code = 0; code < classCount; code++) {
      const size = support[code]! + chosen[code]!;
      if (size === 0) continue;
      sum += (2 * hits[code]!) / size;
      present++;
    }
    return sum / present;
  },
  noInformation: (sample) => f1AtRandom(sample, 'macro'),
});

/** F1 averaged over the classes in proportion to their rows. */
export const f1Weighted: SampleMetric = confusionMetric({
  name: 'f1_weighted',
  undefinedWhen: NO_WEIGHT,
  of: ({ hits, support, chosen, classCount, all }) => {
    let sum = 0;
    for (let code = 0; code < classCount; code++) {
      if (support[code] === 0) continue;
      sum += (support[code]! * 2 * hits[code]!) / (support[code]! + chosen[code]!);
    }
    return sum / all;
  },
  noInformation: (sample) => f1AtRandom(sample, 'weighted'),
});

/** F1 of as many predictions of each class, dealt out at random. */
function f1AtRandom(
  { labels, predicted, classCount, weights }: MulticlassSample,
  average: 'macro' | 'weighted',
): number {
  const support = classShares(labels, classCount, weights);
  const chosen = classShares(predicted, classCount, weights);
  let total = 0;
  let present = 0;
  for (let code = 0; code < classCount; code++) {
    const both = support[code]! + chosen[code]!;
    if (both === 0) continue;
    const own = (2 * support[code]! * chosen[code]!) / both;
    total += average === 'macro' ? own : own * support[code]!;
    present++;
  }
  return average === 'macro' ? total / present : total;
}

/** 0 when all predictions agree, as is the convention; undefined when all labels do. */
export const multiclassMatthews: SampleMetric = confusionMetric({
  name: 'matthews_corrcoef',
  undefinedWhen: 'the rows hold only one class',
  noInformation: () => 0,
  of: ({ hits, support, chosen, classCount, all }) => {
    let right = 0;
    let products = 0;
    let chosenSquares = 0;
    let supportSquares = 0;
    for (let code = 0; code < classCount; code++) {
      right += hits[code]!;
      products += support[code]! * chosen[code]!;
      chosenSquares += chosen[code]! ** 2;
      supportSquares += support[code]! ** 2;
    }
    const square = all * all;
    if (supportSquares === square) return Number.NaN;
    if (chosenSquares === square) return 0;
    return (right * all - products) / Math.sqrt((square - chosenSquares) * (square - supportSquares));
  },
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

/** Weights by class: rows of the class, rows predicted as it, and rows of it predicted right. */
type ClassCounts = {
  readonly classCount: number;
  readonly all: number;
  readonly support: Float64Array;
  readonly chosen: Float64Array;
  readonly hits: Float64Array;
};

type ConfusionMetricDefinition = {
  readonly name: string;
  readonly undefinedWhen: string;
  readonly of: (counts: ClassCounts) => number;
  readonly noInformation?: (sample: MulticlassSample) => number;
};

function confusionMetric(definition: ConfusionMetricDefinition): SampleMetric {
  const { of, ...rest } = definition;
  return defineMetric<MulticlassSample>({
    ...rest,
    task: 'multiclass-classification',
    direction: 'higher',
    needs: 'decisions',
    comparison: 'bootstrap',
    prepare(sample) {
      if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
      return { statistic: (multiplicities) => of(countByClass(sample, multiplicities)) };
    },
    influence: (sample) => influenceOfConfusion(sample, of),
  });
}

/** Rows in the cells of label and prediction; how much each of them moves the metric is the same. */
function influenceOfConfusion(
  { labels, predicted, classCount }: MulticlassSample,
  of: (counts: ClassCounts) => number,
): Float64Array {
  const counts = new Float64Array(classCount * classCount);
  for (let row = 0; row < labels.length; row++) {
    const cell = labels[row]! * classCount + predicted[row]!;
    counts[cell] = counts[cell]! + 1;
  }
  const ofCell = influenceOfCells(counts, (shares) => of(countsOfCells(shares, classCount)));
  return Float64Array.from(labels, (label, row) => ofCell[label * classCount + predicted[row]!]!);
}

function countsOfCells(cells: Float64Array, classCount: number): ClassCounts {
  const support = new Float64Array(classCount);
  const chosen = new Float64Array(classCount);
  const hits = new Float64Array(classCount);
  for (let label = 0; label < classCount; label++) {
    for (let prediction = 0; prediction < classCount; prediction++) {
      const count = cells[label * classCount + prediction]!;
      support[label] = support[label]! + count;
      chosen[prediction] = chosen[prediction]! + count;
      if (label === prediction) hits[label] = count;
    }
  }
  return { classCount, all: sum(support), support, chosen, hits };
}

function countByClass(sample: MulticlassSample, multiplicities: Multiplicities): ClassCounts {
  const { labels, predicted, classCount } = sample;
  const support = new Float64Array(classCount);
  const chosen = new Float64Array(classCount);
  const hits = new Float64Array(classCount);
  let all = 0;
  for (let row = 0; row < labels.length; row++) {
    const count = multiplicities[row]!;
    const label = labels[row]!;
    const prediction = predicted[row]!;
    all += count;
    support[label] = support[label]! + count;
    chosen[prediction] = chosen[prediction]! + count;
    if (label === prediction) hits[label] = hits[label]! + count;
  }
  return { classCount, all, support, chosen, hits };
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

function classesKnown({ labels, predicted, classCount }: MulticlassSample): boolean {
  const known = (code: number) => code >= 0 && code < classCount;
  return labels.every(known) && predicted.every(known);
}
