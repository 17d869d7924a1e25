import { formatQuantity } from '../format-number.ts';
import { describeMerging, describeSlices } from '../headline.ts';
import {
  type CompletedJudgement,
  type DataJudgement,
  type FailedJudgement,
  type Judgement,
  validAcceptance,
} from '../judgement.ts';
import { codeSpan, escapeText } from '../markdown.ts';
import { describeMetric, findPrimary } from '../metric-text.ts';

/** The verdict in one or two sentences, as Markdown. */
export function renderSentence(judgement: Judgement): string {
  if (judgement.kind === 'failed') return describeFailure(judgement);
  if (judgement.kind === 'data') return describeDataAlone(judgement);
  switch (judgement.state) {
    case 'unchanged':
      return describeUnchanged(judgement);
    case 'accepted':
      return describeAcceptance(judgement);
    case 'first-model':
      return describeFirstModel(judgement);
    default:
      return describeDifference(judgement);
  }
}

/** Of a model that has the champion's bytes; the rules may change all the same. */
export function describeUnchanged({ comparison }: CompletedJudgement): string {
  return comparison.exam.changed.length > 0
    ? 'The model is the champion, byte for byte; nothing but the rules changes.'
    : 'Code, data, rules and environment are those of the champion; nothing had to be judged.';
}

/** Also where a stage behind it died without a word, so that it says that nothing was judged. */
function describeDataAlone({ validation }: DataJudgement): string {
  const rows = validation.datasets.map(
    ({ name, rows: count }) => `${codeSpan(name)} ${formatQuantity(count, 'row')}`,
  );
  const seen = rows.length === 0 ? '' : ` (${rows.slice(0, 6).join(', ')})`;
  const next =
    validation.verdict === 'fail' ? 'Nothing is trained on data that fail' : 'The data were checked';
  return `${next}${seen}. No model was trained or judged.`;
}

function describeFailure(judgement: FailedJudgement): string {
  const { error, stage } = judgement;
  const place =
    error.file === undefined
      ? ''
      : ` (${codeSpan(error.line === undefined ? error.file : `${error.file}:${error.line}`, 120)})`;
  if (error.code === 'data-unavailable') {
    return `The data cannot be had in this run, so nothing was judged: ${escapeText(error.message, 600)}${place}`;
  }
  const whose = error.code === 'bug' ? ' This is a bug of Contender, not of this pull request.' : '';
  return `\`${stage}\` stopped: ${escapeText(error.message, 600)}${place}. Nothing was judged.${whose}`;
}

function describeAcceptance(judgement: CompletedJudgement): string {
  const accepted = validAcceptance(judgement.comparison);
  const by = accepted === undefined ? 'a maintainer' : codeSpan(accepted.by);
  const reason = accepted === undefined ? '' : `: “${escapeText(accepted.reason, 400)}”`;
  return `Accepted by ${by}${reason}. By itself it was ${describeVerdict(judgement)}; ${escapeText(describeMerging(judgement))}.`;
}

function describeVerdict(judgement: CompletedJudgement): string {
  const { verdict } = judgement.comparison;
  const failed = judgement.decisiveGate?.outcome === 'fail' && verdict !== 'worse';
  if (verdict === 'no-champion') return 'a first model that no gate let pass';
  return `**${verdict.replace('-', ' ')}**${failed ? ' with a failed gate' : ''}`;
}

function describeFirstModel(judgement: CompletedJudgement): string {
  const primary = findPrimary(judgement.comparison);
  const text = primary && describeMetric(primary);
  const against =
    text?.noInformation === undefined ? '' : ` against ${text.noInformation} for knowing nothing`;
  const interval = text?.challengerInterval === undefined ? '' : ` ${text.challengerInterval}`;
  const value =
    primary === undefined
      ? ''
      : ` ${codeSpan(primary.name, 40)} is **${text?.challenger}**${interval}${against};`;
  const decision =
    judgement.outcome === 'success'
      ? escapeText(describeMerging(judgement))
      : 'no gate lets it pass, so a person decides';
  return `There is no champion yet.${value} ${decision}.`;
}

function describeDifference(judgement: CompletedJudgement): string {
  const { comparison, state } = judgement;
  const primary = findPrimary(comparison);
  const parts: string[] = [];
  if (primary?.difference === undefined) {
    parts.push(
      `${codeSpan(comparison.primary, 40)} could not be compared${primary?.note === undefined ? '' : ` (${escapeText(primary.note)})`}`,
    );
  } else {
    const text = describeMetric(primary);
    const interval = text.interval === undefined ? '' : ` ${text.interval}`;
    const ofPrimary =
      state === 'gate-failed' || state === 'gate-undecided' ? ` in ${codeSpan(primary.name, 40)}` : '';
    parts.push(`Difference${ofPrimary} **${text.gain}**${interval} on ${describeHoldout(judgement)}`);
  }
  const slices = describeSlices(comparison);
  if (slices !== undefined) parts.push(slices);
  return `${[...parts, escapeText(describeMerging(judgement))].join('; ')}.`;
}

function describeHoldout(judgement: CompletedJudgement): string {
  const { holdout } = judgement.comparison;
  const positives =
    holdout.positives === undefined ? '' : ` (${formatQuantity(holdout.positives, 'positive')})`;
  return `${formatQuantity(holdout.rows, 'row')}${positives}`;
}
