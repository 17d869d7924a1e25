/**
 * How an interval came about, and why so. What the name of a method contains decides; all entries that match
 * are said, the general ones first.
 */
const METHODS: readonly (readonly [part: RegExp, words: string])[] = [
  [
    /delong/i,
    "DeLong's formula compares, for every pair of a positive and a negative row, which of the two each model ranks higher, and knows that both models ranked the same rows. It is used because the area under the ROC curve has a formula, so that nothing has to be drawn at random.",
  ],
  [
    /obuchowski/i,
    "Obuchowski's formula is that of DeLong for rows that come in groups: it compares which of two rows each model ranks higher, and counts what whole groups agree on only once.",
  ],
  [
    /mcnemar|tango/i,
    "Where both models are right, or both wrong, nothing tells them apart: only the rows are counted where exactly one of them is right. McNemar's test asks whether these fall evenly on both sides, and Tango's formula gives the interval that goes with it. It is used because every row is simply right or wrong.",
  ],
  [
    /\bpaired[- ]t\b|\bt[- ]test\b|student/i,
    'The difference of the two models is taken row by row; its mean, and how much the rows scatter around it, give the interval (the paired t test). It is used because the metric is a mean over rows.',
  ],
  [
    /bootstrap/i,
    'The holdout is drawn again some thousand times at random, with replacement, and both models are measured on each of these; how much the difference moves from one to the next is the interval. It asks nothing of the metric, so that it works for every one.',
  ],
  [
    /permutation|sign[- ]?flip/i,
    'The answers of the two models are swapped at random, row by row, many times: what differences then come about by luck alone is held against the one that was seen.',
  ],
  [
    /cluster|\bcr1\b/i,
    'Rows of one group depend on each other, so that the scatter is taken over whole groups and not over rows (cluster-robust).',
  ],
  [
    /\bby (group|quer)/i,
    'Rows of one group depend on each other, so that whole groups are drawn or counted, never single rows.',
  ],
  [
    /strat|by class|within class/i,
    'One class has few rows, so that each class is drawn for itself and keeps its number.',
  ],
  [
    /\bbca\b/i,
    'The ends are corrected for a metric that leans to one side (BCa, for holdouts that are not too large).',
  ],
  [
    /infinitesimal jackknife|mean over classes/i,
    'How much each single row moves the difference is added up over all rows, which is what drawing rows at random tends to, without drawing any.',
  ],
  [
    /\(spread\)|disjoint blocks/i,
    "The ends lie as many standard errors away from the difference as Student's distribution says.",
  ],
  [
    /identical answers/i,
    'Both models gave the same answer for every row: there is nothing to tell them apart.',
  ],
  [/percentile/i, 'The ends are those that leave out the outermost draws on either side (percentile).'],
  [/order[- ]?statistic/i, 'The ends are two of the measured values themselves, counted from either end.'],
  [/^exact$/i, 'It is known exactly, so that there is no uncertainty to be told.'],
];

/** Sentences about the method; of one that is not known, its name. */
export function methodSentences(method: string, shownName: string): readonly string[] {
  const known = METHODS.filter(([part]) => part.test(method)).map(([, words]) => words);
  return known.length > 0
    ? known
    : [`It comes from the method called ${shownName}, on the same rows for both models.`];
}
