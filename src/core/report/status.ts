import type { ModelEvidence } from './evidence.ts';
import { buildHeadline, describeRowsNeeded, describeSlices, headlineText } from './headline.ts';
import { type CompletedJudgement, judge, type Outcome, validAcceptance } from './judgement.ts';
import { makeVisible } from './markdown.ts';
import { describeMetric, findPrimary } from './metric-text.ts';

/** Longest description the platform keeps. */
const MAX_DESCRIPTION = 140;

export type StatusText = {
  readonly context: string;
  readonly state: Outcome;
  /** Plain text, at most 140 UTF-16 units. */
  readonly description: string;
};

/** The commit status of a model: the outcome table of the product specification, in one line. */
export function renderStatus(evidence: ModelEvidence): StatusText {
  const judgement = judge(evidence);
  const headline = headlineText(buildHeadline(judgement));
  const rest =
    judgement.kind === 'completed'
      ? describeRest(judgement)
      : judgement.kind === 'data'
        ? ['no model was judged']
        : judgement.error.code === 'data-unavailable'
          ? ['never judged without its data']
          : [judgement.error.message];
  return {
    context: `contender/${evidence.model}`,
    state: judgement.outcome,
    description: shorten([headline, ...rest].join('; ')),
  };
}

function describeRest(judgement: CompletedJudgement): string[] {
  const { comparison, state, outcome, decisiveGate } = judgement;
  if (state === 'unchanged') return ['same code, data, rules and environment'];
  if (state === 'accepted') {
    const accepted = validAcceptance(comparison);
    return [`accepted by ${accepted?.by ?? 'a maintainer'}: ${accepted?.reason ?? ''}`];
  }
  const parts: string[] = [];
  if (judgement.selfReported) parts.push('self-reported, sets no passing status');
  if (state === 'first-model') {
    return [...parts, outcome === 'success' ? 'a gate passes' : 'a person decides'];
  }
  const primary = findPrimary(comparison);
  const text = primary && describeMetric(primary);
  if (text?.interval !== undefined && decisiveGate?.outcome !== 'fail') {
    parts.push(`difference ${text.gain} ${text.interval}`);
  }
  if (outcome === 'failure' && decisiveGate !== undefined) parts.push(decisiveGate.reason);
  if (outcome === 'pending') {
    const needed = describeRowsNeeded(comparison);
    if (needed !== undefined) parts.push(`${needed} would settle it`);
    else if (decisiveGate !== undefined) parts.push(decisiveGate.reason);
  }
  const slices = describeSlices(comparison);
  return slices === undefined ? parts : [...parts, slices];
}

function shorten(text: string): string {
  const visible = makeVisible(text, MAX_DESCRIPTION);
  if (visible.length <= MAX_DESCRIPTION) return visible;
  return `${visible
    .slice(0, MAX_DESCRIPTION - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}
