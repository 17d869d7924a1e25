import type { ModelEvidence } from '../evidence.ts';
import { formatCount } from '../format-number.ts';
import type { Judgement } from '../judgement.ts';
import { codeSpan, escapeText } from '../markdown.ts';
import { describeRepeatedIds } from '../repeated-ids.ts';
import { describeScores } from '../scores-note.ts';
import { renderAlerts } from './alerts.ts';
import { renderDataPart } from './data-part.ts';
import type { Detail } from './detail.ts';
import { renderDetails } from './details.ts';
import { renderProvenance } from './footer.ts';
import { renderGates } from './gates.ts';
import { renderMetricTable } from './metric-table.ts';
import { renderMetricPicture } from './pictures.ts';
import { renderSentence } from './sentence.ts';
import { renderFlips, renderLosingSlices } from './slices.ts';

export type JudgedModel = { readonly evidence: ModelEvidence; readonly judgement: Judgement };

/** Everything about one model below its title: a paragraph in words, and the rest. */
export function renderModelPart(
  { evidence, judgement }: JudgedModel,
  detail: Detail,
): { readonly sentence: string; readonly rest: string } {
  return { sentence: renderSentence(judgement), rest: renderRest({ evidence, judgement }, detail) };
}

function renderRest({ evidence, judgement }: JudgedModel, detail: Detail): string {
  if (judgement.kind === 'failed') return '';
  if (judgement.kind === 'data') return renderDataPart(judgement.validation, detail);
  const { comparison } = judgement;
  if (judgement.state === 'unchanged') {
    const alerts = renderAlerts(judgement, evidence.validation, detail);
    return [...alerts, renderProvenance(evidence)].join('\n\n');
  }
  return [
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
  if (refused > 0) notes.push(`- rows that a model refused to score: ${formatCount(refused)}`);
  if (holdout.repeatedIds) notes.push(`- ${describeRepeatedIds(holdout.repeatedIds, holdout.rows)}`);
  return notes.length === 0 ? undefined : ['**To know**', '', ...notes].join('\n');
}
