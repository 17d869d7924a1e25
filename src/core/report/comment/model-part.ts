import type { ModelEvidence } from '../evidence.ts';
import { buildHeadline, type Headline } from '../headline.ts';
import type { Judgement } from '../judgement.ts';
import { codeSpan, escapeSummary, escapeText } from '../markdown.ts';
import { describeRepeatedIds } from '../repeated-ids.ts';
import { describeScores } from '../scores-note.ts';
import { renderAlerts } from './alerts.ts';
import type { Detail } from './detail.ts';
import { renderDetails } from './details.ts';
import { renderProvenance } from './footer.ts';
import { renderGates } from './gates.ts';
import { renderMetricTable } from './metric-table.ts';
import { renderMetricPicture } from './pictures.ts';
import { renderSentence } from './sentence.ts';
import { renderFlips, renderLosingSlices } from './slices.ts';

export type JudgedModel = { readonly evidence: ModelEvidence; readonly judgement: Judgement };

/** The first line about one model: verdict and number, then the name. */
export function renderTitle({ evidence, judgement }: JudgedModel): string {
  const headline = buildHeadline(judgement);
  return `### ${headlineMarkdown(headline)}, ${escapeText(evidence.model)}`;
}

/** The line of one model among several. */
export function renderModelLine({ evidence, judgement }: JudgedModel): string {
  return `- ${headlineMarkdown(buildHeadline(judgement))}, ${escapeText(evidence.model)}`;
}

/** The summary of a folded model, as HTML. */
export function renderModelSummary({ evidence, judgement }: JudgedModel): string {
  const { icon, word, subject, numbers } = buildHeadline(judgement);
  const text = [subject, numbers].filter((part) => part !== '').map((part) => escapeSummary(part));
  return `${icon} <b>${word}</b> ${text.join(' ')}, <b>${escapeSummary(evidence.model)}</b>`;
}

/** Everything about one model below its title. */
export function renderModelPart({ evidence, judgement }: JudgedModel, detail: Detail): string {
  const sentence = renderSentence(judgement);
  if (judgement.kind === 'failed') return sentence;
  const { comparison } = judgement;
  if (judgement.state === 'unchanged') {
    const alerts = renderAlerts(judgement, evidence.validation, detail);
    return [sentence, ...alerts, renderProvenance(evidence)].join('\n\n');
  }
  return [
    sentence,
    ...renderAlerts(judgement, evidence.validation, detail),
    renderMetricTable(comparison, detail),
    renderMetricPicture(evidence, detail),
    renderRefusals(judgement),
    renderGates(comparison, detail),
    renderLosingSlices(comparison, detail),
    renderFlips(comparison),
    ...renderDetails(comparison, evidence, detail),
    renderProvenance(evidence),
  ]
    .filter((section) => section !== undefined && section !== '')
    .join('\n\n');
}

function renderRefusals(judgement: Extract<Judgement, { kind: 'completed' }>): string | undefined {
  const { holdout, metrics } = judgement.comparison;
  const notes = metrics
    .filter((metric) => metric.note !== undefined)
    .slice(0, 6)
    .map((metric) => `- ${codeSpan(metric.name, 40)}: ${escapeText(metric.note ?? '')}`);
  const scores = describeScores(judgement.comparison);
  if (scores !== undefined) notes.unshift(`- ${scores}`);
  const refused = holdout.refusedRows ?? 0;
  if (refused > 0) notes.push(`- rows that a model refused to score: ${refused}`);
  if (holdout.repeatedIds) notes.push(`- ${describeRepeatedIds(holdout.repeatedIds, holdout.rows)}`);
  return notes.length === 0 ? undefined : ['**To know**', '', ...notes].join('\n');
}

function headlineMarkdown({ icon, word, subject, numbers }: Headline): string {
  const parts = [`${icon} **${word}**`, subject === '' ? '' : escapeText(subject), numbers];
  return parts.filter((part) => part !== '').join(' ');
}
