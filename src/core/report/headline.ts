import type { CompletedComparison, Gate, MetricComparison } from '../documents/comparison.ts';
import type { CompletedValidation } from '../documents/validation.ts';
import { formatQuantity } from './format-number.ts';
import type { CompletedJudgement, Judgement, JudgementState, Outcome } from './judgement.ts';
import { makeVisible } from './markdown.ts';
import { describeMetric, findLosingSlices, findPrimary } from './metric-text.ts';

/** A phone shows this much of the first line. */
export const GLANCE = 60;

/** The first line of every report, as plain text; whoever prints it escapes the subject. */
export type Headline = {
  readonly icon: string;
  /** The verdict, and what is wrong with it although it passes. */
  readonly word: string;
  /** What the number is of: a metric, a gate or a stage; text from data. Short enough for the glance. */
  readonly subject: string;
  /** `0.871 → 0.903`, or nothing. */
  readonly numbers: string;
  /** It passes, and yet a person has to look before it is merged. */
  readonly cautious: boolean;
};

const ICONS: Record<Outcome, string> = { success: '✅', failure: '❌', pending: '🟡', error: '⛔' };

const WORDS: Record<JudgementState, string> = {
  better: 'Better',
  equivalent: 'Equivalent',
  'slightly-worse': 'Slightly worse',
  'not-worse': 'Not worse',
  worse: 'Worse',
  inconclusive: 'Inconclusive',
  'gate-failed': 'Gate failed',
  'gate-undecided': 'Gate undecided',
  'first-model': 'First model',
  unchanged: 'Unchanged',
  accepted: 'Accepted',
};

/** The picture that tells at a glance whether to merge: yes, look first, or no. */
export function iconOf(outcome: Outcome, cautious: boolean): string {
  return cautious && outcome === 'success' ? '⚠️' : ICONS[outcome];
}

/** The verdict and the one number. */
export function buildHeadline(judgement: Judgement): Headline {
  if (judgement.kind === 'failed') {
    const words =
      judgement.error.code === 'data-unavailable'
        ? { word: 'Data unavailable', subject: '' }
        : { word: 'Error', subject: judgement.stage };
    return { icon: iconOf(judgement.outcome, false), ...words, numbers: '', cautious: false };
  }
  if (judgement.kind === 'data') {
    const { outcome, validation } = judgement;
    const { word, subject } = describeData(validation);
    return { icon: iconOf(outcome, false), word, subject, numbers: '', cautious: false };
  }
  const { outcome, state, caution, selfReported } = judgement;
  // A person who accepted it has seen all there is; what does not pass has to be looked at anyway.
  const cautious = caution !== undefined && outcome === 'success' && state !== 'accepted';
  const icon = iconOf(outcome, cautious);
  const verdict = selfReported ? `Self-reported ${WORDS[state].toLowerCase()}` : WORDS[state];
  const word = cautious ? `${verdict}, ${caution}` : verdict;
  const { subject, numbers } = chooseSubject(judgement);
  const room = GLANCE - [...`${icon} ${word} ${numbers} `].length - 1;
  return { icon, word, subject: makeVisible(subject, Math.max(room, 12)), numbers, cautious };
}

/** `Data failed 3 errors`: the verdict of a validation, and how many findings it is for. */
export function describeData({ verdict, findings }: CompletedValidation): Pick<Headline, 'word' | 'subject'> {
  const words = { fail: 'Data failed', warn: 'Data with warnings', pass: 'Data passed' } as const;
  const severity = { fail: 'error', warn: 'warning', pass: undefined } as const;
  const counted = findings.filter((finding) => finding.severity === severity[verdict]).length;
  return {
    word: words[verdict],
    subject: severity[verdict] === undefined ? '' : formatQuantity(counted, severity[verdict]),
  };
}

/** The headline in one plain line: `Better average_precision 0.871 → 0.903`. */
export function headlineText(headline: Headline): string {
  return [headline.word, headline.subject, headline.numbers].filter((part) => part !== '').join(' ');
}

/** What merging would do, in words. */
export function describeMerging(judgement: CompletedJudgement): string {
  const { comparison, outcome, state } = judgement;
  if (state === 'unchanged') return 'merging publishes nothing new';
  if (outcome === 'success') {
    const version = comparison.proposedVersion;
    return version === undefined ? 'merging publishes it' : `merging publishes ${makeVisible(version, 40)}`;
  }
  if (judgement.selfReported) return 'a run without code of the pull request has to confirm it';
  return 'merging publishes nothing unless a maintainer accepts it';
}

/** Slices in a few words: `no slice got worse`, `2 of 14 slices got worse`; undefined without slices. */
export function describeSlices(comparison: CompletedComparison): string | undefined {
  const { slices } = comparison;
  if (slices.length === 0 || comparison.champion === undefined) return undefined;
  const losing = findLosingSlices(slices).length;
  return losing === 0
    ? 'no slice got worse'
    : `${losing} of ${formatQuantity(slices.length, 'slice')} got worse`;
}

/** What would settle an undecided judgement: the most rows any undecided gate asks for. */
export function describeRowsNeeded(comparison: CompletedComparison): string | undefined {
  const asking = comparison.gates.filter(
    (gate): gate is Gate & { rowsNeeded: number } =>
      gate.outcome === 'inconclusive' && gate.rowsNeeded !== undefined,
  );
  const most = asking.sort((left, right) => right.rowsNeeded - left.rowsNeeded)[0];
  if (most === undefined) return undefined;
  // The number is an extrapolation: more than two digits would promise what it cannot keep.
  const rounded = Number(most.rowsNeeded.toPrecision(2));
  const noun = most.rowsUnit === 'groups' ? 'labelled group' : 'labelled row';
  return `about ${formatQuantity(rounded, noun)}`;
}

function chooseSubject(judgement: CompletedJudgement): { subject: string; numbers: string } {
  const { comparison, decisiveGate, state } = judgement;
  if (state === 'unchanged') return { subject: '', numbers: '' };
  if ((state === 'gate-failed' || state === 'gate-undecided') && decisiveGate !== undefined) {
    const metric = comparison.metrics.find((candidate) => candidate.name === decisiveGate.metric);
    // A gate of one's own may be about a slice or a bound; then the pair of numbers is not what it judged.
    if (decisiveGate.role === 'gate' || metric === undefined) {
      return { subject: decisiveGate.description, numbers: '' };
    }
    return { subject: metric.name, numbers: pairOfNumbers(metric) };
  }
  const primary = findPrimary(comparison);
  return { subject: comparison.primary, numbers: primary === undefined ? '' : pairOfNumbers(primary) };
}

function pairOfNumbers(metric: MetricComparison): string {
  const text = describeMetric(metric);
  return metric.champion === undefined ? text.challenger : `${text.champion} → ${text.challenger}`;
}
