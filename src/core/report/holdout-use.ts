import type { CompletedComparison } from '../documents/comparison.ts';
import { chanceOfLuck, REFRESH_SHARE, spentShare } from '../ledger/budget.ts';
import { formatCount, formatNumber, formatPercent, formatQuantity, NO_BREAK_SPACE } from './format-number.ts';

/** Chance of a false `better` over all uses of a holdout from which on a reader is warned. */
const MOST_LUCK = 1 / 3;

/** `used 4 times`, and where each use spends confidence what is left for this one; undefined when nobody counted. */
export function describeHoldoutUse({ holdout, confidence }: CompletedComparison): string | undefined {
  const { use, uses } = holdout;
  if (uses === undefined) return undefined;
  const used = `used ${formatQuantity(uses, 'time')}`;
  if (use === undefined) return used;
  return `${used}, judged as use ${formatCount(use)} at ${formatConfidence(confidence)} confidence`;
}

export type Overuse = { readonly title: string; readonly advice: string };

/**
 * That a holdout has to be replaced, and why: by luck one of so many may pass for better, or, where that is kept
 * from happening, little confidence is left to spend. Undefined while there is no need.
 */
export function describeOveruse(comparison: CompletedComparison): Overuse | undefined {
  const { use, uses = 0 } = comparison.holdout;
  return use === undefined ? describeLuck(uses, comparison.confidence) : describeSpending(comparison);
}

// Each use is a chance of the interval to lie above zero by luck alone.
function describeLuck(uses: number, confidence: number): Overuse | undefined {
  const luck = chanceOfLuck(uses, confidence);
  if (luck < MOST_LUCK) return undefined;
  return {
    title: `This holdout has judged ${formatQuantity(uses, 'change')}.`,
    advice: `With so many tries one that is no better passes for better with a chance of about ${formatPercent(Math.round(luck * 100) / 100)}; replace the holdout.`,
  };
}

function describeSpending({ holdout, confidence }: CompletedComparison): Overuse | undefined {
  const { use = 1, uses = use } = holdout;
  const spent = spentShare(uses);
  if (spent <= REFRESH_SHARE) return undefined;
  return {
    title: `${formatPercent(spent)} of the error budget of this holdout is spent.`,
    advice: `It has judged ${formatQuantity(uses, 'change')}, each at a higher confidence: this one, use ${formatCount(use)}, at ${formatConfidence(confidence)}. Replace the holdout: new rows start a new budget.`,
  };
}

/** A confidence with two significant digits of what it leaves to error, so that it never reads as certain. */
export function formatConfidence(confidence: number): string {
  // Evidence of a stranger may hold any number.
  if (!(confidence > 0 && confidence < 1)) return `${formatNumber(confidence * 100)}${NO_BREAK_SPACE}%`;
  const error = (1 - confidence) * 100;
  const decimals = error > 0 ? Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error)))) : 0;
  return `${(100 - error)
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')}${NO_BREAK_SPACE}%`;
}
