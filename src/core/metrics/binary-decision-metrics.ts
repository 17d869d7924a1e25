/** Binary metrics of decisions at a threshold. */

import type { Multiplicities } from '../statistics/resampling.ts';
import { defineMetric, influenceOfCells, preparedMean, type RowValues } from './definition.ts';
import type { BinarySample, MetricDirection, MetricLimits, RowOutcomes, SampleMetric } from './metric.ts';
import { weightedMean, weightedPrevalence } from './weighting.ts';

/** A share of fewer rows than this has no interval. */
const MINIMUM_DECISIONS = 30;

/** Weights of the four outcomes. */
type Confusion = {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
};

export const binaryAccuracy: SampleMetric = rowMetric({
  name: 'accuracy',
  direction: 'higher',
  comparison: 'mcnemar',
  rowValues: (sample) => ({
    values: Float64Array.from(sample.labels, (label, row) => Number(label === sample.decisions[row])),
  }),
  outcomes: ({ labels, decisions }) => ({
    right: Uint8Array.from(labels, (label, row) => Number(label === decisions[row])),
  }),
  noInformation(sample) {
    const prevalence = weightedPrevalence(sample);
    return Math.max(prevalence, 1 - prevalence);
  },
});

/** The mean cost of a row, from the costs of false positives and false negatives. */
export const expectedCost: SampleMetric = rowMetric({
  name: 'expected_cost',
  direction: 'lower',
  comparison: 'paired-mean',
  rowValues: rowCosts,
  noInformation(sample) {
    const constant = (decision: number) => {
      const rows = rowCosts({ ...sample, decisions: new Uint8Array(sample.labels.length).fill(decision) });
      return 'impossible' in rows ? Number.NaN : weightedMean(rows.values, sample.weights);
    };
    return Math.min(constant(0), constant(1));
  },
});

export const binaryBalancedAccuracy: SampleMetric = confusionMetric({
  name: 'balanced_accuracy',
  undefinedWhen: 'the rows hold only one class',
  noInformation: () => 0.5,
  of: (counts) => (recallOf(counts) + specificityOf(counts)) / 2,
});

export const f1: SampleMetric = confusionMetric({
  name: 'f1',
  undefinedWhen: 'there are neither positive rows nor positive decisions',
  of: ({ truePositives, falsePositives, falseNegatives }) =>
    (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives),
  noInformation(sample) {
    const prevalence = weightedPrevalence(sample);
    const chosen = chosenShare(sample);
    return (2 * prevalence * chosen) / (prevalence + chosen);
  },
});

