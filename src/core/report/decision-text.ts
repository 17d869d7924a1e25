import type { ThresholdPoint } from '../documents/thresholds.ts';
import { formatCount, formatNumber, formatPercent, NO_BREAK_SPACE } from './format-number.ts';

/** Decisions of one model at a threshold as text; used where the report is made and where it is read. */

/** Rows of the holdout by class. */
export type ClassTotals = { readonly positives: number; readonly negatives: number };

export const DECISION_CELLS = ['truePositives', 'falseNegatives', 'falsePositives', 'trueNegatives'] as const;
export type DecisionCell = (typeof DECISION_CELLS)[number];

export const DECISION_RATES = [
  'recall',
  'precision',
  'falsePositiveRate',
  'calledPositive',
  'cost',
  'costPerRow',
] as const;
export type DecisionRate = (typeof DECISION_RATES)[number];

/** Numbers of one model at one threshold; what is undefined is absent. */
export type Decisions = Readonly<Record<DecisionCell, number>> & { readonly [rate in DecisionRate]?: number };

/** A cell of a confusion matrix: rows, and their share of the rows of their class. */
export type CellText = { readonly rows: string; readonly share: string };

/** All four cells and what is read from them. */
export function decide(point: ThresholdPoint, { positives, negatives }: ClassTotals): Decisions {
  const { truePositives, falsePositives, cost } = point;
  const called = truePositives + falsePositives;
  const rows = positives + negatives;
  return {
    truePositives,
    falsePositives,
    falseNegatives: Math.max(0, positives - truePositives),
    trueNegatives: Math.max(0, negatives - falsePositives),
    ...(positives > 0 ? { recall: truePositives / positives } : {}),
    ...(called > 0 ? { precision: truePositives / called } : {}),
    ...(negatives > 0 ? { falsePositiveRate: falsePositives / negatives } : {}),
    ...(rows > 0 ? { calledPositive: called / rows } : {}),
    ...(cost === undefined ? {} : { cost }),
    ...(cost === undefined || rows === 0 ? {} : { costPerRow: cost / rows }),
  };
}

export function describeCell(cell: DecisionCell, decisions: Decisions, totals: ClassTotals): CellText {
  const ofClass = cell === 'truePositives' || cell === 'falseNegatives' ? totals.positives : totals.negatives;
  const rows = decisions[cell];
  return { rows: formatCount(rows), share: ofClass > 0 ? formatPercent(rows / ofClass) : '' };
}

/** `63.4 %`, or `1,240` of a cost; a dash where there is none. */
export function describeRate(rate: DecisionRate, decisions: Decisions | undefined): string {
  const value = decisions?.[rate];
  if (value === undefined) return '–';
  return isCost(rate) ? formatNumber(value) : formatPercent(value);
}

/** Challenger minus champion with its sign: `+1.2 points`, `−340`; nothing where one of them has no number. */
export function describeChange(rate: DecisionRate, before?: Decisions, after?: Decisions): string {
  const [from, to] = [before?.[rate], after?.[rate]];
  if (from === undefined || to === undefined) return '';
  // Of the numbers as they are printed, so that a reader who subtracts them finds the same.
  const tenths = (share: number) => Math.round(share * 1000);
  const change = isCost(rate) ? to - from : (tenths(to) - tenths(from)) / 10;
  const text = formatNumber(change);
  const signed = change > 0 ? `+${text}` : text;
  if (isCost(rate) || change === 0) return signed;
  return `${signed}${NO_BREAK_SPACE}${Math.abs(change) === 1 ? 'point' : 'points'}`;
}

/** A threshold as a reader tells it from its neighbours. */
export function describeThreshold(threshold: number): string {
  return formatNumber(threshold);
}

/** Position of the threshold that is shown first: the one in use, else the one nearest to one half. */
export function startOf(points: readonly ThresholdPoint[], inUse: number | undefined): number {
  const wanted = inUse ?? 0.5;
  let best = 0;
  points.forEach(({ threshold }, index) => {
    const nearest = Math.abs((points[best] as ThresholdPoint).threshold - wanted);
    if (Math.abs(threshold - wanted) < nearest) best = index;
  });
  return best;
}

/** Where decisions lie on the ROC curve; undefined with one class. */
export function placeOnRoc({ falsePositiveRate, recall }: Decisions): readonly [number, number] | undefined {
  return falsePositiveRate === undefined || recall === undefined ? undefined : [falsePositiveRate, recall];
}

/** Where decisions lie on the precision-recall curve; undefined where no row is called positive. */
export function placeOnPrecisionRecall({
  precision,
  recall,
}: Decisions): readonly [number, number] | undefined {
  return precision === undefined || recall === undefined ? undefined : [recall, precision];
}

function isCost(rate: DecisionRate): boolean {
  return rate === 'cost' || rate === 'costPerRow';
}
