import type { Column } from '../data/table.ts';
import type { MetricSample } from '../metrics/metric.ts';

/** What a metric written as SQL sees of the rows besides the data: see `docs/sql-metrics.md`. */
export type AnswerColumns = {
  /** `label`, the same for every model. */
  readonly shared: readonly Column[];
  /** `score`, `prediction` and, for several classes, `score_of_label` of one model. */
  readonly own: readonly Column[];
};

/** Names of the columns that hold a model's answer. */
export const ANSWER_NAMES = ['score', 'prediction', 'score_of_label'] as const;

/** Label and answers of one model as columns. @param classes names of the classes; empty for numbers. */
export function answerColumns(sample: MetricSample, classes: readonly string[]): AnswerColumns {
  switch (sample.task) {
    case 'binary-classification':
      return {
        shared: [numbers('label', Float64Array.from(sample.labels))],
        own: [
          numbers('score', sample.probabilities),
          numbers('prediction', Float64Array.from(sample.decisions)),
        ],
      };
    case 'multiclass-classification': {
      const { probabilities, classCount } = sample;
      const probabilityOf = (codes: Int32Array) =>
        Float64Array.from(codes, (code, row) => probabilities[row * classCount + code] ?? Number.NaN);
      return {
        shared: [texts('label', sample.labels, classes)],
        own: [
          numbers('score', probabilityOf(sample.predicted)),
          texts('prediction', sample.predicted, classes),
          numbers('score_of_label', probabilityOf(sample.labels)),
        ],
      };
    }
    case 'regression':
      return ofNumbers(sample.targets, sample.predictions);
    case 'ranking':
      return ofNumbers(sample.relevance, sample.scores);
  }
}

function ofNumbers(labels: Float64Array, predictions: Float64Array): AnswerColumns {
  return {
    shared: [numbers('label', labels)],
    own: [numbers('score', predictions), numbers('prediction', predictions)],
  };
}

function numbers(name: string, values: Float64Array): Column {
  return { kind: 'number', name, values };
}

function texts(name: string, codes: Int32Array, dictionary: readonly string[]): Column {
  return { kind: 'text', name, codes, dictionary };
}
