import type { Task } from '../configuration/configuration.ts';

/** What is compared when the config does not say: the first is the primary metric. */
export const DEFAULT_METRICS: Readonly<Record<Task, readonly [string, ...string[]]>> = {
  'binary-classification': [
    'average_precision',
    'roc_auc',
    'log_loss',
    'brier_score',
    'accuracy',
    'recall',
    'precision',
  ],
  'multiclass-classification': ['accuracy', 'balanced_accuracy', 'f1_macro', 'log_loss'],
  regression: ['rmse', 'mae', 'r2'],
  ranking: ['ndcg'],
};

export const DEFAULT_CONFIDENCE = 0.95;
export const DEFAULT_THRESHOLD = 0.5;
/** Replicates of the bootstrap: the Monte-Carlo error of an end of a 95 % interval is 0.06 standard errors. */
export const BOOTSTRAP_REPLICATES = 2000;
/** With fewer rows no interval is given. */
export const MINIMUM_ROWS = 30;
/** Slices with fewer rows are named and not judged. */
export const MINIMUM_SLICE_ROWS = 50;
