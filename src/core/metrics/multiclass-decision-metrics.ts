/** Metrics of the chosen class among more than two. */

import type { Multiplicities } from '../statistics/resampling.ts';
import { sum } from '../statistics/sums.ts';
import { defineMetric, influenceOfCells } from './definition.ts';
import type { MulticlassSample, SampleMetric } from './metric.ts';
import { classShares } from './weighting.ts';

export const FOREIGN_CLASS = 'a label or a predicted class is not among the classes of the model';

const NO_WEIGHT = 'all weights are zero';

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

/** Whether every label and every chosen class is one of the model's. */
export function classesKnown({ labels, predicted, classCount }: MulticlassSample): boolean {
  const known = (code: number) => code >= 0 && code < classCount;
  return labels.every(known) && predicted.every(known);
}
