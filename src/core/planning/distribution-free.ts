/**
 * Rows that suffice whatever the data are like: bounds of Hoeffding and Bennett, as ease.ml/ci uses them
 * (Renggli and others, MLSys 2019). They hold for every number of rows and every use at once, and are wide
 * for it. All results are not rounded.
 */

/** `none`: challengers are made without knowing earlier verdicts; `full`: each may be made after seeing all. */
export type Adaptivity = 'none' | 'full';

export type ReliabilityOptions = {
  /** Chance that all statements over all uses hold, between 0 and 1. */
  readonly reliability: number;
  /** How many challengers are judged. */
  readonly uses: number;
  readonly adaptivity: Adaptivity;
};

/** Rows for one share, such as an accuracy, to be known to within `tolerance` (one-sided, Hoeffding). */
export function hoeffdingRows(tolerance: number, options: ReliabilityOptions): number {
  return logOfFailures(1, options) / (2 * tolerance ** 2);
}

/**
 * Rows for a sum of `variables` shares with coefficients of one, such as the difference of two accuracies:
 * chance of failure and tolerance are divided evenly among them.
 */
export function hoeffdingSumRows(variables: number, tolerance: number, options: ReliabilityOptions): number {
  return (variables ** 2 * logOfFailures(variables, options)) / (2 * tolerance ** 2);
}

export type BennettOptions = ReliabilityOptions & {
  /** Share of rows on which the models may differ. */
  readonly discordance: number;
  /** Whether that share is known beforehand, or tested on the same rows too (the default). */
  readonly discordanceIsKnown?: boolean;
};

/** Rows for the difference of two accuracies to be known to within `tolerance` when the models seldom differ. */
export function bennettRows(tolerance: number, options: BennettOptions): number {
  const { discordance, discordanceIsKnown = false } = options;
  const failures = logOfFailures(discordanceIsKnown ? 2 : 4, options);
  return failures / (discordance * bennett(tolerance / discordance));
}

/** Rows of one use that have to be labelled when only those are on which the models differ. */
export function activeLabels(
  tolerance: number,
  options: Omit<BennettOptions, 'uses' | 'adaptivity'>,
): number {
  return options.discordance * bennettRows(tolerance, { ...options, uses: 1, adaptivity: 'none' });
}

/** ln of how many statements may fail over the chance that one does: all uses, or all ways they can come out. */
function logOfFailures(statements: number, { reliability, uses, adaptivity }: ReliabilityOptions): number {
  const ways = adaptivity === 'full' ? uses * Math.LN2 : Math.log(uses);
  return ways + Math.log(statements / (1 - reliability));
}

function bennett(ratio: number): number {
  return (1 + ratio) * Math.log1p(ratio) - ratio;
}
