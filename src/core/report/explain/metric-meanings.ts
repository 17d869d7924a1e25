/** What each metric says of a model, in a sentence for a reader who does not know it. */

const MEANINGS: readonly (readonly [name: RegExp, meaning: string])[] = [
  [
    /^roc_auc$/,
    'the chance that a positive row gets a higher score than a negative one: 0.5 is guessing, 1 is perfect order',
  ],
  [
    /^roc_auc_ovr$/,
    'the chance that a row of a class gets a higher score for it than a row of another class, as a mean over the classes: 0.5 is guessing, 1 is perfect order',
  ],
  [
    /^average_precision$/,
    'how many of the rows with the highest scores are positive, as a mean over all places where one could stop: the share of positives is guessing, 1 is perfect order',
  ],
  [
    /^log_loss$/,
    'how surprised the model is by the true answers; being sure and wrong costs most, 0 is perfect',
  ],
  [/^brier_score$/, 'the mean squared distance of the probability from what happened (1 or 0); 0 is perfect'],
  [/^balanced_accuracy$/, 'the share of right answers in each class, as a mean over the classes'],
  [/^top_\d+_accuracy$/, 'the share of rows whose true class is among the first answers of the model'],
  [/^accuracy$/, 'the share of rows that the model answers right'],
  [/^f1/, 'precision and recall in one number, near the lower of the two'],
  [/^precision$/, 'the share of the rows called positive that really are'],
  [
    /^precision_at_recall_/,
    'the share of true alarms at a threshold that finds the named share of the positives',
  ],
  [/^recall$/, 'the share of the positive rows that are found'],
  [
    /^recall_at_fpr_/,
    'the share of the positive rows found when at most the named share of the negatives raises an alarm',
  ],
  [/^specificity$/, 'the share of the negative rows that raise no alarm'],
  [
    /^matthews_corrcoef$/,
    'the correlation of answers and truth: 0 is guessing, 1 is perfect, whatever the share of the classes',
  ],
  [
    /^ks_statistic$/,
    'the largest distance between the scores of positives and negatives; 0 is guessing, 1 is perfect',
  ],
  [
    /^expected_calibration_error$/,
    'how far stated probabilities lie from what happens; 0 means that of rows with 30 % three in ten are positive',
  ],
  [/^expected_cost$/, 'what the wrong decisions cost, per row'],
  [/^rmse$/, 'the typical error, in the unit of the target; large errors count most'],
  [/^mae$/, 'the mean size of the error, in the unit of the target'],
  [/^median_absolute_error$/, 'the size that half of the errors stay below, in the unit of the target'],
  [
    /^r2$/,
    'the share of the variation of the target that the model explains; 0 is always answering the mean',
  ],
  [/^(mape|smape|wape)$/, 'the size of the error as a share of the true value'],
  [/^pinball_/, 'how well the model hits the named quantile; 0 is perfect'],
  [/^poisson_deviance$/, 'how far predicted counts lie from true ones; 0 is perfect'],
  [/^ndcg/, 'how near the top the best entries of each query stand; 1 is perfect order'],
  [/^latency_p95_ms$/, 'the time that 95 of 100 batches are answered in'],
  [/^size_bytes$/, 'the size of the model file'],
];

/** What the metric says; of one that the config defines itself, that it does. */
export function meaningOf(name: string): string {
  return MEANINGS.find(([pattern]) => pattern.test(name))?.[1] ?? 'a metric that the config defines itself';
}
