import type { CompletedComparison, Gate } from '../documents/comparison.ts';
import { describeCalibration } from './calibration-text.ts';
import { describeCoverage } from './coverage-note.ts';
import { describeFlips } from './flip-text.ts';
import { formatQuantity } from './format-number.ts';
import { describeLatency } from './latency-text.ts';
import { describeLeakage } from './leakage-note.ts';
import { logLine } from './log-text.ts';
import { describeMetric, findPrimary } from './metric-text.ts';
import { describeScores } from './scores-note.ts';

/** What a comparison came to as lines of a log: the primary metric first, then every gate, flips, calibration, times, then what was not compared. */
export function describeComparison(comparison: CompletedComparison): readonly string[] {
  const primary = describePrimary(comparison);
  const scores = describeScores(comparison);
  const coverage = describeCoverage(comparison);
  return [
    ...(primary === undefined ? [] : [primary]),
    ...comparison.gates.map(describeGate),
    ...describeDetails(comparison),
    ...(scores === undefined ? [] : [scores]),
    ...(coverage === undefined ? [] : [`${coverage.title} ${coverage.advice}`]),
    ...describeLeakage(comparison).notes,
  ].map((line) => logLine(line));
}

function describeDetails(comparison: CompletedComparison): readonly string[] {
  const flips = describeFlips(comparison);
  const calibration = describeCalibration(comparison);
  const numbers = calibration?.rows.map(({ name, champion, challenger }) =>
    comparison.champion === undefined ? `${name} ${challenger}` : `${name} ${champion} → ${challenger}`,
  );
  return [
    ...(flips === undefined ? [] : [`flips: ${flips}`]),
    ...(numbers === undefined ? [] : [`calibration: ${[...numbers, ...calibration!.notes].join('; ')}`]),
    ...describeLatency(comparison).map(({ name, text }) => `${name}: ${text}`),
  ];
}

function describePrimary(comparison: CompletedComparison): string | undefined {
  const metric = findPrimary(comparison);
  if (metric === undefined) return undefined;
  const text = describeMetric(metric);
  if (metric.champion === undefined) {
    const interval = text.challengerInterval === undefined ? '' : ` ${text.challengerInterval}`;
    const baseline = text.noInformation === undefined ? '' : `, no information gives ${text.noInformation}`;
    return `${metric.name}: ${text.challenger}${interval}${baseline}`;
  }
  const interval = text.interval === undefined ? '' : ` ${text.interval}`;
  const verdict = text.mark.words === '' ? '' : `, ${text.mark.words}`;
  return `${metric.name}: ${text.champion} → ${text.challenger}, gain ${text.gain}${interval}${verdict}`;
}

function describeGate({ outcome, description, reason, rowsNeeded, rowsUnit }: Gate): string {
  const unit = rowsUnit === 'groups' ? 'group' : 'row';
  const needed =
    outcome === 'inconclusive' && rowsNeeded !== undefined
      ? `; about ${formatQuantity(Number(rowsNeeded.toPrecision(2)), unit)} would settle it`
      : '';
  const why = reason === '' ? '' : `: ${reason}`;
  return `gate ${outcome}: ${description}${why}${needed}`;
}
