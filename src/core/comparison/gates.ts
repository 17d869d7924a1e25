import type { GateConfiguration } from '../configuration/configuration.ts';
import type { Interval } from '../documents/common.ts';
import type { Gate } from '../documents/comparison.ts';
import { chooseStyle, formatBound, formatInterval, formatNumber } from '../report/format-number.ts';
import { minimumDetectableDifference, rowsNeeded } from '../statistics/sample-size.ts';
import type { ResolvedMargin } from './margin.ts';

/** What a gate looks at: one metric on the whole holdout or on one slice. */
export type GateEvidence = {
  readonly difference?: { readonly value: number; readonly interval?: Interval };
  readonly challenger?: { readonly value: number; readonly interval?: Interval };
  readonly margin: ResolvedMargin;
  /** Why there is no interval. */
  readonly note?: string;
  readonly direction: 'higher' | 'lower';
  /** Spread of the difference, and the confidence of its interval. */
  readonly precision?: Precision;
  /** The same of the challenger's own value. */
  readonly challengerPrecision?: Precision;
  /** Why that value has no interval. */
  readonly challengerNote?: string;
  /** Independent units: groups where rows depend on each other, else rows. */
  readonly units: number;
  readonly unitName: 'rows' | 'groups';
};

export type Precision = { readonly standardError: number; readonly confidence: number };

/** Chance with which a difference of the stated size is to be seen. */
const POWER = 0.8;

/** Numbers of rows beyond this are no help to anybody. */
const MAX_ROWS_NEEDED = 1_000_000_000;

export type GateDecision = Pick<Gate, 'outcome' | 'reason' | 'rowsNeeded' | 'rowsUnit'>;

/** The outcome of one gate with its reason in words; a number that is missing is never a pass. */
export function evaluateGate(gate: GateConfiguration, evidence: GateEvidence): GateDecision {
  switch (gate.require) {
    case 'better':
      return decideBetter(evidence);
    case 'not-worse':
      return decideNotWorse(evidence);
    case 'at-least':
    case 'at-most':
      return decideBound(gate.require, gate.value, evidence);
  }
}

/** The gate that holds when the config names none: primary metric not worse, and not lower at all. */
export function evaluateDefaultGate(evidence: GateEvidence): GateDecision {
  const decision = decideNotWorse(evidence);
  const difference = evidence.difference?.value;
  if (decision.outcome !== 'pass' || difference === undefined || difference >= 0) return decision;
  const lower = `within the margin, but the challenger is lower by ${formatNumber(-difference)}`;
  const high = evidence.difference?.interval?.[1] ?? 0;
  // More rows can only show more surely that it is lower; whether that is worth it is for a person to say.
  if (high < 0)
    return { outcome: 'inconclusive', reason: `${lower}, and that is no chance; a person decides` };
  return {
    outcome: 'inconclusive',
    reason: `${lower}; the default asks for no loss`,
    ...settle(evidence, -difference),
  };
}

/** The gate of a first model: a significant gain over knowing nothing. */
export function evaluateBaselineGate(evidence: {
  readonly challenger: { readonly value: number; readonly interval?: Interval | undefined } | undefined;
  readonly noInformation: number | undefined;
  readonly direction: 'higher' | 'lower';
}): GateDecision {
  const { challenger, noInformation, direction } = evidence;
  if (challenger?.interval === undefined) {
    return { outcome: 'inconclusive', reason: 'no interval for the challenger' };
  }
  if (noInformation === undefined) {
    return { outcome: 'inconclusive', reason: 'this metric has no no-information value to be compared with' };
  }
  const [low, high] = challenger.interval;
  const gained = direction === 'higher' ? low > noInformation : high < noInformation;
  const text = write(challenger.interval, noInformation);
  const words = `interval ${text.interval} against ${text.bound} of knowing nothing`;
  if (gained) return { outcome: 'pass', reason: `a significant gain: ${words}` };
  const lost = direction === 'higher' ? high < noInformation : low > noInformation;
  return lost
    ? { outcome: 'fail', reason: `worse than knowing nothing: ${words}` }
    : { outcome: 'inconclusive', reason: `no significant gain: ${words}` };
}

