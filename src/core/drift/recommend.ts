import type { Configuration } from '../configuration/configuration.ts';
import type { CompletedDrift, DriftColumn } from '../documents/drift.ts';
import type { BrokenColumn } from './broken-columns.ts';
import { MINIMUM_ROWS } from './minimum-effects.ts';
import type { PerformanceChange } from './performance.ts';

export type DriftFacts = {
  readonly referenceRows: number;
  readonly currentRows: number;
  readonly columns: readonly DriftColumn[];
  /** Columns of the reference that the current data do not have. */
  readonly goneColumns: readonly string[];
  /** Columns whose current values are broken rather than changed. */
  readonly brokenColumns: readonly BrokenColumn[];
  /** Absent when there is no model or no label to measure with. */
  readonly performance?: PerformanceChange & { readonly metric: string };
  /** Verdict of the data contract on the same data; absent when it was not checked. */
  readonly validation?: 'pass' | 'warn' | 'fail' | 'error';
  readonly actOn: Configuration['drift']['actOn'];
};

export type DriftDecision = Pick<CompletedDrift, 'verdict' | 'recommendation' | 'reason'>;

/**
 * What the check found and what to do about it. Data that are missing or broken come first, because nothing
 * must be learned from them; then a loss of performance that was measured; then what labels and predictions
 * say. A change of features alone is told and never leads to a retraining.
 */
export function decideDrift(facts: DriftFacts): DriftDecision {
  const { referenceRows, currentRows } = facts;
  if (currentRows === 0) {
    return {
      verdict: 'no-data',
      recommendation: 'fix-data',
      reason: 'the current data have no rows: the feed is empty or has stopped',
    };
  }
  const drifted = driftedNames(facts.columns);
  const degraded = facts.performance?.measured === true && facts.performance.degraded;
  const anyDrift = degraded || Object.values(drifted).some((names) => names.length > 0);
  const tooFew = Math.min(referenceRows, currentRows) < MINIMUM_ROWS;
  const verdict = tooFew ? 'insufficient-data' : anyDrift ? 'drift' : 'stable';
  if (facts.validation === 'fail' || facts.validation === 'error') {
    return { verdict, recommendation: 'fix-data', reason: brokenData(facts.validation) };
  }
  if (facts.goneColumns.length > 0) {
    const gone = listNames(facts.goneColumns);
    return {
      verdict: tooFew ? verdict : 'drift',
      recommendation: 'fix-data',
      reason: `the current data have no column ${gone}`,
    };
  }
  if (facts.brokenColumns.length > 0) {
    return {
      verdict: tooFew ? verdict : 'drift',
      recommendation: 'fix-data',
      reason: `the current data are broken: ${listNames(facts.brokenColumns.map(({ words }) => words))}`,
    };
  }
  if (tooFew) {
    return {
      verdict,
      recommendation: 'none',
      reason: `${referenceRows} reference rows and ${currentRows} current rows; ${MINIMUM_ROWS} are needed on each side`,
    };
  }
  return { verdict, ...recommend(facts, drifted, degraded) };
}

type DriftedNames = Readonly<Record<DriftColumn['role'], readonly string[]>>;

function driftedNames(columns: readonly DriftColumn[]): DriftedNames {
  const of = (role: DriftColumn['role']) => [
    ...new Set(columns.filter((column) => column.drifted && column.role === role).map(({ name }) => name)),
  ];
  return { feature: of('feature'), target: of('target'), prediction: of('prediction') };
}

function brokenData(validation: 'fail' | 'error'): string {
  return validation === 'fail'
    ? 'the data break their contract; a model must not learn from them before they are mended'
    : 'the data could not be validated; a model must not learn from them before they are mended';
}

function recommend(
  facts: DriftFacts,
  drifted: DriftedNames,
  degraded: boolean,
): Omit<DriftDecision, 'verdict'> {
  const words = describeFindings(facts, drifted);
  const measured = facts.performance?.measured === true;
  const acts = (on: DriftFacts['actOn'][number]) => facts.actOn.includes(on);
  const ignored = (on: string) => `${words}; drift.act-on does not list ${on}, so nothing is done about it`;
  if (degraded && acts('performance')) return { recommendation: 'retrain', reason: words };
  if (drifted.target.length > 0 && acts('label')) return { recommendation: 'retrain', reason: words };
  if (drifted.prediction.length > 0 && acts('prediction')) {
    return measured
      ? { recommendation: 'retrain', reason: words }
      : {
          recommendation: 'collect-labels',
          reason: `${words}; label recent rows to see whether it does harm`,
        };
  }
  if (degraded) return { recommendation: 'none', reason: ignored('performance') };
  if (drifted.target.length > 0) return { recommendation: 'none', reason: ignored('label') };
  if (drifted.prediction.length > 0) return { recommendation: 'none', reason: ignored('prediction') };
  if (drifted.feature.length > 0) {
    return { recommendation: 'none', reason: `${words}; a change of features alone is no reason to retrain` };
  }
  return { recommendation: 'none', reason: words };
}

const LISTED_COLUMNS = 5;

function describeFindings(facts: DriftFacts, drifted: DriftedNames): string {
  const parts = [
    describePerformance(facts.performance),
    drifted.target.length > 0 ? 'the labels have drifted' : undefined,
    drifted.prediction.length > 0 ? 'the predictions have drifted' : undefined,
    describeFeatures(drifted.feature),
  ].filter((part) => part !== undefined);
  const anyDrift = drifted.target.length + drifted.prediction.length + drifted.feature.length > 0;
  return [...parts, ...(anyDrift ? [] : ['no column has drifted'])].join('; ');
}

function describeFeatures(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return `${names.length === 1 ? '1 feature has' : `${names.length} features have`} drifted (${listNames(names)})`;
}

function listNames(names: readonly string[]): string {
  const listed = names.slice(0, LISTED_COLUMNS).join(', ');
  return names.length > LISTED_COLUMNS ? `${listed} and ${names.length - LISTED_COLUMNS} more` : listed;
}

function describePerformance(performance: DriftFacts['performance']): string | undefined {
  if (performance === undefined) return undefined;
  if (!performance.measured) return `performance could not be measured (${performance.reason})`;
  const { metric, reference, current, change, interval, confidence, margin, degraded } = performance;
  const numbers = `${metric} ${round(reference)} → ${round(current)}, benefit ${round(change)} [${round(interval[0])}, ${round(interval[1])}] at ${percent(confidence)} % confidence, margin ${margin === undefined ? 'not set' : round(margin)}`;
  return degraded ? `performance has degraded (${numbers})` : `performance holds (${numbers})`;
}

/** A small number with three significant digits. */
function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return String(Number((100 * share).toFixed(3)));
}
