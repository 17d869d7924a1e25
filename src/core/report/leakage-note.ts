import type { CompletedComparison } from '../documents/comparison.ts';
import type { Overlap, OverlapCheck } from '../documents/overlap.ts';
import { formatCount, formatNumber, formatPercent, formatQuantity } from './format-number.ts';

/** What is said about holdout rows that a model was trained on: whole sentences, as plain text. */
export type LeakageWords = {
  /** What a reader has to know before the numbers. */
  readonly alerts: readonly string[];
  /** What can wait: nothing found, no more than chance, not checked. */
  readonly notes: readonly string[];
};

type Side = 'challenger' | 'champion';

const CONSEQUENCE: Readonly<Record<Side, string>> = {
  challenger: 'this flatters the challenger',
  champion: 'this flatters the champion, and makes the challenger look worse than it is',
};

/** The same words in terminal, comment, summary and report, the challenger first. */
export function describeLeakage({ holdout }: Pick<CompletedComparison, 'holdout'>): LeakageWords {
  const { overlap, leakage = 0 } = holdout;
  if (overlap === undefined) {
    const alerts =
      leakage === 0 ? [] : [`${describeOldCount(leakage)}; the numbers below flatter the challenger.`];
    return { alerts, notes: [] };
  }
  const told = [describeSide('challenger', overlap.challenger)];
  if (overlap.champion !== undefined) told.push(describeSide('champion', overlap.champion));
  return {
    alerts: told.flatMap(({ alerts }) => alerts),
    notes: told.flatMap(({ notes }) => notes),
  };
}

/** Earlier documents have the bare count. */
function describeOldCount(rows: number): string {
  return `${formatQuantity(rows, 'row')} of the holdout ${rows === 1 ? 'was' : 'were'} also in the training data`;
}

function describeSide(side: Side, overlap: Overlap): LeakageWords {
  if ('notChecked' in overlap) {
    return {
      alerts: [],
      notes: [`Whether the ${side} was trained on holdout rows was not checked: ${overlap.notChecked}.`],
    };
  }
  const { labelledRows, checks } = overlap;
  const found = checks.filter(({ rows }) => rows > 0);
  if (found.length === 0) {
    return {
      alerts: [],
      notes: [`The ${side} was trained on none of ${formatQuantity(labelledRows, 'holdout row')}.`],
    };
  }
  const hasId = checks.some(({ by }) => by === 'id');
  const sentence = (check: OverlapCheck) => `${describeFound(check, { side, labelledRows, hasId })}; `;
  return {
    alerts: found
      .filter(({ suspicious }) => suspicious)
      .map((check) => `${sentence(check)}${CONSEQUENCE[side]}.`),
    notes: found
      .filter(({ suspicious }) => !suspicious)
      .map((check) => `${sentence(check)}too few to matter, or no more than chance explains.`),
  };
}

type Told = { readonly side: Side; readonly labelledRows: number; readonly hasId: boolean };

function describeFound({ by, rows, expected }: OverlapCheck, { side, labelledRows, hasId }: Told): string {
  const rowsOf = `${formatCount(rows)} of ${formatQuantity(labelledRows, 'holdout row')}`;
  const share = formatPercent(rows / labelledRows);
  const chance = describeExpected(expected);
  if (by === 'id') return `The ${side} was trained on ${rowsOf} (${share}, found by id; ${chance})`;
  const how = hasId ? ', under another id' : '';
  return `The ${side} was trained on rows with the values of ${rowsOf} (${share}${how}; ${chance})`;
}

/** What a clean split would show. */
function describeExpected(expected: number): string {
  if (expected < 0.5) return 'none is expected';
  return `${formatNumber(Math.round(expected))} ${Math.round(expected) === 1 ? 'is' : 'are'} expected, since rows repeat by nature`;
}
