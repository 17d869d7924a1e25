import type { MetricSample } from '../metrics/metric.ts';
import { DEFAULT_THRESHOLD } from './defaults.ts';
import type { Truth } from './truth.ts';

/** One model's answers on the rows of a holdout, in the order of the truth's classes. */
export type ModelAnswers = {
  readonly values: Float64Array;
  readonly width: number;
  /** The model's own decisions as positions in the classes; -1 where it gave none. */
  readonly labels?: Int32Array;
};

export type SampleOptions = {
  /** Decision threshold on the positive class; absent: the model's own decision, else 0.5. */
  readonly threshold: number | undefined;
  readonly falsePositiveCost?: number | Float64Array;
  readonly falseNegativeCost?: number | Float64Array;
  /** Query of each row; ranking only. */
  readonly queries?: Int32Array;
};

/** Truth and answers of one model as the metrics read them. */
export function buildSample(truth: Truth, answers: ModelAnswers, options: SampleOptions): MetricSample {
  switch (truth.task) {
    case 'binary-classification':
      return buildBinary(truth.codes, answers, options);
    case 'multiclass-classification':
      return {
        task: truth.task,
        classCount: truth.classes.length,
        labels: truth.codes,
        probabilities: answers.values,
        predicted: chosenClasses(answers),
      };
    case 'regression':
      return { task: truth.task, targets: truth.values, predictions: answers.values };
    case 'ranking': {
      const queries = options.queries ?? new Int32Array(truth.values.length).fill(-1);
      return { task: truth.task, relevance: truth.values, scores: answers.values, queries };
    }
  }
}

function buildBinary(codes: Int32Array, answers: ModelAnswers, options: SampleOptions): MetricSample {
  const rows = codes.length;
  const probabilities = new Float64Array(rows);
  const decisions = new Uint8Array(rows);
  const { labels } = answers;
  const useOwn = options.threshold === undefined && labels !== undefined;
  const threshold = options.threshold ?? DEFAULT_THRESHOLD;
  for (let row = 0; row < rows; row++) {
    const probability = answers.values[row * 2 + 1]!;
    probabilities[row] = probability;
    const own = useOwn ? labels[row]! : -1;
    decisions[row] = own === -1 ? Number(probability >= threshold) : own;
  }
  return {
    task: 'binary-classification',
    labels: Uint8Array.from(codes),
    probabilities,
    decisions,
    ...(options.falsePositiveCost === undefined ? {} : { falsePositiveCost: options.falsePositiveCost }),
    ...(options.falseNegativeCost === undefined ? {} : { falseNegativeCost: options.falseNegativeCost }),
  };
}

/** The model's own decision where it gave one, else the class of the largest probability (the first of equals). */
function chosenClasses(answers: ModelAnswers): Int32Array {
  const rows = answers.values.length / answers.width;
  const chosen = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = answers.labels?.[row] ?? -1;
    chosen[row] = own >= 0 ? own : largest(answers.values, row * answers.width, answers.width);
  }
  return chosen;
}

function largest(values: Float64Array, start: number, width: number): number {
  let best = 0;
  for (let index = 1; index < width; index++)
    if (values[start + index]! > values[start + best]!) best = index;
  return best;
}
