import type { CompletedComparison } from '../../documents/comparison.ts';
import { formatBytes, formatPercent } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { breakingFirst } from '../model-changes.ts';
import { describeScoring } from '../scoring-notes.ts';
import { renderShareBar } from './bars.ts';
import { renderLatency } from './comparison-details.ts';
import { html, type Markup } from './markup.ts';

/** Columns that are shown before the rest is folded. */
const FIRST_COLUMNS = 15;

/** Size, speed, contract and parameters of the challenger; undefined of a model known by its scores alone. */
export function renderModelChanges(comparison: CompletedComparison, id: string): Markup | undefined {
  const { parametersChanged = [], modelContract, size } = comparison;
  const changes = breakingFirst(modelContract?.changes ?? []);
  const latency = renderLatency(comparison);
  const scoring = describeScoring(comparison);
  const facts = [size, latency[0], changes[0], parametersChanged[0], scoring[0]];
  if (facts.every((fact) => fact === undefined)) return undefined;
  return html`<section class="panel" id="${id}-model"><h3>Model</h3>
<dl class="facts">${size && html`<dt>Size</dt><dd>${size.champion === undefined ? undefined : html`${formatBytes(size.champion)} → `}${formatBytes(size.challenger)}</dd>`}
${latency}
${changes.map(({ change, breaking }) => html`<dt>${breaking ? 'Breaking change' : 'Compatible change'}</dt><dd>${change}</dd>`)}
${parametersChanged.map(({ what, before, after }) => html`<dt>${what}</dt><dd><code>${before ?? NO_NUMBER}</code> → <code>${after ?? NO_NUMBER}</code></dd>`)}
${scoring.map((note) => html`<dt>Scoring</dt><dd>${note}</dd>`)}</dl></section>`;
}

/** Shares of the gain in training by column, the largest first; undefined when training told none. */
export function renderImportance(comparison: CompletedComparison, id: string): Markup | undefined {
  const sorted = [...(comparison.importance ?? [])].sort((left, right) => right.share - left.share);
  if (sorted.length === 0) return undefined;
  const largest = Math.max(sorted[0]?.share ?? 0, Number.MIN_VALUE);
  const table = (columns: typeof sorted, label: string) =>
    html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table class="importance"><thead><tr><th class="text" scope="col">Column</th><th class="text picture" scope="col"><span class="unseen">Bar</span></th><th scope="col">Share</th></tr></thead><tbody>${columns.map(
      ({ column, share }) =>
        html`<tr><th scope="row">${column}</th><td class="text picture">${renderShareBar(share / largest)}</td><td>${formatPercent(share)}</td></tr>`,
    )}</tbody></table></div>`;
  const rest = sorted.slice(FIRST_COLUMNS);
  return html`<section class="panel long" id="${id}-importance"><h3>Importance</h3><p class="note">Share of the challenger's gain in training that splits on a column brought. It says what the model uses, not what causes the outcome.</p>${table(sorted.slice(0, FIRST_COLUMNS), 'Importance of columns')}${
    rest.length === 0
      ? undefined
      : html`<details><summary>${rest.length} more columns</summary>${table(rest, 'Importance of the other columns')}</details>`
  }</section>`;
}