export const precision: SampleMetric = confusionMetric({
  name: 'precision',
  undefinedWhen: 'there are no positive decisions',
  noInformation: weightedPrevalence,
  of: ({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives),
  limits({ decisions }) {
    const units = decisions.reduce((total, decision) => total + decision, 0);
    if (units >= MINIMUM_DECISIONS) return { units };
    return {
      units,
      refusal: `${units} positive decisions; at least ${MINIMUM_DECISIONS} are needed for an interval`,
    };
  },
});

export const recall: SampleMetric = confusionMetric({
  name: 'recall',
  undefinedWhen: 'there are no positive rows',
  comparison: 'mcnemar',
  outcomes: (sample) => outcomesOfClass(sample, 1),
  noInformation: chosenShare,
  of: recallOf,
});

export const specificity: SampleMetric = confusionMetric({
  name: 'specificity',
  undefinedWhen: 'there are no negative rows',
  comparison: 'mcnemar',
  outcomes: (sample) => outcomesOfClass(sample, 0),
  noInformation: (sample) => 1 - chosenShare(sample),
  of: specificityOf,
});

/** 0 when all decisions agree, as is the convention; undefined when all labels do. */
export const binaryMatthews: SampleMetric = confusionMetric({
  name: 'matthews_corrcoef',
  undefinedWhen: 'the rows hold only one class',
  noInformation: () => 0,
  of({ truePositives, falsePositives, trueNegatives, falseNegatives }) {
    const positives = truePositives + falseNegatives;
    const negatives = trueNegatives + falsePositives;
    const chosen = truePositives + falsePositives;
    const rejected = trueNegatives + falseNegatives;
    if (positives === 0 || negatives === 0) return Number.NaN;
    if (chosen === 0 || rejected === 0) return 0;
    const agreement = truePositives * trueNegatives - falsePositives * falseNegatives;
    return agreement / (Math.sqrt(chosen * positives) * Math.sqrt(negatives * rejected));
  },
});

type RowMetricDefinition = {
  readonly name: string;
  readonly direction: MetricDirection;
  readonly comparison: 'mcnemar' | 'paired-mean';
  readonly rowValues: (sample: BinarySample) => RowValues;
  readonly outcomes?: (sample: BinarySample) => RowOutcomes;
  readonly noInformation: (sample: BinarySample) => number;
};

function rowMetric(definition: RowMetricDefinition): SampleMetric {
  return defineMetric<BinarySample>({
    ...definition,
    task: 'binary-classification',
    needs: 'decisions',
    undefinedWhen: 'all weights are zero',
    prepare: (sample) => preparedMean(definition.rowValues(sample)),
  });
}

type ConfusionMetricDefinition = {
  readonly name: string;
  readonly undefinedWhen: string;
  readonly comparison?: 'mcnemar';
  readonly limits?: (sample: BinarySample) => MetricLimits;
  readonly of: (counts: Confusion) => number;
  readonly outcomes?: (sample: BinarySample) => RowOutcomes;
  readonly noInformation?: (sample: BinarySample) => number;
};

function confusionMetric(definition: ConfusionMetricDefinition): SampleMetric {
  const { of, ...rest } = definition;
  return defineMetric<BinarySample>({
    comparison: 'bootstrap',
    ...rest,
    task: 'binary-classification',
    direction: 'higher',
    needs: 'decisions',
    prepare: ({ labels, decisions }) => ({
      statistic: (multiplicities) => of(countOutcomes(labels, decisions, multiplicities)),
    }),
    influence: (sample) => influenceOfConfusion(sample, of),
    pass: {
      kind: 'confusion',
      read: (counts) => of(confusionOf(counts)),
    },
  });
}

/** Rows in the cell 2 · label + decision; how much each of them moves the metric is the same. */
function influenceOfConfusion(
  { labels, decisions }: BinarySample,
  of: (counts: Confusion) => number,
): Float64Array {
  const counts = new Float64Array(4);
  for (let row = 0; row < labels.length; row++) {
    const cell = 2 * labels[row]! + decisions[row]!;
    counts[cell] = counts[cell]! + 1;
  }
  const ofCell = influenceOfCells(counts, (shares) => of(confusionOf(shares)));
  return Float64Array.from(labels, (label, row) => ofCell[2 * label + decisions[row]!]!);
}

/** Cells are numbered 2 · label + decision. */
function confusionOf(cells: Float64Array): Confusion {
  return {
    trueNegatives: cells[0]!,
    falsePositives: cells[1]!,
    falseNegatives: cells[2]!,
    truePositives: cells[3]!,
  };
}

/** A row of the class is right when the decision says so. */
function outcomesOfClass({ labels, decisions }: BinarySample, label: 0 | 1): RowOutcomes {
  const rows: number[] = [];
  for (let row = 0; row < labels.length; row++) if (labels[row] === label) rows.push(row);
  return {
    rows: Uint32Array.from(rows),
    right: Uint8Array.from(rows, (row) => Number(decisions[row] === label)),
  };
}

function countOutcomes(labels: Uint8Array, decisions: Uint8Array, multiplicities: Multiplicities): Confusion {
  let all = 0;
  let positives = 0;
  let chosen = 0;
  let truePositives = 0;
  for (let row = 0; row < labels.length; row++) {
    const count = multiplicities[row]!;
    all += count;
    positives += count * labels[row]!;
    chosen += count * decisions[row]!;
    truePositives += count * (labels[row]! & decisions[row]!);
  }
  const falsePositives = chosen - truePositives;
  const falseNegatives = positives - truePositives;
  return { truePositives, falsePositives, falseNegatives, trueNegatives: all - positives - falsePositives };
}

/** The share of rows that are decided positive: what as many decisions at random would find of either class. */
function chosenShare({ decisions, weights }: BinarySample): number {
  return weightedMean(Float64Array.from(decisions), weights);
}

function recallOf({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}

function specificityOf({ trueNegatives, falsePositives }: Confusion): number {
  return trueNegatives / (trueNegatives + falsePositives);
}

function rowCosts(sample: BinarySample): RowValues {
  const { labels, decisions, falsePositiveCost, falseNegativeCost } = sample;
  if (falsePositiveCost === undefined || falseNegativeCost === undefined) {
    return { impossible: 'no costs of false positives and false negatives are given' };
  }
  const values = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === decisions[row]) continue;
    const cost = decisions[row] === 1 ? falsePositiveCost : falseNegativeCost;
    values[row] = typeof cost === 'number' ? cost : cost[row]!;
    if (!Number.isFinite(values[row]!)) return { impossible: 'a cost is missing or not finite' };
  }
  return { values };
}