function decideBetter(evidence: GateEvidence): GateDecision {
  const known = evidence.difference?.interval;
  if (known === undefined) return unknown(evidence);
  const [low, high] = known;
  const { interval } = write(known, 0);
  if (low > 0) return { outcome: 'pass', reason: `the interval ${interval} is above 0` };
  if (high <= 0) return { outcome: 'fail', reason: `the interval ${interval} is not above 0` };
  return {
    outcome: 'inconclusive',
    reason: `the interval ${interval} contains 0`,
    ...settle(evidence, Math.abs(evidence.difference?.value ?? 0)),
  };
}

function decideNotWorse(evidence: GateEvidence): GateDecision {
  const known = evidence.difference?.interval;
  if (known === undefined) return unknown(evidence);
  const [low, high] = known;
  const { margin } = evidence;
  if (!margin.defined) {
    if (low > 0) return { outcome: 'pass', reason: `the interval ${write(known, 0).interval} is above 0` };
    return { outcome: 'inconclusive', reason: margin.reason };
  }
  const text = write(known, -margin.value);
  const bound = `${text.bound} (margin: ${margin.words})`;
  if (low > -margin.value)
    return { outcome: 'pass', reason: `the interval ${text.interval} is above ${bound}` };
  if (high < -margin.value)
    return { outcome: 'fail', reason: `the interval ${text.interval} is below ${bound}` };
  return {
    outcome: 'inconclusive',
    reason: `the interval ${text.interval} contains ${bound}`,
    ...settleNotWorse(evidence, margin.value),
  };
}

function decideBound(require: 'at-least' | 'at-most', bound: number, evidence: GateEvidence): GateDecision {
  const { challenger } = evidence;
  // A value alone never passes: what it would be on other rows is not known.
  if (challenger?.interval === undefined) return unknown(evidence, evidence.challengerNote);
  const [low, high] = challenger.interval;
  const text = write(challenger.interval, bound);
  const words = `interval ${text.interval} against ${require === 'at-least' ? 'at least' : 'at most'} ${text.bound}`;
  const holds = require === 'at-least' ? low >= bound : high <= bound;
  if (holds) return { outcome: 'pass', reason: words };
  const broken = require === 'at-least' ? high < bound : low > bound;
  if (broken) return { outcome: 'fail', reason: words };
  const own = { ...evidence, precision: evidence.challengerPrecision };
  return { outcome: 'inconclusive', reason: words, ...settle(own, Math.abs(challenger.value - bound)) };
}

function unknown(evidence: GateEvidence, note = evidence.note): GateDecision {
  return {
    outcome: 'inconclusive',
    reason: note ?? 'there is no interval to decide from',
  };
}

/**
 * Rows that would show a challenger that is as good as the champion to be not worse. Where there are that many
 * already the challenger is likely not as good, and the distance from what was seen to the bound counts.
 */
function settleNotWorse(evidence: GateEvidence, margin: number): ReturnType<typeof settle> {
  const { precision, units } = evidence;
  if (precision === undefined) return {};
  const pilot = { rows: units, standardError: precision.standardError };
  const equal = rowsNeeded(pilot, margin, { confidence: precision.confidence, power: POWER });
  const seen = Math.abs((evidence.difference?.value ?? 0) + margin);
  return settle(evidence, equal > units ? margin : seen);
}

/** Rows (or groups) that would settle an inconclusive gate, if the rows to come are like these. */
function settle(
  evidence: Pick<GateEvidence, 'units' | 'unitName'> & { readonly precision?: Precision | undefined },
  distance: number,
): { rowsNeeded?: number; rowsUnit?: 'rows' | 'groups' } {
  const { precision, units } = evidence;
  if (precision === undefined || !(distance > 0) || !(precision.standardError > 0)) return {};
  const pilot = { rows: units, standardError: precision.standardError };
  const needed = rowsNeeded(pilot, distance, { confidence: precision.confidence, power: POWER });
  if (!(needed <= MAX_ROWS_NEEDED)) return {};
  return { rowsNeeded: Math.max(needed, units + 1), rowsUnit: evidence.unitName };
}

/** The smallest true difference this holdout would show with 80 % chance. */
export function detectableDifference({ standardError, confidence }: Precision): number {
  return minimumDetectableDifference(standardError, { confidence, power: POWER });
}

/** An interval and the bound it is held against, with the digits that tell them apart. */
function write(known: Interval, bound: number): { readonly interval: string; readonly bound: string } {
  const style = chooseStyle({ name: '', values: [], interval: known, bounds: [bound] });
  return { interval: formatInterval(known, style), bound: formatBound(bound, style) };
}
