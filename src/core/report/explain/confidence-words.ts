import { DEFAULT_CONFIDENCE } from '../../comparison/defaults.ts';
import type { CompletedComparison } from '../../documents/comparison.ts';
import { formatQuantity } from '../format-number.ts';

/** A confidence with as many digits as tell it from certainty: `95 %`, `99.9962 %`. */
export function confidenceText(confidence: number): string {
  const digits = Math.max(1, Math.ceil(-Math.log10(Math.max(1 - confidence, 1e-12))));
  return `${Number((confidence * 100).toFixed(digits))} %`;
}

/** The confidence of the interval that decides, and what of it the ledger of the holdout took. */
export function confidenceSentence({ confidence, holdout }: CompletedComparison): string {
  const start = `Intervals have a confidence of ${confidenceText(confidence)}`;
  if (!(confidence > DEFAULT_CONFIDENCE)) {
    return `${start}: of a hundred such intervals, about ${Math.round(confidence * 100)} hold the true number.`;
  }
  const uses = holdout.uses === undefined ? 'many models' : formatQuantity(holdout.uses, 'model');
  return `${start} and not ${confidenceText(DEFAULT_CONFIDENCE)}: this holdout has judged ${uses}, and the chance of an error is spent over all of them, so that luck does not pass one in the end.`;
}
